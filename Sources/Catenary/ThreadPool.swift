import CurveKernel
import Synchronization

/// Work that threads share item by item. Nobody waits inside: an item that cannot be done yet is not handed out.
final class Job: Sendable {
  /// The next item that can be done now; nil when there is none (for now, or any more).
  let claim: @Sendable () -> Int?
  let body: @Sendable (Int) -> Void

  init(claim: @escaping @Sendable () -> Int?, body: @escaping @Sendable (Int) -> Void) {
    self.claim = claim
    self.body = body
  }

  func work() { while let item = claim() { body(item) } }
}

/// The engine's threads: they sleep until a job has an item for them.
final class ThreadPool: Sendable {
  /// Threads that work on a job, the caller's own included.
  let threads: Int
  private let monitor = Monitor(Queue())

  private struct Queue {
    var jobs: [Job] = []
    var isClosed = false
  }

  /// - Parameter threads: one of them is the caller's; nil: one for each core. Fewer are used where the machine
  ///   gives no more.
  init(threads wanted: Int?) {
    let threads = max(1, min(wanted ?? coreCount(), 1024))
    var started = 1
    let monitor = self.monitor
    while started < threads, startThread({ ThreadPool.serve(monitor) }) { started += 1 }
    self.threads = started
  }

  deinit { monitor.access { $0.isClosed = true } }

  private static func serve(_ monitor: Monitor<Queue>) {
    while true {
      let found: (Job, Int)?? = monitor.wait { queue in
        for job in queue.jobs { if let item = job.claim() { return .some((job, item)) } }
        return queue.isClosed ? .some(nil) : nil
      }
      guard case (let job, let item)?? = found else { return }
      job.body(item)
      job.work()
    }
  }

  func add(_ job: Job) { monitor.access { $0.jobs.append(job) } }

  func remove(_ job: Job) { monitor.access(wake: false) { queue in queue.jobs.removeAll { $0 === job } } }

  /// Tells sleeping threads that a job may have items again.
  func wake() { monitor.access { _ in } }

  /// Does items 0..<count on all threads and returns when the last one is done.
  ///
  /// - Parameter isSmall: the caller's thread alone, since waking another would take longer than the work.
  func run(_ count: Int, isSmall: Bool = false, _ body: @escaping @Sendable (Int) -> Void) {
    guard threads > 1, count > 1, !isSmall else {
      for item in 0..<count { body(item) }
      return
    }
    let left = Monitor(count)
    let counter = Counter()
    let claim = { @Sendable in counter.claim(below: count) }
    let job = Job(claim: claim) { item in
      body(item)
      left.access { $0 -= 1 }
    }
    add(job)
    job.work()
    remove(job)
    left.wait { (left: inout Int) -> Void? in left == 0 ? () : nil }
  }
}

/// Items handed out, in order.
private final class Counter: Sendable {
  private let next = Atomic<Int>(0)

  func claim(below count: Int) -> Int? {
    guard next.load(ordering: .relaxed) < count else { return nil }
    let item = next.add(1, ordering: .relaxed).oldValue
    return item < count ? item : nil
  }
}

extension ThreadPool: PlanRunner {
  func map<Result: Sendable>(_ count: Int, _ item: @escaping @Sendable (Int) -> Result) -> [Result] {
    let results = Results<Result>(count)
    run(count) { i in
      let result = item(i)
      results.all.withLock { $0[i] = result }
    }
    return results.all.withLock { $0.compactMap(\.self) }
  }
}

/// What threads hand in, each to its place.
private final class Results<Result: Sendable>: Sendable {
  let all: Mutex<[Result?]>

  init(_ count: Int) { all = Mutex([Result?](repeating: nil, count: count)) }
}
