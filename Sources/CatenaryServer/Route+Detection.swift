import Catenary
import CurveFormats
import CurveRequests
import HTTPFront

extension Route {
  /// A network's run takes some hundred microseconds a series: more of them keep a worker busy, not a connection.
  static let seriesAtOnce = 8

  static func detect(_ call: borrowing Call, _ answer: inout Answer) throws -> (any AnswerSource)? {
    let (isJSON, body, query) = (call.isJSON, call.body, try Query(call.head))
    let (server, isZipped) = (call.server, call.head.prefersGzip)
    var known: (PriceInput, Settings)?
    if body.count <= 64 << 10 {
      let (input, settings) = try prices(isJSON ? body : nil, isJSON ? nil : body, query)
      if input.series.count <= seriesAtOnce {
        let (text, time) = try report(input, settings, server)
        answer.field(.inferenceTime, time)
        answer.json(text)
        return nil
      }
      known = (input, settings)
    }
    return PiecewiseAnswer(server.standard) { [known] () throws(Problem) in
      do {
        let (input, settings) = try known ?? prices(isJSON ? body : nil, isJSON ? nil : body, query)
        let (text, time) = try report(input, settings, server)
        let bytes = ByteBuffer()
        var sink = BufferSink(buffer: bytes)
        try text.writeLine(to: &sink)
        return PiecewiseAnswer.Beginning(
          maker: WholeMaker(bytes: bytes), fields: PiecewiseAnswer.Beginning.json
        ) { _ in (.inferenceTime, time) }.zipped(isZipped)
      } catch { throw Problem(any: error) }
    }
  }

  static func detectShort(_ call: borrowing Call, _ answer: inout Answer) throws -> (any AnswerSource)? {
    var query = try Query(call.head)
    guard let list = query.take("prices") else {
      throw Problem(400, "query: there is no prices: send ?prices=100,102,105")
    }
    var prices: [Double] = []
    for word in list.split(separator: ",", omittingEmptySubsequences: false) {
      guard let price = word.isEmpty ? Double.nan : Double(word), price.isFinite || word.isEmpty else {
        throw Problem(400, "query: prices holds \"\(word)\": send numbers with commas between")
      }
      prices.append(price)
    }
    let values = try query.options(of: "detect", { $0 == .source }, extra: ["prices"])
    let settings = try Settings(values, of: "detect", isQuery: true)
    let input = PriceInput(PointTable(dimensions: 1, values: prices), "query")
    let (text, time) = try report(input, settings, call.server)
    answer.field(.inferenceTime, time)
    answer.json(text)
    return nil
  }

  private static func prices(
    _ json: [UInt8]?, _ raw: [UInt8]?, _ query: Query
  ) throws -> (PriceInput, Settings) {
    var query = query
    let dtype = raw == nil ? nil : query.take("dtype")
    let values = try query.options(of: "detect", { $0 == .source }, extra: raw == nil ? [] : ["dtype"])
    var settings = try Settings(values, of: "detect", isQuery: true)
    if let json {
      let document = try JSONReader.read(json)
      return (try PriceInput(document, "body", &settings), settings)
    }
    guard let scalar = ScalarType(rawValue: dtype ?? "f64") else {
      throw Problem(400, "query: dtype is \"\(dtype ?? "")\": choose f32, f64")
    }
    let table = try RawReader(scalar: scalar, dimensions: 1).read(raw ?? [])
    return (PriceInput(table, "body", priceBytes: scalar == .f32 ? 4 : 8), settings)
  }

  private static func report(
    _ input: PriceInput, _ settings: Settings, _ server: CurveServer
  ) throws -> (JSONText, String) {
    let choice = try settings.choice(
      .source, of: [("onnx", Detection.Source.onnx), ("classical", Detection.Source.classical)])
    for option in RenderOption.pictures where settings.has(option) {
      throw settings.fault(option, "belongs to pictures, this is json: leave it out")
    }
    let clock = ContinuousClock()
    let start = clock.now
    var answers: [Detection] = []
    for (index, prices) in input.series.enumerated() {
      do throws(DetectionError) {
        answers.append(try server.detect(prices, choice ?? .onnx))
      } catch {
        throw Problem(
          422, "\(input.name): \(input.isList ? "series \(index): " : "")\(error)",
          pointer: input.pointer(to: error, series: index), offset: input.offset(to: error))
      }
    }
    let milliseconds = (clock.now - start) / .milliseconds(1)
    return (DetectionReport.json(answers, of: input), "\((milliseconds * 1000).rounded() / 1000)ms")
  }

  static func modelStatus(_ call: borrowing Call, _ answer: inout Answer) -> (any AnswerSource)? {
    let status = call.server.engines.native.modelStatus
    let members: [(String, JSONValue)] = [
      ("loaded", .bool(status.isLoaded)), ("warmupComplete", .bool(status.isWarm)),
      ("inferenceCount", .number(Double(status.statistics.count))),
      ("avgInferenceTime", .number(status.statistics.average)),
      ("modelPath", .string(status.path)),
    ]
    let model = object(members + (status.reason.map { [("reason", .string($0))] } ?? []))
    let loaded = JSONValue.number(status.isLoaded ? 1 : 0)
    let ready = JSONValue.number(status.isWarm ? 1 : 0)
    let summary = object([("total", .number(1)), ("loaded", loaded), ("ready", ready)])
    answer.json(object([("models", object([(status.name, model)])), ("summary", summary)]))
    return nil
  }

  static func object(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(members.map { JSONMember(name: $0.0, value: $0.1) })
  }
}

extension CurveServer {
  /// Judges one series, and counts it.
  func detect(_ prices: [Double], _ source: Detection.Source) throws(DetectionError) -> Detection {
    let clock = ContinuousClock()
    let start = clock.now
    let answer = try engines.native.detect(prices, source: source)
    metrics.detected(by: answer.source, clock.now - start)
    return answer
  }
}
