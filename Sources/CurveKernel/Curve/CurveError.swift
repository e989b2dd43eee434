/// What can be wrong with a curve or with what is asked of it. Cases carry numbers; words are made when asked for.
/// Points are counted from 0.
public enum CurveError: Error, Equatable, Sendable, CustomStringConvertible {
  case noPoints
  case tooFewPoints(kind: String, count: Int, needed: Int, from: Int)
  case wrongPointCount(kind: String, count: Int, rule: String, from: Int)
  case wrongDimensions(Int)
  case ragged(numbers: Int, dimensions: Int)
  case notFinite(index: Int)
  case gap(index: Int)
  case notRising(index: Int)
  case notPeriodic(index: Int, isX: Bool)
  case optionOutOfRange(name: String, value: Double, range: String)
  case optionMismatch(name: String, reason: String)
  case wrongTangents(index: Int?, count: Int, needed: Int)
  case tangentNotFinite(index: Int)
  case wrongSlopes(count: Int, needed: Int)
  case wrongWeights(count: Int, needed: Int)
  case badWeight(index: Int, value: Double)
  case weightsTooFar(least: Double, most: Double, isMeasured: Bool)
  case wrongKnots(count: Int, points: Int, degree: Int)
  case badKnot(index: Int, value: Double, before: Double?)
  case repeatedKnot(index: Int, value: Double, most: Int)
  case emptyKnots(degree: Int, value: Double)
  case tooLarge(isFloat: Bool)
  case wrongSampling(name: String, value: Int, smallest: Int)
  case toleranceTooFine(Double, isFloat: Bool, largest: Double, step: Double, least: Double)
  case wrongDerivative(Int)
  case tooManyPoints(Int?)
  case outside(index: Int, value: Double, first: Double, last: Double)
  case inGap(index: Int, value: Double)
  case wrongBufferSize(count: Int, needed: Int)
  case wrongHorizon(Int)
  case lonePoint(index: Int)
  case tooFar(point: Int, isFloat: Bool)

  public var description: String {
    switch self {
    case .noPoints: "there is no point: send at least 2"
    case .tooFewPoints(let kind, let count, let needed, let from):
      "\(kind) needs at least \(needed) points, got \(count)\(CurveError.place(from)): add points or choose another type"
    case .wrongPointCount(let kind, let count, let rule, let from):
      "\(kind) needs \(rule) points, got \(count)\(CurveError.place(from)): add or drop control points"
    case .wrongDimensions(let d): "points of \(d) dimensions: send 1 to 4 coordinates a point"
    case .ragged(let numbers, let d):
      "\(numbers) numbers are no whole points of \(d) coordinates: check the dimensions"
    case .notFinite(let i): "point \(i) has an infinite coordinate: drop it or replace it"
    case .gap(let i): "point \(i) has a NaN coordinate: drop it, or set gaps to break"
    case .notRising(let i): "x at point \(i) does not increase: sort by x and merge points of equal x"
    case .notPeriodic(let i, let isX):
      "point \(i) does not repeat the first \(isX ? "ordinate" : "point"), as periodic asks: repeat it, or close the curve"
    case .optionOutOfRange(let name, let value, let range): "\(name) is \(shown(value)): give \(range)"
    case .optionMismatch(let name, let reason): "\(name) \(reason)"
    case .wrongTangents(let index?, let count, let needed):
      "the tangent of point \(index) has \(count) numbers: give \(needed), one a coordinate"
    case .wrongTangents(nil, let count, let needed):
      "\(count) tangents for \(needed) points: give one a point"
    case .tangentNotFinite(let i): "the tangent of point \(i) is missing or infinite: give finite numbers"
    case .wrongSlopes(let count, let needed):
      "an end slope has \(count) numbers: give \(needed), one a coordinate, at both ends"
    case .wrongWeights(let count, let needed): "\(count) weights for \(needed) points: give one a point"
    case .badWeight(let i, let value): "weight \(i) is \(shown(value)): give finite numbers above 0"
    case .weightsTooFar(let least, let most, let isMeasured):
      isMeasured
        ? "weights from \(shown(least)) to \(shown(most)) are too far apart to measure or flatten the curve: give such as differ by 65536 at most"
        : "weights from \(shown(least)) to \(shown(most)) are too far apart: give such as differ by 10^28 at most"
    case .wrongKnots(let count, let points, let degree):
      "\(count) knots for \(points) points of degree \(degree): give points + degree + 1, \(points + degree + 1)"
    case .badKnot(let i, let value, let before?):
      "knot \(i) (\(shown(value))) is less than the one before it (\(shown(before))): give knots that do not fall"
    case .badKnot(let i, let value, nil): "knot \(i) is \(shown(value)): give finite numbers"
    case .repeatedKnot(let i, let value, let most):
      "knot \(i) repeats \(shown(value)) once too often: at most \(most) times here, or the curve would break"
    case .emptyKnots(let degree, let value):
      "the knots leave the curve no length: it runs from knot \(degree) to the last but \(degree), both \(shown(value))"
    case .tooLarge(let isFloat):
      isFloat
        ? "the curve leaves the range of f32: ask for f64, or scale the points down"
        : "the curve leaves the range of f64: scale the points down"
    case .wrongSampling(let name, let value, let smallest):
      "\(name) is \(value): give \(smallest) to 2147483648"
    case .toleranceTooFine(let value, let isFloat, let largest, let step, let least):
      "tolerance is \(shown(value)): at coordinates up to \(shown(largest)), \(isFloat ? "f32" : "f64") tells \(shown(step)) apart; "
        + "\(isFloat ? "ask for f64, " : "")subtract an origin from the points, or give \(shown(least)) or more"
    case .wrongDerivative(let order): "derivative is \(order): give 0 (positions), 1 or 2"
    case .tooManyPoints(let count):
      "\(count.map { "\($0)" } ?? "more than 2^63") points asked for: at most 2147483648 (2^31), take fewer samples"
    case .outside(let i, let value, let first, let last):
      "parameter \(i) (\(shown(value))) is outside the curve: give \(shown(first)) to \(shown(last))"
    case .inGap(let i, let value): "parameter \(i) (\(shown(value))) lies in a gap: give one on the curve"
    case .wrongBufferSize(let count, let needed):
      "the buffer holds \(count) elements: the result has \(needed)"
    case .wrongHorizon(let value): "horizon is \(value): give 1 to \(Prediction.largestHorizon)"
    case .lonePoint(let i):
      "point \(i) stands alone behind a gap and has no direction to go on in: add a point, or leave it out"
    case .tooFar(let point, let isFloat):
      "predicted point \(point) leaves the range of \(isFloat ? "f32" : "f64"): "
        + (point > 1 ? "lower the horizon, or scale the points down" : "scale the points down")
    }
  }

  private static func place(_ from: Int) -> String {
    from == 0 ? "" : " in the piece that begins at point \(from)"
  }
}
