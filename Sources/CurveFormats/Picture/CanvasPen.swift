/// Draws what is traced on a canvas.
///
/// Where a curve has far more parts than there are pixels (`thins`), a run of points within a quarter of a pixel's width
/// becomes its first, lowest, highest and last one: what lies between them would be drawn over the same pixels.
struct CanvasPen<Canvas: PictureCanvas>: OutlinePen {
  private let canvas: Canvas
  private let x, y: PixelScale
  private let thins: Bool
  private var last = SIMD2<Double>.zero
  private var run: ColumnRun?
  /// Pixels that a line may be off a curve that is no cubic.
  private static var tolerance: Double { 0.125 }

  init(_ canvas: Canvas, x: PixelScale, y: PixelScale, thins: Bool) {
    (self.canvas, self.x, self.y, self.thins) = (canvas, x, y, thins)
  }

  @inline(__always)
  func pixel(_ p: SIMD2<Double>) -> SIMD2<Double> { SIMD2(x.pixel(p.x), y.pixel(p.y)) }

  mutating func move(to p: SIMD2<Double>) throws(FormatError) { try start(at: pixel(p)) }

  private mutating func start(at q: SIMD2<Double>) throws(FormatError) {
    try finish()
    try canvas.move(to: q)
    last = q
    if thins { run = ColumnRun(q) }
  }

  mutating func line(to p: SIMD2<Double>) throws(FormatError) { try go(to: pixel(p)) }

  private mutating func go(to q: SIMD2<Double>) throws(FormatError) {
    last = q
    guard thins else { return try canvas.line(to: q) }
    if run?.take(q) ?? false { return }
    try finish()
    try canvas.line(to: q)
    run = ColumnRun(q)
  }

  mutating func cubic(
    _ first: SIMD2<Double>, _ second: SIMD2<Double>, to end: SIMD2<Double>
  ) throws(FormatError) {
    let curve = PlaneCubic(last, pixel(first), pixel(second), pixel(end))
    if thins, ColumnRun.isNarrow(curve) {
      for u in curve.turns(1).sorted() { try go(to: curve.point(at: u)) }
      return try go(to: curve.p3)
    }
    try finish()
    try canvas.cubic(curve.p1, curve.p2, to: curve.p3)
    last = curve.p3
    if thins { run = ColumnRun(last) }
  }

  mutating func quintic(_ curve: PlaneQuintic) throws(FormatError) {
    var drawn = curve
    for i in 0..<6 { drawn.points[i] = pixel(curve.points[i]) }
    try drawn.flatten(within: Self.tolerance) { (q) throws(FormatError) in try go(to: q) }
  }

  mutating func join(_ p: SIMD2<Double>) throws(FormatError) {
    let q = pixel(p)
    let gap = q - last
    if (gap * gap).sum() > 4e-4 { try start(at: q) }
  }

  mutating func close() throws(FormatError) {
    try finish()
    try canvas.close()
  }

  mutating func dot(_ p: SIMD2<Double>) {}

  /// Draws what is still held back.
  mutating func finish() throws(FormatError) {
    guard let run else { return }
    self.run = nil
    for q in run.rest { try canvas.line(to: q) }
  }
}

/// Consecutive points within a quarter of a pixel's width, of which the first is drawn already.
private struct ColumnRun {
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

/// Draws the pieces that are one point.
struct DotPen<Canvas: PictureCanvas>: OutlinePen {
  let canvas: Canvas
  let x, y: PixelScale
  let radius: Double
  let colour: PictureColour

  func move(to p: SIMD2<Double>) {}
  func line(to p: SIMD2<Double>) {}
  func cubic(_ first: SIMD2<Double>, _ second: SIMD2<Double>, to end: SIMD2<Double>) {}
  func quintic(_ curve: PlaneQuintic) {}
  func join(_ p: SIMD2<Double>) {}
  func close() {}
  func dot(_ p: SIMD2<Double>) throws(FormatError) {
    try canvas.dot(SIMD2(x.pixel(p.x), y.pixel(p.y)), radius: radius, colour)
  }
}
