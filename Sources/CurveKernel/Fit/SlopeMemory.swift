/// Where a curve of slopes keeps its numbers in the scratch memory.
///
/// Rows of `columns` numbers, one a point, first hold the secants of the segments, then in the same place the slopes
/// of the points, both per unit of the parameter. Behind them lie the steps (nothing where every step is 1) and
/// what a solve needs.
struct SlopeMemory: BitwiseCopyable {
  /// The factors of the uniform system settle within this many rows.
  static let settlingRows = 64

  let points: Int
  let segments: Int
  let columns: Int
  /// The coordinate of the first column: with `x` the first coordinate is the parameter, its slope 1.
  let firstColumn: Int
  let isUniform: Bool
  let isPeriodic: Bool
  let steps, factors, couplings, count: Int

  init(_ options: FitOptions, pointCount: Int, dimensions: Int) {
    points = pointCount
    segments = options.isClosed ? pointCount : max(pointCount &- 1, 0)
    firstColumn = options.parameterization == .x ? 1 : 0
    columns = dimensions &- firstColumn
    isUniform = options.parameterization == .uniform
    let isCubic = options.family == .cubic
    isPeriodic = isCubic && (options.isClosed || options.boundary == .periodic)
    steps = points &* columns
    factors = steps &+ (isUniform ? 0 : points)
    let isSettling = isUniform && !isPeriodic
    couplings = factors &+ (!isCubic ? 0 : isSettling ? min(points, Self.settlingRows) : points)
    count = couplings &+ (isPeriodic ? points : 0)
  }

  /// The parameter's step over a segment, in the unit of `measureSegments`; 0 where repeated points make it a point.
  @inline(__always) func step(_ i: Int, _ scratch: Span<Double>) -> Double {
    isUniform ? 1 : scratch[steps &+ i]
  }

  @inline(__always) func step(_ i: Int, _ scratch: borrowing MutableSpan<Double>) -> Double {
    isUniform ? 1 : scratch[steps &+ i]
  }

  @inline(__always) func row(_ i: Int) -> Int { i &* columns }
}
