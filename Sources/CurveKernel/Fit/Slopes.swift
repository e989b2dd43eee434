/// Curves that are cubic Hermite once a slope is known at every point: cubic splines, monotone, Akima, makima.
///
/// All of them work on steps and secants alone (`Knots.swift`), where zero-length segments have dropped out; the
/// slopes found are then handed back to the repeated points. Slopes are per unit of the parameter.
enum Slopes {
  static func scratchCount(_ options: FitOptions, pointCount: Int, dimensions: Int) -> Int {
    SlopeMemory(options, pointCount: pointCount, dimensions: dimensions).count
  }

  /// - Shape: `extra` of a clamped cubic: the slopes at the start, then at the end, one number a coordinate, per unit
  ///   of the parameter; with `chordal` and `centripetal`, whose parameter has no unit, per u of the end segment.
  ///   With `x` the first of each is passed over: it is 1.
  static func prepare(
    _ options: FitOptions, points: Span<Double>, dimensions: Int, extra: Span<Double>,
    scratch: inout MutableSpan<Double>
  ) {
    let ring = Ring(dimensions: dimensions, count: points.count / dimensions, isClosed: options.isClosed)
    let memory = SlopeMemory(options, pointCount: ring.count, dimensions: dimensions)
    precondition(scratch.count >= memory.count, "scratch of Fit.scratchCount numbers")
    switch memory.columns {
    case 1: prepare(Double.self, ring, memory, options, points, extra, &scratch)
    case 2: prepare(SIMD2<Double>.self, ring, memory, options, points, extra, &scratch)
    case 3: prepare(ColumnPair<SIMD2<Double>, Double>.self, ring, memory, options, points, extra, &scratch)
    case 4:
      prepare(
        ColumnPair<SIMD2<Double>, SIMD2<Double>>.self, ring, memory, options, points, extra, &scratch)
    default: break  // nothing but x
    }
  }

  @inline(__always)
  private static func prepare<Row: Columns>(
    _: Row.Type, _ ring: Ring, _ memory: SlopeMemory, _ options: FitOptions, _ points: Span<Double>,
    _ extra: Span<Double>, _ scratch: inout MutableSpan<Double>
  ) {
    guard memory.points > 0 else { return }
    let (segments, unit) = measureSegments(
      Row.self, ring, memory, options.parameterization, points, &scratch)
    if segments == 0 {
      Row.zero.store(&scratch, 0)
    } else if memory.isPeriodic, segments > 1 {
      periodicSpline(Row.self, memory, segments: segments, isClosed: ring.isClosed, &scratch)
    } else if options.family == .cubic, !memory.isPeriodic {
      let place = memory.firstColumn
      var clamps = (Row.zero, Row.zero)
      if options.boundary == .clamped {
        clamps = (.load(extra, place), .load(extra, ring.dimensions &+ place))
        if options.parameterization == .chordal || options.parameterization == .centripetal {
          clamps.0 = clamps.0.over(memory.step(0, scratch))
          clamps.1 = clamps.1.over(memory.step(segments &- 1, scratch))
        } else {
          clamps = (clamps.0.over(unit), clamps.1.over(unit))
        }
      }
      openSpline(memory, segments: segments, options.boundary, clamps, &scratch)
    } else if segments == 1 {
      // A straight line: its secant is its slope, at both points.
      if !ring.isClosed { Row.load(scratch, 0).store(&scratch, memory.row(1)) }
    } else if options.family == .monotone {
      monotoneSlopes(memory, segments: segments, isClosed: ring.isClosed, options.method, &scratch)
    } else {
      let isModified = options.family == .makima
      akimaSlopes(memory, segments: segments, isClosed: ring.isClosed, isModified: isModified, &scratch)
    }
    if segments < memory.segments { spreadSlopes(ring, memory, segments: segments, points, &scratch) }
  }

  static func coefficients(
    _ ring: Ring, _ points: Span<Double>, _ options: FitOptions, scratch: Span<Double>,
    _ segments: Range<Int>, _ out: inout MutableSpan<Double>
  ) {
    let memory = SlopeMemory(options, pointCount: ring.count, dimensions: ring.dimensions)
    if memory.firstColumn == 1 { evenColumn(ring, points, segments, &out) }
    switch memory.columns {
    case 0: break
    case 1: coefficients(Double.self, ring, memory, points, scratch, segments, &out)
    case 2: coefficients(SIMD2<Double>.self, ring, memory, points, scratch, segments, &out)
    case 3:
      coefficients(ColumnPair<SIMD2<Double>, Double>.self, ring, memory, points, scratch, segments, &out)
    default:
      coefficients(
        ColumnPair<SIMD2<Double>, SIMD2<Double>>.self, ring, memory, points, scratch, segments, &out)
    }
  }

  @inline(__always)
  private static func coefficients<Row: Columns>(
    _: Row.Type, _ ring: Ring, _ memory: SlopeMemory, _ points: Span<Double>, _ scratch: Span<Double>,
    _ segments: Range<Int>, _ out: inout MutableSpan<Double>
  ) {
    guard !segments.isEmpty else { return }
    let first = memory.firstColumn
    var writer = SegmentWriter(dimensions: ring.dimensions)
    var start = Row.load(points, ring.offset(segments.lowerBound) &+ first)
    var startSlope = Row.load(scratch, memory.row(segments.lowerBound))
    for i in segments {
      let end = Row.load(points, ring.offset(i &+ 1) &+ first)
      let endSlope = Row.load(scratch, memory.row(i &+ 1 == ring.count ? 0 : i &+ 1))
      let h = memory.step(i, scratch)
      if h == 0 {
        writer.hermite(&out, start, .zero, .zero, .zero, column: first)
      } else {
        writer.hermite(
          &out, start, end.minus(start), startSlope.times(h), endSlope.times(h), column: first)
      }
      writer.next()
      (start, startSlope) = (end, endSlope)
    }
  }
}
