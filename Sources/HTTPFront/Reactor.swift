import Synchronization

/// A thread that owns connections: it accepts them, reads requests, has them answered, and sends the answers.
///
/// Descriptors are watched level-triggered: one read takes all that a request of usual size sent, and no second one is
/// needed to learn that nothing more is there, as edges would demand; what is left is told again by the next wait, so that
/// a client that sends without end cannot keep the others waiting. Writing is watched only while a send was short.
final class Reactor {
  let options: ServerOptions
  let handler: any RequestHandler
  let mailbox: Mailbox
  let workers: WorkerPool
  let shared: Shared
  var poller: Poller
  var listener: Listener?
  /// Opened so that, when no descriptors are left, one can be had to accept and refuse a client.
  var reserve: Bell?
  var slots: [Connection?] = []
  var freeSlots: [Int] = []
  /// How often places were used: the upper half of keys.
  var uses: UInt64 = 1
  var deadlines = DeadlineHeap()
  var now: Int64 = 0
  var isDraining = false
  /// Whether short answers are held back, since other requests have come with theirs.
  var isHolding = false
  /// Connections whose answers are held back, the longest first, and since when the first.
  var held: [UInt64] = []
  var heldSince: Int64 = 0
  var input = [UInt8](repeating: 0, count: 128 << 10)
  var headBytes: [UInt8] = []
  var answer: Answer
  let texts = BufferPool(kept: 256, largest: 64 << 10)
  /// Channels that clients of this thread listen to.
  var channels: [Seats?] = []
  /// What messages are compressed with that refer to no other, by window.
  var deflaters: [Int: MessageCompressor] = [:]

  /// What a server's reactors have in common.
  final class Shared: Sendable {
    let connections = Atomic<Int>(0)
    let pieces: BufferPool
    let bodies: BodyBudget

    init(_ options: ServerOptions, _ memory: (any PieceMemory)?) {
      bodies = BodyBudget(limit: options.bodyBytes)
      pieces = BufferPool(kept: 64, largest: 2 << 20, in: memory)
    }
  }

  /// Below this an event was brief. Threads that wait for a core get it then, before the next wait: most often they are
  /// clients on this machine, or the network's, so that more has come by then, and a wake-up is spared. Where work takes
  /// longer, more has come anyway; beside workers the core would be away for long.
  private static let briefNanoseconds: Int64 = 40_000

  static let listenerKey = UInt64.max
  static let mailboxKey = UInt64.max - 1
  static let acceptAgainKey = UInt64.max - 2

  init(
    _ options: ServerOptions, _ handler: any RequestHandler, _ listener: Listener, _ mailbox: Mailbox,
    _ workers: WorkerPool, _ shared: Shared
  ) throws(SystemError) {
    (self.options, self.handler, self.listener, self.mailbox) = (options, handler, listener, mailbox)
    (self.workers, self.shared) = (workers, shared)
    poller = try Poller()
    reserve = try? Bell()
    answer = Answer(body: shared.pieces.take())
    try poller.add(listener.descriptor.number, .read, key: Reactor.listenerKey)
    try poller.add(mailbox.bell.descriptor.number, .read, key: Reactor.mailboxKey)
  }

  /// Serves until it is told to drain and the last connection has gone.
  func run() {
    while !isDraining || freeSlots.count < slots.count {
      let count = poller.wait(milliseconds: pause)
      now = Clock.now
      isHolding = count > 1
      for index in 0..<count {
        let (key, what) = poller.event(index)
        switch key {
        case Reactor.listenerKey: acceptAll()
        case Reactor.mailboxKey: readMail()
        default: if let connection = connection(key) { handle(connection, what) }
        }
        sendHeldInTime()
      }
      isHolding = false
      sendHeld()
      while let entry = deadlines.take(until: now) { ring(entry) }
      if count > 0, !workers.isBusy, Clock.now - now < Int64(count) * Reactor.briefNanoseconds {
        MachineLimits.letOthersRun()
      }
    }
    shared.pieces.put(answer.body)
  }

  /// Milliseconds until the next deadline.
  private var pause: Int {
    guard let first = deadlines.first else { return -1 }
    return Int(max(0, (first.time - Clock.now + 999_999) / 1_000_000))
  }

  private func readMail() {
    for message in mailbox.takeAll() {
      switch message {
      case .pieces(let key): if let connection = connection(key) { deliver(connection) }
      case .drain: drain()
      case .stop:
        drain()
        for case let connection? in slots { vanish(connection) }
      }
    }
  }

  func connection(_ key: UInt64) -> Connection? {
    let slot = Int(key & 0xFFFF_FFFF)
    guard slot < slots.count, let connection = slots[slot], connection.key == key else { return nil }
    return connection
  }

  func isOpen(_ connection: Connection) -> Bool { self.connection(connection.key) != nil }

  private func handle(_ connection: Connection, _ what: Poller.Interest) {
    if !what.isDisjoint(with: .gone), !what.contains(.read) || connection.hasEnded {
      return vanish(connection)
    }
    if what.contains(.write) { goOn(connection) }
    if what.contains(.read), isOpen(connection) { receive(connection) }
  }

  /// A deadline's time has come, unless it was moved.
  private func ring(_ entry: DeadlineHeap.Entry) {
    if entry.key == Reactor.acceptAgainKey { return acceptAgain() }
    if entry.key & Reactor.channelMark != 0 { return ring(channel: Int(entry.key & 0xFFFF_FFFF)) }
    guard let connection = connection(entry.key), connection.alarm == entry.time else { return }
    connection.alarm = .max
    if connection.deadline <= now { expire(connection) } else { setAlarm(connection) }
  }

  private func expire(_ connection: Connection) {
    switch connection.phase {
    case .lingering: close(connection)
    case .making where connection.waitsSince == nil:
      probe(connection)
      if isOpen(connection) { schedule(connection) }
    case .making: vanish(connection)
    case .webSocket(let socket): expire(connection, socket)
    case .reading where connection.unsent > 0 || connection.isIdle: vanish(connection)
    case .reading: tooSlow(connection)
    }
  }

  /// Sets when the connection's patience ends, by what it is doing.
  func schedule(_ connection: Connection) {
    connection.deadline = deadline(of: connection)
    setAlarm(connection)
  }

  private func setAlarm(_ connection: Connection) {
    guard connection.deadline < connection.alarm else { return }
    connection.alarm = connection.deadline
    deadlines.insert(DeadlineHeap.Entry(time: connection.deadline, key: connection.key))
  }

  private func deadline(of connection: Connection) -> Int64 {
    if case .lingering = connection.phase { return connection.lingersUntil }
    if case .webSocket(let socket) = connection.phase {
      let sent = connection.waitsSince.map { $0 + nanoseconds(options.sendSeconds) } ?? .max
      return min(sent, socket.deadline(idle: nanoseconds(options.webSocketIdleSeconds)))
    }
    if let since = connection.waitsSince { return since + nanoseconds(options.sendSeconds) }
    if case .making = connection.phase { return connection.probesAt }
    if connection.isIdle { return now + nanoseconds(options.idleSeconds) }
    if connection.parser.isInBody { return now + nanoseconds(options.bodySeconds) }
    return connection.headStarted + nanoseconds(options.headerSeconds)
  }

  func nanoseconds(_ seconds: Double) -> Int64 { Int64(seconds * 1e9) }

  /// Watches for what the connection can go on with.
  func watch(_ connection: Connection) {
    var interest: Poller.Interest = []
    if connection.unsent > 0 { interest.insert(.write) }
    if !connection.hasEnded, connection.unread.count < input.count { interest.insert(.read) }
    guard interest != connection.interest else { return }
    connection.interest = interest
    poller.change(connection.socket.number, interest, key: connection.key)
  }
}
