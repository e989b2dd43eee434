/// Gaussian elimination of a tridiagonal system, row by row, all right sides in one sweep.
///
/// For rows whose diagonal outweighs the rest: no pivoting, one division a row. What back substitution needs is
/// `upper`, what stands above the diagonal after division, and `right`.
struct Elimination<Row: Columns>: BitwiseCopyable {
  var upper = 0.0
  var right = Row.zero

  /// - Returns: the reciprocal of the row's pivot.
  @inline(__always) @discardableResult
  mutating func row(below: Double, diagonal: Double, above: Double, right: Row) -> Double {
    let pivot = 1 / (diagonal - below * upper)
    upper = above * pivot
    self.right = right.minus(self.right.times(below)).times(pivot)
    return pivot
  }
}

/// The inner rows of a C2 spline, h₁·m₀ + 2(h₀ + h₁)·m₁ + h₀·m₂ = 3(h₁·δ₀ + h₀·δ₁): secants in, right sides out.
///
/// - Returns: the row whose factor holds for all later ones, too.
@inline(__always)
func eliminateInner<Row: Columns>(
  _ memory: SlopeMemory, rows: Range<Int>, secant: inout Row, _ sweep: inout Elimination<Row>,
  _ scratch: inout MutableSpan<Double>
) -> Int {
  var i = rows.lowerBound
  var settled = Int.max
  if memory.isUniform {
    // The factors 1/(4 − factor) settle to the bit within a few rows; from there on nothing is divided.
    var before = -1.0
    while i < rows.upperBound, sweep.upper != before {
      before = sweep.upper
      let next = Row.load(scratch, memory.row(i))
      sweep.row(below: 1, diagonal: 4, above: 1, right: secant.plus(next).times(3))
      secant = next
      sweep.right.store(&scratch, memory.row(i))
      scratch[memory.factors &+ i] = sweep.upper
      i &+= 1
    }
    settled = i &- 1
    let pivot = sweep.upper
    while i < rows.upperBound {
      let next = Row.load(scratch, memory.row(i))
      sweep.right = secant.plus(next).times(3).minus(sweep.right).times(pivot)
      secant = next
      sweep.right.store(&scratch, memory.row(i))
      i &+= 1
    }
    return settled
  }
  var h0 = memory.step(i &- 1, scratch)
  while i < rows.upperBound {
    let h1 = memory.step(i, scratch)
    let next = Row.load(scratch, memory.row(i))
    sweep.row(
      below: h1, diagonal: 2 * (h0 + h1), above: h0, right: secant.times(h1).plus(next.times(h0)).times(3))
    (secant, h0) = (next, h1)
    sweep.right.store(&scratch, memory.row(i))
    scratch[memory.factors &+ i] = sweep.upper
    i &+= 1
  }
  return settled
}

/// Right sides in, unknowns out, from the last row to the first.
@inline(__always)
func substituteBack<Row: Columns>(
  _: Row.Type, _ memory: SlopeMemory, rows: ClosedRange<Int>, settled: Int,
  _ scratch: inout MutableSpan<Double>
) {
  var slope = Row.load(scratch, memory.row(rows.upperBound))
  var i = rows.upperBound
  while i > rows.lowerBound {
    i &-= 1
    let factor = scratch[memory.factors &+ min(i, settled)]
    slope = Row.load(scratch, memory.row(i)).minus(slope.times(factor))
    slope.store(&scratch, memory.row(i))
  }
}
