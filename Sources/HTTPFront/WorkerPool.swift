import Synchronization

/// Threads that make large answers, piece by piece in turn, so that a long answer keeps no other waiting.
///
/// Their number changes while they work: who is to leave ends its piece first, and puts the answer back into the queue.
public final class WorkerPool: Sendable {
  private struct Queue {
    /// Those before `first` are taken, and held no longer: each may hold a body.
    var waiting: [Making?] = []
    var first = 0
    var isClosed = false
    var observer: (any WorkerObserver)?
    var members: [Int: Member] = [:]
    var lastNumber = 0

    var count: Int { waiting.count - first }
    var staying: Int { members.count { !$0.value.isLeaving } }
    /// Who is to leave and still makes a piece.
    var lateLeavers: [Int] { members.filter { $0.value.isLeaving && !$0.value.isWaiting }.keys.sorted() }

    mutating func next() -> Making? {
      guard first < waiting.count else { return nil }
      let making = waiting[first].take()
      first += 1
      if first == waiting.count || first > 1024 {
        waiting.removeFirst(first)
        first = 0
      }
      observer?.queued(count)
      return making
    }

    mutating func add(_ making: Making) {
      waiting.append(making)
      observer?.queued(count)
    }
  }

  private struct Member {
    var isWaiting = false
    /// Whether it makes a piece; neither this nor waiting: it has not come so far, or is on its way to either.
    var isMaking = false
    var isLeaving = false
    /// What it is asked to do before its next piece.
    var errands: [@Sendable () -> Void] = []
  }

  /// What a worker does next.
  private enum Turn {
    case make(Making)
    case errands([@Sendable () -> Void])
    case leave
  }

  private let monitor = Monitor(Queue())
  private let load = Load()

  private final class Load: Sendable {
    let pieces = Atomic<Int>(0)
  }

  /// Apart from the queue, whose changes wake one who works.
  private let isClosed = Monitor(false)
  private let tickSeconds: Double
  /// How many there are to begin with.
  public let initialCount: Int

  /// - Parameter tickSeconds: how often the observer hears that time passes.
  init(threads wanted: Int, tickSeconds: Double = 1) {
    (initialCount, self.tickSeconds) = (max(1, wanted), tickSeconds)
  }

  /// Starts the threads, as many as the machine gives.
  func start(_ observer: (any WorkerObserver)?) {
    monitor.change { $0.observer = observer }
    _ = scale(to: initialCount)
    guard let observer else { return }
    let (isClosed, seconds) = (isClosed, tickSeconds)
    _ = startThread {
      while isClosed.wait(seconds: seconds, { $0 ? () : nil }) == nil { observer.ticks() }
    }
  }

  /// Ends the threads when they are done with what they have.
  func close() {
    isClosed.changeForAll { $0 = true }
    let observer = monitor.changeForAll { queue in
      queue.isClosed = true
      return queue.observer.take()
    }
    observer?.ended()
  }

  func add(_ making: Making) {
    guard making.runsAlone, startThread({ WorkerPool.serveAlone(making) }) else {
      return monitor.change { $0.add(making) }
    }
  }

  /// Until the client has enough for now, or all is made.
  private static func serveAlone(_ making: Making) {
    MachineLimits.lowerPriority()
    while making.work().goesOn {}
  }

  /// Answers that wait for a thread.
  var waiting: Int { monitor.change { $0.count } }

  /// Whether any worker makes a piece now.
  var isBusy: Bool { load.pieces.load(ordering: .relaxed) > 0 }

  /// Workers that are not about to leave.
  public var count: Int { monitor.change { $0.staying } }

  /// Has so many workers from now on; those that are too many leave when their piece is made.
  ///
  /// - Parameter wanted: 1 or more.
  /// - Returns: how many came, as the machine gives threads, and how many are to go.
  public func scale(to wanted: Int) -> (created: Int, terminated: Int) {
    precondition(wanted >= 1, "somebody has to do the work")
    let (kept, hired, terminated): (Int, [Int], Int) = monitor.changeForAll { queue in
      guard !queue.isClosed else { return (0, [], 0) }
      let change = wanted - queue.staying
      guard change > 0 else { return (0, [], WorkerPool.dismiss(-change, &queue)) }
      // Who has not gone yet stays.
      let kept = queue.lateLeavers.prefix(change)
      for number in kept { queue.members[number]?.isLeaving = false }
      // The others are counted from now on, so that who asks meanwhile does not hire them again.
      return (kept.count, (kept.count..<change).map { _ in WorkerPool.hire(&queue) }, 0)
    }
    return (kept + hired.count { start($0) }, terminated)
  }

  /// Those who make nothing go first; who waits goes at once: nobody sees it afterwards.
  private static func dismiss(_ count: Int, _ queue: inout Queue) -> Int {
    let staying = queue.members.filter { !$0.value.isLeaving }.sorted {
      ($0.value.isMaking ? 1 : 0, -$0.key) < ($1.value.isMaking ? 1 : 0, -$1.key)
    }
    for (number, member) in staying.prefix(count) {
      queue.members[number]?.isLeaving = true
      if member.isWaiting { queue.observer?.left(number) }
    }
    return min(count, staying.count)
  }

  /// A new member, whose thread is to be started.
  private static func hire(_ queue: inout Queue) -> Int {
    queue.lastNumber += 1
    queue.members[queue.lastNumber] = Member()
    queue.observer?.came(queue.lastNumber)
    return queue.lastNumber
  }

  /// - Returns: false when the machine gives no thread: the member has gone again.
  private func start(_ number: Int) -> Bool {
    let (monitor, load) = (monitor, load)
    if startThread({ WorkerPool.serve(monitor, load, number) }) { return true }
    monitor.change { queue in
      queue.members[number] = nil
      queue.observer?.left(number)
    }
    return false
  }

  /// Has a worker do something before its next piece, at once if it waits.
  ///
  /// - Parameter errand: it must not wait for anything.
  /// - Returns: false when there is no such worker, or it is about to leave.
  public func ask(_ number: Int, _ errand: @escaping @Sendable () -> Void) -> Bool {
    monitor.changeForAll { queue in
      guard queue.members[number]?.isLeaving == false else { return false }
      queue.members[number]?.errands.append(errand)
      return true
    }
  }

  /// Has a worker make something between two pieces, and waits for it: not for a thread that serves connections.
  ///
  /// - Returns: nil when the worker did not come to it in time, or there is none of that number.
  public func ask<R: Sendable>(
    _ number: Int, seconds: Double, _ errand: @escaping @Sendable () -> R
  ) -> R? {
    let result = Monitor<R?>(nil)
    guard ask(number, { result.changeForAll { $0 = errand() } }) else { return nil }
    return result.wait(seconds: seconds) { $0 }
  }

  private static func serve(_ monitor: Monitor<Queue>, _ load: Load, _ number: Int) {
    let observer = monitor.change { $0.observer }
    observer?.started(number)
    while true {
      switch monitor.wait({ next(&$0, number) }) {
      case .leave:
        // It may have been woken for an answer that another has to make now.
        monitor.change { _ in }
        return
      case .errands(let errands): for errand in errands { errand() }
      case .make(let making):
        let job = making.job
        observer?.begins(number, job)
        load.pieces.add(1, ordering: .relaxed)
        let outcome = making.work()
        load.pieces.subtract(1, ordering: .relaxed)
        observer?.ends(number, job, outcome)
        if outcome.goesOn { monitor.change { $0.add(making) } }
      }
    }
  }

  /// - Returns: nil when there is nothing to do yet.
  private static func next(_ queue: inout Queue, _ number: Int) -> Turn? {
    guard let member = queue.members[number] else { return .leave }
    guard !member.isLeaving else {
      // Who waited was said to have left when it was dismissed.
      if !member.isWaiting { queue.observer?.left(number) }
      queue.members[number] = nil
      return .leave
    }
    queue.members[number]?.isWaiting = false
    queue.members[number]?.isMaking = false
    if !member.errands.isEmpty {
      queue.members[number]?.errands = []
      return .errands(member.errands)
    }
    if let making = queue.next() {
      queue.members[number]?.isMaking = true
      return .make(making)
    }
    if queue.isClosed { return .leave }
    queue.members[number]?.isWaiting = true
    return nil
  }
}

/// An answer that workers make, as they tell of it.
public struct WorkerJob: Sendable {
  /// From 1, in the order in which the answers were asked for.
  public let number: UInt64
  /// The answer's label, such as the number of its route.
  public let label: Int
  /// Milliseconds since 1970 UTC.
  public let startedAt: Int
}

/// What came of a piece.
public struct WorkerOutcome: Sendable, Equatable {
  /// Whether another piece is to be made at once.
  public var goesOn = false
  /// Whether the answer is made to its end, or failed.
  public var isOver = false
  /// Why it failed, where it did.
  public var failure: String?
}

/// Told what workers do, by the workers themselves, or for them by who hires and dismisses them. None of its functions may
/// wait, or ask the pool for anything. For each worker they are called by one thread at a time.
public protocol WorkerObserver: Sendable {
  /// There is a worker of that number.
  func came(_ worker: Int)
  /// Its thread runs, and is the one that calls.
  func started(_ worker: Int)
  func begins(_ worker: Int, _ job: WorkerJob)
  func ends(_ worker: Int, _ job: WorkerJob, _ outcome: WorkerOutcome)
  /// It has gone, or is about to without another word.
  func left(_ worker: Int)
  /// So many answers wait.
  func queued(_ count: Int)
  /// A second has passed, whether anything was done or not. A thread of its own tells.
  func ticks()
  /// The server has ended.
  func ended()
}
