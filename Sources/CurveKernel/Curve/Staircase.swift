/// A step curve as it is drawn: straight runs, and the jumps between them.
enum Staircase {
  /// Runs and jumps in order, and behind each piece's its last point.
  static func table(_ shape: CurveShape) -> [Segment<ArcRow>] {
    let points = shape.points
    func row(_ index: Int) -> ArcRow {
      var row = ArcRow.zero
      for k in 0..<shape.dimensions { row[k] = points[index * shape.dimensions + k] }
      return row
    }
    var table: [Segment<ArcRow>] = []
    func line(_ from: ArcRow, _ to: ArcRow) {
      table.append(Segment(c: to - from, b: .zero, a: .zero, d: from))
    }
    for piece in shape.pieces {
      let first = piece.points.lowerBound
      for i in 0..<piece.segments {
        let from = row(first + i)
        let to = row(i + 1 < piece.points.count ? first + i + 1 : first)
        // Where the run ends, its first coordinate alone has gone on.
        func at(_ share: Double, _ value: ArcRow) -> ArcRow {
          guard shape.dimensions > 1 else { return value }
          var point = value
          point.x = share == 0 ? from.x : share == 1 ? to.x : from.x + 0.5 * (to.x - from.x)
          return point
        }
        switch shape.options.placement {
        case .after:
          line(from, at(1, from))
          line(at(1, from), to)
        case .before:
          line(from, at(0, to))
          line(at(0, to), to)
        case .middle:
          line(from, at(0.5, from))
          line(at(0.5, from), at(0.5, to))
          line(at(0.5, to), to)
        }
      }
      let last = shape.options.isClosed ? first : piece.points.upperBound - 1
      table.append(Segment(c: .zero, b: .zero, a: .zero, d: row(last)))
    }
    return table
  }
}
