// Akima's local slopes and their modification.

/// Slopes in place of the secants, column by column. `segments` is 2 or more.
///
/// m = (w₁·δ₋₁ + w₀·δ₀)/(w₀ + w₁) from the four secants round a point, w₁ = |δ₁ − δ₀|, w₀ = |δ₋₁ − δ₋₂|; makima adds
/// |δ₁ + δ₀|/2 and |δ₋₁ + δ₋₂|/2. An open end takes two secants more from the parabola through its outer points, a
/// ring its own from the other side. Where the weights vanish beside the column's largest, the slope is the mean of
/// δ₋₂ and δ₁.
/// - Source: Akima, "A new method of interpolation and smooth curve fitting" (1970); makima: Moler & Ionita (2019).
func akimaSlopes(
  _ memory: SlopeMemory, segments: Int, isClosed: Bool, isModified: Bool,
  _ scratch: inout MutableSpan<Double>
) {
  let points = isClosed ? segments : segments &+ 1
  for k in 0..<memory.columns {
    let start = SecantWindow(memory, column: k, segments: segments, isClosed: isClosed, scratch)
    var largest = 0.0
    var window = start
    for i in 0..<points {
      let (w0, w1) = window.weights(isModified)
      largest = max(largest, w0 + w1)
      window.advance(memory, to: i &+ 1, scratch)
    }
    window = start
    for i in 0..<points {
      let slope = window.slope(isModified, threshold: largest * 1e-9)
      window.advance(memory, to: i &+ 1, scratch)
      scratch[memory.row(i) &+ k] = slope
    }
  }
}

/// The four secants round a point.
private struct SecantWindow: BitwiseCopyable {
  let column, segments: Int
  /// What follows the last secant.
  let next, afterNext: Double
  var e0, e1, e2, e3: Double

  init(
    _ memory: SlopeMemory, column: Int, segments: Int, isClosed: Bool,
    _ scratch: borrowing MutableSpan<Double>
  ) {
    (self.column, self.segments) = (column, segments)
    let (first, second) = (scratch[column], scratch[memory.row(1) &+ column])
    let last = scratch[memory.row(segments &- 1) &+ column]
    let beforeLast = scratch[memory.row(segments &- 2) &+ column]
    (e2, e3) = (first, second)
    if isClosed {
      (e0, e1, next, afterNext) = (beforeLast, last, first, second)
    } else {
      e1 = 2 * first - second
      e0 = 2 * e1 - first
      next = 2 * last - beforeLast
      afterNext = 2 * next - last
    }
  }

  /// Moves on to point `i`, whose last secant is the one after next of the point.
  @inline(__always)
  mutating func advance(_ memory: SlopeMemory, to i: Int, _ scratch: borrowing MutableSpan<Double>) {
    (e0, e1, e2) = (e1, e2, e3)
    let following = i &+ 1
    e3 =
      following < segments
      ? scratch[memory.row(following) &+ column] : following == segments ? next : afterNext
  }

  /// The weight of the right-hand secant, then of the left-hand one.
  @inline(__always)
  func weights(_ isModified: Bool) -> (Double, Double) {
    let (w0, w1) = (abs(e1 - e0), abs(e3 - e2))
    return isModified ? (w0 + abs(e1 + e0) / 2, w1 + abs(e3 + e2) / 2) : (w0, w1)
  }

  @inline(__always)
  func slope(_ isModified: Bool, threshold: Double) -> Double {
    let (w0, w1) = weights(isModified)
    let sum = w0 + w1
    return sum > threshold ? e1 + w0 / sum * (e2 - e1) : (e0 + e3) / 2
  }
}
