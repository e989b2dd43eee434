import Glibc

/// Whether a series is several curves rather than one: logistic regression, fitted by `models/fit_segments.py`.
struct SeveralCurves {
  /// The verdict on the whole as one curve, its probability, and what that curve leaves of a sample.
  var pattern: Pattern
  var confidence: Double
  var spread: Double

  init(_ pattern: Pattern, _ confidence: Double, _ model: ShapeModel, _ z: [Double]) {
    (self.pattern, self.confidence) = (pattern, confidence)
    spread = Misfit(model, 0..<z.count, z).spread
  }

  func probability(_ segmentation: Segmentation, count: Int) -> Double {
    let features = features(segmentation, count: count)
    var sum = 0.0
    for (weight, feature) in zip(
      segmentation.isProposed ? SegmentCoefficients.severalHybrid : SegmentCoefficients.several, features)
    { sum += weight * feature }
    return 1 / (1 + exp(-sum))
  }

  func features(_ segmentation: Segmentation, count: Int) -> [Double] {
    let segments = segmentation.segments
    let isNone = pattern == .none ? 1.0 : 0
    let cells = Double(min(count, 128))
    let ratio = log(max(spread, 1e-9) / max(segmentation.spread, 1e-9))
    let saving = dampened(segmentation.saving)
    let gain = dampened(cells / 2 * ratio)
    let doubt = -log(1 - confidence + 1e-6)
    var trust = 0.0
    for segment in segments { trust += segment.confidence * Double(segment.range.count) }
    trust /= Double(count)
    return [
      1, isNone, Double(segments.count - 1), saving, saving * isNone, gain, gain * isNone, ratio,
      ratio * isNone,
      log(cells) - 4, log(Double(count) / cells), doubt, doubt * isNone, trust, trust * isNone,
      segments.count == 1 ? 1 : 0,
    ]
  }

  private func dampened(_ value: Double) -> Double { value < 0 ? -log1p(-value) : log1p(value) }
}
