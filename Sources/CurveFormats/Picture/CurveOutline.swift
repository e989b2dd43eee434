import CurveKernel

/// A curve as it was fitted: its cubic segments as they are, straight ones as lines, others as curves of degree 5.
struct CurveOutline: PictureOutline {
  /// Where a coordinate of the picture comes from.
  enum Lane {
    /// The parameter, which runs evenly over each polynomial.
    case parameter
    case lane(SegmentLanes, Int)
  }

  let shape: CurveShape
  let x, y: Lane
  /// Whether the segments are cubic.
  let isCubic: Bool
  /// A derivative may jump where segments meet.
  let canJump: Bool

  func trace(_ pen: inout some OutlinePen) throws {
    for piece in shape.pieces {
      if piece.segments == 0 {
        try pen.dot(begin(piece, 0))
      } else {
        try trace(piece, &pen)
      }
    }
  }

  private func trace(_ piece: CurvePiece, _ pen: inout some OutlinePen) throws(FormatError) {
    try pen.move(to: begin(piece, 0))
    for k in 0..<(piece.segments * shape.options.halves) {
      if canJump { try pen.join(begin(piece, k)) }
      if isCubic {
        try traceCubic(piece, k, &pen)
      } else {
        try traceQuintic(piece, k, &pen)
      }
    }
    if shape.options.isClosed, isRing { try pen.close() }
  }

  private func traceCubic(
    _ piece: CurvePiece, _ k: Int, _ pen: inout some OutlinePen
  ) throws(FormatError) {
    let (sx, sy) = (segment(x, piece, k), segment(y, piece, k))
    let (bx, by) = (sx.bezier, sy.bezier)
    let end = SIMD2(bx[3], by[3])
    if sx.isStraight, sy.isStraight { return try pen.line(to: end) }
    try pen.cubic(SIMD2(bx[1], by[1]), SIMD2(bx[2], by[2]), to: end)
  }

  private func traceQuintic(
    _ piece: CurvePiece, _ k: Int, _ pen: inout some OutlinePen
  ) throws(FormatError) {
    let (xs, ys) = (quintic(x, piece, k), quintic(y, piece, k))
    var points = InlineArray<6, SIMD2<Double>>(repeating: .zero)
    for i in 0..<6 { points[i] = SIMD2(xs.values[i], ys.values[i]) }
    try pen.quintic(PlaneQuintic(points: points, weights: ys.weights))
  }

  /// Whether the line ends where it begins: not over the parameter, and not where a derivative jumps.
  private var isRing: Bool {
    if case .parameter = x { false } else { !canJump }
  }

  /// The point that polynomial `k` begins with.
  private func begin(_ piece: CurvePiece, _ k: Int) -> SIMD2<Double> {
    SIMD2(segment(x, piece, k).d, segment(y, piece, k).d)
  }

  /// The first entry of a polynomial: all of a cubic.
  private func segment(_ lane: Lane, _ piece: CurvePiece, _ k: Int) -> LaneSegment {
    switch lane {
    case .parameter: shape.parameterSegment(k, of: piece)
    case .lane(let lanes, let lane): lanes.entry((piece.firstEntry + k) * lanes.basis.entries, lane)
    }
  }

  private func quintic(
    _ lane: Lane, _ piece: CurvePiece, _ k: Int
  ) -> (values: InlineArray<6, Double>, weights: InlineArray<6, Double>) {
    switch lane {
    case .parameter:
      let s = shape.parameterSegment(k, of: piece)
      let fifth = s.c / 5
      return (
        [s.d, s.d + fifth, s.d + 2 * fifth, s.d + 3 * fifth, s.d + 4 * fifth, s.d + s.c],
        InlineArray(repeating: 1)
      )
    case .lane(let lanes, let lane): return lanes.quintic(piece.firstEntry + k, lane)
    }
  }
}
