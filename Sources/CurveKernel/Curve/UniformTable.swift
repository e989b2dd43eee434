extension FittedTable {
  /// The table of a curve that `UniformSweep` fits, without gaps.
  ///
  /// - Returns: nil where it is not such a curve, or its points are so large that each coefficient has to be looked at.
  init?(uniform shape: CurveShape, block: BlockKind) {
    guard shape.dimensions == 2, shape.pieces.count == 1, shape.pieces[0].segments > 0,
      shape.points.count == 2 * shape.pieces[0].points.count
    else { return nil }
    let (points, options) = (shape.points, shape.options)
    switch block {
    case .float2:
      let rows = segments(points.span, options, Double(Float.greatestFiniteMagnitude)) {
        SIMD2(Float($0.x), Float($0.y))
      }
      guard let rows else { return nil }
      self = .float2(rows)
    case .double2:
      guard let rows = segments(points.span, options, Double.greatestFiniteMagnitude, { $0 }) else {
        return nil
      }
      self = .double2(rows)
    default: return nil
    }
  }
}

@inline(__always)
private func segments<Row: BitwiseCopyable>(
  _ points: Span<Double>, _ options: FitOptions, _ largest: Double, _ rounded: (SIMD2<Double>) -> Row
) -> [Segment<Row>]? {
  guard var sweep = UniformSweep(options, points: points, dimensions: 2, largest: largest) else { return nil }
  let count = points.count / 2
  let table = [Segment<Row>](capacity: count) { out in
    for _ in 1..<count { out.append(Segment(sweep.segment(points), rounded)) }
    out.append(Segment(sweep.end, rounded))
  }
  return sweep.isWithin ? table : nil
}
