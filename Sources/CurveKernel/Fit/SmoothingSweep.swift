// The smoothing spline of one piece, solved for residuals and second derivatives in two sweeps.
//
// Σ wᵢ(yᵢ − f(xᵢ))² + λ∫f″² is least for a natural cubic spline (Schoenberg 1964; Reinsch, "Smoothing by spline
// functions", 1967). Reinsch's banded system for the second derivatives squares the condition of second differences:
// over a smoothing length of L points it loses L⁴ in accuracy, all of it for a thousand. Here the same minimiser is
// the smoothed state (value, slope) of a random walk of slopes seen through noise of variance λ (Wahba 1978; Kohn &
// Ansley, "A new algorithm for spline smoothing based on smoothing a stochastic process", 1987): forwards a filter
// that is free of subtractions (`SmoothingCovariance`), backwards the adjoint p = (sum of the residuals to the
// right, their moment). What is computed are the residuals, r·u, and the bends, f″ = −q·p₂, from rises of the points: nothing
// large cancels, a line has none of either, and λ = 0 gives residuals 0 and the natural spline.

/// Rises in, residuals and bends out.
///
/// - Shape: `knots`, 1 or more, with their steps, weights and rises (`measureSmoothing`).
@inline(__always)
func smoothingSweep<Row: Columns>(
  _: Row.Type, _ memory: SmoothingMemory, knots: Int, _ noise: SmoothingNoise,
  _ scratch: inout MutableSpan<Double>
) {
  if knots < 3 {
    for i in 0..<knots {
      Row.zero.store(&scratch, memory.residual(i))
      Row.zero.store(&scratch, memory.bend(i))
    }
    return
  }
  filterForwards(Row.self, memory, knots: knots, noise, &scratch)
  smoothBackwards(Row.self, memory, knots: knots, noise, &scratch)
}

/// Leaves at each knot the innovation over its variance, v/s, in place of the rise, and the factors k₁, k₂ (the
/// gains of value and slope), r/s, and 1 − h·k₂, which is written so that it keeps its digits where it is small.
@inline(__always)
private func filterForwards<Row: Columns>(
  _: Row.Type, _ memory: SmoothingMemory, knots: Int, _ noise: SmoothingNoise,
  _ scratch: inout MutableSpan<Double>
) {
  let first = memory.step(0, scratch)
  var known = SmoothingCovariance(
    noise, step: first, variances: noise.point / memory.weight(0, scratch),
    noise.point / memory.weight(1, scratch))
  var slope = Row.load(scratch, memory.residual(1)).over(first)
  // The filtered value is not kept, but how far it lies from its point.
  var above = Row.zero
  var i = 2
  while i < knots {
    let h = memory.step(i &- 1, scratch)
    let variance = memory.isMeasured ? noise.point / memory.weight(i, scratch) : noise.point
    let moved = known.moved(noise, step: h)
    let inverse = 1 / (moved.c11 + variance)
    let (k1, k2, share) = (moved.c11 * inverse, moved.c12 * inverse, variance * inverse)
    let keep =
      ((known.c11 + variance) + (h * known.c12 - noise.process * h * (h * h) / 6)) * inverse
    known = moved.updated(variance: variance, inverse: inverse)
    let rise = Row.load(scratch, memory.residual(i)).plus(above)
    let innovation = rise.minus(slope.times(h))
    // A step beside which the one before vanishes replaces the slope: no part of the old one may stay as a rounding.
    slope =
      abs(keep) < 0x1p-10
      ? slope.times(keep).plus(rise.times(k2)) : slope.plus(innovation.times(k2))
    above = innovation.times(share)
    innovation.times(inverse).store(&scratch, memory.residual(i))
    let place = memory.factor(i)
    (scratch[place], scratch[place &+ 1]) = (k1, k2)
    (scratch[place &+ 2], scratch[place &+ 3]) = (share, keep)
    i &+= 1
  }
}

@inline(__always)
private func smoothBackwards<Row: Columns>(
  _: Row.Type, _ memory: SmoothingMemory, knots: Int, _ noise: SmoothingNoise,
  _ scratch: inout MutableSpan<Double>
) {
  var (sum, moment) = (Row.zero, Row.zero)
  var i = knots
  while i > 2 {
    i &-= 1
    let place = memory.factor(i)
    let (k1, k2) = (scratch[place], scratch[place &+ 1])
    let (share, keep) = (scratch[place &+ 2], scratch[place &+ 3])
    let h = memory.step(i &- 1, scratch)
    let variance = memory.isMeasured ? noise.point / memory.weight(i, scratch) : noise.point
    let e = Row.load(scratch, memory.residual(i))
    moment.times(-noise.process).store(&scratch, memory.bend(i))
    e.plus(sum.times(k1).plus(moment.times(k2))).times(variance).store(&scratch, memory.residual(i))
    let kept = sum.times(share).minus(e)
    sum = kept.minus(moment.times(k2))
    moment = moment.times(keep).plus(kept.times(h))
  }
  // The first two residuals take sum and moment back to 0.
  moment.times(-noise.process).store(&scratch, memory.bend(1))
  Row.zero.store(&scratch, memory.bend(0))
  let lever = moment.over(memory.step(0, scratch))
  let (first, second) = (
    noise.point / memory.weight(0, scratch), noise.point / memory.weight(1, scratch)
  )
  sum.plus(lever).times(second).store(&scratch, memory.residual(1))
  lever.times(-first).store(&scratch, memory.residual(0))
}
