import Catenary
import CurveFormats
import CurveRequests
import HTTPFront

/// Open Inference Protocol v2: the detector as a model that serving tools know how to ask.
extension Route {
  static let model = "/v2/models/curve-detection"
  static let headerLength: FieldName = "Inference-Header-Content-Length"

  static let inference: [Route] =
    [
      Route(
        method: .get, path: "/v2", summary: "The inference server's name and extensions.",
        schema: "InferenceServer"
      ) { _, answer in
        let extensions = ["binary_tensor_data", "model_configuration", "statistics"]
        answer.json(
          object([
            ("name", .string("catenary")), ("version", .string(CurveServer.version)),
            ("extensions", .array(extensions.map { .string($0) })),
          ]))
        return nil
      },
      Route(
        method: .get, path: "/v2/health/live", summary: "Whether the inference server lives.",
        schema: "InferenceLive"
      ) {
        _, answer in
        answer.json(object([("live", .bool(true))]))
        return nil
      },
      Route(
        method: .get, path: "/v2/health/ready", summary: "Whether the inference server is ready.",
        schema: "InferenceReady", statuses: [503]
      ) { call, answer in
        try checkReady(call)
        answer.json(object([("ready", .bool(true))]))
        return nil
      },
    ] + paths(of: model) + paths(of: model + "/versions/1")

  /// What is asked of a model, with or without its version.
  private static func paths(of model: String) -> [Route] {
    [
      Route(method: .get, path: model, summary: "The model's inputs and outputs.", schema: "InferenceModel") {
        _, answer in
        answer.json(metadata)
        return nil
      },
      Route(
        method: .get, path: model + "/ready", summary: "Whether the model is ready.",
        schema: "InferenceReady", statuses: [503]
      ) {
        call, answer in
        try checkReady(call)
        answer.json(object([("name", .string("curve-detection")), ("ready", .bool(true))]))
        return nil
      },
      Route(
        method: .get, path: model + "/config", summary: "The model's configuration.",
        schema: "InferenceConfig"
      ) { _, answer in
        answer.json(configuration)
        return nil
      },
      Route(
        method: .get, path: model + "/stats",
        summary: "How many series were judged, and how often and how long the model ran.",
        schema: "InferenceStats"
      ) { call, answer in
        answer.json(statistics(call.server))
        return nil
      },
      Route(
        method: .post, path: model + "/infer",
        summary: "Finds the curves of a batch of series; tensors as JSON, or as bytes behind it.",
        takes: ["application/json", "application/octet-stream"], bodySchema: "InferenceRequest",
        guessesType: true,
        negotiates: bodies, gives: ["application/json", "application/octet-stream"],
        schema: "InferenceResponse",
        statuses: [400, 406, 411, 415, 422],
        handler: infer),
    ]
  }

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

  /// `success` counts the series that were judged over any path, by whomever; `compute_infer` the runs of the model.
  private static func statistics(_ server: CurveServer) -> JSONValue {
    let status = server.engines.native.modelStatus
    let judged = Histogram.Values([server.metrics.detectedByModel, server.metrics.detectedByStatistics])
    func duration(_ count: Int, _ nanoseconds: Double) -> JSONValue {
      object([("count", .number(Double(count))), ("ns", .number(nanoseconds))])
    }
    let runs = status.statistics
    let times = [
      ("success", duration(judged.count, Double(judged.nanoseconds))),
      ("compute_infer", duration(runs.count, (runs.total * 1_000_000).rounded())),
    ]
    let count = JSONValue.number(Double(judged.count))
    let model = object([
      ("name", .string(status.name)), ("version", .string("1")), ("inference_count", count),
      ("execution_count", .number(Double(runs.count))), ("inference_stats", object(times)),
    ])
    return object([("model_stats", .array([model]))])
  }

  /// Bodies above this are read by a worker, too.
  private static let inferredAtOnce = 64 << 10

  static func infer(_ call: borrowing Call, _ answer: inout Answer) throws -> (any AnswerSource)? {
    let (body, server, isZipped) = (call.body, call.server, call.head.prefersGzip)
    let headerBytes = try headerBytes(call)
    var known: InferenceRequest?
    if body.count <= inferredAtOnce {
      let request = try InferenceRequest(body, headerBytes: headerBytes)
      if request.rows.count <= seriesAtOnce {
        let made = try inferred(request, server)
        for (name, value) in made.fields { answer.field(name, value) }
        answer.body.append(made.bytes)
        return nil
      }
      known = request
    }
    return PiecewiseAnswer(server.standard) { [known] () throws(Problem) in
      let clock = ContinuousClock()
      let start = clock.now
      do {
        let made = try inferred(known ?? InferenceRequest(body, headerBytes: headerBytes), server)
        let isText = made.fields.count == 1
        let bytes = ByteBuffer()
        bytes.append(made.bytes)
        let time = (clock.now - start) / .milliseconds(1)
        let fields = isText ? PiecewiseAnswer.Beginning.json : made.fields
        return PiecewiseAnswer.Beginning(maker: WholeMaker(bytes: bytes), fields: fields) { _ in
          ("server-timing", "infer;dur=\((time * 1000).rounded() / 1000)")
        }.zipped(isZipped && isText)
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
    _ request: InferenceRequest, _ server: CurveServer
  ) throws -> (fields: [(FieldName, String)], bytes: [UInt8]) {
    var answers: [Detection] = []
    for (index, prices) in request.rows.enumerated() {
      do throws(DetectionError) {
        answers.append(try server.detect(prices, request.isClassical ? .classical : .onnx))
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
