import CurveKernel

/// A curve fitted in Double, drawn from its coefficients as the evaluators do.
struct FittedCurve {
  let options: FitOptions
  let dimensions: Int
  let points: [Double]
  /// For each segment all c, all b, all a, all d.
  let coefficients: [Double]
  let segments: Int

  init(_ options: FitOptions, _ rows: [[Double]], extra: [Double] = []) {
    self.options = options
    let dimensions = rows.first?.count ?? 1
    let points = rows.flatMap(\.self)
    (self.dimensions, self.points) = (dimensions, points)
    let segments = Fit.segmentCount(options, pointCount: rows.count)
    let count = Fit.scratchCount(options, pointCount: rows.count, dimensions: dimensions)
    // What prepare does not write must not matter.
    var scratch = [Double](repeating: .nan, count: count)
    var room = scratch.mutableSpan
    Fit.prepare(options, points: points.span, dimensions: dimensions, extra: extra.span, scratch: &room)
    var result = [Double](repeating: .nan, count: 4 * dimensions * segments)
    var out = result.mutableSpan
    Fit.coefficients(
      options, points: points.span, dimensions: dimensions, extra: extra.span, scratch: scratch.span,
      derivative: 0, segments: 0..<segments, into: &out)
    (self.segments, coefficients) = (segments, result)
  }

  /// Position, first and second derivative per u, of coordinate `k`.
  func jet(_ segment: Int, _ u: Double, _ k: Int) -> (value: Double, d1: Double, d2: Double) {
    let base = 4 * dimensions * segment + k
    let (c, b, a) = (coefficients[base], coefficients[base + dimensions], coefficients[base + 2 * dimensions])
    let d = coefficients[base + 3 * dimensions]
    let v = u * (1 - u)
    let value = ((c * u + b * (v * (1 - u))) + a * (v * u)) + d
    return (value, c + b * (1 - u) * (1 - 3 * u) + a * u * (2 - 3 * u), b * (6 * u - 4) + a * (2 - 6 * u))
  }

  func position(_ segment: Int, _ u: Double) -> [Double] {
    (0..<dimensions).map { jet(segment, u, $0).value }
  }

  /// The segment of a parameter, u in it and the parameter's step: x, or the point index.
  func place(_ t: Double) -> (segment: Int, u: Double, step: Double) {
    let isX = options.parameterization == .x
    func knot(_ i: Int) -> Double { isX ? points[i * dimensions] : Double(i) }
    var i = 0
    while i < segments - 1, t >= knot(i + 1) { i += 1 }
    let step = knot(i + 1) - knot(i)
    return (i, (t - knot(i)) / step, step)
  }
}
