/// The given points that a prediction goes on from: those of the last piece.
///
/// Gaps behind them are passed over, so that one step after the last given point may lie in such a gap. Where distances
/// run the parameter (`chordal`, `centripetal`, `alpha` above 0), a point that repeats the one before drops out.
struct CurveTail {
  let dimensions: Int
  /// Flat, one or more.
  let points: [Double]
  let parameterization: Parameterization
  /// The distance from one of the numbers that the points were given in to the next, at 1.
  private let epsilon: Double
  /// With `x`, what x goes on by: its last step, or, evenly spaced to within rounding, its mean step. Else 1.
  private(set) var stride = 1.0

  var count: Int { points.count / dimensions }
  var isByX: Bool { parameterization == .x }

  /// - Throws: `lonePoint` when the last piece is a single point: it has no direction.
  init(_ shape: CurveShape, epsilon: Double) throws(CurveError) {
    guard let range = shape.pieces.last?.points else { throw .noPoints }
    guard range.count > 1 else { throw .lonePoint(index: range.lowerBound) }
    let d = shape.dimensions
    dimensions = d
    parameterization = shape.options.parameterization
    self.epsilon = epsilon
    let ignoresRepeats = shape.measuresDistances
    var kept: [Double] = []
    kept.reserveCapacity(range.count * d)
    for i in range {
      let point = shape.points[i * d..<(i + 1) * d]
      if ignoresRepeats, i > range.lowerBound, point.elementsEqual(kept.suffix(d)) { continue }
      kept += point
    }
    points = kept
    if isByX { stride = evenStep(0) ?? leg(0) }
  }

  subscript(i: Int, k: Int) -> Double { points[i * dimensions + k] }

  func last(_ k: Int) -> Double { self[count - 1, k] }

  /// From the point before the last to the last.
  func leg(_ k: Int) -> Double { count < 2 ? 0 : last(k) - self[count - 2, k] }

  /// The step of a coordinate that runs along a straight line at constant speed, to within the rounding of its
  /// numbers; nil when it does not.
  ///
  /// Half a unit in the last place may be wrong with any of three points, and as much again with each of the
  /// operations here: four units of the largest in all.
  func evenStep(_ k: Int) -> Double? {
    guard count > 1 else { return nil }
    let runsByX = isByX && k > 0
    let first = place(0, runsByX)
    let step = (last(k) - self[0, k]) / -first
    let xNoise = runsByX ? abs(step) * (largest(0) / stride) : 0
    let tolerance = 4 * epsilon * (largest(k) + xNoise)
    for i in 0..<count {
      let deviation = self[i, k] - (last(k) + step * place(i, runsByX))
      guard abs(deviation) <= tolerance else { return nil }
    }
    return step
  }

  /// Steps from the last point to point `i`: 0 or less.
  private func place(_ i: Int, _ runsByX: Bool) -> Double {
    runsByX ? (self[i, 0] - last(0)) / stride : Double(i - (count - 1))
  }

  private func largest(_ k: Int) -> Double {
    var largest = 0.0
    for i in 0..<count { largest = max(largest, abs(self[i, k])) }
    return largest
  }

  /// The parameter's steps between the points, in units of the step that a prediction takes.
  var steps: [Double] {
    let ring = Ring(dimensions: dimensions, count: count, isClosed: false)
    let last = isByX ? stride : parameterStep(ring, points.span, parameterization, count - 2)
    return (0..<count - 1).map { parameterStep(ring, points.span, parameterization, $0) / last }
  }
}

extension CurveShape {
  /// Whether distances run the parameter, so that repeated points take no part.
  var measuresDistances: Bool {
    options.parameterization == .chordal || options.parameterization == .centripetal
      || (options.family == .catmullRom && options.alpha > 0)
  }
}
