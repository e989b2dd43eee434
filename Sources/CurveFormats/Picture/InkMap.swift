/// Which halves of pixels, across and down, a line has been drawn to: one bit each.
struct InkMap {
  private let columns, rows: Int
  private var bits: [UInt64]

  init(width: Int, height: Int) {
    (columns, rows) = (2 * width + 1, 2 * height + 1)
    bits = [UInt64](repeating: 0, count: columns * rows / 64 + 1)
  }

  /// Marks a point's place; whether it had no ink before.
  mutating func insert(_ q: SIMD2<Double>) -> Bool {
    let column = min(max(Int(q.x * 2), 0), columns - 1)
    let place = min(max(Int(q.y * 2), 0), rows - 1) * columns + column
    let bit = UInt64(1) << UInt64(place % 64)
    if bits[place / 64] & bit != 0 { return false }
    bits[place / 64] |= bit
    return true
  }

  /// Whether a curve is no larger than half a pixel: a line does as well.
  static func isSmall(_ c: PlaneCubic) -> Bool {
    let low = pointwiseMin(pointwiseMin(c.p0, c.p1), pointwiseMin(c.p2, c.p3))
    let size = pointwiseMax(pointwiseMax(c.p0, c.p1), pointwiseMax(c.p2, c.p3)) - low
    return size.max() < 0.5
  }
}
