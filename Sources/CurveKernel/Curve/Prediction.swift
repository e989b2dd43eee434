/// The points beyond a curve's last, step by step, in Double.
///
/// What they are: `Extrapolation`. Everything that can go wrong is found when it is made.
package struct Prediction: Sendable {
  package static let largestHorizon = 1_000_000

  package let dimensions: Int
  package let horizon: Int
  /// Points given out so far.
  package private(set) var done = 0
  private var courses: [Course]
  private let round: RoundTrip?

  /// - Parameters:
  ///   - limit: the largest number that may come out.
  ///   - epsilon: `ulpOfOne` of the type that the points came in.
  /// - Throws: a wrong horizon, a last piece of one point, or the first predicted point beyond `limit`.
  package init(
    _ shape: CurveShape, horizon: Int, extrapolation: Extrapolation, limit: Double, epsilon: Double
  ) throws(CurveError) {
    guard (1...Prediction.largestHorizon).contains(horizon) else { throw .wrongHorizon(horizon) }
    (self.horizon, dimensions) = (horizon, shape.dimensions)
    let tail = try CurveTail(shape, epsilon: epsilon)
    round = extrapolation == .curve ? try RoundTrip(shape, tail) : nil
    switch extrapolation {
    case _ where round != nil: courses = tail.isByX ? [tail.line(0)] : []
    case .curve: courses = try tail.courses(of: shape)
    case .linear: courses = (0..<shape.dimensions).map { tail.line($0) }
    case .spline: courses = try tail.spline()
    case .damped: courses = tail.damped()
    }
    try check(limit)
  }

  /// Finds the first point beyond the limit; a bound spares the search nearly always.
  private func check(_ limit: Double) throws(CurveError) {
    if courses.allSatisfy({ $0.bound(horizon) <= limit }) { return }
    var courses = courses
    for s in 1...horizon {
      for k in courses.indices where !(abs(courses[k].next()) <= limit) {
        throw .tooFar(point: s, isFloat: limit < .greatestFiniteMagnitude)
      }
    }
  }

  /// The next points, flat; fewer than `count` at the end.
  package mutating func next(_ count: Int) throws(CurveError) -> [Double] {
    let count = min(count, horizon - done)
    let d = dimensions
    var points: [Double]
    if let round {
      points = try round.points(done..<done + count)
    } else {
      points = [Double](repeating: 0, count: count * d)
    }
    for k in courses.indices {
      var course = courses[k]
      for i in 0..<count { points[i * d + k] = course.next() }
      courses[k] = course
    }
    done += count
    return points
  }
}
