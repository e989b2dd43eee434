/// Where a smoothing spline keeps its numbers in the scratch memory.
///
/// Rows of `columns` numbers, one a point: `residuals` (given less fitted ordinate; before that the ordinate's rise
/// from the point before) and `bends` (second derivatives per unit of the scaled parameter). Steps lie behind them
/// unless every step is 1, weights where points may coincide, and four factors a point.
struct SmoothingMemory: BitwiseCopyable {
  let points, columns: Int
  /// The coordinate of the first column: with `x` the first coordinate is the parameter and is not smoothed.
  let firstColumn: Int
  let isUniform: Bool
  /// Steps are distances: points that coincide are one knot.
  let isMeasured: Bool
  let bends, steps, weights, factors, count: Int

  init(_ options: FitOptions, pointCount: Int, dimensions: Int) {
    points = pointCount
    firstColumn = options.parameterization == .x ? 1 : 0
    columns = dimensions &- firstColumn
    isUniform = options.parameterization == .uniform
    isMeasured = options.parameterization == .chordal || options.parameterization == .centripetal
    bends = points &* columns
    steps = 2 &* bends
    weights = steps &+ (isUniform ? 0 : points)
    factors = weights &+ (isMeasured ? points : 0)
    count = factors &+ 4 &* points
  }

  @inline(__always) func residual(_ i: Int) -> Int { i &* columns }
  @inline(__always) func bend(_ i: Int) -> Int { bends &+ i &* columns }
  @inline(__always) func factor(_ i: Int) -> Int { factors &+ 4 &* i }

  /// The scaled step from knot `i` to the next; 0 where repeated points make the segment a point.
  @inline(__always) func step(_ i: Int, _ scratch: Span<Double>) -> Double {
    isUniform ? 1 : scratch[steps &+ i]
  }

  @inline(__always) func step(_ i: Int, _ scratch: borrowing MutableSpan<Double>) -> Double {
    isUniform ? 1 : scratch[steps &+ i]
  }

  /// How many points knot `i` stands for.
  @inline(__always) func weight(_ i: Int, _ scratch: borrowing MutableSpan<Double>) -> Double {
    isMeasured ? scratch[weights &+ i] : 1
  }
}
