import Synchronization

/// How long something took, how often: counted in buckets, without a lock.
final class Histogram: Sendable {
  /// The buckets' upper bounds in seconds; the last one has none.
  static let bounds = [
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10,
  ]
  private static let nanoseconds = bounds.map { Int64($0 * 1e9) }

  private let counts: InlineArray<16, Atomic<Int>> = InlineArray { _ in Atomic(0) }
  private let total = Atomic<Int>(0)

  func add(nanoseconds: Int64) {
    var place = 0
    while place < Histogram.nanoseconds.count, nanoseconds > Histogram.nanoseconds[place] { place += 1 }
    counts[place].add(1, ordering: .relaxed)
    total.add(Int(nanoseconds), ordering: .relaxed)
  }

  /// What was counted.
  var all: Values { Values([self]) }

  /// How often each bucket was met, those below it not counted, and the sum of all times.
  struct Values: Sendable {
    var counts = [Int](repeating: 0, count: 16)
    var nanoseconds = 0

    var count: Int { counts.reduce(0, +) }

    /// Of several together.
    init(_ histograms: [Histogram]) {
      for histogram in histograms {
        for place in counts.indices { counts[place] += histogram.counts[place].load(ordering: .relaxed) }
        nanoseconds += histogram.total.load(ordering: .relaxed)
      }
    }
  }
}
