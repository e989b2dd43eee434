/// Where the samples of a plan lie on the polynomials of a piece.
extension SamplePlan {
  /// Points from each polynomial of a piece to the next, when all begin at their polynomial's begin; else nil, and the
  /// samples are located.
  package func samplesPerPolynomial(of piece: CurvePiece, _ shape: CurveShape) -> Int? {
    guard case .even(let samples) = mode else { return nil }
    let halves = shape.options.halves
    if halves == 1 || piece.segments == 0 { return samples }
    return samples.isMultiple(of: halves) ? samples / halves : nil
  }

  /// The places of consecutive samples of a piece, counted from its first polynomial.
  package func locate(
    _ located: inout MutableSpan<Located>, _ shape: CurveShape, piece index: Int, first: Int
  ) {
    let piece = shape.pieces[index]
    var steps = 1
    var parameters: [Double] = []
    var column = shape.parameterColumn
    switch mode {
    case .places(let source): return source.fill(&located, piece: index, first: first)
    case .even(let samples): (steps, column) = (piece.segments * samples, .even)
    case .count(let all): steps = all
    case .at(let all): parameters = all
    }
    let d = shape.dimensions
    let (allPoints, breaks) = (shape.points, shape.breaks)
    let points = allPoints.span.extracting(piece.points.lowerBound * d..<piece.points.upperBound * d)
    Locate.fill(
      &located, first: first, steps: steps, parameters: parameters.span, origin: shape.origin(of: piece),
      segments: piece.segments, points: column == .breaks ? breaks.span : points,
      dimensions: column == .breaks ? 1 : d, byX: column != .even, halves: shape.options.halves)
  }
}
