// How each coordinate goes on. The reasons stand in `Extrapolation`.

extension CurveTail {
  /// Straight on along the last leg; evenly where the points are evenly spaced.
  func line(_ k: Int) -> Course { line(k, by: leg(k)) }

  /// - Parameter step: what the last step of the parameter would add.
  private func line(_ k: Int, by step: Double) -> Course {
    if isByX, k == 0 { return Course(from: last(0), by: stride) }
    if let step = evenStep(k) { return Course(from: last(k), by: step) }
    return Course(from: last(k), by: step).scaled(by: strideRatio)
  }

  /// A step of the prediction in units of the last step.
  private var strideRatio: Double { isByX ? stride / leg(0) : 1 }

  /// The curve's own way; it is neither closed nor periodic.
  func courses(of shape: CurveShape) throws(CurveError) -> [Course] {
    let all = 0..<dimensions
    switch shape.options.family {
    case .step: return all.map { isByX && $0 == 0 ? line(0) : Course(from: last($0), by: 0) }
    case .linear, .catmullRom, .cardinal, .kochanekBartels, .bezier, .quadraticBezier, .bSpline, .nurbs:
      return all.map(line)
    case .hermite:
      let end = (shape.pieces.last?.points.upperBound ?? 0) * dimensions
      return all.map { Course(from: last($0), by: shape.extra[end - dimensions + $0]) }
    case .monotone, .akima, .makima, .smoothing: return try fitted(shape, degree: 1)
    case .interpolatingBSpline: return try fitted(shape, degree: Int(shape.options.degree))
    case .cubic: return try fitted(shape, degree: shape.options.boundary == .notAKnot ? 3 : 1)
    }
  }

  /// The Taylor polynomial of a fitted curve at its end, cut at a degree. A clamped spline has its given slope, also
  /// beyond points on a straight line.
  private func fitted(_ shape: CurveShape, degree: Int) throws(CurveError) -> [Course] {
    let end = try CurveEnd(shape)
    let isGiven = shape.options.family == .cubic && shape.options.boundary == .clamped
    return (0..<dimensions).map { k in
      if isByX, k == 0 { return line(0) }
      if !isGiven, let step = evenStep(k) { return Course(from: last(k), by: step) }
      return Course(Array(end.taylor(k).prefix(degree + 1))).scaled(by: strideRatio)
    }
  }

  /// The not-a-knot cubic through the points, going on.
  func spline() throws(CurveError) -> [Course] {
    guard count > 1 else { return (0..<dimensions).map(line) }
    let kind = CurveKind.cubic(boundary: .notAKnot, parameterization: parameterization)
    return try fitted(
      CurveShape(kind, points: points, dimensions: dimensions, closed: false, gaps: .error), degree: 3)
  }

  func damped() -> [Course] {
    let steps = count > 1 ? self.steps : []
    return (0..<dimensions).map { k in
      if isByX && k == 0 || count < 2 || evenStep(k) != nil { return line(k) }
      let values = (0..<count).map { self[$0, k] }
      let trend = DampedTrend(values: values.span, steps: steps.span)
      return Course([last(k), trend.trend], damping: trend.weights.phi)
    }
  }
}
