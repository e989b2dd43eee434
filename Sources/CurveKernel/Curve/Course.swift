/// One coordinate beyond the last given point: a polynomial in g, the sum of the steps taken so far, which are 1 or
/// die away: g = φ + φ² + … + φˢ.
struct Course: Sendable {
  /// What 1, g, g², … are multiplied by: at most six.
  private(set) var powers: [Double]
  private let damping: Double
  private var reach = 0.0

  init(_ powers: [Double], damping: Double = 1) { (self.powers, self.damping) = (powers, damping) }

  /// A line from `start`, `step` further each time.
  init(from start: Double, by step: Double) { self.init([start, step]) }

  /// The next coordinate.
  mutating func next() -> Double {
    // Undamped the sum counts: 1, 2, 3, … without rounding.
    reach = damping * (1 + reach)
    var value = 0.0
    var i = powers.count - 1
    while i > 0 {
      value = (value + powers[i]) * reach
      i -= 1
    }
    return value + powers[0]
  }

  /// The same course in steps of another length.
  func scaled(by stride: Double) -> Course {
    var (factor, scaled) = (1.0, powers)
    for i in scaled.indices {
      scaled[i] *= factor
      factor *= stride
    }
    return Course(scaled, damping: damping)
  }

  /// A number that no coordinate exceeds in the first `horizon` steps.
  func bound(_ horizon: Int) -> Double {
    powers.reversed().reduce(0) { $0 * Double(horizon) + abs($1) }
  }
}
