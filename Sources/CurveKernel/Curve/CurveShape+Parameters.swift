extension CurveShape {
  /// What runs a piece by given values: those, and how many numbers from one to the next.
  private func column(_ piece: CurvePiece) -> (numbers: [Double], first: Int, stride: Int) {
    breaks.isEmpty ? (points, piece.points.lowerBound * dimensions, dimensions) : (breaks, 0, 1)
  }

  /// The segment and its u at a parameter of a piece; its end is (segments, 0).
  func locate(_ parameter: Double, piece index: Int) -> Located {
    let piece = pieces[index]
    let (numbers, first, stride) = column(piece)
    let isEven = parameterColumn == .even
    return Locate.at(
      isEven ? parameter - origin(of: piece) : parameter, segments: piece.segments,
      points: numbers.span.extracting(first..<numbers.count), dimensions: stride, byX: !isEven, near: 0)
  }

  /// The parameter of a segment's u; that of the piece's end is (segments, 0).
  func parameter(segment: Int, _ u: Double, piece index: Int) -> Double {
    let piece = pieces[index]
    if parameterColumn == .even { return origin(of: piece) + (Double(segment) + u) }
    let (numbers, first, stride) = column(piece)
    let from = numbers[first + segment * stride]
    guard segment < piece.segments else { return from }
    let to = numbers[first + (segment + 1) * stride]
    return min(from + (to - from) * u, to)
  }
}
