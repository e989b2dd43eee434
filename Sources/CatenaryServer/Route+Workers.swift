import CurveFormats
import HTTPFront

extension Route {
  static let workerRoutes: [Route] = [
    Route(
      method: .get, path: "/api/dev/workers",
      summary: "What each worker does, from the shared registry.",
      schema: "Workers",
      statuses: [401], isProtected: true, handler: workers),
    Route(
      method: .get, path: "/api/workers/registry", summary: "The same.", schema: "Workers",
      statuses: [401], isProtected: true,
      handler: workers),
    Route(
      method: .post, path: "/api/workers/scale", summary: "Sets the number of workers: {\"count\":N}.",
      takes: ["application/json"], bodySchema: "Scale", schema: "Scaled",
      statuses: [400, 401, 403, 411, 415, 422], isProtected: true, handler: scale),
    heapSnapshot,
  ]

  static func workers(_ call: borrowing Call, _ answer: inout Answer) throws(Problem) -> (any AnswerSource)? {
    var bytes: [UInt8] = []
    try board(call).document.appendWorkers(to: &bytes)
    answer.field("cache-control", "no-cache")
    answer.field(.lowerContentType, "application/json")
    answer.body.append(bytes)
    return nil
  }

  static func scale(_ call: borrowing Call, _ answer: inout Answer) throws -> (any AnswerSource)? {
    try refuseForeignPages(call)
    var source = ArraySource(call.body)
    let document = try JSONReader().readValue(from: &source)
    guard case .object(let members) = document, members.count == 1, let value = document["count"] else {
      throw Problem(400, "body: send {\"count\":N} and nothing else", pointer: "")
    }
    guard case .number(let number) = value, number == number.rounded() else {
      throw Problem(400, "body: count is no whole number: send {\"count\":N}", pointer: "/count")
    }
    let most = WorkerBoard.mostWorkers
    guard let count = Int(exactly: number), (1...most).contains(count) else {
      throw Problem(422, "body: count is not from 1 to \(most), which this machine takes", pointer: "/count")
    }
    let (created, terminated) = try board(call).pool.scale(to: count)
    answer.json(
      object([("created", .number(Double(created))), ("terminated", .number(Double(terminated)))]))
    return nil
  }

  static func board(_ call: borrowing Call) throws(Problem) -> WorkerBoard {
    guard let board = call.server.board else {
      throw Problem(503, "there is no memory for the workers' registry: try again later")
    }
    return board
  }

  /// What other sites' pages may not do to a server without a token, which lets everybody else on this machine in.
  ///
  /// A page of this server has its address as origin. A name that leads here is not enough, since anybody can let a name
  /// of theirs lead to this machine: it must be the machine's own. Browsers tell no origin where a page of such a name
  /// gets something from it, so that the name is looked at then, too.
  ///
  /// - Throws: 403.
  static func refuseForeignPages(_ call: borrowing Call) throws(Problem) {
    guard !call.server.needsToken else { return }
    let own = text(call.head.authority).lowercased()
    if call.head.index(of: "Origin") == nil {
      guard own.isEmpty || isOwnName(own) else {
        throw Problem(
          403,
          "this path is asked by the machine's own name, such as localhost: use that, or start the server with --token"
        )
      }
    } else if !isOwnPage(call.head, own) {
      throw Problem(403, "a page of another origin asks: start the server with --token, and send it")
    }
  }

  private static func isOwnPage(_ head: borrowing RequestHead, _ own: String) -> Bool {
    guard head.count(of: "Origin") == 1, let origin = head.value(of: "Origin") else { return false }
    return text(origin).lowercased() == "http://\(own)" && isOwnName(own)
  }

  /// Whether a host, with a port or without, is this machine itself.
  private static func isOwnName(_ own: String) -> Bool {
    let isBracketed = own.hasPrefix("[")
    let host = isBracketed ? own.prefix { $0 != "]" } + "]" : own.prefix { $0 != ":" }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
    return host == "localhost" || host == "[::1]"
      || numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
  }

  static func text(_ bytes: Span<UInt8>) -> String {
    String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
  }
}
