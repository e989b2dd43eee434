import CurveKernel

/// A step curve: flat stretches and the jumps between them, two points a jump.
struct StepOutline: PictureOutline {
  let shape: CurveShape
  /// Nil where the parameter is x.
  let xLane: Int?
  let yLane: Int

  func trace(_ pen: inout some OutlinePen) throws {
    for piece in shape.pieces {
      let first = point(piece.points.lowerBound)
      if piece.segments == 0 {
        try pen.dot(first)
        continue
      }
      try pen.move(to: first)
      for k in 0..<piece.segments { try step(from: k, of: piece, &pen) }
    }
  }

  private func step(from k: Int, of piece: CurvePiece, _ pen: inout some OutlinePen) throws(FormatError) {
    let (p, next) = (point(piece.points.lowerBound + k), end(of: k, piece))
    switch shape.options.placement {
    case .after: try pen.line(to: SIMD2(next.x, p.y))
    case .before: try pen.line(to: SIMD2(p.x, next.y))
    case .middle:
      let middle = p.x / 2 + next.x / 2
      try pen.line(to: SIMD2(middle, p.y))
      try pen.line(to: SIMD2(middle, next.y))
    }
    try pen.line(to: next)
  }

  /// The point that segment `k` ends on: in a ring the last one ends on the first.
  private func end(of k: Int, _ piece: CurvePiece) -> SIMD2<Double> {
    if k + 1 < piece.points.count { return point(piece.points.lowerBound + k + 1) }
    let first = point(piece.points.lowerBound)
    return xLane == nil ? SIMD2(Double(piece.points.lowerBound + k + 1), first.y) : first
  }

  private func point(_ i: Int) -> SIMD2<Double> {
    let row = i * shape.dimensions
    return SIMD2(xLane.map { shape.points[row + $0] } ?? Double(i), shape.points[row + yLane])
  }
}
