/// What a curve is, as plain numbers: the same bytes native and in WebAssembly. Contract of each field: `CurveKind`.
@frozen public struct FitOptions: Sendable, Equatable, BitwiseCopyable {
  public var family: Family
  public var ends: Ends
  public var boundary: Boundary
  public var parameterization: Parameterization
  public var placement: StepPlacement
  public var method: MonotoneMethod
  public var knots: KnotStyle
  public var isClosed: Bool
  /// Of the B-spline kinds: 1 to 5.
  public var degree: Int32
  public var alpha, tension, continuity, bias: Double
  /// Of a smoothing spline: 0 or more.
  public var lambda: Double

  public init(_ family: Family) {
    self.family = family
    (ends, boundary, parameterization) = (.duplicate, .natural, .uniform)
    (placement, method, knots, isClosed, degree) = (.after, .pchip, .clampedUniform, false, 3)
    (alpha, tension, continuity, bias, lambda) = (0, 0, 0, 0, 0)
  }
}

/// The families of curves; each is one file of this room.
@frozen public enum Family: Int32, Sendable, CaseIterable {
  case linear, step, catmullRom, cardinal, kochanekBartels, hermite, bezier, quadraticBezier, cubic, monotone
  case akima, makima, bSpline, nurbs, interpolatingBSpline, smoothing
}

/// The neighbour that an open curve's end lacks.
@frozen public enum Ends: Int32, Sendable, CaseIterable {
  /// The end point itself.
  case duplicate
  /// Its inner neighbour, reflected: 2·P0 − P1.
  case reflect
}

/// What closes the equations of a C2 cubic spline.
@frozen public enum Boundary: Int32, Sendable, CaseIterable {
  case natural, clamped, notAKnot, periodic
}

/// How the parameter runs from point to point.
@frozen public enum Parameterization: Int32, Sendable, CaseIterable {
  /// One a segment.
  case uniform
  /// The distance of its points.
  case chordal
  /// The square root of that distance.
  case centripetal
  /// The first coordinate, which must strictly increase.
  case x
}

/// Where a step curve takes the next point's value.
@frozen public enum StepPlacement: Int32, Sendable, CaseIterable {
  /// At the next point: the last value is held.
  case after
  /// Right after this point.
  case before
  /// Half-way.
  case middle
}

/// Where the knots of a B-spline come from.
@frozen public enum KnotStyle: Int32, Sendable, CaseIterable {
  /// 0 × (degree + 1), 1, 2, …, count − degree × (degree + 1).
  case clampedUniform
  /// 0, 1, …, count + degree; closed: so that the parameter runs from 0.
  case uniform
  /// The caller.
  case given
}

/// How a monotone cubic chooses its slopes.
@frozen public enum MonotoneMethod: Int32, Sendable, CaseIterable {
  /// Fritsch & Butland's weighted harmonic mean, three-point ends (SciPy, MATLAB).
  case pchip
  /// Steffen, Astronomy & Astrophysics 239 (1990).
  case steffen
}

extension FitOptions {
  /// What the rows of a segment multiply, for positions (0) or derivatives.
  public func basis(derivative: Int) -> Basis {
    switch family {
    case .step where derivative == 0 && placement == .before: .stepBefore
    case .step where derivative == 0 && placement == .middle: .stepMiddle
    case .bSpline where degree > 3, .interpolatingBSpline where degree > 3: .quintic
    case .nurbs: derivative == 0 ? .rational : derivative == 1 ? .rationalFirst : .rationalSecond
    default: .cubic
    }
  }

  /// Polynomials a segment: the knots of an interpolating B-spline of even degree lie half-way between its points.
  public var halves: Int { family == .interpolatingBSpline && degree % 2 == 0 ? 2 : 1 }

  /// Whether the caller's knots run the curve.
  public var hasGivenKnots: Bool { (family == .bSpline || family == .nurbs) && knots == .given }
}
