/// Consecutive points within a quarter of a pixel's width, of which the first is drawn already.
struct ColumnRun {
  private let column: Double
  private let first: SIMD2<Double>
  private var low, high, last: SIMD2<Double>
  /// Whether the lowest came before the highest.
  private var isLowFirst = true

  init(_ q: SIMD2<Double>) {
    (column, first, low, high, last) = (ColumnRun.column(q.x), q, q, q, q)
  }

  private static func column(_ x: Double) -> Double { (x * 4).rounded(.down) }

  static func isNarrow(_ c: PlaneCubic) -> Bool {
    let low = min(c.p0.x, c.p1.x, c.p2.x, c.p3.x)
    return max(c.p0.x, c.p1.x, c.p2.x, c.p3.x) - low < 0.25
  }

  /// Takes the point in, if it lies in the column.
  mutating func take(_ q: SIMD2<Double>) -> Bool {
    guard ColumnRun.column(q.x) == column else { return false }
    if q.y < low.y { (low, isLowFirst) = (q, false) }
    if q.y > high.y { (high, isLowFirst) = (q, true) }
    last = q
    return true
  }

  /// What is to be drawn behind the first point.
  var rest: [SIMD2<Double>] {
    var drawn: [SIMD2<Double>] = []
    for q in isLowFirst ? [low, high, last] : [high, low, last] where q != drawn.last ?? first {
      drawn.append(q)
    }
    return drawn
  }
}
