/// A rational Bézier curve of degree 5 in the plane; polynomial where all weights are alike.
struct PlaneQuintic {
  /// Control points and their weights, which are above 0.
  var points: InlineArray<6, SIMD2<Double>>
  var weights: InlineArray<6, Double>

  /// The size of the rectangle around the control points, and so more than the curve's.
  var hullSize: SIMD2<Double> {
    var bounds = PictureBounds()
    for i in 0..<6 { bounds.extend(to: points[i]) }
    return bounds.high - bounds.low
  }

  /// The ends of chords that the curve keeps to within `tolerance`, the first point left out.
  ///
  /// The curve lies in the hull of its control points, and when they all lie within the tolerance of the chord, so does
  /// the hull: a disc swept along a segment is convex. Halving in homogeneous form keeps weights above 0.
  func flatten<Failure: Error>(
    within tolerance: Double, depth: Int = 14, _ body: (SIMD2<Double>) throws(Failure) -> Void
  ) throws(Failure) {
    if depth == 0 || isFlat(tolerance) { return try body(points[5]) }
    let (left, right) = halves
    try left.flatten(within: tolerance, depth: depth - 1, body)
    try right.flatten(within: tolerance, depth: depth - 1, body)
  }

  private func isFlat(_ tolerance: Double) -> Bool {
    let chord = points[5] - points[0]
    let length = (chord * chord).sum()
    for i in 1..<5 {
      let p = points[i] - points[0]
      let along = length > 0 ? min(max((p * chord).sum() / length, 0), 1) : 0
      let off = p - along * chord
      if !((off * off).sum() <= tolerance * tolerance) { return false }
    }
    return true
  }

  /// De Casteljau's construction at the middle.
  private var halves: (PlaneQuintic, PlaneQuintic) {
    var (left, right, row) = (self, self, self)
    for level in 1..<6 {
      for i in 0..<(6 - level) {
        let (w0, w1) = (row.weights[i], row.weights[i + 1])
        let w = w0 / 2 + w1 / 2
        // Weighted so that nothing grows beyond the points themselves.
        let share = w0 / 2 / w
        row.points[i] = share * row.points[i] + (1 - share) * row.points[i + 1]
        row.weights[i] = w
      }
      (left.points[level], left.weights[level]) = (row.points[0], row.weights[0])
      (right.points[5 - level], right.weights[5 - level]) = (row.points[5 - level], row.weights[5 - level])
    }
    return (left, right)
  }
}
