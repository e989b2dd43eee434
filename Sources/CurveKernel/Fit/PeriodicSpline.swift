/// Slopes of a spline that runs on round its ring, in place of the secants.
///
/// Every point has the inner row of `eliminateInner`; the first and the last are neighbours. The last slope m is
/// bordered off: the others are y + z·m, where y solves the tridiagonal rest for the secants and z for its two ends'
/// ties to m; the last row then gives m. All sums keep the diagonal's weight, so that nothing is pivoted.
/// - Shape: `segments`, 2 or more, unknowns; an open curve's last point, which repeats the first, gets its slope.
@inline(__always)
func periodicSpline<Row: Columns>(
  _: Row.Type, _ memory: SlopeMemory, segments: Int, isClosed: Bool, _ scratch: inout MutableSpan<Double>
) {
  let last = segments &- 1
  let finalSecant = Row.load(scratch, memory.row(last))
  var secant = finalSecant
  var h0 = memory.step(last, scratch)
  var sweep = Elimination<Row>()
  var coupling = 0.0
  for i in 0..<last {
    let h1 = memory.step(i, scratch)
    let next = Row.load(scratch, memory.row(i))
    let tie = (i == 0 ? h1 : 0) + (i &+ 1 == last ? h0 : 0)
    let below = i == 0 ? 0 : h1
    let pivot = sweep.row(
      below: below, diagonal: 2 * (h0 + h1), above: h0, right: secant.times(h1).plus(next.times(h0)).times(3))
    coupling = -(tie + below * coupling) * pivot
    (secant, h0) = (next, h1)
    sweep.right.store(&scratch, memory.row(i))
    scratch[memory.factors &+ i] = sweep.upper
    scratch[memory.couplings &+ i] = coupling
  }
  substituteBack(Row.self, memory, rows: 0...(last &- 1), settled: .max, &scratch)
  var i = last &- 1
  while i > 0 {
    i &-= 1
    coupling = scratch[memory.couplings &+ i] - scratch[memory.factors &+ i] * coupling
    scratch[memory.couplings &+ i] = coupling
  }
  let h1 = memory.step(last, scratch)
  let right = secant.times(h1).plus(finalSecant.times(h0)).times(3)
  let known = Row.load(scratch, memory.row(last &- 1)).times(h1).plus(Row.load(scratch, 0).times(h0))
  let weight =
    2 * (h0 + h1)
    + (scratch[memory.couplings &+ last &- 1] * h1 + scratch[memory.couplings] * h0)
  let slope = right.minus(known).over(weight)
  slope.store(&scratch, memory.row(last))
  for i in 0..<last {
    let part = Row.load(scratch, memory.row(i))
    part.plus(slope.times(scratch[memory.couplings &+ i])).store(&scratch, memory.row(i))
  }
  if !isClosed { Row.load(scratch, 0).store(&scratch, memory.row(segments)) }
}
