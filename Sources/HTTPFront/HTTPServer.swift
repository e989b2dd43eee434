import Synchronization

/// An HTTP/1.1 server: threads that serve connections, and threads that make large answers.
public final class HTTPServer: Sendable {
  /// The port it listens on: the one that was asked for, or a free one.
  public let port: UInt16
  /// Whether only this machine reaches it.
  public let isLoopback: Bool
  private let mailboxes: [Mailbox]
  private let running: Monitor<Int>
  private let finished: Bell
  private let shared: Reactor.Shared

  /// Listens and serves.
  ///
  /// - Parameter mayBePublic: whether other machines may reach it.
  /// - Throws: why the address cannot be listened on.
  public init(
    _ options: ServerOptions, mayBePublic: Bool = true, _ handler: any RequestHandler
  ) throws(ServerFailure) {
    let listeners = try HTTPServer.listen(options, mayBePublic)
    (port, isLoopback) = (listeners[0].port, listeners[0].isLoopback)
    let workers = WorkerPool(threads: options.workers)
    let shared = Reactor.Shared(options, handler.pieceMemory)
    let (running, port) = (Monitor(0), port)
    let (finished, mailboxes): (Bell, [Mailbox])
    do throws(SystemError) {
      finished = try Bell()
      var made: [Mailbox] = []
      for _ in listeners { made.append(try Mailbox()) }
      mailboxes = made
    } catch { throw ServerFailure(error, host: options.host, port: port) }
    (self.running, self.finished, self.mailboxes, self.shared) = (running, finished, mailboxes, shared)
    workers.start(handler.begins(port, workers))
    let reactors = listeners.count
    handler.serves { HTTPServer.figures(shared, workers, reactors: reactors) }
    for (listener, mailbox) in zip(listeners, mailboxes) {
      running.change { $0 += 1 }
      // Handed over, so that the reactor alone decides when it is closed.
      let handover = Monitor<Listener?>(listener)
      let serve = { @Sendable in
        HTTPServer.reactor(options, handler, handover, mailbox, workers, shared)?.run()
        guard
          running.change({
            $0 -= 1
            return $0
          }) == 0
        else { return }
        workers.close()
        finished.ring()
      }
      guard startThread(serve) else {
        running.change { $0 -= 1 }
        break
      }
    }
    guard running.change({ $0 }) > 0 else {
      workers.close()
      throw .failed(host: options.host, port: port, why: "the machine gives no thread")
    }
  }

  private static func reactor(
    _ options: ServerOptions, _ handler: any RequestHandler, _ listener: Monitor<Listener?>,
    _ mailbox: Mailbox, _ workers: WorkerPool, _ shared: Reactor.Shared
  ) -> Reactor? {
    guard let own = listener.change({ $0.take() }) else { return nil }
    return try? Reactor(options, handler, own, mailbox, workers, shared)
  }

  /// One listener for each reactor, all on one port.
  private static func listen(
    _ options: ServerOptions, _ mayBePublic: Bool
  ) throws(ServerFailure) -> [Listener] {
    guard options.reactors > 1 else { return [try listenAlone(options, mayBePublic)] }
    // Alone first: shared listeners would join another server's port without a word.
    let port = try listenAlone(options, mayBePublic).port
    var listeners: [Listener] = []
    for _ in 0..<options.reactors {
      listeners.append(try Listener(host: options.host, port: port, isShared: true))
    }
    return listeners
  }

  private static func listenAlone(
    _ options: ServerOptions, _ mayBePublic: Bool
  ) throws(ServerFailure) -> Listener {
    let listener = try Listener(host: options.host, port: options.port, isShared: false)
    guard listener.isLoopback || mayBePublic else { throw .isPublic(host: options.host) }
    return listener
  }

  private static func figures(_ shared: Reactor.Shared, _ workers: WorkerPool, reactors: Int) -> ServerFigures
  {
    var figures = ServerFigures()
    figures.connections = shared.connections.load(ordering: .relaxed)
    (figures.reactors, figures.workers) = (reactors, workers.count)
    (figures.waitingAnswers, figures.bodyBytes) = (workers.waiting, shared.bodies.bytes)
    (figures.pooledBuffers, figures.pooledBytes) = shared.pieces.kept
    return figures
  }

  /// Connections that are open.
  public var connections: Int { shared.connections.load(ordering: .relaxed) }

  /// Stops accepting; what is in hand is answered, with `Connection: close`.
  public func drain() { for mailbox in mailboxes { mailbox.send(.drain) } }

  /// Cuts all connections.
  public func stop() { for mailbox in mailboxes { mailbox.send(.stop) } }

  /// Waits until all connections are gone after `drain` or `stop`.
  public func waitUntilFinished() { running.wait { $0 == 0 ? () : nil } }

  /// Serves until a signal comes, then ends what is in hand.
  ///
  /// - Parameters:
  ///   - seconds: how long that may take.
  ///   - draining: told when the first signal has come.
  /// - Returns: whether no second signal came: false asks to end at once.
  public func serve(
    until signals: EndingSignals, drainingFor seconds: Double = 10, draining: () -> Void = {}
  ) -> Bool {
    _ = signals.wait(seconds: nil, other: finished)
    draining()
    drain()
    return signals.wait(seconds: seconds, other: finished) == nil
  }
}
