/// The trend at the end of a series, smoothed, and how it dies away: Holt's local trend, damped.
///
///     forecast  f = y(t−1) + φ·r·b     b: the trend so far, per last step; r: this step, in units of the last
///     error     e = y(t) − f
///     trend     b ← φ·b + β·e/r
///
/// begun with b = (y(1) − y(0))/r(1). After the last value, s steps on: y(n) + (φ + φ² + … + φˢ)·b. The level is the value
/// itself (the paper's A is 1), since a continuation has to join the curve.
///
/// β and φ minimise the sum of the squared errors over the last 256 values. They are looked for in (0, 1]: first all pairs of
/// 0.1, 0.2, …, 1, then the 8 neighbours of the best at half the distance as long as one is better, and so on ten times.
/// Among equals the first counts, and 1 comes first: where nothing slows down (a straight line, growth that accelerates) φ is
/// 1, and the trend goes on undamped. With unevenly spaced x the trend is per unit of x, the damping per point.
/// - Source: Gardner & McKenzie, "Forecasting trends in time series", Management Science 31 (1985), equations (2) and
///   (3), in error-correction form; the search is of this project.
package struct DampedTrend: Sendable, Equatable {
  package struct Weights: Sendable, Equatable {
    package var beta, phi: Double

    package init(beta: Double, phi: Double) { (self.beta, self.phi) = (beta, phi) }
  }

  package private(set) var weights = Weights(beta: 1, phi: 1)
  /// What the last step would add, undamped.
  package private(set) var trend = 0.0

  /// Values that the weights are fitted to.
  package static let memory = 256

  /// - Parameters:
  ///   - values: two or more.
  ///   - steps: before each value but the first, the parameter's step in units of the last.
  /// - Returns: a trend that is not finite where the values leave the range of Double on the way.
  package init(values: Span<Double>, steps: Span<Double>) {
    let first = max(0, values.count - DampedTrend.memory)
    let series = Series(
      values: values.extracting(first..<values.count), steps: steps.extracting(first..<steps.count))
    if values.count > 2 { weights = DampedTrend.fitted(series) }
    trend = series.run(weights).trend * series.unit
  }

  private static func fitted(_ series: Series) -> Weights {
    var best = Weights(beta: 1, phi: 1)
    var least = series.run(best).squares
    func consider(_ weights: Weights) -> Bool {
      let squares = series.run(weights).squares
      guard squares < least else { return false }
      (best, least) = (weights, squares)
      return true
    }
    for i in 0..<10 {
      for j in 0..<10 { _ = consider(Weights(beta: Double(10 - j) / 10, phi: Double(10 - i) / 10)) }
    }
    var distance = 0.1
    for _ in 0..<10 {
      distance /= 2
      var isBetter = true
      while isBetter {
        isBetter = false
        let centre = best
        for place in 0..<9 {
          let weights = centre.moved(by: distance, place)
          if weights.areValid, consider(weights) { isBetter = true }
        }
      }
    }
    return best
  }
}

extension DampedTrend.Weights {
  var areValid: Bool { beta > 0 && beta <= 1 && phi > 0 && phi <= 1 }

  /// A neighbour in the square of 9, of which this is the middle one.
  func moved(by distance: Double, _ place: Int) -> Self {
    Self(beta: beta + Double(place % 3 - 1) * distance, phi: phi + Double(place / 3 - 1) * distance)
  }
}

/// Values as distances from the last one, in a unit next to their range: no square overflows.
private struct Series {
  let values, steps: [Double]
  let unit: Double

  init(values: Span<Double>, steps: Span<Double>) {
    // The difference of two halves is a number, whatever the numbers are.
    var largest = 0.0
    for i in values.indices { largest = max(largest, abs(values[i])) }
    let half = largest > 0x1p1000 ? 0.5 : 1
    let last = values[values.count - 1] * half
    var range = 0.0
    for i in values.indices { range = max(range, abs(values[i] * half - last)) }
    let unit = range > 0 ? Double(sign: .plus, exponent: range.exponent, significand: 1) : 1
    self.values = values.indices.map { (values[$0] * half - last) / unit }
    self.steps = steps.indices.map { steps[$0] }
    self.unit = unit / half
  }

  /// The trend after the last value, and the sum of squared errors from the third value on.
  func run(_ weights: DampedTrend.Weights) -> (trend: Double, squares: Double) {
    var trend = (values[1] - values[0]) / steps[0]
    var squares = 0.0
    for i in 2..<max(2, values.count) {
      let step = steps[i - 1]
      let slope = weights.phi * trend
      let error = values[i] - (values[i - 1] + slope * step)
      trend = slope + weights.beta * error / step
      squares += error * error
    }
    return (trend, squares)
  }
}
