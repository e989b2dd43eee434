public import Catenary
public import HTTPFront
import Synchronization

/// The HTTP front of the engine: routes, errors, and who may ask.
public final class CurveServer: RequestHandler {
  public static let version = "0.1.0"

  let engines: Engines
  let counters = Counters()
  let sockets = SocketCounters()
  let shelf = ChannelShelf()
  let isReady = Atomic<Bool>(false)
  let routes: [Route]
  let standard = StandardFields()
  private let token: [UInt8]?
  private let log: (@Sendable (String) -> Void)?

  /// - Parameters:
  ///   - backend: what draws where a request does not say.
  ///   - models: where the detector's network is taken from.
  ///   - token: what protected paths ask for; nil: nothing.
  ///   - hasDiagnostics: whether there is `/ws/echo`.
  ///   - log: gets a line for each answer; nil: none are made.
  /// - Throws: `wasm` was asked for and cannot be had.
  public init(
    backend: Backend, models: ModelSource = .builtIn, token: String? = nil,
    hasDiagnostics: Bool = false, log: (@Sendable (String) -> Void)? = nil
  ) throws(EngineError) {
    engines = try Engines(standard: backend, models: models)
    self.token = token.map { Array($0.utf8) }
    self.log = log
    routes = Route.table + (hasDiagnostics ? [Route.echo] : [])
  }

  /// Loads and runs what the first request would wait for; `/ready` says so from then on.
  public func warm() -> ModelStatus {
    let status = engines.native.warmModels()
    isReady.store(true, ordering: .releasing)
    return status
  }

  /// No longer ready for new requests.
  public func drain() { isReady.store(false, ordering: .releasing) }

  /// What is drawn with where a request does not say: `native` or `wasm`.
  public var backend: Backend { engines.standard == .native ? .native : engines.guest.backend }
  /// Why it is not WebAssembly though that was wanted.
  public var fallbackReason: String? { engines.standard == .native ? nil : engines.guest.fallbackReason }

  public func webSocketOpened() { sockets.opens.add(1, ordering: .relaxed) }
  public func webSocketClosed() { sockets.closes.add(1, ordering: .relaxed) }
  public func webSocketSkipped() { sockets.skips.add(1, ordering: .relaxed) }

  public func requestStarted() { counters.requests.add(1, ordering: .relaxed) }

  public func requestEnded(_ record: RequestRecord, _ head: borrowing RequestHead) {
    counters.ended(record)
    guard let log else { return }
    let path = head.path
    var bytes: [UInt8] = []
    for i in path.indices { bytes.append(path[i]) }
    let (seconds, nanoseconds) = WallClock.now
    log(
      "{\"time\":\"\(timestamp(seconds, nanoseconds))\",\"method\":\"\(head.method.word)\",\"path\":\"\(escaped(bytes))\",\"status\":\(record.status),"
        + "\"bytesIn\":\(record.bytesIn),\"bytesOut\":\(record.bytesOut),"
        + "\"milliseconds\":\(Double(record.nanoseconds / 1000) / 1000),\"aborted\":\(record.isAborted)}")
  }

  /// A path holds no quotes, backslashes or controls once it was parsed; what else is not ASCII is left out.
  private func escaped(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.filter { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }, as: UTF8.self)
  }

  public func admits(_ head: borrowing RequestHead, _ answer: inout Answer) -> Bool { true }

  public func refuse(_ status: Int, _ detail: String, _ answer: inout Answer) {
    standard.write(to: &answer)
    Problem(status, detail).write(to: &answer)
  }

  public func answer(
    _ head: borrowing RequestHead, _ body: consuming [UInt8], _ answer: inout Answer
  ) -> (any AnswerSource)? {
    standard.write(to: &answer)
    if head.method == .options {
      answer.status = 204
      answer.length = .none
      answer.field("access-control-max-age", 86400)
      return nil
    }
    do {
      let place = try find(head, &answer)
      answer.label = place + 1
      let route = routes[place]
      if route.isProtected { try authorize(head, isSocket: route.isSocket, &answer) }
      return try route.handler(Call(head: copy head, body: body, server: self), &answer)
    } catch {
      Problem(any: error).write(to: &answer)
      return nil
    }
  }

  private func find(_ head: borrowing RequestHead, _ answer: inout Answer) throws(Problem) -> Int {
    let method = head.method == .head ? Method.get : head.method
    var allowed: [String] = []
    for (place, route) in routes.enumerated() where matches(route.path, head.path) {
      if route.method == method { return place }
      allowed.append(route.method.word)
      if route.method == .get { allowed.append("HEAD") }
    }
    guard !allowed.isEmpty else {
      if isModel(head.path) { throw Problem(404, "there is no such model: the one here is curve-detection") }
      throw Problem(404, "there is nothing at this path: GET /api/dev/endpoints lists what there is")
    }
    let list = (allowed + ["OPTIONS"]).joined(separator: ", ")
    answer.field("allow", list)
    throw Problem(405, "this path does not take \(head.method.word): send one of \(list)")
  }

  private func isModel(_ path: Span<UInt8>) -> Bool {
    let start: StaticString = "/v2/models/"
    return path.count > start.utf8CodeUnitCount
      && matches("\(start)", path.extracting(first: start.utf8CodeUnitCount))
      && !(path.count > Route.model.utf8.count
        && matches(Route.model + "/", path.extracting(first: Route.model.utf8.count + 1)))
  }

  private func matches(_ path: String, _ bytes: Span<UInt8>) -> Bool {
    guard path.utf8.count == bytes.count else { return false }
    var i = 0
    for byte in path.utf8 {
      if bytes[i] != byte { return false }
      i += 1
    }
    return true
  }

  /// - Throws: 401 without the right token.
  private func authorize(
    _ head: borrowing RequestHead, isSocket: Bool, _ answer: inout Answer
  ) throws(Problem) {
    guard let token else { return }
    // A page cannot send fields with a WebSocket's handshake.
    if isSocket, let given = try Query(head)["access_token"],
      constantTimeEqual(Array(given.utf8).span, token.span)
    {
      return
    }
    guard let given = head.bearerToken, constantTimeEqual(given, token.span) else {
      answer.field("www-authenticate", "Bearer")
      throw Problem(401, "this path needs the server's token: send Authorization: Bearer TOKEN")
    }
  }
}
