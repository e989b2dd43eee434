/// A closed or periodic curve, gone round again and again.
///
/// Each given point has its place on the curve: an interpolating kind passes through it there, a Bézier curve of
/// degree p has one every 1/p of a segment, a B-spline where the point weighs most. The predicted points are the curve at
/// these places, beginning one place after the last given point's.
struct RoundTrip: Sendable {
  private let shape: CurveShape
  private let table: FittedTable
  /// Where the curve begins, in the parameter of `at`.
  private let origin: Double
  private let period: Double
  /// With `x`, the parameter's step; else places are counted, `places` of them a round, the first one `skipped`.
  private let stride: Double?
  private let places: Int
  private let skipped: Double

  /// - Returns: nil when the curve does not return to its beginning.
  init?(_ shape: CurveShape, _ tail: CurveTail) throws(CurveError) {
    let isPeriodic = shape.options.family == .cubic && shape.options.boundary == .periodic
    guard isPeriodic || shape.options.isClosed, let piece = shape.pieces.last else { return nil }
    self.shape = shape
    table = try FittedTable(
      shape, derivative: 0, block: BlockKind(lanes: shape.dimensions, isDouble: true))
    let bounds = shape.parameters(of: piece)
    (origin, period) = (bounds.lowerBound, bounds.upperBound - bounds.lowerBound)
    stride = shape.isByX ? tail.stride : nil
    let isSpline = shape.options.family == .bSpline || shape.options.family == .nurbs
    places = shape.options.isClosed ? piece.points.count : piece.points.count - 1
    // Point i of a closed B-spline weighs most in the middle of its degree + 1 spans, the last of which begins at knot i.
    skipped = isSpline ? -Double(shape.options.degree - 1) / 2 : shape.options.isClosed ? 0 : 1
  }

  /// Points after `range.lowerBound` and so on steps, flat.
  func points(_ range: Range<Int>) throws(CurveError) -> [Double] {
    let plan = try SamplePlan(.at(range.map(parameter)), shape)
    var points = [Double](repeating: 0, count: range.count * shape.dimensions)
    withMutableBytes(of: &points) { bytes in
      table.draw(shape, plan, derivative: 0, range: 0..<range.count, by: nil, into: &bytes)
    }
    return points
  }

  private func parameter(_ i: Int) -> Double {
    guard let stride else {
      let place = Double(i % places) + skipped
      let rest = place < 0 ? place + Double(places) : place < Double(places) ? place : place - Double(places)
      return origin + rest * period / Double(places)
    }
    let distance = Double(i + 1) * stride
    let rest = distance - Double(Int(distance / period)) * period
    return min(max(origin + (rest < 0 ? rest + period : rest), origin), origin + period)
  }
}
