/// What is particular to the B-spline kinds: degree, weights and knots, checked once.
extension CurveShape {
  /// Weights may differ by this factor at most: beyond it a Float denominator would vanish.
  static let widestWeights = 0x1p96

  static func checkSplines(_ kind: CurveKind, _ o: FitOptions) throws(CurveError) {
    switch kind {
    case .bSpline(let degree, let knots), .nurbs(let degree, _, let knots):
      try check(degree: degree)
      if o.isClosed, case .given = knots {
        throw .optionMismatch(
          name: "knots", reason: "of a closed curve are uniform: leave them out, or leave closed out")
      }
    case .interpolatingBSpline(let degree, _):
      try check(degree: degree)
      guard !o.isClosed else {
        throw .optionMismatch(
          name: "closed", reason: "does not belong to interpolating-b-spline: choose cubic, which closes")
      }
    case .smoothing(let lambda, _):
      guard lambda.map({ $0 >= 0 && $0.isFinite }) ?? true else {
        throw .optionOutOfRange(name: "lambda", value: lambda ?? 0, range: "0 (interpolate) or more")
      }
      guard !o.isClosed else {
        throw .optionMismatch(name: "closed", reason: "does not belong to smoothing: leave it out")
      }
    default: return
    }
  }

  private static func check(degree: Int) throws(CurveError) {
    guard (1...5).contains(degree) else {
      throw .optionOutOfRange(name: "degree", value: Double(degree), range: "a whole number from 1 to 5")
    }
  }

  /// One weight a point.
  static func weights(_ given: [Double], pointCount: Int) throws(CurveError) -> [Double] {
    if given.isEmpty { return [Double](repeating: 1, count: pointCount) }
    guard given.count == pointCount else { throw .wrongWeights(count: given.count, needed: pointCount) }
    var (least, most) = (Double.infinity, 0.0)
    for (i, weight) in given.enumerated() {
      guard weight > 0, weight.isFinite else { throw .badWeight(index: i, value: weight) }
      (least, most) = (min(least, weight), max(most, weight))
    }
    guard most / least <= widestWeights else {
      throw .weightsTooFar(least: least, most: most, isMeasured: false)
    }
    return given
  }

  /// Lengths and distances are proven for rational curves whose weights differ by this factor at most.
  private static let widestMeasured = 0x1p16

  /// - Throws: `weightsTooFar` for a rational curve that runs too unevenly to be measured.
  func checkMeasurable() throws(CurveError) {
    guard options.family == .nurbs, weightRange.most / weightRange.least > CurveShape.widestMeasured else {
      return
    }
    throw weightsTooFar
  }

  /// What is wrong with a rational curve that runs too unevenly for what is asked.
  var weightsTooFar: CurveError {
    .weightsTooFar(least: weightRange.least, most: weightRange.most, isMeasured: true)
  }

  private var weightRange: (least: Double, most: Double) {
    extra.prefix(points.count / dimensions).reduce((.infinity, 0)) { (min($0.0, $1), max($0.1, $1)) }
  }

  static func knots(_ knots: KnotVector) -> [Double] {
    if case .given(let numbers) = knots { numbers } else { [] }
  }

  /// The distinct values of given knots over which the curve runs, the knots checked.
  static func breaks(_ kind: CurveKind, _ o: FitOptions, pointCount: Int) throws(CurveError) -> [Double] {
    let given: [Double]
    switch kind {
    case .bSpline(_, .given(let knots)), .nurbs(_, _, .given(let knots)): given = knots
    default: return []
    }
    let degree = Int(o.degree)
    guard pointCount > degree else { return [] }  // too few points, as the pieces' check says
    guard given.count == pointCount + degree + 1 else {
      throw .wrongKnots(count: given.count, points: pointCount, degree: degree)
    }
    for (i, knot) in given.enumerated() {
      guard knot.isFinite else { throw .badKnot(index: i, value: knot, before: nil) }
      guard i == 0 || given[i - 1] <= knot else {
        throw .badKnot(index: i, value: knot, before: given[i - 1])
      }
    }
    guard (given[given.count - 1] - given[0]).isFinite else { throw .tooLarge(isFloat: false) }
    let (first, last) = (given[degree], given[pointCount])
    guard first < last else { throw .emptyKnots(degree: degree, value: first) }
    var breaks = [first]
    var (i, repeats) = (0, 0)
    while i < given.count {
      repeats = i > 0 && given[i] == given[i - 1] ? repeats + 1 : 1
      let isInside = given[i] > first && given[i] < last
      guard repeats <= (isInside ? degree : degree + 1) else {
        throw .repeatedKnot(index: i, value: given[i], most: isInside ? degree : degree + 1)
      }
      if repeats == 1, isInside { breaks.append(given[i]) }
      i += 1
    }
    return breaks + [last]
  }
}
