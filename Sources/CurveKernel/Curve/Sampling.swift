/// Where a curve is sampled.
public enum Sampling: Sendable, Equatable {
  /// So many samples from each control point to the next (1 or more), and the curve's end: `segments · S + 1` points.
  case samplesPerSegment(Int)
  /// So many points (2 or more), evenly spaced over the whole curve, ends included.
  case count(Int, spacing: Spacing = .parameter)
  /// As few points as keep the curve within this distance of the polyline, in the points' own units.
  case tolerance(Double)
  /// At these parameters, in any order: the first coordinate where that is the parameter, the knot value for B-splines
  /// and NURBS, else segment index + u.
  case at([Double])
}

/// What `count` spaces evenly.
public enum Spacing: String, Sendable, CaseIterable {
  /// The parameter.
  case parameter
  /// The distance along the curve: constant speed.
  case arcLength = "arc-length"
}

/// What becomes of a point with a NaN coordinate.
public enum Gaps: String, Sendable, CaseIterable {
  /// It is refused.
  case error
  /// It ends one curve and the next begins; one all-NaN point stands between them.
  case `break`
}
