/// Draws what is traced on a canvas.
///
/// Where a curve has far more parts than there are pixels (`Thinning`), points that would be drawn over pixels that have their
/// ink already are left out.
struct CanvasPen<Canvas: PictureCanvas>: OutlinePen {
  private let canvas: Canvas
  private let x, y: PixelScale
  private let thinning: Thinning
  /// Where the tracing is.
  private var last = SIMD2<Double>.zero
  private var run: ColumnRun?
  private var ink: InkMap?
  /// Where the drawing is, and whether the canvas has yet to be told.
  private var place = SIMD2<Double>.zero
  private var isUp = false
  private var start = SIMD2<Double>.zero
  /// Pixels that a line may be off a curve that is no cubic.
  private static var tolerance: Double { 0.125 }

  init(_ canvas: Canvas, x: PixelScale, y: PixelScale, _ thinning: Thinning) {
    (self.canvas, self.x, self.y, self.thinning) = (canvas, x, y, thinning)
    if case .plane(let width, let height) = thinning { ink = InkMap(width: width, height: height) }
  }

  @inline(__always)
  func pixel(_ p: SIMD2<Double>) -> SIMD2<Double> { SIMD2(x.pixel(p.x), y.pixel(p.y)) }

  mutating func move(to p: SIMD2<Double>) throws(FormatError) { try begin(at: pixel(p)) }

  private mutating func begin(at q: SIMD2<Double>) throws(FormatError) {
    try finish()
    try canvas.move(to: q)
    (last, place, start, isUp) = (q, q, q, false)
    _ = ink?.insert(q)
    if thinning != .none { run = ColumnRun(q) }
  }

  mutating func line(to p: SIMD2<Double>) throws(FormatError) { try go(to: pixel(p)) }

  private mutating func go(to q: SIMD2<Double>) throws(FormatError) {
    last = q
    guard thinning != .none else { return try canvas.line(to: q) }
    if run?.take(q) ?? false { return }
    try finish()
    try draw(to: q)
    run = ColumnRun(q)
  }

  /// Draws a line, unless it is a short one to where there is ink.
  private mutating func draw(to q: SIMD2<Double>) throws(FormatError) {
    let edge = q - place
    if let isNew = ink?.insert(q), !isNew, (edge * edge).sum() < 1 {
      (place, isUp) = (q, true)
      return
    }
    try putDown()
    try canvas.line(to: q)
    place = q
  }

  private mutating func putDown() throws(FormatError) {
    if isUp { try canvas.move(to: place) }
    isUp = false
  }

  mutating func cubic(
    _ first: SIMD2<Double>, _ second: SIMD2<Double>, to end: SIMD2<Double>
  ) throws(FormatError) {
    let curve = PlaneCubic(last, pixel(first), pixel(second), pixel(end))
    if thinning != .none, ColumnRun.isNarrow(curve) {
      for u in curve.turns(1).sorted() { try go(to: curve.point(at: u)) }
      return try go(to: curve.p3)
    }
    if ink != nil, InkMap.isSmall(curve) { return try go(to: curve.p3) }
    try finish()
    try putDown()
    try canvas.cubic(curve.p1, curve.p2, to: curve.p3)
    (last, place) = (curve.p3, curve.p3)
    _ = ink?.insert(last)
    if thinning != .none { run = ColumnRun(last) }
  }

  mutating func quintic(_ curve: PlaneQuintic) throws(FormatError) {
    var drawn = curve
    for i in 0..<6 { drawn.points[i] = pixel(curve.points[i]) }
    try drawn.flatten(within: Self.tolerance) { (q) throws(FormatError) in try go(to: q) }
  }

  mutating func join(_ p: SIMD2<Double>) throws(FormatError) {
    let q = pixel(p)
    let gap = q - last
    if (gap * gap).sum() > 4e-4 { try begin(at: q) }
  }

  mutating func close() throws(FormatError) {
    try finish()
    // Where the pen was lifted, the canvas would close to another point.
    if ink != nil { try draw(to: start) } else { try canvas.close() }
  }

  mutating func dot(_ p: SIMD2<Double>) {}

  /// Draws what is still held back.
  mutating func finish() throws(FormatError) {
    guard let run else { return }
    self.run = nil
    for q in run.rest { try draw(to: q) }
  }
}

/// What is left out of a curve that has far more parts than there are pixels.
enum Thinning: Equatable {
  case none
  /// Of points within a quarter of a pixel's width all but the first, lowest, highest and last.
  case function
  /// The same, and short lines over ink, in a picture of so many pixels.
  case plane(width: Int, height: Int)

  static let mostInkedPixels = 1 << 24

  /// - Parameter count: the curve's points and segments.
  init(_ style: PictureStyle, count: Int, isFunction: Bool) {
    guard count > 4 * style.width else {
      self = .none
      return
    }
    // A thin stroke leaves pixels half inked, and a huge picture has too many.
    let isSmall = style.width * style.height <= Thinning.mostInkedPixels
    let hasInk = !isFunction && style.strokeWidth >= 1 && isSmall
    self = hasInk ? .plane(width: style.width, height: style.height) : .function
  }
}
