/// Smoothing splines: natural cubic splines near their points. `SmoothingSweep.swift` says what is solved and how.
///
/// λ is in the parameter's own unit to the third: x, the index, or the distance (its root for `centripetal`). Each
/// column is smoothed for itself, with the same λ.
enum Smoothing {
  static func scratchCount(_ options: FitOptions, pointCount: Int, dimensions: Int) -> Int {
    SmoothingMemory(options, pointCount: pointCount, dimensions: dimensions).count
  }

  static func prepare(
    _ options: FitOptions, points: Span<Double>, dimensions: Int, scratch: inout MutableSpan<Double>
  ) {
    let ring = Ring(dimensions: dimensions, count: points.count / dimensions, isClosed: false)
    let memory = SmoothingMemory(options, pointCount: ring.count, dimensions: dimensions)
    let (knots, _) = solve(options, ring, memory, points, &scratch)
    if knots < memory.points, memory.columns > 0 {
      spreadSmoothing(ring, memory, knots: knots, points, &scratch)
    }
  }

  /// Residuals, bends, steps and weights of the knots; how many there are, and the noise in the steps' unit.
  static func solve(
    _ options: FitOptions, _ ring: Ring, _ memory: SmoothingMemory, _ points: Span<Double>,
    _ scratch: inout MutableSpan<Double>
  ) -> (knots: Int, noise: SmoothingNoise) {
    precondition(scratch.count >= memory.count, "scratch of Fit.scratchCount numbers")
    switch memory.columns {
    case 1: return solve(Double.self, options, ring, memory, points, &scratch)
    case 2: return solve(SIMD2<Double>.self, options, ring, memory, points, &scratch)
    case 3: return solve(ColumnPair<SIMD2<Double>, Double>.self, options, ring, memory, points, &scratch)
    default:
      return solve(
        ColumnPair<SIMD2<Double>, SIMD2<Double>>.self, options, ring, memory, points, &scratch)
    }
  }

  @inline(__always)
  private static func solve<Row: Columns>(
    _: Row.Type, _ options: FitOptions, _ ring: Ring, _ memory: SmoothingMemory, _ points: Span<Double>,
    _ scratch: inout MutableSpan<Double>
  ) -> (knots: Int, noise: SmoothingNoise) {
    let (knots, scale) = measureSmoothing(
      Row.self, ring, memory, options.parameterization, points, &scratch)
    let noise = SmoothingNoise(lambda: options.lambda, scale: scale)
    smoothingSweep(Row.self, memory, knots: knots, noise, &scratch)
    return (knots, noise)
  }

  /// The fitted last point's coordinate `k`; with `x` the first coordinate is its own.
  static func end(
    _ options: FitOptions, points: Span<Double>, dimensions: Int, scratch: Span<Double>, _ k: Int
  ) -> Double {
    let memory = SmoothingMemory(options, pointCount: points.count / dimensions, dimensions: dimensions)
    let given = points[points.count &- dimensions &+ k]
    // A lone point is not fitted.
    guard k >= memory.firstColumn, memory.points > 1 else { return given }
    return given - scratch[memory.residual(memory.points &- 1) &+ k &- memory.firstColumn]
  }

  static func coefficients(
    _ ring: Ring, _ points: Span<Double>, _ options: FitOptions, scratch: Span<Double>,
    _ segments: Range<Int>, _ out: inout MutableSpan<Double>
  ) {
    let memory = SmoothingMemory(options, pointCount: ring.count, dimensions: ring.dimensions)
    if memory.firstColumn == 1 { evenColumn(ring, points, segments, &out) }
    switch memory.columns {
    case 1: coefficients(Double.self, ring, memory, points, scratch, segments, &out)
    case 2: coefficients(SIMD2<Double>.self, ring, memory, points, scratch, segments, &out)
    case 3:
      coefficients(ColumnPair<SIMD2<Double>, Double>.self, ring, memory, points, scratch, segments, &out)
    default:
      coefficients(
        ColumnPair<SIMD2<Double>, SIMD2<Double>>.self, ring, memory, points, scratch, segments, &out)
    }
  }

  /// From residuals and bends γ: the chord from the points' own rise, b = −h²(2γ₀ + γ₁)/6, a = −h²(γ₀ + 2γ₁)/6.
  @inline(__always)
  private static func coefficients<Row: Columns>(
    _: Row.Type, _ ring: Ring, _ memory: SmoothingMemory, _ points: Span<Double>, _ scratch: Span<Double>,
    _ segments: Range<Int>, _ out: inout MutableSpan<Double>
  ) {
    guard !segments.isEmpty else { return }
    let (column, d) = (memory.firstColumn, ring.dimensions)
    var place = column
    var point = Row.load(points, ring.offset(segments.lowerBound) &+ column)
    var residual = Row.load(scratch, memory.residual(segments.lowerBound))
    var bend = Row.load(scratch, memory.bend(segments.lowerBound))
    for i in segments {
      let next = Row.load(points, ring.offset(i &+ 1) &+ column)
      let nextResidual = Row.load(scratch, memory.residual(i &+ 1))
      let nextBend = Row.load(scratch, memory.bend(i &+ 1))
      let h = memory.step(i, scratch)
      let weight = -(h * h) / 6
      let sum = bend.plus(nextBend)
      next.minus(point).minus(nextResidual.minus(residual)).store(&out, place)
      sum.plus(bend).times(weight).store(&out, place &+ d)
      sum.plus(nextBend).times(weight).store(&out, place &+ 2 &* d)
      point.minus(residual).store(&out, place &+ 3 &* d)
      place &+= 4 &* d
      (point, residual, bend) = (next, nextResidual, nextBend)
    }
  }
}
