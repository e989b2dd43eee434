/// Finds the curves in a series of prices by statistics alone: no model, no state, the same answer everywhere.
///
/// The verdict on the whole as one curve is drawn from the series' means over at most 128 cells. Those are also cut into
/// segments, among knots by dynamic programming, their edges then moved to the sample. Which of the two is told, one
/// curve or several, is a weighing of what each leaves.
///
/// Of more than 4096 prices, segments are sought in 4096 means; edges are mapped back and moved among the prices near
/// them. Fits take means over at most 256 runs, goodness of fit every price: time and memory grow with the number of
/// prices and nothing else.
///
/// Short series mislead it more than long ones: about one in twenty random walks of 16 prices is claimed to be a curve
/// with a confidence of one half or more.
public enum ClassicalDetector {
  /// The fewest prices that are judged.
  public static let fewest = 16

  /// - Parameter prices: any magnitude; NaN is a missing price, of which a tenth may be, inside.
  /// - Returns: fewer than 16 prices, or equal ones: one `none`.
  /// - Throws: what is wrong with the prices, with the place.
  public static func detect(_ prices: [Double]) throws(DetectionError) -> Detection {
    judge(try PreparedSeries(prices), nil)
  }

  /// The answer to a series, with what a network proposes for it or without.
  static func judge(_ series: PreparedSeries, _ proposals: Proposals?) -> Detection {
    let z = series.z
    var (pattern, confidence) = (Pattern.none, 1.0)
    var curves: [DetectedCurve] = []
    var whole = ShapeModel(.none, start: .zero)
    if z.count >= fewest, !series.isConstant {
      let likelihoods = Likelihoods(z)
      let probabilities = proposals.map { likelihoods.probabilities(with: $0) } ?? likelihoods.probabilities
      var best = 7
      for index in 0..<7 where probabilities[index] > probabilities[best] { best = index }
      (pattern, confidence) = (Pattern.allCases[best], probabilities[best])
      whole = fitShape(pattern, start: best < 7 ? likelihoods.starts[best] : .zero, to: z.span, points: 256)
      if !whole.explains(z.span) {
        (pattern, confidence) = (.none, confidence + probabilities[7])
        whole = fitShape(.none, start: .zero, to: z.span)
      }
      curves = several(series, (pattern, confidence, whole), proposals)
    } else {
      whole = fitShape(.none, start: .zero, to: z.span)
    }
    if curves.isEmpty { curves = [DetectedCurve(whole, z.indices, confidence: confidence, of: series)] }
    return Detection(
      pattern: pattern, confidence: confidence, metrics: SeriesMetrics(zScored: z), curves: curves,
      source: .classical, count: z.count)
  }

  /// The curves of a series that is likelier several than one; else nothing.
  private static func several(
    _ series: PreparedSeries, _ whole: (pattern: Pattern, confidence: Double, model: ShapeModel),
    _ proposals: Proposals?
  ) -> [DetectedCurve] {
    guard series.z.count >= 2 * fewest else { return [] }
    let isOne =
      proposals?.isOneCurve
      ?? OneCurve(
        pattern: whole.pattern, confidence: whole.confidence, model: whole.model, z: series.z
      ).isClear
    guard !isOne else { return [] }
    var segmentation = Segmentation(binned(series.z, Segmentation.mostSamples), proposals)
    let alternative = SeveralCurves(whole.pattern, whole.confidence, whole.model, series.z)
    guard alternative.probability(segmentation, count: segmentation.count) > 0.5 else { return [] }
    if series.z.count > segmentation.count { segmentation = segmentation.refined(to: series.z) }
    let segments = segmentation.told()
    guard segments.count > 1 else { return [] }
    return segments.map { segment in
      let confidence = segment.toldConfidence(proposals != nil)
      return DetectedCurve(segment.model, segment.range, confidence: confidence, of: series)
    }
  }
}
