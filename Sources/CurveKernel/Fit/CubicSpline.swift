// C2 cubic splines, solved for their slopes.

/// Slopes of an open spline, in place of the secants.
///
/// The rows of the inner points (`eliminateInner`) are closed by:
/// - natural: 2·m₀ + m₁ = 3·δ₀;
/// - clamped: m₀ given;
/// - not-a-knot: the outer two segments are one cubic. With the first inner row it leaves
///   (h₀ + h₁)·m₁ + h₀·m₂ = (h₁²·δ₀ + h₀(2h₀ + 3h₁)·δ₁)/(h₀ + h₁), positive throughout and free of cancellation,
///   so that m₀ drops out of the system and follows afterwards.
/// - Source: de Boor, "A Practical Guide to Splines" (1978), chapter IV; the elimination of m₀ is worked out here.
@inline(__always)
func openSpline<Row: Columns>(
  _ memory: SlopeMemory, segments: Int, _ boundary: Boundary, _ clamps: (Row, Row),
  _ scratch: inout MutableSpan<Double>
) {
  let last = segments &- 1
  var secant = Row.load(scratch, 0)
  let finalSecant = Row.load(scratch, memory.row(last))
  if segments == 1, boundary != .clamped {
    secant.store(&scratch, memory.row(1))
    return
  }
  if boundary == .notAKnot {
    if segments == 2 {
      parabola(memory, secant, finalSecant, &scratch)
    } else {
      notAKnotSpline(memory, segments: segments, secant, finalSecant, &scratch)
    }
    return
  }
  var sweep = Elimination<Row>()
  let isClamped = boundary == .clamped
  if isClamped {
    sweep.right = clamps.0
  } else {
    sweep.row(below: 0, diagonal: 2, above: 1, right: secant.times(3))
  }
  sweep.right.store(&scratch, 0)
  scratch[memory.factors] = sweep.upper
  let settled = eliminateInner(memory, rows: 1..<segments, secant: &secant, &sweep, &scratch)
  if isClamped {
    sweep.right = clamps.1
  } else {
    sweep.row(below: 1, diagonal: 2, above: 0, right: finalSecant.times(3))
  }
  sweep.right.store(&scratch, memory.row(segments))
  substituteBack(Row.self, memory, rows: 0...segments, settled: settled, &scratch)
}

/// Three points, not-a-knot: the parabola through them.
@inline(__always)
private func parabola<Row: Columns>(
  _ memory: SlopeMemory, _ first: Row, _ second: Row, _ scratch: inout MutableSpan<Double>
) {
  let (h0, h1) = (memory.step(0, scratch), memory.step(1, scratch))
  let bend = second.minus(first).over(h0 + h1)
  first.minus(bend.times(h0)).store(&scratch, 0)
  first.plus(bend.times(h0)).store(&scratch, memory.row(1))
  second.plus(bend.times(h1)).store(&scratch, memory.row(2))
}

@inline(__always)
private func notAKnotSpline<Row: Columns>(
  _ memory: SlopeMemory, segments: Int, _ first: Row, _ last: Row, _ scratch: inout MutableSpan<Double>
) {
  let (h0, h1) = (memory.step(0, scratch), memory.step(1, scratch))
  let (k0, k1) = (memory.step(segments &- 1, scratch), memory.step(segments &- 2, scratch))
  let second = Row.load(scratch, memory.row(1))
  var secant = second
  var sweep = Elimination<Row>()
  sweep.row(below: 0, diagonal: h0 + h1, above: h0, right: outerRight(h0, h1, first, second))
  sweep.right.store(&scratch, memory.row(1))
  scratch[memory.factors &+ 1] = sweep.upper
  let settled = eliminateInner(memory, rows: 2..<(segments &- 1), secant: &secant, &sweep, &scratch)
  sweep.row(below: k0, diagonal: k0 + k1, above: 0, right: outerRight(k0, k1, last, secant))
  sweep.right.store(&scratch, memory.row(segments &- 1))
  substituteBack(Row.self, memory, rows: 1...(segments &- 1), settled: settled, &scratch)
  let inner = (Row.load(scratch, memory.row(1)), Row.load(scratch, memory.row(segments &- 1)))
  outerSlope(h0, h1, first, second, inner.0).store(&scratch, 0)
  outerSlope(k0, k1, last, secant, inner.1).store(&scratch, memory.row(segments))
}

/// (h₁²·δ₀ + h₀(2h₀ + 3h₁)·δ₁)/(h₀ + h₁)
@inline(__always)
private func outerRight<Row: Columns>(_ h0: Double, _ h1: Double, _ outer: Row, _ inner: Row) -> Row {
  let whole = h0 + h1
  return outer.times(h1 * (h1 / whole)).plus(inner.times(h0 * ((2 * h0 + 3 * h1) / whole)))
}

/// The end slope m₀ of the cubic that runs through two segments, from m₁: written in differences, since h₀/h₁ may be large.
@inline(__always)
private func outerSlope<Row: Columns>(
  _ h0: Double, _ h1: Double, _ outer: Row, _ inner: Row, _ slope: Row
) -> Row {
  let mean = outer.times(2).minus(slope).plus(outer.minus(inner).times(h0 / (h0 + h1)))
  return mean.plus(inner.minus(slope).times(h0 / h1))
}
