/// What a curve is: its kind and the options that belong to it. Definitions and sources: the room's documentation.
///
/// `parameterization` nil stands for the kind's own default: `x` for `monotone`, `akima`, `makima` and `smoothing`,
/// else `uniform`; 1-D points: `uniform`.
public enum CurveKind: Sendable, Equatable {
  /// Straight segments.
  case linear(parameterization: Parameterization? = nil)
  /// Piecewise constant; at a control point's own parameter that point's value.
  case step(_ placement: StepPlacement = .after, parameterization: Parameterization? = nil)
  /// Through every point. `alpha` in 0…1: 0 uniform, 0.5 centripetal, 1 chordal; tangents times (1 − `tension`).
  case catmullRom(alpha: Double = 0, tension: Double = 0, ends: Ends = .duplicate)
  /// Tangents (1 − `tension`)·(P(i+1) − P(i−1))/2.
  case cardinal(tension: Double = 0, ends: Ends = .duplicate)
  /// Kochanek & Bartels 1984, uniform.
  case kochanekBartels(
    tension: Double = 0, continuity: Double = 0, bias: Double = 0, ends: Ends = .duplicate)
  /// Piecewise cubic Hermite: one tangent a point, per unit of u; as many numbers each as a point has coordinates.
  case hermite(tangents: [[Double]])
  /// Piecewise cubic Bézier: 3k + 1 points, closed 3k.
  case bezier
  /// Piecewise quadratic Bézier: 2k + 1 points, closed 2k.
  case quadraticBezier
  /// C2 interpolating cubic spline. `boundary` nil: natural, or periodic when the curve is closed.
  case cubic(boundary: CubicBoundary? = nil, parameterization: Parameterization? = nil)
  /// Monotone cubic.
  case monotone(_ method: MonotoneMethod = .pchip, parameterization: Parameterization? = nil)
  /// Akima 1970.
  case akima(parameterization: Parameterization? = nil)
  /// Modified Akima, as MATLAB's.
  case makima(parameterization: Parameterization? = nil)
  /// Approximating B-spline, the points are its control polygon. `degree` in 1…5.
  case bSpline(degree: Int = 3, knots: KnotVector = .clampedUniform)
  /// Rational B-spline: one positive weight a point; none: all 1. `degree` in 1…5.
  case nurbs(degree: Int = 3, weights: [Double] = [], knots: KnotVector = .clampedUniform)
  /// B-spline through the points, not-a-knot style knots as SciPy's `make_interp_spline`. `degree` in 1…5.
  case interpolatingBSpline(degree: Int = 3, parameterization: Parameterization? = nil)
  /// Smoothing spline: the natural cubic spline that minimises Σ(y − f)² + λ∫f″², column by column with one `lambda`, 0 or
  /// more: 0 interpolates, a huge one gives the least-squares line. λ counts the parameter to the third: x, the index, the
  /// distance, or its root; points that coincide under the latter two are so many observations of one value. nil: by
  /// generalised cross-validation over all columns and pieces, `Curve.lambda` tells it.
  case smoothing(lambda: Double? = nil, parameterization: Parameterization? = nil)

  /// The name of the kind in requests and on the command line.
  public var name: String {
    switch self {
    case .linear: "linear"
    case .step: "step"
    case .catmullRom: "catmull-rom"
    case .cardinal: "cardinal"
    case .kochanekBartels: "kochanek-bartels"
    case .hermite: "hermite"
    case .bezier: "bezier"
    case .quadraticBezier: "quadratic-bezier"
    case .cubic: "cubic"
    case .monotone: "monotone"
    case .akima: "akima"
    case .makima: "makima"
    case .bSpline: "b-spline"
    case .nurbs: "nurbs"
    case .interpolatingBSpline: "interpolating-b-spline"
    case .smoothing: "smoothing"
    }
  }
}

/// The knots of a B-spline of `N` control points and degree p.
public enum KnotVector: Sendable, Equatable {
  /// 0 × (p + 1), 1, 2, …, N − p × (p + 1): the curve begins and ends at its end points.
  case clampedUniform
  /// 0, 1, …, N + p: the curve runs from knot p to knot N.
  case uniform
  /// N + p + 1 numbers that do not fall.
  case given([Double])

  var style: KnotStyle {
    switch self {
    case .clampedUniform: .clampedUniform
    case .uniform: .uniform
    case .given: .given
    }
  }
}

/// What closes the equations of a C2 cubic spline.
public enum CubicBoundary: Sendable, Equatable {
  /// Second derivative 0 at both ends.
  case natural
  /// Given first derivatives at both ends, one number a coordinate, per unit of the parameter (chordal and
  /// centripetal: per u of the end segment); empty: 0. With `x` the leading 1 may be left out.
  case clamped(start: [Double] = [], end: [Double] = [])
  /// Third derivative continuous at the first and last inner point.
  case notAKnot
  /// The curve ends as it begins.
  case periodic
}

extension CurveKind {
  /// The options as the kernel reads them; parameterization resolved for points of so many dimensions.
  func options(dimensions: Int, closed: Bool) -> FitOptions {
    var o: FitOptions
    var given: Parameterization?
    var byDefault = Parameterization.uniform
    switch self {
    case .linear(let p): (o, given) = (FitOptions(.linear), p)
    case .step(let placement, let p):
      (o, given) = (FitOptions(.step), p)
      o.placement = placement
    case .catmullRom(let alpha, let tension, let ends):
      o = FitOptions(.catmullRom)
      (o.alpha, o.tension, o.ends) = (alpha, tension, ends)
    case .cardinal(let tension, let ends):
      o = FitOptions(.cardinal)
      (o.tension, o.ends) = (tension, ends)
    case .kochanekBartels(let tension, let continuity, let bias, let ends):
      o = FitOptions(.kochanekBartels)
      (o.tension, o.continuity, o.bias, o.ends) = (tension, continuity, bias, ends)
    case .hermite: o = FitOptions(.hermite)
    case .bezier: o = FitOptions(.bezier)
    case .quadraticBezier: o = FitOptions(.quadraticBezier)
    case .cubic(let boundary, let p):
      (o, given) = (FitOptions(.cubic), p)
      o.boundary = CurveKind.boundary(boundary, closed: closed)
    case .monotone(let method, let p):
      (o, given, byDefault) = (FitOptions(.monotone), p, .x)
      o.method = method
    case .akima(let p): (o, given, byDefault) = (FitOptions(.akima), p, .x)
    case .makima(let p): (o, given, byDefault) = (FitOptions(.makima), p, .x)
    case .bSpline(let degree, let knots):
      o = FitOptions(.bSpline)
      (o.degree, o.knots) = (Int32(clamping: degree), knots.style)
    case .nurbs(let degree, _, let knots):
      o = FitOptions(.nurbs)
      (o.degree, o.knots) = (Int32(clamping: degree), knots.style)
    case .interpolatingBSpline(let degree, let p):
      (o, given) = (CurveKind.interpolating(degree), p)
    case .smoothing(let lambda, let p):
      (o, given, byDefault) = (FitOptions(.smoothing), p, .x)
      o.lambda = lambda ?? 0
    }
    o.parameterization = given ?? (dimensions == 1 || closed ? .uniform : byDefault)
    o.isClosed = closed
    return o
  }

  /// Degree 1 is the polyline, degree 3 the not-a-knot cubic.
  private static func interpolating(_ degree: Int) -> FitOptions {
    var o = FitOptions(degree == 1 ? .linear : degree == 3 ? .cubic : .interpolatingBSpline)
    (o.degree, o.boundary) = (Int32(clamping: degree), .notAKnot)
    return o
  }

  private static func boundary(_ boundary: CubicBoundary?, closed: Bool) -> Boundary {
    switch boundary {
    case nil: closed ? .periodic : .natural
    case .natural: .natural
    case .clamped: .clamped
    case .notAKnot: .notAKnot
    case .periodic: .periodic
    }
  }
}
