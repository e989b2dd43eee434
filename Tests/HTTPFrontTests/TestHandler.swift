import HTTPFront
import Synchronization

/// Answers that tests look at: `/echo` gives the body back, `/big` a long answer from a worker, `/fail` one that breaks,
/// `/short` and `/over` ones that are not as long as they say, `/until-gone` one that is made until nobody wants it.
final class TestHandler: RequestHandler {
  let log = Mutex((started: 0, ended: [RequestRecord]()))
  let drawn = Atomic<Int>(0)
  /// How many answers that are made for ever were begun.
  let begun = Atomic<Int>(0)
  let sockets = Mutex((opened: 0, closed: 0, skipped: 0))
  /// Told of each message of a WebSocket before it is answered, on the thread that serves it.
  let onMessage = Mutex<(@Sendable (WebSocketMessage) -> Void)?>(nil)
  /// A quarter of a mebibyte, a hundred times a second, its number in front.
  let channel: Channel = {
    let number = Atomic<UInt32>(0)
    return Channel(every: 0.01, isText: false) {
      let number = number.add(1, ordering: .relaxed).newValue
      return (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        + [UInt8](repeating: 5, count: (256 << 10) - 4)
    }
  }()
  /// Told of each request for `/told`, with its query, on the thread that serves it.
  let onRequest = Mutex<(@Sendable (String) -> Void)?>(nil)
  private struct Front {
    var figures: (@Sendable () -> ServerFigures)?
  }
  private let front = Mutex(Front())

  func serves(_ figures: @escaping @Sendable () -> ServerFigures) { front.withLock { $0.figures = figures } }

  /// How the server stands.
  var figures: ServerFigures { front.withLock { $0.figures }?() ?? ServerFigures() }

  func requestStarted() { log.withLock { $0.started += 1 } }

  func requestEnded(_ record: RequestRecord, _ head: borrowing RequestHead) {
    log.withLock { $0.ended.append(record) }
  }

  var ended: [RequestRecord] { log.withLock { $0.ended } }

  func webSocketOpened() { sockets.withLock { $0.opened += 1 } }
  func webSocketClosed() { sockets.withLock { $0.closed += 1 } }
  func webSocketSkipped() { sockets.withLock { $0.skipped += 1 } }

  private func open(_ endpoint: TestEndpoint, _ head: borrowing RequestHead, _ answer: inout Answer) {
    do throws(WebSocketHandshake.Fault) {
      answer.open(endpoint, try WebSocketHandshake(head), head)
    } catch {
      answer.status = error.status
      error.write(to: &answer)
      answer.body.append(error.detail)
    }
  }

  private func path(_ head: borrowing RequestHead) -> String {
    let path = head.path
    return String(decoding: path.indices.map { path[$0] }, as: UTF8.self)
  }

  func admits(_ head: borrowing RequestHead, _ answer: inout Answer) -> Bool {
    answer.label = 7
    guard path(head) == "/unwanted" else { return true }
    refuse(403, "unwanted", &answer)
    return false
  }

  func answer(
    _ head: borrowing RequestHead, _ body: consuming [UInt8], _ answer: inout Answer
  ) -> (any AnswerSource)? {
    switch path(head) {
    case "/echo": answer.body.append(body)
    case "/socket": open(TestEndpoint(channel: nil, handler: self), head, &answer)
    case "/channel": open(TestEndpoint(channel: channel, handler: self), head, &answer)
    case "/told":
      let query = head.query
      onRequest.withLock { $0 }?(String(decoding: query.indices.map { query[$0] }, as: UTF8.self))
      answer.body.append("told")
    case "/label": answer.body.append("\(answer.label)")
    case "/short": return TestSource(pieces: 3, bytes: 5, handler: self, length: .sized(16))
    case "/over": return TestSource(pieces: 3, bytes: 5, handler: self, length: .sized(14))
    case "/exact": return TestSource(pieces: 3, bytes: 5, handler: self, length: .sized(15))
    case "/until-gone": return EndlessSource(self)
    case "/big": return TestSource(pieces: 4000, bytes: 256 << 10, handler: self)
    case "/crumbs": return TestSource(pieces: 200_000, bytes: 5000, handler: self)
    case "/long": return TestSource(pieces: 400, bytes: 64 << 10, handler: self)
    case "/pieces": return TestSource(pieces: 3, bytes: 5, handler: self)
    case "/fail": return TestSource(pieces: 3, bytes: 5, handler: self, failsAt: 1)
    default: answer.body.append("hello")
    }
    return nil
  }

  func refuse(_ status: Int, _ detail: String, _ answer: inout Answer) {
    answer.status = status
    answer.field("x-refused", "yes")
    answer.body.append(detail)
  }
}

/// Sends back what it gets, up to a mebibyte.
struct TestEndpoint: WebSocketEndpoint {
  let channel: Channel?
  let handler: TestHandler
  let protocols = ["second.test", "first.test"]
  func answer(_ message: WebSocketMessage) -> WebSocketMessage? {
    handler.onMessage.withLock { $0 }?(message)
    return message
  }
}

struct TestFailure: Error {}

/// Pieces of equal letters: a, b, c …
final class TestSource: AnswerSource {
  private let pieces, bytes: Int
  private let failsAt: Int?
  private let length: Answer.Length
  private let handler: TestHandler
  private let done = Atomic<Int>(0)

  init(pieces: Int, bytes: Int, handler: TestHandler, failsAt: Int? = nil, length: Answer.Length = .streamed)
  {
    (self.pieces, self.bytes, self.handler, self.failsAt) = (pieces, bytes, handler, failsAt)
    self.length = length
  }

  func begin(_ answer: inout Answer) -> Bool {
    answer.length = length
    return (try? next(answer.body)) ?? false
  }

  func next(_ piece: ByteBuffer) throws -> Bool {
    let number = done.add(1, ordering: .relaxed).oldValue
    if number == failsAt { throw TestFailure() }
    handler.drawn.add(bytes, ordering: .relaxed)
    piece.append([UInt8](repeating: UInt8(97 + number % 26), count: bytes))
    return number + 1 < pieces
  }
}

/// Something that takes for ever, unless nobody waits for it.
final class EndlessSource: AnswerSource {
  private let isCancelled = Atomic<Bool>(false)
  private let handler: TestHandler

  init(_ handler: TestHandler) { self.handler = handler }

  func begin(_ answer: inout Answer) -> Bool {
    handler.begun.add(1, ordering: .relaxed)
    while !isCancelled.load(ordering: .relaxed) {}
    return false
  }
  func next(_ piece: ByteBuffer) -> Bool { false }
  func cancel() { isCancelled.store(true, ordering: .relaxed) }
}

/// A server with one thread of each kind, ended with the body.
func serve(
  _ change: (inout ServerOptions) -> Void = { _ in }, _ body: (HTTPServer, TestHandler) throws -> Void
) throws {
  var options = ServerOptions()
  (options.reactors, options.workers) = (1, 1)
  change(&options)
  let handler = TestHandler()
  let server = try HTTPServer(options, handler)
  defer {
    server.stop()
    server.waitUntilFinished()
  }
  try body(server, handler)
}
