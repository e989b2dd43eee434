import Catenary
import CurveFormats
import CurveRequests
import HTTPFront

/// Open Inference Protocol v2: the detector as a model that serving tools know how to ask.
extension Route {
  static let model = "/v2/models/curve-detection"
  static let headerLength: FieldName = "Inference-Header-Content-Length"

  static let inference: [Route] = [
    Route(method: .get, path: "/v2", summary: "The inference server's name and extensions.") { _, answer in
      let extensions = ["binary_tensor_data", "model_configuration", "statistics"]
      answer.json(
        object([
          ("name", .string("catenary")), ("version", .string(CurveServer.version)),
          ("extensions", .array(extensions.map { .string($0) })),
        ]))
      return nil
    },
    Route(method: .get, path: "/v2/health/live", summary: "Whether the inference server lives.") {
      _, answer in
      answer.json(object([("live", .bool(true))]))
      return nil
    },
    Route(
      method: .get, path: "/v2/health/ready", summary: "Whether the inference server is ready.",
      statuses: [503]
    ) { call, answer in
      try checkReady(call)
      answer.json(object([("ready", .bool(true))]))
      return nil
    },
    Route(method: .get, path: model, summary: "The model's inputs and outputs.") { _, answer in
      answer.json(metadata)
      return nil
    },
    Route(method: .get, path: model + "/ready", summary: "Whether the model is ready.", statuses: [503]) {
      call, answer in
      try checkReady(call)
      answer.json(object([("name", .string("curve-detection")), ("ready", .bool(true))]))
      return nil
    },
    Route(method: .get, path: model + "/config", summary: "The model's configuration.") { _, answer in
      answer.json(configuration)
      return nil
    },
    Route(method: .get, path: model + "/stats", summary: "How often and how long the model ran.") {
      call, answer in
      answer.json(statistics(call.server.engines.native.modelStatus))
      return nil
    },
    Route(
      method: .post, path: model + "/infer",
      summary: "Finds the curves of a batch of series; tensors as JSON, or as bytes behind it.",
      takes: ["application/json", "application/octet-stream"],
      gives: ["application/json", "application/octet-stream"], statuses: [400, 415, 422], handler: infer),
  ]

  private static func checkReady(_ call: borrowing Call) throws(Problem) {
    guard call.server.isReady.load(ordering: .acquiring) else {
      throw Problem(503, "the server is warming up, or ending: try again")
    }
  }

  private static var metadata: JSONValue {
    let input = tensor("prices", "FP64", [-1, -1])
    let outputs = InferenceTensor.allCases.map { tensor($0.rawValue, $0.datatype, $0.shape(-1)) }
    return object([
      ("name", .string("curve-detection")), ("versions", .array([.string("1")])),
      ("platform", .string("catenary")), ("inputs", .array([input])), ("outputs", .array(outputs)),
    ])
  }

  private static func tensor(_ name: String, _ datatype: String, _ shape: [Int]) -> JSONValue {
    object([("name", .string(name)), ("datatype", .string(datatype)), ("shape", numbers(shape))])
  }

  private static func numbers(_ list: [Int]) -> JSONValue { .array(list.map { .number(Double($0)) }) }

  private static var configuration: JSONValue {
    func entry(_ name: String, _ type: String, _ dims: [Int]) -> JSONValue {
      let word = type == "BYTES" ? "TYPE_STRING" : "TYPE_\(type)"
      return object([("name", .string(name)), ("data_type", .string(word)), ("dims", numbers(dims))])
    }
    let outputs = InferenceTensor.allCases.map { entry($0.rawValue, $0.datatype, $0.shape(-1)) }
    return object([
      ("name", .string("curve-detection")), ("platform", .string("catenary")),
      ("backend", .string("catenary")), ("max_batch_size", .number(0)),
      ("input", .array([entry("prices", "FP64", [-1, -1])])), ("output", .array(outputs)),
    ])
  }

  private static func statistics(_ status: ModelStatus) -> JSONValue {
    let count = JSONValue.number(Double(status.statistics.count))
    let duration = object([
      ("count", count), ("ns", .number((status.statistics.total * 1_000_000).rounded())),
    ])
    let model = object([
      ("name", .string(status.name)), ("version", .string("1")), ("inference_count", count),
      ("execution_count", count),
      ("inference_stats", object([("success", duration), ("compute_infer", duration)])),
    ])
    return object([("model_stats", .array([model]))])
  }

  /// Bodies above this are worked on by a worker: a run takes some hundred microseconds a series.
  private static let inferredAtOnce = 64 << 10

  static func infer(_ call: borrowing Call, _ answer: inout Answer) throws -> (any AnswerSource)? {
    guard call.head.value(of: "Content-Encoding") == nil else {
      throw Problem(415, "the body has a content-encoding: send it as it is")
    }
    let (body, engine) = (call.body, call.server.engines.native)
    let headerBytes = try headerBytes(call)
    guard body.count > inferredAtOnce else {
      let made = try inferred(body, headerBytes, engine)
      for (name, value) in made.fields { answer.field(name, value) }
      answer.body.append(made.bytes)
      return nil
    }
    return PiecewiseAnswer(call.server.standard) { () throws(Problem) in
      let clock = ContinuousClock()
      let start = clock.now
      do {
        let made = try inferred(body, headerBytes, engine)
        let bytes = ByteBuffer()
        bytes.append(made.bytes)
        let time = (clock.now - start) / .milliseconds(1)
        return PiecewiseAnswer.Beginning(maker: WholeMaker(bytes: bytes), fields: made.fields) { _ in
          ("server-timing", "infer;dur=\((time * 1000).rounded() / 1000)")
        }
      } catch { throw Problem(any: error) }
    }
  }

  private static func headerBytes(_ call: borrowing Call) throws(Problem) -> Int? {
    guard let value = call.head.value(of: headerLength) else { return nil }
    var digits = ""
    for i in value.indices { digits.unicodeScalars.append(Unicode.Scalar(value[i])) }
    guard digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let count = Int(digits) else {
      throw Problem(400, "inference-header-content-length is no number of bytes: send the JSON's length")
    }
    return count
  }

  /// The answer's fields and body.
  private static func inferred(
    _ body: [UInt8], _ headerBytes: Int?, _ engine: Engine
  ) throws -> (fields: [(FieldName, String)], bytes: [UInt8]) {
    let request = try InferenceRequest(body, headerBytes: headerBytes)
    var answers: [Detection] = []
    for (index, prices) in request.rows.enumerated() {
      do throws(DetectionError) {
        answers.append(try engine.detect(prices, source: request.isClassical ? .classical : .onnx))
      } catch {
        throw Problem(422, "body: series \(index): \(error)", pointer: "/inputs/0/data")
      }
    }
    var tail: [UInt8] = []
    let outputs = request.outputs.map { output in
      let values = answers.flatMap { output.tensor.row($0) }
      var members: [(String, JSONValue)] = [
        ("name", .string(output.tensor.rawValue)), ("datatype", .string(output.tensor.datatype)),
        ("shape", numbers(output.tensor.shape(answers.count))),
      ]
      if output.isBinary {
        let bytes = InferenceTensor.bytes(values)
        members.append(("parameters", object([("binary_data_size", .number(Double(bytes.count)))])))
        tail += bytes
      } else {
        members.append(("data", .array(values)))
      }
      return object(members)
    }
    var head: [(String, JSONValue)] = [
      ("model_name", .string("curve-detection")), ("model_version", .string("1")),
    ]
    if let id = request.id { head.append(("id", id)) }
    if !request.parameters.isEmpty { head.append(("parameters", .object(request.parameters))) }
    var sink = ArraySink()
    try JSONWriter().write(object(head + [("outputs", .array(outputs))]), to: &sink)
    guard request.outputs.contains(where: \.isBinary) else {
      return ([("content-type", "application/json")], sink.bytes)
    }
    let fields: [(FieldName, String)] = [
      ("content-type", "application/octet-stream"), (headerLength, "\(sink.bytes.count)"),
    ]
    return (fields, sink.bytes + tail)
  }
}
