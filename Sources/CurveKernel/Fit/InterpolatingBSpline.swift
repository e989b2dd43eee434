/// B-splines of degree 2, 4 and 5 through the points. (Degree 1 is the polyline, degree 3 the not-a-knot cubic.)
///
/// Control points are solved for relative to the first point; every polynomial is then told in Bernstein form relative to
/// its segment's first point. Between two points lies one of an odd degree, and two of an even one, whose knots are the
/// middles.
enum InterpolatingBSpline {
  static func scratchCount(_ options: FitOptions, pointCount: Int, dimensions: Int) -> Int {
    InterpolatingMemory(options, pointCount: pointCount, dimensions: dimensions).count
  }

  static func prepare(
    _ options: FitOptions, points: Span<Double>, dimensions: Int, scratch: inout MutableSpan<Double>
  ) {
    let ring = Ring(dimensions: dimensions, count: points.count / dimensions, isClosed: false)
    let memory = InterpolatingMemory(options, pointCount: ring.count, dimensions: dimensions)
    precondition(scratch.count >= memory.count, "scratch of Fit.scratchCount numbers")
    switch memory.columns {
    case 1: prepare(Double.self, options, ring, memory, points, &scratch)
    case 2: prepare(SIMD2<Double>.self, options, ring, memory, points, &scratch)
    case 3: prepare(ColumnPair<SIMD2<Double>, Double>.self, options, ring, memory, points, &scratch)
    default:
      prepare(ColumnPair<SIMD2<Double>, SIMD2<Double>>.self, options, ring, memory, points, &scratch)
    }
  }

  @inline(__always)
  private static func prepare<Row: Columns>(
    _: Row.Type, _ options: FitOptions, _ ring: Ring, _ memory: InterpolatingMemory, _ points: Span<Double>,
    _ scratch: inout MutableSpan<Double>
  ) {
    let first = memory.firstColumn
    let origin = Row.load(points, first)
    Row.zero.store(&scratch, 0)
    if memory.isMeasured { scratch[memory.knots] = 0 }
    var (knots, unit) = (1, 1.0)
    for i in 1..<memory.points {
      if !memory.isUniform {
        let step = parameterStep(ring, points, options.parameterization, i &- 1)
        if memory.isMeasured { scratch[memory.knots &+ i] = Double(step == 0 ? knots &- 1 : knots) }
        if step == 0 { continue }
        if knots == 1 { unit = stepUnit(step) }
        let product = step * unit
        scratch[memory.steps &+ knots &- 1] = product >= .leastNormalMagnitude ? product : .nan
      }
      Row.load(points, ring.offset(i) &+ first).minus(origin).store(&scratch, memory.row(knots))
      knots &+= 1
    }
    scratch[memory.count &- 1] = Double(knots)
    guard knots > 1 else { return }
    let places = InterpolatingKnots(degree: Int(options.degree), count: knots)
    solveCollocation(Row.self, places, memory, &scratch)
  }

  /// - Shape: degree 2: one entry a polynomial, positions; degree 4 and 5: two (`QuinticBasis`), the derivative asked for.
  static func coefficients(
    _ ring: Ring, _ points: Span<Double>, _ options: FitOptions, scratch: Span<Double>, derivative: Int,
    _ polynomials: Range<Int>, _ out: inout MutableSpan<Double>
  ) {
    let memory = InterpolatingMemory(options, pointCount: ring.count, dimensions: ring.dimensions)
    let knots = InterpolatingKnots(degree: Int(options.degree), count: memory.knotCount(scratch))
    let halves = options.halves
    var writer = SegmentWriter(dimensions: ring.dimensions)
    var (early, late) = (InterpolatingPiece(half: 0, of: halves), InterpolatingPiece(half: 1, of: halves))
    for polynomial in polynomials {
      let segment = polynomial / halves
      if polynomial % halves == 0 {
        early.move(to: segment, memory, knots, scratch)
        early.write(&out, writer, ring, points, options, memory, scratch, derivative: derivative)
      } else {
        late.move(to: segment, memory, knots, scratch)
        late.write(&out, writer, ring, points, options, memory, scratch, derivative: derivative)
      }
      writer.next()
      if options.degree > 2 { writer.next() }
    }
  }
}

extension SegmentWriter {
  /// The first coordinate where it is the parameter, or its derivative per unit of itself: 1, then 0.
  fileprivate func line(
    _ out: inout MutableSpan<Double>, from start: Double, rise: Double, derivative: Int
  ) {
    put(
      &out, 0, c: derivative == 0 ? rise : 0, b: 0, a: 0,
      d: derivative == 0 ? start : derivative == 1 ? 1 : 0)
  }

  /// The second entry of a line (`QuinticBasis`).
  fileprivate func nothing(_ out: inout MutableSpan<Double>, _ k: Int) {
    var second = self
    second.next()
    second.put(&out, k, c: 0, b: 0, a: 0, d: 0)
  }
}

/// One polynomial: a segment, or its first or second half.
private struct InterpolatingPiece {
  private let half, halves: Int
  private var segment = 0
  private var firstControl = 0
  private var span = KnotSpan(
    degree: 1, firstPoint: 0, atBegin: .init(repeating: 0), atEnd: .init(repeating: 0))
  /// The segment's points coincide.
  private var isPoint = false
  /// All inner spans of even knots are one.
  private var isInner = false

  init(half: Int, of halves: Int) { (self.half, self.halves) = (half, halves) }

  mutating func move(
    to segment: Int, _ memory: InterpolatingMemory, _ knots: InterpolatingKnots, _ scratch: Span<Double>
  ) {
    self.segment = segment
    let knot = memory.knot(segment, scratch)
    isPoint = memory.isMeasured && knot == memory.knot(segment &+ 1, scratch)
    if isPoint { return }
    let place = 2 &* knot &+ half
    let own = knots.span(at: place)
    firstControl = own &- knots.degree
    let wasInner = isInner
    isInner = memory.isUniform && knots.isInner(span: own)
    if wasInner, isInner { return }
    let begin = KnotDistances(knots, memory, span: own, place: place, scratch)
    let end = KnotDistances(knots, memory, span: own, place: place &+ 2 / halves, scratch)
    span = KnotSpan(
      degree: knots.degree, firstPoint: firstControl, atBegin: begin.shares(degree: knots.degree),
      atEnd: end.shares(degree: knots.degree))
  }

  @inline(__always)
  func write(
    _ out: inout MutableSpan<Double>, _ writer: SegmentWriter, _ ring: Ring, _ points: Span<Double>,
    _ options: FitOptions, _ memory: InterpolatingMemory, _ scratch: Span<Double>, derivative: Int
  ) {
    let (from, to) = (ring.offset(segment), ring.offset(segment &+ 1))
    let whole = options.parameterization == .x ? points[to] - points[from] : 1
    let step = whole / Double(halves)
    // Cubics are always positions.
    let order = options.degree == 2 ? 0 : derivative
    if memory.firstColumn == 1 {
      let start = half == 0 ? points[from] : points[from] + step
      writer.line(&out, from: start, rise: step, derivative: order)
      if options.degree > 2 { writer.nothing(&out, 0) }
    }
    for k in memory.firstColumn..<ring.dimensions {
      let start = points[from &+ k]
      var (b, degree) = bernstein(
        memory, scratch, column: k &- memory.firstColumn, below: start - points[k],
        rise: points[to &+ k] - start)
      if options.degree == 2 {
        b = elevated(b, from: degree, to: 3)
        writer.hermite(&out, k, b[0], b[3], 3 * (b[1] - b[0]), 3 * (b[3] - b[2]))
      } else {
        // Repeated points have no second derivative; at degree 2 they have one: 0.
        if degree < 2 { (b, degree) = (elevated(b, from: degree, to: 2), 2) }
        writer.quintic(&out, k, b, degree: degree, derivative: order, step: step)
      }
      if order == 0 { out[writer.base &+ 3 &* ring.dimensions &+ k] += start }
    }
  }

  /// The coefficients in one column, relative to the segment's first point, and their degree. Repeated points are a line.
  ///
  /// - Parameters: `below`: what to take from the control points; `rise`: the segment's last point.
  @inline(__always)
  private func bernstein(
    _ memory: InterpolatingMemory, _ scratch: Span<Double>, column: Int, below: Double, rise: Double
  ) -> (Six, Int) {
    var b = Six(repeating: 0)
    if isPoint {
      b[0] = half == 0 ? 0 : rise / 2
      b[1] = half == halves &- 1 ? rise : rise / 2
      return (b, 1)
    }
    for j in 0...span.degree {
      b[j] = scratch[memory.row(firstControl &+ j) &+ column] - below
    }
    b = span.bernstein(b)
    // The curve passes through its points.
    if half == 0 { b[0] = 0 }
    if half == halves &- 1 { b[span.degree] = rise }
    return (b, span.degree)
  }
}
