// The knots of a smoothing spline: points, their parameter's steps and their rises.

/// Writes rise, step and weight of every knot.
///
/// Points that coincide under a measured parameter are one knot with their number as weight: they are several
/// observations of one value, and Σ(y − f)² over them is as small as for one point that counts so often. Steps are
/// multiplied by the power of two that brings the smallest and largest equally near to 1; a step beyond 2^±240 from there,
/// whose fourth power would leave the range of numbers, is NaN, and with it the curve.
/// - Returns: how many knots there are, and the power of two.
@inline(__always)
func measureSmoothing<Row: Columns>(
  _: Row.Type, _ ring: Ring, _ memory: SmoothingMemory, _ parameterization: Parameterization,
  _ points: Span<Double>, _ scratch: inout MutableSpan<Double>
) -> (knots: Int, scale: Int) {
  let first = memory.firstColumn
  var start = Row.load(points, first)
  if memory.isUniform {
    for i in 1..<memory.points {
      let end = Row.load(points, ring.offset(i) &+ first)
      end.minus(start).store(&scratch, memory.residual(i))
      start = end
    }
    return (memory.points, 0)
  }
  if memory.isMeasured { scratch[memory.weights] = 1 }
  var knots = 1
  var (smallest, largest) = (Double.infinity, 0.0)
  for i in 1..<memory.points {
    let step = parameterStep(ring, points, parameterization, i &- 1)
    if step == 0 {
      scratch[memory.weights &+ knots &- 1] += 1
      continue
    }
    (smallest, largest) = (min(smallest, step), max(largest, step))
    scratch[memory.steps &+ knots &- 1] = step
    let end = Row.load(points, ring.offset(i) &+ first)
    end.minus(start).store(&scratch, memory.residual(knots))
    if memory.isMeasured { scratch[memory.weights &+ knots] = 1 }
    start = end
    knots &+= 1
  }
  guard knots > 1, largest < .infinity else {
    if knots > 1 { scratch[memory.steps] = .nan }
    return (knots, 0)
  }
  let scale = 0 &- ((Int(smallest.exponent) &+ Int(largest.exponent)) >> 1)
  let isInRange = Int(largest.exponent) &+ scale < 240
  for i in 0..<(knots &- 1) {
    scratch[memory.steps &+ i] =
      isInRange ? scaled(scratch[memory.steps &+ i], by: scale) : .nan
  }
  return (knots, scale)
}

/// Opens the rows again where coinciding points were one knot: their segments' steps become 0. Backwards and in
/// place: a row's origin never lies behind it.
func spreadSmoothing(
  _ ring: Ring, _ memory: SmoothingMemory, knots: Int, _ points: Span<Double>,
  _ scratch: inout MutableSpan<Double>
) {
  var knot = knots &- 1
  var i = memory.points &- 1
  while i >= 0 {
    for k in 0..<memory.columns {
      scratch[memory.residual(i) &+ k] = scratch[memory.residual(knot) &+ k]
      scratch[memory.bend(i) &+ k] = scratch[memory.bend(knot) &+ k]
    }
    if i > 0 {
      if ring.same(points, i &- 1, i) {
        scratch[memory.steps &+ i &- 1] = 0
      } else {
        knot &-= 1
        scratch[memory.steps &+ i &- 1] = scratch[memory.steps &+ knot]
      }
    }
    i &-= 1
  }
}
