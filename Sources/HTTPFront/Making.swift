import Synchronization

/// An answer between the worker that makes it and the reactor that sends it: a bounded queue of pieces.
final class Making: Sendable {
  enum Delivery: Sendable {
    /// Status, fields and first piece.
    case begun(Answer, hasMore: Bool)
    case piece(ByteBuffer, hasMore: Bool)
    /// The source could not go on.
    case failed
  }

  private struct State {
    var deliveries: [Delivery] = []
    /// Bytes made and not yet sent.
    var unsent = 0
    var isBegun = false
    /// Milliseconds since 1970 UTC.
    var startedAt: Int?
    /// Nobody is at work since the client has enough to take.
    var isParked = false
    var isCancelled = false
  }

  private let number: UInt64
  private let label: Int
  private let source: any AnswerSource
  private let key: UInt64
  private let mailbox: Mailbox
  private let buffers: BufferPool
  private let limit: Int
  /// What the request's body takes of the budget until the answer is made: what is made of it takes its place.
  private let budget: BodyBudget
  private let bodyRoom: Int
  private let state = Mutex(State())

  private static let jobs = Atomic<UInt64>(0)

  init(
    _ source: any AnswerSource, label: Int, key: UInt64, mailbox: Mailbox, buffers: BufferPool, limit: Int,
    budget: BodyBudget, bodyRoom: Int
  ) {
    (number, self.label) = (Making.jobs.add(1, ordering: .relaxed).newValue, label)
    (self.source, self.key, self.mailbox, self.buffers, self.limit) = (source, key, mailbox, buffers, limit)
    (self.budget, self.bodyRoom) = (budget, bodyRoom)
  }

  deinit { budget.giveBack(bodyRoom) }

  /// The answer as workers tell of it; it starts when this is asked for the first time.
  var job: WorkerJob {
    let startedAt = state.withLock { state in
      let (seconds, nanoseconds) = WallClock.now
      let start = state.startedAt ?? seconds * 1000 + nanoseconds / 1_000_000
      state.startedAt = start
      return start
    }
    return WorkerJob(number: number, label: label, startedAt: startedAt)
  }

  /// Whether it is made by a thread of its own.
  var runsAlone: Bool { source.runsAlone }

  /// Makes one piece.
  func work() -> WorkerOutcome {
    let (isBegun, isCancelled) = state.withLock { state in
      defer { state.isBegun = true }
      return (state.isBegun, state.isCancelled)
    }
    guard !isCancelled else { return WorkerOutcome() }
    let buffer = buffers.take()
    let (delivery, hasMore, failure) = isBegun ? next(buffer) : begin(buffer)
    let goesOn = state.withLock { state in
      guard !state.isCancelled else { return false }
      state.deliveries.append(delivery)
      state.unsent += buffer.count
      // The next piece is as large as this one, or smaller.
      state.isParked = hasMore && state.unsent + buffer.count > limit
      return hasMore && !state.isParked
    }
    mailbox.send(.pieces(key))
    return WorkerOutcome(goesOn: goesOn, isOver: !hasMore, failure: failure)
  }

  private func begin(_ buffer: ByteBuffer) -> (Delivery, hasMore: Bool, failure: String?) {
    var answer = Answer(body: buffer)
    let hasMore = source.begin(&answer)
    return (.begun(answer, hasMore: hasMore), hasMore, answer.fault)
  }

  private func next(_ buffer: ByteBuffer) -> (Delivery, hasMore: Bool, failure: String?) {
    do {
      let hasMore = try source.next(buffer)
      return (.piece(buffer, hasMore: hasMore), hasMore, nil)
    } catch { return (.failed, false, "\(error)") }
  }

  /// What was made since.
  func take() -> [Delivery] {
    state.withLock { state in
      defer { state.deliveries = [] }
      return state.deliveries
    }
  }

  /// The client took so many bytes of a piece.
  ///
  /// - Returns: whether the work should go on.
  func wasSent(_ count: Int) -> Bool {
    state.withLock { state in
      state.unsent -= count
      guard state.isParked, !state.isCancelled, state.unsent <= limit / 2 else { return false }
      state.isParked = false
      return true
    }
  }

  /// The client has gone: nothing more is made.
  func cancel() {
    state.withLock { state in
      state.isCancelled = true
      state.deliveries = []
    }
    source.cancel()
  }
}
