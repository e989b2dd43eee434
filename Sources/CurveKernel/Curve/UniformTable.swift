extension FittedTable {
  /// The table of the kind that is asked for most, in one sweep: an open planar Catmull-Rom curve, uniform, without gaps.
  ///
  /// `Fit` and `lowerBody` write the same table, to the bit, by blocks of coefficients in Double that are checked and rounded
  /// afterwards; here the points alone are checked.
  ///
  /// - Returns: nil where it is not such a curve, or its points are so large that each coefficient has to be looked at.
  init?(uniform shape: CurveShape, block: BlockKind) {
    let options = shape.options
    let isCatmullRom = options.family == .catmullRom && options.alpha == 0
    guard isCatmullRom || options.family == .cardinal, options.ends == .duplicate, !options.isClosed,
      shape.dimensions == 2, shape.pieces.count == 1, shape.pieces[0].segments > 0,
      shape.points.count == 2 * shape.pieces[0].points.count
    else { return nil }
    let (points, weight) = (shape.points, (1 - options.tension) / 2)
    switch block {
    case .float2:
      let rows = segments(points.span, weight, Double(Float.greatestFiniteMagnitude)) {
        SIMD2(Float($0.x), Float($0.y))
      }
      guard let rows else { return nil }
      self = .float2(rows)
    case .double2:
      guard let rows = segments(points.span, weight, Double.greatestFiniteMagnitude, { $0 }) else {
        return nil
      }
      self = .double2(rows)
    default: return nil
    }
  }
}

/// - Parameter largest: what the output's scalar can hold. A coefficient is two differences at most, one of them times the
///   weight, and sums of four of them must stay finite.
@inline(__always)
private func segments<Row: BitwiseCopyable>(
  _ points: Span<Double>, _ weight: Double, _ largest: Double, _ rounded: (SIMD2<Double>) -> Row
) -> [Segment<Row>]? {
  let bound = largest / 64 / max(1, abs(weight))
  let (low, high) = (SIMD2(repeating: -bound), SIMD2(repeating: bound))
  var areInside = SIMD2<Double>.zero .== .zero
  let count = points.count / 2
  let table = [Segment<Row>](capacity: count) { out in
    var p1 = SIMD2(points[0], points[1])
    var p2 = SIMD2(points[2], points[3])
    var rise = p2 - p1
    var m0 = rise * weight
    areInside .&= (p1 .<= high) .& (p1 .>= low)
    for i in 1..<count {
      let p3 = i &+ 1 < count ? SIMD2(points[2 &* i &+ 2], points[2 &* i &+ 3]) : p2
      areInside .&= (p2 .<= high) .& (p2 .>= low)
      let m1 = (p3 - p1) * weight
      out.append(Segment(c: rounded(rise), b: rounded(m0 - rise), a: rounded(rise - m1), d: rounded(p1)))
      (p1, p2, m0, rise) = (p2, p3, m1, p3 - p2)
    }
    let zero = rounded(.zero)
    out.append(Segment(c: zero, b: zero, a: zero, d: rounded(p1)))
  }
  return areInside == SIMDMask(repeating: true) ? table : nil
}
