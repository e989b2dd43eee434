/// How a curve goes on beyond its last given point.
///
/// All of them continue a shape; none is a forecast: no error is estimated, and nothing is known of what comes. One step
/// is what `Curve.predicted` says; s counts the steps taken, P(n) is the last given point, h the last step of the
/// parameter, and every coordinate is continued by itself.
///
/// Points that lie evenly spaced on a straight line, to within rounding, go on along it at the same spacing,
/// P(n) + s·(P(n) − P(0))/n, whatever the kind and whichever of these is chosen. (Not so where the request itself says
/// otherwise: tangents or end slopes that differ from the line, a step, a closed curve.)
public enum Extrapolation: String, Sendable, CaseIterable {
  /// By the curve's own mathematics, kind by kind:
  ///
  /// | kind | beyond the last point |
  /// |---|---|
  /// | closed, `cubic` periodic | round again: C(t + s), one period on; with `x`, x goes on |
  /// | `step` | the last value is held; with `x`, x goes on |
  /// | `linear` | the last segment's line, P(n) + s·(P(n) − P(n−1)) |
  /// | `catmull-rom`, `cardinal`, `kochanek-bartels` | the end tangent, which lies on the last chord whatever the options say of its length: P(n) + s·(P(n) − P(n−1)) |
  /// | `hermite` | the last tangent, P(n) + s·T(n) |
  /// | `bezier`, `quadratic-bezier`, `b-spline`, `nurbs` | the end tangent: the last leg of the control polygon, P(n) + s·(P(n) − P(n−1)) |
  /// | `monotone`, `akima`, `makima` | the line with the end slope m, P(n) + s·h·m |
  /// | `cubic` natural, `smoothing` | the line that both are beyond their end, f(n) + s·h·f′(n) |
  /// | `cubic` clamped | the line with the given slope |
  /// | `cubic` not-a-knot, `interpolating-b-spline` | the last polynomial goes on, p(n + s) |
  case curve
  /// The straight line through the last two given points: P(n) + s·(P(n) − P(n−1)).
  case linear
  /// The cubic spline (not-a-knot) through all given points, whatever the kind; its last cubic goes on,
  /// P(n) + a₁·s + a₂·s² + a₃·s³. It grows with the cube of the horizon: good for a few steps.
  case spline
  /// A local trend that is damped: P(n) + (φ + φ² + … + φˢ)·b, which flattens out towards P(n) + b·φ/(1 − φ) where φ is
  /// below 1. Trend b and damping φ are fitted to each coordinate: f = P(i−1) + φ·b, e = P(i) − f, b ← φ·b + β·e, with β
  /// and φ in (0, 1] that make the sum of e² over the last 256 points least, 1 where nothing slows down.
  /// - Source: Gardner & McKenzie, "Forecasting trends in time series" (1985), the level being the point itself.
  case damped
}
