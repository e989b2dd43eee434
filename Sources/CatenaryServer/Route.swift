import HTTPFront

/// A path and what it answers, said once: dispatch, 405, the list of endpoints and the OpenAPI document come from it.
struct Route: Sendable {
  /// A value that a query may hold.
  struct Parameter: Sendable {
    let name, summary: String
    var isRequired = false
    /// The values it may have; empty where there is no list of them.
    var choices: [String] = []
  }

  let method: Method
  let path: String
  let summary: String
  var parameters: [Parameter] = []
  /// The media types of a request's body; empty where none is taken.
  var takes: [String] = []
  /// The media types of the answer.
  var gives = ["application/json"]
  /// Statuses beside 200 and those of every route.
  var statuses: [Int] = []
  /// Whether it needs the token where one is set.
  var isProtected = false
  /// Whether it opens a WebSocket: the token may stand in its query, too.
  var isSocket = false
  let handler: @Sendable (borrowing Call, inout Answer) throws -> (any AnswerSource)?
}

/// A request that has found its route.
struct Call: ~Copyable {
  let head: RequestHead
  let body: [UInt8]
  let server: CurveServer

  /// Whether the body is JSON.
  ///
  /// - Throws: 411 where none was sent; 415 for a type that is neither JSON nor raw numbers, or compressed.
  func isJSON() throws(Problem) -> Bool {
    guard head.body != .none else {
      throw Problem(411, "there is no body: send one, with Content-Length or Transfer-Encoding: chunked")
    }
    guard head.count(of: Call.contentEncoding) == 0 else {
      throw Problem(415, "content-encoding: compressed bodies are not taken here: send the body as it is")
    }
    switch head.contentType(of: Call.bodies) {
    case .one(let place): return place == 0
    case .missing:
      throw Problem(415, "content-type is missing: send application/json or application/octet-stream")
    case .other:
      throw Problem(
        415, "content-type is none of application/json, application/octet-stream: send one of them")
    }
  }

  private static let contentEncoding: FieldName = "Content-Encoding"
  private static let bodies: [MediaType] = ["application/json", "application/octet-stream"]
}

extension Method {
  /// As it stands in a request.
  var word: String { "\(self)".uppercased() }
}
