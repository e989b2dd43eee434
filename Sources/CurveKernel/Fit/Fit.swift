/// From control points to cubic segments, in Double, without allocation: the caller brings the memory.
///
/// Two steps. `prepare` does once what needs the whole curve (knots, solves, slopes). `coefficients` then gives any
/// range of segments; `Lower.swift` rounds them into the table that the evaluators draw.
///
/// - Shape: points are flat and interleaved, `dimensions` 1 to 4. `extra` holds what a family brings along: for
///   `hermite` the tangents (as many numbers as `points`), for a clamped cubic the two end slopes
///   (2 · dimensions numbers), for `nurbs` one weight a point, for given knots these and their breaks, else nothing.
/// - Precondition: what `Curve` checks: finite numbers, enough points, x strictly rising where it is the parameter.
public enum Fit {
  /// Segments that `pointCount` points make; given knots make one of each of their spans.
  public static func segmentCount(_ options: FitOptions, pointCount: Int) -> Int {
    switch options.family {
    case .bezier: options.isClosed ? pointCount / 3 : (pointCount - 1) / 3
    case .quadraticBezier: options.isClosed ? pointCount / 2 : (pointCount - 1) / 2
    case .bSpline, .nurbs: options.isClosed ? pointCount : pointCount - Int(options.degree)
    default: options.isClosed ? pointCount : pointCount - 1
    }
  }

  /// Segments whose coefficients are worked on at a time: in the first-level cache.
  public static let blockSegments = 64

  /// Numbers of scratch memory that `prepare` fills and `coefficients` reads.
  public static func scratchCount(_ options: FitOptions, pointCount: Int, dimensions: Int) -> Int {
    switch options.family {
    case .cubic, .monotone, .akima, .makima:
      Slopes.scratchCount(options, pointCount: pointCount, dimensions: dimensions)
    case .bSpline, .nurbs: options.hasGivenKnots ? pointCount : 0
    case .smoothing: Smoothing.scratchCount(options, pointCount: pointCount, dimensions: dimensions)
    case .interpolatingBSpline:
      InterpolatingBSpline.scratchCount(options, pointCount: pointCount, dimensions: dimensions)
    default: 0
    }
  }

  /// What needs the whole curve at once.
  @inline(never)
  public static func prepare(
    _ options: FitOptions, points: Span<Double>, dimensions: Int, extra: Span<Double>,
    scratch: inout MutableSpan<Double>
  ) {
    switch options.family {
    case .cubic, .monotone, .akima, .makima:
      Slopes.prepare(options, points: points, dimensions: dimensions, extra: extra, scratch: &scratch)
    case .bSpline, .nurbs: prepareKnots(options, points.count / dimensions, extra, &scratch)
    case .smoothing: Smoothing.prepare(options, points: points, dimensions: dimensions, scratch: &scratch)
    case .interpolatingBSpline:
      InterpolatingBSpline.prepare(options, points: points, dimensions: dimensions, scratch: &scratch)
    default: break
    }
  }

  /// Coefficients of a range of segments, as `Segment` has them.
  ///
  /// - Shape: for each entry of the table 4 · dimensions numbers: all c, all b, all a, all d. Only kinds of several entries
  ///   a segment look at `derivative`; cubics are always positions.
  @inline(never)
  public static func coefficients(
    _ options: FitOptions, points: Span<Double>, dimensions: Int, extra: Span<Double>, scratch: Span<Double>,
    derivative: Int, segments: Range<Int>, into out: inout MutableSpan<Double>
  ) {
    let ring = Ring(dimensions: dimensions, count: points.count / dimensions, isClosed: options.isClosed)
    switch options.family {
    case .linear: linearSegments(ring, points, segments, &out)
    case .step: stepSegments(ring, points, options, segments, &out)
    case .catmullRom where options.alpha > 0:
      nonUniformCatmullRomSegments(ring, points, options, segments, &out)
    case .catmullRom, .cardinal, .kochanekBartels:
      kochanekBartelsSegments(ring, points, options, segments, &out)
    case .hermite: hermiteSegments(ring, points, tangents: extra, segments, &out)
    case .bezier: bezierSegments(ring, points, segments, &out)
    case .quadraticBezier: quadraticBezierSegments(ring, points, segments, &out)
    case .cubic, .monotone, .akima, .makima:
      Slopes.coefficients(ring, points, options, scratch: scratch, segments, &out)
    case .bSpline:
      bSplineSegments(ring, points, options, extra, scratch, derivative: derivative, segments, &out)
    case .nurbs:
      rationalSegments(ring, points, options, extra, scratch, derivative: derivative, segments, &out)
    case .smoothing: Smoothing.coefficients(ring, points, options, scratch: scratch, segments, &out)
    case .interpolatingBSpline:
      InterpolatingBSpline.coefficients(
        ring, points, options, scratch: scratch, derivative: derivative, segments, &out)
    }
  }
}
