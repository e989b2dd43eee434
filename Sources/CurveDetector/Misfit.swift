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
    let seen = (range.count - 2 + stride) / stride
    var basis = ShapeBasis(first: scale, step: Double(stride) * scale, count: seen)
    basis.fill(model)
    for block in 0..<basis.blocks {
      let value = basis.value(model, block)
      for lane in 0..<min(8, seen - 8 * block) {
        let i = range.lowerBound + 1 + (8 * block + lane) * stride
        let (r, d) = (z[i] - value[lane], z[i] - z[i - 1])
        rest += r * r
        steps += d * d
      }
    }
    isWalk = model.pattern == .none && steps < rest
    spread = max((isWalk ? steps : rest) / max(Double(seen) - Double(model.count), 1), 1e-12)
  }

  /// What each of some places costs, `stride` apart.
  func costs(_ places: Range<Int>, stride: Int = 1, _ common: Double) -> [Double] {
    let variance = model.pattern == .none ? spread : common
    let (level, inverse) = (log(variance), 1 / variance)
    let count = (places.count + stride - 1) / stride
    var basis = ShapeBasis(
      first: (Double(places.lowerBound) - first) * scale, step: Double(stride) * scale,
      count: isWalk ? 0 : count)
    basis.fill(model)
    var costs: [Double] = []
    costs.reserveCapacity(count)
    var value = SIMD8<Double>.zero
    for k in 0..<count {
      let i = places.lowerBound + k * stride
      if !isWalk, k % 8 == 0 { value = basis.value(model, k / 8) }
      let r = isWalk ? z[i] - z[max(i - 1, 0)] : z[i] - value[k % 8]
      costs.append(min(r * r * inverse, 16) + level)
    }
    return costs
  }
}
