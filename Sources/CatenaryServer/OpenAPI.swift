import CurveFormats
import CurveRequests
import HTTPFront

/// The table of routes as an OpenAPI 3.1 document.
struct OpenAPI {
  let routes: [Route]
  /// Whether protected paths ask for a token.
  let hasToken: Bool
  /// Points of an answer.
  let most: Int

  /// The document's text.
  var text: [UInt8] {
    var paths: [(String, [(String, JSONValue)])] = []
    for route in routes {
      let path = OpenAPI.template(route.path)
      let operation = ("\(route.method)", operation(route))
      if let place = paths.firstIndex(where: { $0.0 == path }) {
        paths[place].1.append(operation)
      } else {
        paths.append((path, [operation]))
      }
    }
    let info = Schema.object([
      ("title", .string("Catenary")), ("version", .string(CurveServer.version)),
      ("summary", .string("Points to curves, prices to shapes.")),
    ])
    var components = [("schemas", schemas)]
    if hasToken {
      let bearer = Schema.object([("type", .string("http")), ("scheme", .string("bearer"))])
      components.append(("securitySchemes", Schema.object([("token", bearer)])))
    }
    let document = Schema.object([
      ("openapi", .string("3.1.0")), ("info", info),
      ("paths", Schema.object(paths.map { ($0.0, Schema.object($0.1)) })),
      ("components", Schema.object(components)),
    ])
    var sink = ArraySink()
    // Memory takes all bytes: nothing can be thrown.
    try? JSONWriter().write(document, to: &sink)
    return sink.bytes
  }

  /// `/a/:id` as `/a/{id}`.
  private static func template(_ path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).map { segment in
      segment.first == ":" ? "{\(segment.dropFirst())}" : String(segment)
    }.joined(separator: "/")
  }

  private func operation(_ route: Route) -> JSONValue {
    var members: [(String, JSONValue)] = [("summary", .string(route.summary))]
    let places = route.path.split(separator: "/").filter { $0.first == ":" }.map { segment in
      Schema.object([
        ("name", .string(String(segment.dropFirst()))), ("in", .string("path")), ("required", .bool(true)),
        ("schema", Schema.type("string")),
      ])
    }
    let parameters = places + route.parameters.map(parameter)
    if !parameters.isEmpty { members.append(("parameters", .array(parameters))) }
    if !route.takes.isEmpty {
      let content = Schema.object(route.takes.map { ($0, media($0, route.bodySchema)) })
      members.append(("requestBody", Schema.object([("required", .bool(true)), ("content", content)])))
    }
    members.append(("responses", responses(route)))
    if route.isProtected, hasToken {
      members.append(("security", .array([Schema.object([("token", .array([]))])])))
    }
    return Schema.object(members)
  }

  private func parameter(_ parameter: Route.Parameter) -> JSONValue {
    let schema =
      parameter.schema?(most)
      ?? (parameter.choices.isEmpty
        ? Schema.type("string") : Schema.choice(parameter.choices))
    return Schema.object([
      ("name", .string(parameter.name)), ("in", .string("query")),
      ("description", .string(parameter.summary)), ("required", .bool(parameter.isRequired)),
      // Lists have commas between.
      ("style", .string("form")), ("explode", .bool(false)), ("schema", schema),
    ])
  }

  /// What a body of that type holds.
  private func media(_ type: String, _ schema: String?) -> JSONValue {
    switch type {
    case "application/json": Schema.object(schema.map { [("schema", Schema.named($0))] } ?? [])
    case "application/octet-stream", "application/wasm", "application/x-npy", "image/png": Schema.object([])
    default: Schema.object([("schema", Schema.type("string"))])
    }
  }

  private func responses(_ route: Route) -> JSONValue {
    let content = Schema.object(route.gives.map { ($0, media($0, route.schema)) })
    var members = [("description", JSONValue.string("Done.")), ("content", content)]
    if !route.headers.isEmpty {
      members.append(("headers", Schema.object(route.headers.map { ($0.name, header($0)) })))
    }
    var answers = [
      route.isSocket
        ? ("101", Schema.object([("description", .string("A WebSocket is open."))]))
        : ("200", Schema.object(members))
    ]
    // Any path may be asked wrongly, or too much.
    let statuses = Set(route.statuses + [400, 408, 413, 414, 417, 431, 500, 501, 503, 505])
    for status in statuses.sorted() { answers.append(("\(status)", problem(status))) }
    return Schema.object(answers)
  }

  private func header(_ header: Route.Header) -> JSONValue {
    Schema.object([
      ("description", .string(header.summary)), ("required", .bool(header.isRequired)),
      ("schema", header.isCount ? Schema.integer(0, 1 << 40) : Schema.type("string")),
    ])
  }

  private func problem(_ status: Int) -> JSONValue {
    guard status != 304 else { return Schema.object([("description", .string(reasonPhrase(status)))]) }
    var members = [
      ("description", JSONValue.string(reasonPhrase(status))),
      (
        "content",
        Schema.object([("application/problem+json", Schema.object([("schema", Schema.named("Problem"))]))])
      ),
    ]
    if status == 503 {
      let seconds = Route.Header(name: "Retry-After", summary: "Seconds.", isCount: true)
      members.append(("headers", Schema.object([("Retry-After", header(seconds))])))
    }
    return Schema.object(members)
  }

  /// Bodies by name: those of the text, and those that hold the options of a render or prediction.
  private var schemas: JSONValue {
    guard case .object(let members)? = try? JSONReader.readValue(Array("\(schemaText)".utf8)) else {
      preconditionFailure("the text of the schemas is JSON")
    }
    return .object(
      members + [
        JSONMember(name: "Render", value: points(of: "render")),
        JSONMember(name: "Predict", value: points(of: "predict")),
      ])
  }

  /// Points alone, or beside options.
  private func points(of command: String) -> JSONValue {
    let list = Schema.named("Points")
    let options = RenderOption.allCases.filter {
      $0.isInDocument && $0.belongs(to: command) && $0 != .tangents
    }
    var properties = [("points", list), ("path", list), ("tangents", list)]
    properties += options.map { ($0.rawValue, $0.schema(isQuery: false, most: most)) }
    properties.append(("dimensions", Schema.integer(1, 4)))
    if command == "render" { properties.append(("simd", Schema.type("boolean"))) }
    if command == "predict" { properties.append(("count", Schema.integer(0, 1 << 31))) }
    let names = ["points", "path"].map { Schema.object([("required", .array([.string($0)]))]) }
    let object = Schema.type(
      "object",
      [
        ("properties", Schema.object(properties)), ("additionalProperties", .bool(false)),
        ("oneOf", .array(names)),
      ])
    return Schema.object([("examples", .array([example(of: command)])), ("anyOf", .array([list, object]))])
  }

  private func example(of command: String) -> JSONValue {
    let points = [[0, 0], [1, 2], [3, 1]].map { JSONValue.array($0.map { .number(Double($0)) }) }
    let more = command == "render" ? ("samplesPerSegment", 4.0) : ("horizon", 3.0)
    return Schema.object([
      ("points", .array(points)), ("type", .string("cubic")), (more.0, .number(more.1)),
    ])
  }
}
