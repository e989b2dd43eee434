import Catenary
import CurveFormats
import CurveRequests
import HTTPFront

extension Route {
  /// Bodies and answers up to these sizes are worked on where they arrive.
  private static let bytesAtOnce = 512 << 10

  static func render(_ call: borrowing Call, _ answer: inout Answer) throws -> (any AnswerSource)? {
    let points: RenderRequest.Points = call.isJSON ? .json(Body(call.body)) : .raw(Body(call.body))
    return try draw(points, call, &answer)
  }

  static func demonstrate(_ call: borrowing Call, _ answer: inout Answer) throws -> (any AnswerSource)? {
    let type = try chooseType(call)
    let tag = tag(call, type)
    return try draw(.demonstration, call, &answer, tag: tag)
  }

  private static func draw(
    _ points: RenderRequest.Points, _ call: borrowing Call, _ answer: inout Answer, tag: String? = nil
  ) throws -> (any AnswerSource)? {
    let (type, interest) = (try chooseType(call), Interest())
    // PNG is compressed already.
    let isZipped = call.head.prefersGzip && RenderRequest.formats[type] != .png
    let request = RenderRequest(
      points: points, query: try Query(call.head), type: type, engines: call.server.engines,
      metrics: call.server.metrics, mostPoints: call.server.mostPoints, interest: interest)
    if call.body.count > bytesAtOnce {
      return PiecewiseAnswer(call.server.standard, interest) { () throws(Problem) in
        try request.decode().prepare().zipped(isZipped)
      }
    }
    let decoded = try request.decode()
    guard !decoded.isHeavy else {
      return PiecewiseAnswer(call.server.standard, interest) { () throws(Problem) in
        try decoded.prepare().zipped(isZipped)
      }
    }
    var beginning = try decoded.prepare().zipped(isZipped)
    if let tag {
      // Only of what would be answered with 200 (RFC 9110 section 13.2.1).
      if call.head.ifNoneMatch(names: tag) { return notModified(tag, &answer) }
      beginning.fields.append(("etag", tag))
    }
    guard isSmall(beginning.maker) else {
      return PiecewiseAnswer(call.server.standard, interest, begun: beginning)
    }
    try write(&beginning, to: &answer)
    return nil
  }

  private static func notModified(_ tag: String, _ answer: inout Answer) -> (any AnswerSource)? {
    answer.status = 304
    answer.length = .none
    answer.field("etag", tag)
    answer.field("vary", "Accept, Accept-Encoding")
    return nil
  }

  /// Whether a body is made so fast that no other client notices.
  private static func isSmall(_ maker: any PieceMaker) -> Bool {
    if let counted = maker as? any CountedMaker { return counted.count <= 4096 }
    return if case .sized(let count) = maker.length { count <= bytesAtOnce } else { false }
  }

  /// Writes a whole answer.
  private static func write(
    _ beginning: inout PiecewiseAnswer.Beginning, to answer: inout Answer
  ) throws {
    let clock = ContinuousClock()
    let start = clock.now
    while try beginning.maker.next(answer.body) {}
    let (name, value) = beginning.timing((clock.now - start) / .milliseconds(1))
    for (name, value) in beginning.fields { answer.field(name, value) }
    answer.field(name, value)
  }

  private static func chooseType(_ call: borrowing Call) throws(Problem) -> Int {
    if let type = call.head.preferred(of: RenderRequest.offered) { return type }
    let list = RenderRequest.types.joined(separator: ", ")
    throw Problem(406, "none of the types in Accept can be given: accept one of \(list)")
  }

  /// The answer depends on query, type and version alone: so does its name (FNV-1a).
  private static func tag(_ call: borrowing Call, _ type: Int) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    let query = call.head.query
    for byte in Array(CurveServer.version.utf8) + [UInt8(type), call.head.prefersGzip ? 1 : 0] {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    for i in query.indices { hash = (hash ^ UInt64(query[i])) &* 0x100_0000_01B3 }
    return "\"\(String(hash, radix: 16))\""
  }

  static func predict(_ call: borrowing Call, _ answer: inout Answer) throws -> (any AnswerSource)? {
    let (body, query, isZipped) = (Body(call.body), try Query(call.head), call.head.prefersGzip)
    let most = min(call.server.mostPoints, 1_000_000)
    return PiecewiseAnswer(call.server.standard) { () throws(Problem) in
      do { return try predicted(body, query, most: most).zipped(isZipped) } catch {
        throw Problem(any: error)
      }
    }
  }

  private static func predicted(
    _ body: Body, _ query: Query, most: Int
  ) throws -> PiecewiseAnswer.Beginning {
    let values = try query.options(
      of: "predict", { $0.isInDocument && $0.belongs(to: "predict") }, extra: [])
    var settings = try Settings(values, of: "predict", isQuery: true)
    let input = try PointInput(try JSONReader.read(body.take()), "body", &settings)
    let way = try settings.choice(.extrapolation, of: Extrapolation.self) ?? .curve
    let horizon = try settings.integer(.horizon, in: 1...most) ?? min(100, most)
    let start = ContinuousClock().now
    let curve: Curve<Double>
    var numbers: [Double] = []
    do {
      curve = try settings.curve(input, as: Double.self)
      try Engine(threads: 1).predict(curve, horizon: horizon, extrapolation: way) { tile in
        for i in tile.elements.indices { numbers.append(tile.elements[i]) }
      }
    } catch { throw Problem(any: error, in: input, settings) }
    let dimensions = curve.dimensions
    let facts = way == .curve ? curve.lambda.map { [(name: "lambda", value: $0)] } ?? [] : []
    let maker = TextMaker<Double>(
      count: horizon, dimensions: dimensions, as: jsonOutput(.predicted, facts: facts)
    ) { [numbers] points, out in
      for i in 0..<points.count * dimensions { out[i] = numbers[points.lowerBound * dimensions + i] }
    }
    let fit = (ContinuousClock().now - start) / .milliseconds(1)
    return PiecewiseAnswer.Beginning(maker: maker, fields: PiecewiseAnswer.Beginning.json) { _ in
      ("server-timing", "predict;dur=\((fit * 1000).rounded() / 1000)")
    }
  }
}
