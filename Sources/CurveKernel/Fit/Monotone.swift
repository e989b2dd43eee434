// Slopes that keep a curve monotone wherever its points are.

/// Slopes in place of the secants, column by column. `segments` is 2 or more.
func monotoneSlopes(
  _ memory: SlopeMemory, segments: Int, isClosed: Bool, _ method: MonotoneMethod,
  _ scratch: inout MutableSpan<Double>
) {
  let last = segments &- 1
  for k in 0..<memory.columns {
    let finalSecant = scratch[memory.row(last) &+ k]
    var secant = isClosed ? finalSecant : scratch[k]
    var before = secant
    var h0 = memory.step(isClosed ? last : 0, scratch)
    if !isClosed, method == .pchip {
      scratch[k] = pchipEnd(h0, memory.step(1, scratch), secant, scratch[memory.row(1) &+ k])
    }
    for i in (isClosed ? 0 : 1)..<segments {
      let h1 = memory.step(i, scratch)
      let next = scratch[memory.row(i) &+ k]
      scratch[memory.row(i) &+ k] =
        method == .pchip ? pchipSlope(h0, h1, secant, next) : steffenSlope(h0, h1, secant, next)
      (before, secant, h0) = (secant, next, h1)
    }
    if !isClosed {
      scratch[memory.row(segments) &+ k] =
        method == .pchip ? pchipEnd(h0, memory.step(last &- 1, scratch), secant, before) : secant
    }
  }
}

/// The harmonic mean of two secants of one sign, weighted w₀ = 2h₁ + h₀, w₁ = h₁ + 2h₀; else 0.
///
/// (w₀ + w₁)/(w₀/δ₀ + w₁/δ₁), multiplied by the smaller secant above and below, so that none is too small to divide by.
/// - Source: Fritsch & Butland, "A method for constructing local monotone piecewise cubic interpolants" (1984).
@inline(__always)
private func pchipSlope(_ h0: Double, _ h1: Double, _ s0: Double, _ s1: Double) -> Double {
  guard (s0 > 0 && s1 > 0) || (s0 < 0 && s1 < 0) else { return 0 }
  let (w0, w1) = (2 * h1 + h0, h1 + 2 * h0)
  let isFirstSmaller = abs(s0) <= abs(s1)
  let (small, large) = isFirstSmaller ? (s0, s1) : (s1, s0)
  let (weight, other) = isFirstSmaller ? (w0, w1) : (w1, w0)
  return small * ((w0 + w1) / (weight + other * (small / large)))
}

/// The end slope of the parabola through the outer three points, held to the sign of the outer secant and to three
/// times its size.
@inline(__always)
private func pchipEnd(_ h0: Double, _ h1: Double, _ outer: Double, _ inner: Double) -> Double {
  let slope = ((2 * h0 + h1) * outer - h0 * inner) / (h0 + h1)
  if outer > 0 ? !(slope > 0) : outer < 0 ? !(slope < 0) : true { return 0 }
  let turns = outer > 0 ? inner <= 0 : inner >= 0
  return turns && abs(slope) > 3 * abs(outer) ? 3 * outer : slope
}

/// The slope of the parabola through three points, at most twice the smaller secant; 0 at an extremum. The ends of
/// an open curve take their secant.
/// - Source: Steffen, "A simple method for monotonic interpolation in one dimension" (1990).
@inline(__always)
private func steffenSlope(_ h0: Double, _ h1: Double, _ s0: Double, _ s1: Double) -> Double {
  guard (s0 > 0 && s1 > 0) || (s0 < 0 && s1 < 0) else { return 0 }
  let parabola = abs((s0 * h1 + s1 * h0) / (h0 + h1))
  let size = min(2 * min(abs(s0), abs(s1)), parabola)
  return s0 > 0 ? size : -size
}
