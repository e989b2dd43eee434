extension CurveShape {
  /// The segment and its u at a parameter of a piece; its end is (segments, 0).
  func locate(_ parameter: Double, piece index: Int) -> Located {
    let piece = pieces[index]
    let all = points
    let own = all.span.extracting(piece.points.lowerBound * dimensions..<piece.points.upperBound * dimensions)
    let t = isByX ? parameter : parameter - Double(piece.points.lowerBound)
    return Locate.at(
      t, segments: piece.segments, points: own, dimensions: dimensions, byX: isByX, near: 0)
  }

  /// The parameter of a segment's u.
  func parameter(segment: Int, _ u: Double, piece index: Int) -> Double {
    let first = pieces[index].points.lowerBound
    guard isByX else { return Double(first + segment) + u }
    let from = points[(first + segment) * dimensions]
    guard segment < pieces[index].segments else { return from }
    let to = points[(first + segment + 1) * dimensions]
    return min(from + (to - from) * u, to)
  }
}
