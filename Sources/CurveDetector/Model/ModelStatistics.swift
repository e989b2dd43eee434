/// How often a model ran, and how long that took, in milliseconds.
public struct ModelStatistics: Sendable, Equatable {
  /// Runs that gave an answer, since the model was first loaded.
  public private(set) var count = 0
  public private(set) var total = 0.0
  /// Of the newest run.
  public private(set) var last = 0.0
  /// The newest runs, at most `kept` of them, the oldest overwritten first.
  private var times: [Float] = []

  static let kept = 1024

  init() { times.reserveCapacity(ModelStatistics.kept) }

  /// Of all runs; 0 before the first.
  public var average: Double { count == 0 ? 0 : total / Double(count) }

  mutating func add(milliseconds: Double) {
    if times.count < ModelStatistics.kept {
      times.append(Float(milliseconds))
    } else {
      times[count % ModelStatistics.kept] = Float(milliseconds)
    }
    count += 1
    total += milliseconds
    last = milliseconds
  }

  /// The time that this share of the newest 1024 runs did not exceed, the nearest rank's: 0.5 the median; 0 before the
  /// first run.
  public func percentile(_ share: Double) -> Double {
    guard !times.isEmpty else { return 0 }
    let rank = (share * Double(times.count)).rounded(.up)
    return Double(times.sorted()[min(max(Int(rank), 1), times.count) - 1])
  }
}
