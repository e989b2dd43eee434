import CurveFormats
import CurveRequests
import HTTPFront

extension Route {
  /// Everything that is answered.
  static let table: [Route] =
    [
      Route(
        method: .post, path: "/api/spline/render", summary: "Draws a curve through or along points.",
        parameters: renderParameters(isRaw: true), takes: bodies, gives: RenderRequest.types,
        statuses: [400, 406, 411, 415, 422],
        handler: render),
      Route(
        method: .get, path: "/api/spline/render", summary: "Draws a demonstration curve.",
        parameters: [Parameter(name: "points", summary: "points of the answer (default 1000)")]
          + renderParameters(isRaw: false),
        gives: RenderRequest.types, statuses: [304, 400, 406, 422], handler: demonstrate),
      Route(
        method: .post, path: "/api/spline/predict", summary: "Continues a curve beyond its last point.",
        takes: ["application/json"], statuses: [400, 411, 415, 422], handler: predict),
      Route(
        method: .post, path: "/api/ai/maparse", summary: "Finds the curves that explain prices.",
        parameters: detectParameters, takes: bodies, statuses: [400, 411, 415, 422],
        handler: detect),
      Route(
        method: .get, path: "/api/ai/maparse", summary: "The same for a short list.",
        parameters: [
          Parameter(name: "prices", summary: "numbers with commas between", isRequired: true)
        ] + detectParameters,
        statuses: [400, 422], handler: detectShort),
      Route(
        method: .get, path: "/api/ai/models/status", summary: "How the models stand.", handler: modelStatus),
      Route(
        method: .get, path: "/api/dev/metrics", summary: "Counters of requests and connections.",
        statuses: [401], isProtected: true, handler: metrics),
      Route(
        method: .get, path: "/metrics", summary: "The same and more for Prometheus.",
        gives: ["text/plain"], statuses: [401], isProtected: true, handler: prometheus),
      Route(
        method: .get, path: "/api/dev/endpoints", summary: "This list.", statuses: [401], isProtected: true,
        handler: endpoints),
      Route(method: .get, path: "/openapi.json", summary: "This list as OpenAPI 3.1.", handler: openAPI),
      Route(method: .get, path: "/health", summary: "Whether the server lives.") { _, answer in
        answer.field(.lowerContentType, "application/json")
        answer.body.append("{\"status\":\"ok\"}" as StaticString)
        return nil
      },
      Route(
        method: .get, path: "/ready", summary: "Whether all is warm, and the server is not ending.",
        statuses: [503]
      ) { call, answer in
        guard call.server.isReady.load(ordering: .acquiring) else {
          throw Problem(503, "the server is warming up, or ending: try again")
        }
        answer.json(.object([JSONMember(name: "status", value: .string("ready"))]))
        return nil
      },
      Route(method: .get, path: "/api/version", summary: "The program's version.") { _, answer in
        answer.json(
          .object([
            JSONMember(name: "name", value: .string("catenary")),
            JSONMember(name: "version", value: .string(CurveServer.version)),
          ]))
        return nil
      },
      Route(method: .get, path: "/", summary: "A page that links to the rest.", gives: ["text/html"]) {
        _, answer in
        answer.field("content-type", "text/html; charset=utf-8")
        answer.body.append(indexPage)
        return nil
      },
    ] + inference + sockets

  private static let bodies = ["application/json", "application/octet-stream"]
  private static let detectParameters = [
    Parameter(name: "source", summary: "who judges (default onnx)", choices: ["onnx", "classical"])
  ]

  /// The options of a render that a query may hold.
  private static func renderParameters(isRaw: Bool) -> [Parameter] {
    let options = RenderOption.allCases.filter {
      ($0.isInDocument || isRaw && $0 == .dimensions) && $0.belongs(to: "render")
    }
    let scalars = ["f32", "f64"]
    let raw = Parameter(
      name: "inputDtype", summary: "raw points: their numbers (default as dtype)", choices: scalars)
    return options.map {
      Parameter(name: $0.rawValue, summary: $0.meaning.joined(separator: " "), choices: $0.choices)
    }
      + (isRaw ? [raw] : []) + [
        Parameter(
          name: "simd", summary: "false draws with the portable build; the bytes are the same",
          choices: ["true", "false"])
      ]
  }
}

extension RenderOption {
  /// The values it may have; empty where there is no list of them.
  fileprivate var choices: [String] {
    if self == .type { return KindName.allCases.map(\.rawValue) }
    if isFlag { return ["true", "false"] }
    let words = valueName.split(separator: "|").map(String.init)
    return words.count > 1 && words.allSatisfy { $0 == $0.lowercased() } ? words : []
  }
}

/// What a browser finds at the root.
private let indexPage: StaticString = """
  <!doctype html>
  <html lang="en"><head><meta charset="utf-8"><title>Catenary</title></head><body>
  <h1>Catenary</h1>
  <p>A curve engine. <a href="/openapi.json">openapi.json</a> describes its paths.</p>
  <p><a href="/api/spline/render?points=1000&amp;type=cubic" type="image/svg+xml">A curve as numbers</a>;
  the same asked for with <code>Accept: image/svg+xml</code> is a picture.</p>
  </body></html>
  """
