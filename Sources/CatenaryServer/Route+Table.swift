import CurveFormats
import CurveRequests
import HTTPFront

extension Route {
  /// Everything that is answered.
  static let table: [Route] =
    [
      Route(
        method: .post, path: "/api/spline/render", summary: "Draws a curve through or along points.",
        parameters: parameters(of: "render", isRaw: true), takes: bodyTypes, bodySchema: "Render",
        negotiates: RenderRequest.offered, gives: RenderRequest.types, schema: "Samples",
        headers: pointHeaders,
        statuses: [400, 406, 411, 415, 422],
        handler: render),
      Route(
        method: .get, path: "/api/spline/render", summary: "Draws a demonstration curve.",
        parameters: [
          Parameter(name: "points", summary: "points of the answer (default 1000)") { Schema.integer(2, $0) }
        ]
          + parameters(of: "render", isRaw: false),
        negotiates: RenderRequest.offered, gives: RenderRequest.types, schema: "Samples",
        headers: pointHeaders + [Header(name: "ETag", summary: "For If-None-Match.")],
        statuses: [304, 400, 406, 422],
        handler: demonstrate),
      Route(
        method: .post, path: "/api/spline/predict", summary: "Continues a curve beyond its last point.",
        parameters: parameters(of: "predict", isRaw: false), takes: ["application/json"],
        bodySchema: "Predict",
        negotiates: json, schema: "Predicted", statuses: [400, 406, 411, 415, 422], handler: predict),
      Route(
        method: .post, path: "/api/ai/maparse", summary: "Finds the curves that explain prices.",
        parameters: detectParameters + [
          Parameter(name: "dtype", summary: "raw prices: their numbers (default f64)", choices: scalars)
        ],
        takes: bodyTypes, bodySchema: "Prices", negotiates: json, schema: "Detections", headers: timeHeader,
        statuses: [400, 406, 411, 415, 422],
        handler: detect),
      Route(
        method: .get, path: "/api/ai/maparse", summary: "The same for a short list.",
        parameters: [
          Parameter(
            name: "prices", summary: "numbers with commas between; an empty one is missing", isRequired: true)
        ] + detectParameters,
        negotiates: json, schema: "Detection", headers: timeHeader, statuses: [400, 406, 422],
        handler: detectShort),
      Route(
        method: .get, path: "/api/ai/models/status", summary: "How the models stand.",
        schema: "ModelsStatus", handler: modelStatus),
      Route(
        method: .get, path: "/api/dev/metrics", summary: "Counters of requests and connections.",
        schema: "Counters", statuses: [401], isProtected: true, handler: metrics),
      Route(
        method: .get, path: "/metrics", summary: "The same and more for Prometheus.",
        gives: ["text/plain"], statuses: [401], isProtected: true, handler: prometheus),
      Route(
        method: .get, path: "/api/dev/endpoints", summary: "This list.", schema: "Endpoints", statuses: [401],
        isProtected: true,
        handler: endpoints),
      Route(method: .get, path: "/openapi.json", summary: "This list as OpenAPI 3.1.", handler: openAPI),
      Route(method: .get, path: "/health", summary: "Whether the server lives.", schema: "Health") {
        _, answer in
        answer.field(.lowerContentType, "application/json")
        answer.body.append("{\"status\":\"ok\"}" as StaticString)
        return nil
      },
      Route(
        method: .get, path: "/ready", summary: "Whether all is warm, and the server is not ending.",
        schema: "Health", statuses: [503]
      ) { call, answer in
        guard call.server.isReady.load(ordering: .acquiring) else {
          throw Problem(503, "the server is warming up, or ending: try again")
        }
        answer.json(.object([JSONMember(name: "status", value: .string("ready"))]))
        return nil
      },
      Route(method: .get, path: "/api/version", summary: "The program's version.", schema: "Version") {
        call, answer in
        answer.json(
          .object([
            JSONMember(name: "name", value: .string("catenary")),
            JSONMember(name: "version", value: .string(CurveServer.version)),
            JSONMember(name: "needsToken", value: .bool(call.server.needsToken)),
          ]))
        return nil
      },
      Route(
        method: .get, path: "/", summary: "The dashboard, a page for browsers.", gives: ["text/html"],
        statuses: [304]
      ) { call, answer in StaticFile.dashboard.answer(call, &answer) },
      Route(
        method: .get, path: "/spline.js", summary: "Curves in a browser: loads spline-browser.wasm.",
        gives: ["text/javascript"], statuses: [304]
      ) { call, answer in StaticFile.splineScript.answer(call, &answer) },
      Route(
        method: .get, path: "/spline-browser.wasm", summary: "The kernel's build for browsers.",
        gives: ["application/wasm"], statuses: [304]
      ) { call, answer in StaticFile.splineModule.answer(call, &answer) },
    ] + workerRoutes + inference + sockets

  private static let bodyTypes = ["application/json", "application/octet-stream"]
  private static let json: [MediaType] = ["application/json"]
  private static let detectParameters = [
    Parameter(name: "source", summary: "who judges (default onnx)", choices: ["onnx", "classical"])
  ]
  private static let scalars = ["f32", "f64"]

  /// The options of a render or prediction that a query may hold.
  private static func parameters(of command: String, isRaw: Bool) -> [Parameter] {
    let options = RenderOption.allCases.filter {
      ($0.isInDocument || isRaw && $0 == .dimensions) && $0.belongs(to: command)
    }
    var list = options.map { option in
      Parameter(name: option.rawValue, summary: option.meaning.joined(separator: " ")) {
        option.schema(isQuery: true, most: $0)
      }
    }
    if isRaw {
      list.append(
        Parameter(
          name: "inputDtype", summary: "raw points: their numbers (default as dtype)", choices: scalars))
    }
    guard command == "render" else { return list }
    return list + [
      Parameter(name: "simd", summary: "false draws with the portable build; the bytes are the same") { _ in
        Schema.type("boolean")
      }
    ]
  }

  /// What an answer of points says of them.
  private static let pointHeaders = [
    Header(name: "X-Point-Count", summary: "Points of the answer.", isCount: true),
    Header(name: "X-Dimensions", summary: "Numbers a point.", isCount: true),
    Header(name: "X-Dtype", summary: "f32 or f64: what was computed."),
    Header(name: "X-Backend", summary: "native or wasm: what drew."),
    Header(name: "X-Threads", summary: "Threads that drew.", isCount: true),
    Header(name: "X-Lambda", summary: "The lambda of a smoothing spline.", isRequired: false),
    Header(name: "Server-Timing", summary: "decode, fit, render, in milliseconds."),
  ]
  private static let timeHeader = [
    Header(name: "X-Inference-Time", summary: "Such as 0.183ms.")
  ]
}
