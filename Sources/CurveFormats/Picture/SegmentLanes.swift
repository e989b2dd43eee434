import CurveKernel

/// One coordinate of a segment: y(u) = c·u + b·u(1 − u)² + a·u²(1 − u) + d.
struct LaneSegment {
  var c, b, a, d: Double

  init(c: Double = 0, b: Double = 0, a: Double = 0, d: Double) {
    (self.c, self.b, self.a, self.d) = (c, b, a, d)
  }

  var isStraight: Bool { b == 0 && a == 0 }

  /// Its control values as a Bézier curve: the end slopes are c + b and c − a.
  var bezier: SIMD4<Double> { SIMD4(d, d + (c + b) / 3, (d + c) - (c - a) / 3, d + c) }
}

/// A table of segments, read one coordinate at a time.
struct SegmentLanes {
  let table: FittedTable
  let basis: Basis

  /// The control values of a group of entries as a curve of degree 5, and their weights.
  ///
  /// - Source: see `QuinticBasis` and `RationalBasis` of the kernel for what the entries hold.
  func quintic(_ group: Int, _ lane: Int) -> (values: InlineArray<6, Double>, weights: InlineArray<6, Double>)
  {
    let s = entry(group * basis.entries, lane)
    let t = basis.entries > 1 ? entry(group * basis.entries + 1, lane) : LaneSegment(d: 0)
    guard basis == .rational else {
      let (b, a) = basis == .quintic ? (s.b, s.a) : (0, 0)
      return (
        [
          s.d, s.d + (s.c + b) / 5, s.d + (4 * s.c + t.c) / 10, s.d + (6 * s.c + t.b) / 10,
          s.d + (4 * s.c + a) / 5, s.d + s.c,
        ], InlineArray(repeating: 1)
      )
    }
    let r = entry(group * basis.entries + 2, lane)
    let w: InlineArray<6, Double> = [t.a, t.d, r.c, r.b, r.a, r.d]
    return (
      [s.d, s.d + s.c / w[1], s.d + s.b / w[2], s.d + s.a / w[3], s.d + t.c / w[4], s.d + t.b / w[5]], w
    )
  }

  /// One entry of the table.
  func entry(_ i: Int, _ lane: Int) -> LaneSegment {
    switch table {
    case .float1(let t): read(t[i].c, t[i].b, t[i].a, t[i].d)
    case .float2(let t): read(t[i], lane)
    case .float3(let t): read(t[i], lane)
    case .float4(let t): read(t[i], lane)
    case .double1(let t): read(t[i].c, t[i].b, t[i].a, t[i].d)
    case .double2(let t): read(t[i], lane)
    case .double3(let t): read(t[i], lane)
    case .double4(let t): read(t[i], lane)
    }
  }

  private func read<Scalar: BinaryFloatingPoint>(
    _ c: Scalar, _ b: Scalar, _ a: Scalar, _ d: Scalar
  ) -> LaneSegment {
    LaneSegment(c: Double(c), b: Double(b), a: Double(a), d: Double(d))
  }

  private func read<Row: SIMD>(_ s: Segment<Row>, _ lane: Int) -> LaneSegment
  where Row.Scalar: BinaryFloatingPoint { read(s.c[lane], s.b[lane], s.a[lane], s.d[lane]) }
}
