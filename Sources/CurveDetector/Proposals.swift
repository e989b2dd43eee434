/// What a trained network proposes for a series, in the order of `Pattern.allCases`.
///
/// - Shape: 128 cells over the series. Of more than 128 values cell c is the mean over [c·n/128, (c + 1)·n/128); of
///   fewer it is the value at c·(n − 1)/127.
/// - Units: natural logarithms of probabilities (all finite), and plain probabilities.
struct Proposals: Sendable {
  static let cells = 128

  /// Log-probability that the whole series, as one curve, is of each pattern.
  var window: [Double]
  /// The same of each cell, but for a constant; see `steps`.
  var scores: [SIMD8<Double>]
  /// Probability that a segment begins in each cell.
  var boundary: [Double]
}
