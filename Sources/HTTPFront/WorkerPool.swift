/// Threads that make large answers, piece by piece in turn, so that a long answer keeps no other waiting.
final class WorkerPool: Sendable {
  private struct Queue {
    /// Those before `first` are taken, and held no longer: each may hold a body.
    var waiting: [Making?] = []
    var first = 0
    var isClosed = false

    var count: Int { waiting.count - first }

    mutating func next() -> Making? {
      guard first < waiting.count else { return nil }
      let making = waiting[first].take()
      first += 1
      if first == waiting.count || first > 1024 {
        waiting.removeFirst(first)
        first = 0
      }
      return making
    }
  }

  private let monitor = Monitor(Queue())
  let threads: Int

  init(threads wanted: Int) {
    var started = 0
    let monitor = self.monitor
    while started < max(1, wanted) {
      guard startThread({ WorkerPool.serve(monitor) }) else { break }
      started += 1
    }
    threads = started
  }

  /// Ends the threads when they are done with what they have.
  func close() { for _ in 0..<threads { monitor.change { $0.isClosed = true } } }

  func add(_ making: Making) { monitor.change { $0.waiting.append(making) } }

  /// Answers that wait for a thread.
  var waiting: Int { monitor.change { $0.count } }

  private static func serve(_ monitor: Monitor<Queue>) {
    while true {
      let found: Making?? = monitor.wait { queue in
        if let next = queue.next() { return .some(next) }
        return queue.isClosed ? .some(nil) : nil
      }
      guard case let making?? = found else { return }
      if making.work() { monitor.change { $0.waiting.append(making) } }
    }
  }
}
