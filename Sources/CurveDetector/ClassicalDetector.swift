/// Finds the curve in a series of prices by statistics alone: no model, no state, the same answer everywhere.
///
/// The verdict is drawn from the series' means over at most 128 cells, the curve is fitted to means over at most 512,
/// steps and goodness of fit to every price: time and memory grow with the number of prices and nothing else.
///
/// Short series mislead it more than long ones: about one in ten random walks of 16 prices is claimed to be a curve
/// with a confidence of one half or more, one in seven with any.
public enum ClassicalDetector {
  /// The fewest prices that are judged.
  public static let fewest = 16

  /// - Parameter prices: any magnitude; NaN is a missing price, of which a tenth may be, inside.
  /// - Returns: fewer than 16 prices, or equal ones: one `none`.
  /// - Throws: what is wrong with the prices, with the place.
  public static func detect(_ prices: [Double]) throws(DetectionError) -> Detection {
    let series = try PreparedSeries(prices)
    let whole = 0..<prices.count
    var (pattern, confidence, start) = (Pattern.none, 1.0, SIMD2<Double>.zero)
    if prices.count >= fewest, !series.isConstant {
      let likelihoods = Likelihoods(series.z)
      let probabilities = likelihoods.probabilities
      var best = 7
      for index in 0..<7 where probabilities[index] > probabilities[best] { best = index }
      (pattern, confidence) = (Pattern.allCases[best], probabilities[best])
      if best < 7 { start = likelihoods.starts[best] }
    }
    let model = fitShape(pattern, start: start, to: series.z[whole])
    let curve = DetectedCurve(model, whole, confidence: confidence, of: series)
    return Detection(
      pattern: pattern, confidence: confidence, metrics: SeriesMetrics(zScored: series.z), curves: [curve],
      source: .classical, count: prices.count)
  }
}
