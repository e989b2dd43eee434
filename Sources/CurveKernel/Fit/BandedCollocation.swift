// The control points of a B-spline that runs through given points.

/// Solves Σ B(j)(x(i))·c(j) = y(i), right sides in, control points out.
///
/// The matrix is banded, at most four numbers on either side of its diagonal, and totally positive: elimination needs no
/// pivots and amplifies no rounding. Every row spans degree + 1 columns and no elimination leaves them.
/// - Source: de Boor, "A Practical Guide to Splines" (1978), chapter XIII; de Boor & Pinkus, "Backward error analysis
///   for totally positive linear systems" (1977).
@inline(__always)
func solveCollocation<Row: Columns>(
  _: Row.Type, _ knots: InterpolatingKnots, _ memory: InterpolatingMemory,
  _ scratch: inout MutableSpan<Double>
) {
  let degree = knots.degree
  // All inner rows of even knots are one.
  var (inner, isInner) = (Six(repeating: 0), false)
  for i in 0..<knots.count {
    let span = knots.span(at: 2 &* i)
    let first = span &- degree
    var row = inner
    let wasInner = isInner
    isInner = memory.isUniform && knots.isInner(span: span)
    if !wasInner || !isInner {
      row = KnotDistances(knots, memory, span: span, place: 2 &* i, scratch.span).basis(degree: degree)
      inner = row
    }
    var right = Row.load(scratch, memory.row(i))
    for j in first..<max(first, i) {
      let place = memory.factor(j)
      let factor = row[j &- first] * scratch[place]
      for t in 1..<5 where j &+ t &- first <= degree {
        row[j &+ t &- first] -= factor * scratch[place &+ t]
      }
      right = right.minus(Row.load(scratch, memory.row(j)).times(factor))
    }
    let place = memory.factor(i)
    scratch[place] = 1 / row[i &- first]
    for t in 1..<5 { scratch[place &+ t] = i &+ t &- first <= degree ? row[i &+ t &- first] : 0 }
    right.store(&scratch, memory.row(i))
  }
  var i = knots.count
  while i > 0 {
    i &-= 1
    let place = memory.factor(i)
    var right = Row.load(scratch, memory.row(i))
    for t in 1..<5 where i &+ t < knots.count {
      right = right.minus(Row.load(scratch, memory.row(i &+ t)).times(scratch[place &+ t]))
    }
    right.times(scratch[place]).store(&scratch, memory.row(i))
  }
}
