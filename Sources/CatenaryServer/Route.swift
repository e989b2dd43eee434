import CurveFormats
import HTTPFront

/// A path and what it answers, said once: dispatch, 405, the list of endpoints and the OpenAPI document come from it.
struct Route: Sendable {
  /// A value that a query may hold.
  struct Parameter: Sendable {
    let name, summary: String
    var isRequired = false
    /// The values it may have; empty where there is no list of them.
    var choices: [String] = []
    /// Its JSON Schema where it is more than text, given how many points an answer may have.
    var schema: (@Sendable (Int) -> JSONValue)?
  }

  /// A field of an answer that is told in the OpenAPI document.
  struct Header: Sendable {
    let name, summary: String
    var isRequired = true
    /// Whether it is a whole number.
    var isCount = false
  }

  let method: Method
  let path: String
  let summary: String
  var parameters: [Parameter] = []
  /// The media types of a request's body; empty where none is taken.
  var takes: [String] = []
  /// The name of its JSON's schema in the OpenAPI document.
  var bodySchema: String?
  /// Whether a body without a type is taken, too.
  var guessesType = false
  /// The types that `Accept` chooses from; empty where it is not looked at.
  var negotiates: [MediaType] = []
  /// The media types of the answer.
  var gives = ["application/json"]
  /// The name of the JSON answer's schema.
  var schema: String?
  var headers: [Header] = []
  /// Statuses beside 200 and those of every route.
  var statuses: [Int] = []
  /// Whether it needs the token where one is set.
  var isProtected = false
  /// Whether it opens a WebSocket: the token may stand in its query, too.
  var isSocket = false
  /// What the jobs of workers that answer it are called: the path's last name.
  var job: String {
    path.split(separator: "/").last { !$0.hasPrefix(":") }.map(String.init) ?? path
  }
  let handler: @Sendable (borrowing Call, inout Answer) throws -> (any AnswerSource)?
}

/// A request that has found its route.
struct Call: ~Copyable {
  let head: RequestHead
  let body: [UInt8]
  let server: CurveServer

  /// Whether the body is JSON, not raw numbers.
  var isJSON: Bool { head.contentType(of: Route.bodies) == .one(0) }
}

extension Route {
  static let bodies: [MediaType] = ["application/json", "application/octet-stream"]
  private static let contentEncoding: FieldName = "Content-Encoding"
  /// The longest body that is read where none is wanted.
  private static let mostIgnored = 64 << 10

  /// Judges what a head says of its body and of the answer, before the body is read.
  ///
  /// - Throws: 406, 411, 413, 415.
  func judge(_ head: borrowing RequestHead) throws(Problem) {
    if !negotiates.isEmpty, head.preferred(of: negotiates) == nil {
      throw Problem(
        406, "none of the types in Accept can be given: accept \(list(gives))")
    }
    guard takes.isEmpty else { return try judgeBody(head) }
    if case .sized(let count) = head.body, count > Route.mostIgnored {
      throw Problem(413, "this path takes no body: leave it out")
    }
  }

  private func judgeBody(_ head: borrowing RequestHead) throws(Problem) {
    guard head.body != .none else {
      throw Problem(411, "there is no body: send one, with Content-Length or Transfer-Encoding: chunked")
    }
    guard head.index(of: Route.contentEncoding) == nil else {
      throw Problem(415, "content-encoding: compressed bodies are not taken here: send the body as it is")
    }
    switch head.contentType(of: Route.bodies) {
    case .one(let place) where place < takes.count: break
    case .missing where guessesType: break
    case .missing: throw Problem(415, "content-type is missing: send \(list(takes))")
    case .one, .other: throw Problem(415, "this content-type is not taken here: send \(list(takes))")
    }
  }

  private func list(_ types: [String]) -> String {
    types.count == 1 ? types[0] : "one of " + types.joined(separator: ", ")
  }
}
