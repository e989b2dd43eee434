/// The end of a curve's last segment, in Double.
///
/// Where distances run the parameter, segments without length are passed over.
struct CurveEnd {
  /// The entries of the last polynomial, each by coordinates.
  private let group: [[SIMD4<Double>]]
  /// The entry behind it: the curve's last point in w.
  private let end: [SIMD4<Double>]
  private let halves: Int

  /// - Precondition: the curve is polynomial: every kind but the rational one.
  /// - Throws: `tooLarge` when the curve leaves the range of Double.
  init(_ shape: CurveShape) throws(CurveError) {
    let block = BlockKind(lanes: shape.dimensions, isDouble: true)
    let table = try FittedTable(shape, derivative: 0, block: block)
    let stride = shape.stride
    let last = shape.entryCount - 1
    halves = shape.options.halves
    let first = last - halves * CurveEnd.segmentsWithoutLength(shape) - 1
    end = table.coordinates(last * stride)
    group = (0..<stride).map { table.coordinates(first * stride + $0) }
  }

  /// How many segments at the end have no length and take no part.
  private static func segmentsWithoutLength(_ shape: CurveShape) -> Int {
    guard shape.measuresDistances, let range = shape.pieces.last?.points else { return 0 }
    let d = shape.dimensions
    var count = 0
    while count < range.count - 2 {
      let i = (range.upperBound - 1 - count) * d
      if !shape.points[i - d..<i].elementsEqual(shape.points[i..<i + d]) { break }
      count += 1
    }
    return count
  }

  /// What 1, s, s², … are multiplied by, s = u − 1, u counting the last segment whole.
  func taylor(_ k: Int) -> [Double] {
    var powers = group.count == 2 ? quintic(k) : cubic(k)
    powers[0] = end[k].w
    // Half a segment's own parameter runs twice as fast.
    var factor = 1.0
    for i in powers.indices {
      powers[i] *= factor
      factor *= Double(halves)
    }
    return powers
  }

  /// With u = 1 + s, d + c·u + b·u(1 − u)² + a·u²(1 − u) is end + (c − a)·s + (b − 2a)·s² + (b − a)·s³.
  private func cubic(_ k: Int) -> [Double] {
    let (c, b, a) = (group[0][k].x, group[0][k].y, group[0][k].z)
    return [0, c - a, b - 2 * a, b - a]
  }

  /// With u = 1 + s, u(1 − u)·(e0·(1 − u)³ + e1·u(1 − u)² + e2·u²(1 − u) + e3·u³) is
  /// −s·(1 + s)·(f0 + f1·s + f2·s² + f3·s³), f0 = e3, f1 = 3e3 − e2, f2 = 3e3 − 2e2 + e1, f3 = e3 − e2 + e1 − e0.
  private func quintic(_ k: Int) -> [Double] {
    let (c, e0, e3) = (group[0][k].x, group[0][k].y, group[0][k].z)
    let (e1, e2) = (group[1][k].x, group[1][k].y)
    let (f0, f1) = (e3, 3 * e3 - e2)
    let (f2, f3) = (f1 - e2 + e1, e3 - e2 + e1 - e0)
    return [0, c - f0, -(f0 + f1), -(f1 + f2), -(f2 + f3), -f3]
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
