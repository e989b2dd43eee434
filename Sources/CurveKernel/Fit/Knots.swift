// How the parameter runs: the step of every segment, and the secants that the slopes are made of.

/// The parameter's step from point `i` to the next.
@inline(__always)
func parameterStep(_ ring: Ring, _ points: Span<Double>, _ parameterization: Parameterization, _ i: Int)
  -> Double
{
  switch parameterization {
  case .uniform: 1
  case .chordal: distance(ring, points, i, i &+ 1)
  case .centripetal: distance(ring, points, i, i &+ 1).squareRoot()
  case .x: points[ring.offset(i &+ 1)] - points[ring.offset(i)]
  }
}

/// Writes step and secant of every segment that has a length, close together; the others drop out.
///
/// Steps are written in a unit of their own, the power of two next to the first: only their proportions matter, a
/// power of two changes no digit, and so the secants keep the size of their column, however large or small x is.
/// A step that has no place beside the first one is NaN, and with it the curve.
/// - Returns: how many there are, and the unit: what the parameter's steps were multiplied by. A step is 0 only
///   between equal points, so that no secant divides by zero.
@inline(__always)
func measureSegments<Row: Columns>(
  _: Row.Type, _ ring: Ring, _ memory: SlopeMemory, _ parameterization: Parameterization,
  _ points: Span<Double>, _ scratch: inout MutableSpan<Double>
) -> (segments: Int, unit: Double) {
  let first = memory.firstColumn
  var start = Row.load(points, first)
  if memory.isUniform {
    for i in 0..<memory.segments {
      let end = Row.load(points, ring.offset(i &+ 1) &+ first)
      end.minus(start).store(&scratch, memory.row(i))
      start = end
    }
    return (memory.segments, 1)
  }
  var count = 0
  var unit = 1.0
  for i in 0..<memory.segments {
    let step = parameterStep(ring, points, parameterization, i)
    if step == 0 { continue }
    if count == 0 { unit = stepUnit(step) }
    let product = step * unit
    let h = product >= .leastNormalMagnitude ? product : .nan
    let end = Row.load(points, ring.offset(i &+ 1) &+ first)
    end.minus(start).over(h).store(&scratch, memory.row(count))
    scratch[memory.steps &+ count] = h
    start = end
    count &+= 1
  }
  return (count, unit)
}

/// The power of two that brings a step to 1…2, or near it at the ends of the range.
func stepUnit(_ step: Double) -> Double {
  Double(sign: .plus, exponent: -min(max(step.exponent, -1000), 1000), significand: 1)
}

/// Opens the rows again where segments have dropped out: their steps become 0, and repeated points share a slope.
///
/// Backwards and in place: a row's origin never lies behind it. Point `i` has the slope of the distinct point that
/// as many real segments precede; round a ring the last of them precedes the first point, too.
func spreadSlopes(
  _ ring: Ring, _ memory: SlopeMemory, segments: Int, _ points: Span<Double>,
  _ scratch: inout MutableSpan<Double>
) {
  var before = segments
  var i = memory.points &- 1
  if !ring.isClosed { spreadRow(memory, from: before, to: i, &scratch) }
  while i >= 0 {
    if i < memory.segments {
      if ring.same(points, i, i &+ 1) {
        scratch[memory.steps &+ i] = 0
      } else {
        before &-= 1
        scratch[memory.steps &+ i] = scratch[memory.steps &+ before]
      }
      spreadRow(memory, from: ring.isClosed && before == segments ? 0 : before, to: i, &scratch)
    }
    i &-= 1
  }
}

@inline(__always)
private func spreadRow(_ memory: SlopeMemory, from: Int, to: Int, _ scratch: inout MutableSpan<Double>) {
  for k in 0..<memory.columns { scratch[memory.row(to) &+ k] = scratch[memory.row(from) &+ k] }
}
