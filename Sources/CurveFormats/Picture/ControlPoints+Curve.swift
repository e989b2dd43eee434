import CurveKernel

extension ControlPoints {
  /// Those of a curve; where the parameter is x, at the parameter that each belongs to.
  init(_ kind: CurveKind, _ shape: CurveShape, _ plane: PicturePlane) {
    self.init(values: shape.points, dimensions: shape.dimensions, xLane: plane.x, yLane: plane.y)
    isClosed = shape.options.isClosed && plane.x != nil
    var place: (Int, CurvePiece) -> Double
    switch kind {
    case .bezier: place = { Double($0) / 3 + Double($1.points.lowerBound) }
    case .quadraticBezier: place = { Double($0) / 2 + Double($1.points.lowerBound) }
    case .bSpline(_, let knots), .nurbs(_, _, let knots):
      let degree = Int(shape.options.degree)
      place = { ControlPoints.greville($0, $1, degree: degree, knots, isClosed: shape.options.isClosed) }
    default: return
    }
    hasPolygon = true
    guard plane.x == nil else { return }
    var parameters = [Double](repeating: 0, count: shape.points.count)
    for piece in shape.pieces {
      for i in piece.points { parameters[i] = place(i - piece.points.lowerBound, piece) }
    }
    self.parameters = parameters
  }

  /// The parameter that a B-spline's control point belongs to: the mean of its inner knots.
  ///
  /// - Source: T. N. E. Greville; Piegl & Tiller, "The NURBS Book", 9.2.1.
  private static func greville(
    _ i: Int, _ piece: CurvePiece, degree: Int, _ knots: KnotVector, isClosed: Bool
  ) -> Double {
    let (origin, last) = (Double(piece.points.lowerBound), piece.points.count - degree)
    var sum = 0.0
    for j in (i + 1)...(i + degree) {
      switch knots {
      case .given(let numbers): sum += numbers[j] / Double(degree)
      case _ where isClosed: sum += Double(j - degree) / Double(degree)
      case .clampedUniform: sum += (origin + Double(min(max(j - degree, 0), last))) / Double(degree)
      case .uniform: sum += (origin + Double(j)) / Double(degree)
      }
    }
    return isClosed && sum < 0 ? sum + Double(piece.points.count) : sum
  }
}
