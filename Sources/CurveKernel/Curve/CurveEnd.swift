/// The end of a curve's last segment, in Double.
///
/// Where distances run the parameter, segments without length are passed over.
struct CurveEnd {
  private let segment, end: [SIMD4<Double>]

  /// - Throws: `tooLarge` when the curve leaves the range of Double.
  init(_ shape: CurveShape) throws(CurveError) {
    let block = BlockKind(lanes: shape.dimensions, isDouble: true)
    let table = try FittedTable(shape, derivative: 0, block: block)
    let last = shape.entryCount - 1
    end = table.coordinates(last)
    var back = 1
    if shape.measuresDistances, let range = shape.pieces.last?.points {
      let d = shape.dimensions
      while back < range.count - 1 {
        let i = (range.upperBound - back) * d
        if !shape.points[i - d..<i].elementsEqual(shape.points[i..<i + d]) { break }
        back += 1
      }
    }
    segment = table.coordinates(last - back)
  }

  /// What 1, s, s², s³ are multiplied by, s = u − 1.
  ///
  /// With u = 1 + s the cubic d + c·u + b·u(1 − u)² + a·u²(1 − u) of `Segment` is
  /// end + (c − a)·s + (b − 2a)·s² + (b − a)·s³.
  func taylor(_ k: Int) -> [Double] {
    let (c, b, a) = (segment[k].x, segment[k].y, segment[k].z)
    return [end[k].w, c - a, b - 2 * a, b - a]
  }
}

extension FittedTable {
  /// c, b, a and d of one entry, for each coordinate.
  ///
  /// - Precondition: the table is in Double.
  fileprivate func coordinates(_ i: Int) -> [SIMD4<Double>] {
    switch self {
    case .double1(let table): [SIMD4(table[i].c, table[i].b, table[i].a, table[i].d)]
    case .double2(let table): rows(table[i], 2) { $0[$1] }
    case .double3(let table): rows(table[i], 3) { $0[$1] }
    case .double4(let table): rows(table[i], 4) { $0[$1] }
    case .float1, .float2, .float3, .float4: []
    }
  }
}

private func rows<Row>(
  _ s: Segment<Row>, _ dimensions: Int, _ coordinate: (Row, Int) -> Double
) -> [SIMD4<Double>] {
  (0..<dimensions).map {
    SIMD4(coordinate(s.c, $0), coordinate(s.b, $0), coordinate(s.a, $0), coordinate(s.d, $0))
  }
}
