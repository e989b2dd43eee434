/// One thing that is timed: a name `room/verb/size`, and how to set it up outside the timer.
struct Benchmark: Sendable {
  let name: String
  /// Points, numbers or calls that one run makes, and the bytes it writes or reads (0: not worth telling).
  let items, bytes: Int
  private let setUp: @Sendable () throws -> () throws -> Void

  init(
    _ name: String, items: Int, bytes: Int = 0, _ setUp: @escaping @Sendable () throws -> () throws -> Void
  ) {
    (self.name, self.items, self.bytes) = (name, items, bytes)
    self.setUp = setUp
  }

  func prepare() throws -> Timing { Timing(self, run: try setUp()) }
}

/// A benchmark that is set up, and its times so far.
final class Timing {
  let benchmark: Benchmark
  private let run: () throws -> Void
  private var runsPerRound = 1
  /// Nanoseconds a run, one number a round.
  private(set) var rounds: [Double] = []

  init(_ benchmark: Benchmark, run: @escaping () throws -> Void) {
    (self.benchmark, self.run) = (benchmark, run)
  }

  /// As many runs a round as take `nanoseconds`, after warming up.
  func calibrate(nanoseconds: Double) throws {
    while true {
      let time = try timed(runsPerRound)
      if time >= nanoseconds / 2 || runsPerRound >= 1 << 24 {
        runsPerRound = max(1, Int(Double(runsPerRound) * nanoseconds / time))
        return
      }
      runsPerRound *= time < nanoseconds / 16 ? 8 : 2
    }
  }

  func measure() throws { rounds.append(try timed(runsPerRound) / Double(runsPerRound)) }

  var best: Double { rounds.min() ?? .nan }
  var median: Double { rounds.isEmpty ? .nan : rounds.sorted()[rounds.count / 2] }

  private func timed(_ runs: Int) throws -> Double {
    let start = ContinuousClock.now
    for _ in 0..<runs { try run() }
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return max(1, Double(seconds) * 1e9 + Double(attoseconds) / 1e9)
  }
}

/// Keeps a result from being optimised away.
@inline(never) @_optimize(none)
func keep<Value: ~Copyable & ~Escapable>(_ value: borrowing Value) {}
