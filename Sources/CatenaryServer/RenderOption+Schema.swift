import CurveFormats
import CurveRequests

/// What values an option may have, as JSON Schema: the OpenAPI document tells them.
extension RenderOption {
  /// - Parameters:
  ///   - isQuery: of a value in a query, where rows are text.
  ///   - most: points of an answer.
  func schema(isQuery: Bool, most: Int) -> JSONValue {
    switch self {
    case .type: Schema.choice(KindName.allCases.map(\.rawValue))
    case .alpha: Schema.number(least: 0, most: 1)
    case .tension, .continuity, .bias: Schema.number()
    case .tolerance: Schema.number(above: 0)
    case .strokeWidth: Schema.number(above: 0, most: 100)
    case .margin: Schema.number(least: 0)
    case .degree: Schema.integer(1, 5)
    case .dimensions: Schema.integer(1, 4)
    case .derivative: Schema.integer(0, 2)
    case .threads: Schema.integer(1, 1024)
    case .width, .height: Schema.integer(16, 16384)
    case .count: Schema.integer(2, most)
    case .samplesPerSegment: Schema.integer(1, most)
    case .horizon: Schema.integer(1, min(most, 1_000_000))
    case .closed, .showPoints, .axes, .legend: Schema.type("boolean")
    case .at: Schema.numbers()
    case .weights: Schema.list(of: Schema.number(above: 0))
    case .lambda: Schema.either([Schema.number(least: 0), Schema.choice(["auto"])])
    case .knots: Schema.either([Schema.choice(["clamped-uniform", "uniform"]), Schema.numbers()])
    case .tangents, .slopes: isQuery ? Schema.type("string") : Schema.list(of: Schema.numbers())
    case .stroke, .background: Schema.type("string")
    default: Schema.choice(valueName.split(separator: "|").map(String.init))
    }
  }
}

/// JSON Schema (draft 2020-12), as OpenAPI 3.1 takes it.
enum Schema {
  static func type(_ name: String, _ more: [(String, JSONValue)] = []) -> JSONValue {
    object([("type", .string(name))] + more)
  }

  static func choice(_ names: [String]) -> JSONValue {
    type("string", [("enum", .array(names.map(JSONValue.string)))])
  }

  static func integer(_ least: Int, _ most: Int) -> JSONValue {
    type("integer", [("minimum", .number(Double(least))), ("maximum", .number(Double(most)))])
  }

  static func number(least: Double? = nil, above: Double? = nil, most: Double? = nil) -> JSONValue {
    let bounds = [("minimum", least), ("exclusiveMinimum", above), ("maximum", most)]
    return type("number", bounds.compactMap { name, value in value.map { (name, .number($0)) } })
  }

  static func list(of items: JSONValue) -> JSONValue {
    type("array", [("items", items), ("minItems", .number(1))])
  }

  static func numbers() -> JSONValue { list(of: number()) }

  static func either(_ schemas: [JSONValue]) -> JSONValue { object([("anyOf", .array(schemas))]) }

  /// One that stands among the document's components.
  static func named(_ name: String) -> JSONValue {
    object([("$ref", .string("#/components/schemas/\(name)"))])
  }

  static func object(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(members.map { JSONMember(name: $0.0, value: $0.1) })
  }
}
