public import Catenary
public import HTTPFront
import Synchronization
import WorkerRegistry

/// The HTTP front of the engine: routes, errors, and who may ask.
public final class CurveServer: RequestHandler {
  public static let version = "0.1.0"

  let engines: Engines
  /// Requests and answers; who answers further ones by other means counts them here, too.
  public let counters = Counters()
  let metrics: RequestMetrics
  /// When it was made, in seconds since 1970.
  let startSeconds: Double
  /// Points of an answer.
  let mostPoints: Int
  let sockets = SocketCounters()
  let shelf = ChannelShelf()
  private let front = Mutex(Front())

  /// In a value of its own: a function that stands in a generic one itself is wrapped anew at each access.
  private struct Front {
    var figures: (@Sendable () -> ServerFigures)?
  }
  let isReady = Atomic<Bool>(false)
  let routes: [Route]
  /// Their paths.
  private let paths: [PathPattern]
  let standard = StandardFields()
  private let document = Mutex<[UInt8]>([])
  private let token: [UInt8]?
  private let workers = Mutex<WorkerBoard?>(nil)
  private let log: (@Sendable (String) -> Void)?

  /// - Parameters:
  ///   - backend: what draws where a request does not say.
  ///   - models: where the detector's network is taken from.
  ///   - token: what protected paths ask for; nil: nothing.
  ///   - mostPoints: what an answer may have, 1…2^31: more is refused with 422.
  ///   - hasDiagnostics: whether there is `/ws/echo`.
  ///   - log: gets a line for each answer; nil: none are made.
  /// - Throws: `wasm` was asked for and cannot be had.
  public init(
    backend: Backend, models: ModelSource = .builtIn, token: String? = nil,
    mostPoints: Int = 1 << 31, hasDiagnostics: Bool = false, log: (@Sendable (String) -> Void)? = nil
  ) throws(EngineError) {
    engines = try Engines(standard: backend, models: models)
    self.token = token.map { Array($0.utf8) }
    self.log = log
    self.mostPoints = mostPoints
    routes = Route.table + (hasDiagnostics ? [Route.echo] : [])
    paths = routes.map { PathPattern($0.path) }
    metrics = RequestMetrics(routes: routes.count)
    let (seconds, nanoseconds) = WallClock.now
    startSeconds = Double(seconds) + Double(nanoseconds / 1_000_000) / 1000
  }

  /// Loads and runs what the first request would wait for; `/ready` says so from then on.
  public func warm() -> ModelStatus {
    let status = engines.native.warmModels()
    StaticFile.warm()
    isReady.store(true, ordering: .releasing)
    return status
  }

  /// The OpenAPI document, made when it is first asked for.
  var openAPIText: [UInt8] {
    document.withLock { text in
      if text.isEmpty { text = OpenAPI(routes: routes, hasToken: token != nil, most: mostPoints).text }
      return text
    }
  }

  /// Whether protected paths ask for a token.
  var needsToken: Bool { token != nil }

  /// No longer ready for new requests.
  public func drain() { isReady.store(false, ordering: .releasing) }

  /// Takes back what other programs see of it: for who ends before all answers are sent.
  public func end() { board?.ended() }

  /// What the workers do; nil before the server listens, or without memory for it.
  var board: WorkerBoard? { workers.withLock { $0 } }
  /// Why other programs cannot see what the workers do, in one line; nil when they can.
  public var registryFault: String? { board?.fault.map { "\($0)" } }

  public func begins(_ port: UInt16, _ pool: WorkerPool) -> (any WorkerObserver)? {
    let guest = engines.guest
    let board = WorkerBoard(port: port, pool, types: [""] + routes.map(\.job)) {
      UInt64(guest.guestMemoryBytes)
    }
    workers.withLock { $0 = board }
    return board
  }

  /// What is drawn with where a request does not say: `native` or `wasm`.
  public var backend: Backend { engines.standard == .native ? .native : engines.guest.backend }
  /// Why it is not WebAssembly though that was wanted.
  public var fallbackReason: String? { engines.standard == .native ? nil : engines.guest.fallbackReason }

  public var pieceMemory: (any PieceMemory)? { GuestPieces(engines) }

  public func webSocketOpened() { sockets.opens.add(1, ordering: .relaxed) }
  public func webSocketClosed() { sockets.closes.add(1, ordering: .relaxed) }
  public func webSocketSkipped() { sockets.skips.add(1, ordering: .relaxed) }
  public func serves(_ figures: @escaping @Sendable () -> ServerFigures) {
    front.withLock { $0.figures = figures }
  }

  /// How the front stands that asks this server.
  var figures: ServerFigures { front.withLock { $0.figures }?() ?? ServerFigures() }

  public func requestStarted() { counters.requestStarted() }

  public func requestEnded(_ record: RequestRecord, _ head: borrowing RequestHead) {
    counters.requestEnded()
    var label = record.label
    // Refused by the protocol: its path may be known all the same.
    if label == 0, !head.path.isEmpty {
      label = place(of: head.path, head.method).map { $0 + 1 } ?? unknownLabel
    }
    let isKnown = record.status != 501 && (record.label != 0 || !head.path.isEmpty)
    metrics.ended(record, label: label, method: isKnown ? head.method : nil)
    guard let log else { return }
    let path = head.path
    var bytes: [UInt8] = []
    for i in path.indices { bytes.append(path[i]) }
    let (seconds, nanoseconds) = WallClock.now
    log(
      "{\"time\":\"\(timestamp(seconds, nanoseconds))\",\"method\":\"\(head.method.text)\",\"path\":\"\(escaped(bytes))\",\"status\":\(record.status),"
        + "\"bytesIn\":\(record.bytesIn),\"bytesOut\":\(record.bytesOut),"
        + "\"milliseconds\":\(Double(record.nanoseconds / 1000) / 1000),\"aborted\":\(record.isAborted)}")
  }

  /// A path holds no quotes, backslashes or controls once it was parsed; what else is not ASCII is left out.
  private func escaped(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.filter { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }, as: UTF8.self)
  }

  /// Labels beside those of routes: of paths that are none, and of `OPTIONS`.
  private var unknownLabel: Int { routes.count + 1 }
  private var optionsLabel: Int { routes.count + 2 }

  public func admits(_ head: borrowing RequestHead, _ answer: inout Answer) -> Bool {
    guard head.method != .options else {
      (answer.label, answer.dropsBody) = (optionsLabel, true)
      return true
    }
    do throws(Problem) {
      let place = try find(head, &answer)
      if routes[place].isProtected { try authorize(head, isSocket: routes[place].isSocket, &answer) }
      try routes[place].judge(head)
      answer.dropsBody = routes[place].takes.isEmpty
      return true
    } catch {
      standard.write(to: &answer)
      error.write(to: &answer)
      return false
    }
  }

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
      if let place = place(of: head.path, .options) { answer.field("allow", allowed(place)) }
      return nil
    }
    do {
      let source = try routes[answer.label - 1].handler(
        Call(head: copy head, body: body, server: self), &answer)
      if source == nil { answer.zip(for: head) }
      return source
    } catch {
      Problem(any: error).write(to: &answer)
      return nil
    }
  }

  /// The route of a path that takes the method, else its first one; nil where there is none.
  private func place(of path: Span<UInt8>, _ method: Method) -> Int? {
    let method = method == .head ? Method.get : method
    var first: Int?
    for place in routes.indices where paths[place].matches(path) {
      if routes[place].method == method { return place }
      first = first ?? place
    }
    return first
  }

  /// - Throws: 404, and 405 where the path takes other methods; the answer's label is set all the same.
  private func find(_ head: borrowing RequestHead, _ answer: inout Answer) throws(Problem) -> Int {
    let place = place(of: head.path, head.method)
    answer.label = place.map { $0 + 1 } ?? unknownLabel
    if let place, routes[place].method == (head.method == .head ? .get : head.method) { return place }
    guard let place else {
      if isModel(head.path) { throw Problem(404, "there is no such model: the one here is curve-detection") }
      throw Problem(404, "there is nothing at this path: GET /api/dev/endpoints lists what there is")
    }
    let list = allowed(place)
    answer.field("allow", list)
    throw Problem(405, "this path does not take \(head.method.text): send one of \(list)")
  }

  /// The methods that a route's path takes.
  private func allowed(_ place: Int) -> String {
    var allowed: [String] = []
    for route in routes where route.path == routes[place].path {
      allowed += route.method == .get ? ["GET", "HEAD"] : [route.method.text]
    }
    return (allowed + ["OPTIONS"]).joined(separator: ", ")
  }

  private func isModel(_ path: Span<UInt8>) -> Bool {
    let own = Route.model + "/"
    return PathPattern("/v2/models/:rest").begins(path)
      && !(path.count >= own.utf8.count && PathPattern(own).matches(path.extracting(first: own.utf8.count)))
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
