import Glibc

/// What a segment leaves of each sample, drawn on beyond its ends.
struct Misfit {
  let z: [Double]
  let model: ShapeModel
  let first, scale: Double
  /// Whether only its steps are noise.
  let isWalk: Bool
  var spread: Double

  init(_ segment: Segment, _ z: [Double]) { self.init(segment.model, segment.range, z) }

  init(_ model: ShapeModel, _ range: Range<Int>, _ z: [Double]) {
    (self.z, self.model) = (z, model)
    (first, scale) = (Double(range.lowerBound), 1 / Double(range.count - 1))
    var (rest, steps) = (0.0, 0.0)
    // Every few samples of long segments.
    let stride = max(1, range.count / 128)
    var (i, seen) = (range.lowerBound + 1, 0.0)
    while i < range.upperBound {
      let r = z[i] - model.value((Double(i) - first) * scale)
      rest += r * r
      let d = z[i] - z[i - 1]
      steps += d * d
      seen += 1
      i += stride
    }
    isWalk = model.pattern == .none && steps < rest
    spread = max((isWalk ? steps : rest) / max(seen - Double(model.count), 1), 1e-12)
  }

  func cost(_ i: Int, _ common: Double) -> Double {
    let variance = model.pattern == .none ? spread : common
    let r = isWalk ? z[i] - z[max(i - 1, 0)] : z[i] - model.value((Double(i) - first) * scale)
    return min(r * r / variance, 16) + log(variance)
  }
}
