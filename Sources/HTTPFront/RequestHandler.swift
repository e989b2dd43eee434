/// What answers requests. Its functions run on the threads that serve connections: none of them may wait.
public protocol RequestHandler: Sendable {
  /// A request has begun; `requestEnded` follows exactly once, also for requests that are malformed or cut off.
  func requestStarted()

  /// The request's answer is complete, or will never be. It is told before the client has the last byte.
  func requestEnded(_ record: RequestRecord, _ head: borrowing RequestHead)

  /// Whether a request is answered at all, judged by its head: its body is asked for only then. If not, `answer` says
  /// why; a short body that comes all the same is dropped, after a longer one the connection is closed.
  ///
  /// The label that `answer` gets here stays with the request, and is given to `answer(_:_:_:)`.
  func admits(_ head: borrowing RequestHead, _ answer: inout Answer) -> Bool

  /// Answers a request, at once in `answer`, or by a source that makes the answer on a worker.
  func answer(
    _ head: borrowing RequestHead, _ body: consuming [UInt8], _ answer: inout Answer
  ) -> (any AnswerSource)?

  /// A server listens and is about to start its workers.
  ///
  /// - Returns: who is told what they do.
  func begins(_ port: UInt16, _ workers: WorkerPool) -> (any WorkerObserver)?

  /// Words a refusal that comes from the protocol: a malformed request (400, 413, 431 …), 408 and 503.
  func refuse(_ status: Int, _ detail: String, _ answer: inout Answer)

  /// Where its answers are made; nil: anywhere. Asked for once, before the first request.
  var pieceMemory: (any PieceMemory)? { get }

  /// Told once, before the first request: where to read how the server stands.
  func serves(_ figures: @escaping @Sendable () -> ServerFigures)

  /// A WebSocket was opened; `webSocketClosed` follows exactly once, also when the client just goes away. It is told before
  /// the client learns of it.
  func webSocketOpened()
  func webSocketClosed()
  /// A client of a channel was passed over, since too much waits for it.
  func webSocketSkipped()
}

extension RequestHandler {
  public var pieceMemory: (any PieceMemory)? { nil }
  public func webSocketOpened() {}
  public func webSocketClosed() {}
  public func webSocketSkipped() {}
  public func serves(_ figures: @escaping @Sendable () -> ServerFigures) {}
}

/// How a server stands.
public struct ServerFigures: Sendable, Equatable {
  /// Connections that are open.
  public var connections = 0
  /// Threads that serve connections.
  public var reactors = 0
  /// Threads that make large answers.
  public var workers = 0
  /// Large answers that wait for a worker.
  public var waitingAnswers = 0
  /// Bytes set aside for the bodies of requests.
  public var bodyBytes = 0
  /// Buffers kept to be used again, and their bytes.
  public var pooledBuffers = 0
  public var pooledBytes = 0

  public init() {}
}

extension RequestHandler {
  public func begins(_ port: UInt16, _ workers: WorkerPool) -> (any WorkerObserver)? { nil }
}

/// An answer that is made by workers, piece by piece, as the client takes it. One thread at a time calls it.
public protocol AnswerSource: AnyObject, Sendable {
  /// Status, fields and the first piece of the body.
  ///
  /// - Returns: whether there is more.
  func begin(_ answer: inout Answer) -> Bool

  /// The next piece, into an empty buffer.
  ///
  /// - Returns: whether there is more.
  /// - Throws: the answer cannot be finished; the client sees that it is cut.
  func next(_ piece: ByteBuffer) throws -> Bool

  /// Whether a thread of its own makes it, with less right to the processor: it may wait.
  var runsAlone: Bool { get }

  /// The client has gone: what is being made may be given up. May be called from another thread while a piece is made.
  func cancel()
}

extension AnswerSource {
  public var runsAlone: Bool { false }
  public func cancel() {}
}

/// How a request went.
public struct RequestRecord: Sendable, Equatable {
  /// The status of the answer; 0 where there was none.
  public var status = 0
  /// What the answer carried as its label.
  public var label = 0
  /// Bytes of the request's body that came.
  public var bytesIn = 0
  /// Bytes of the answer, head and framing included.
  public var bytesOut = 0
  /// From the request's head to the end of the answer.
  public var nanoseconds: Int64 = 0
  /// Whether the client went away, or the answer could not be finished.
  public var isAborted = false
}
