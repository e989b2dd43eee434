/// Step curves as staircases: two points a jump.
extension CurveShape {
  /// The corners of a step curve as a curve of straight segments: the first coordinate runs, whatever the parameter, and the
  /// others jump, `middle` half-way between two. Each corner's coordinates are those of the points. Points of one
  /// coordinate only jump.
  ///
  /// - Shape: after P0 two corners a jump; `before`: two a jump and the end; `middle`: P0, two a jump, the end.
  func stairs() throws(CurveError) -> CurveShape {
    var corners: [Double] = []
    corners.reserveCapacity(2 * points.count + 2 * dimensions)
    for piece in pieces {
      if !corners.isEmpty { corners += [Double](repeating: .nan, count: dimensions) }
      add(piece, to: &corners)
    }
    return try CurveShape(
      .linear(parameterization: .uniform), points: corners, dimensions: dimensions, closed: false,
      gaps: pieces.count == 1 ? .error : .break)
  }

  private func add(_ piece: CurvePiece, to corners: inout [Double]) {
    let count = piece.points.count
    func point(_ i: Int) -> ArraySlice<Double> {
      let start = (piece.points.lowerBound + i % count) * dimensions
      return points[start..<start + dimensions]
    }
    let placement = options.placement
    if placement != .before || piece.segments == 0 { corners += point(0) }
    for i in 0..<piece.segments {
      for isUpper in [false, true] {
        var corner = Array(point(isUpper ? i + 1 : i))
        if dimensions > 1 {
          let (x0, x1) = (point(i).first ?? 0, point(i + 1).first ?? 0)
          corner[0] = placement == .after ? x1 : placement == .before ? x0 : 0.5 * x0 + 0.5 * x1
        }
        corners += corner
      }
    }
    if placement != .after, piece.segments > 0 { corners += point(piece.segments) }
  }
}

/// The same corners as places of the step curve itself, whose derivatives are constant on each segment.
final class StairPlaces: PlaceSource {
  private let placement: StepPlacement
  private let segments: [Int]

  init(_ shape: CurveShape) {
    placement = shape.options.placement
    segments = shape.pieces.map(\.segments)
  }

  func count(piece: Int) -> Int {
    segments[piece] == 0 ? 1 : 2 * segments[piece] + (placement == .middle ? 2 : 1)
  }

  func fill(_ located: inout MutableSpan<Located>, piece: Int, first: Int) {
    let last = count(piece: piece) - 1
    for i in located.indices {
      let corner = first + i
      let segment = placement == .before ? corner / 2 : max(0, corner - 1) / 2
      located[i] = corner == last ? Located(segments[piece], 0) : Located(segment, 0)
    }
  }
}
