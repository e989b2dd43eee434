/// What a curve is, as plain numbers: the same bytes native and in WebAssembly. Contract of each field: `CurveKind`.
@frozen public struct FitOptions: Sendable, Equatable, BitwiseCopyable {
  public var family: Family
  public var ends: Ends
  public var boundary: Boundary
  public var parameterization: Parameterization
  public var placement: StepPlacement
  public var method: MonotoneMethod
  public var isClosed: Bool
  public var alpha, tension, continuity, bias: Double

  public init(_ family: Family) {
    self.family = family
    (ends, boundary, parameterization) = (.duplicate, .natural, .uniform)
    (placement, method, isClosed) = (.after, .pchip, false)
    (alpha, tension, continuity, bias) = (0, 0, 0, 0)
  }
}

/// The families of curves; each is one file of this room.
@frozen public enum Family: Int32, Sendable, CaseIterable {
  case linear, step, catmullRom, cardinal, kochanekBartels, hermite, bezier, quadraticBezier, cubic, monotone
  case akima, makima
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

/// How a monotone cubic chooses its slopes.
@frozen public enum MonotoneMethod: Int32, Sendable, CaseIterable {
  /// Fritsch & Butland's weighted harmonic mean, three-point ends (SciPy, MATLAB).
  case pchip
  /// Steffen, Astronomy & Astrophysics 239 (1990).
  case steffen
}
