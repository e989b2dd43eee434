/// A curve's segments, rounded to the output type: what the native evaluators draw.
package enum FittedTable: Sendable {
  case float1([Segment<Float>])
  case float2([Segment<SIMD2<Float>>])
  case float3([Segment<SIMD3<Float>>])
  case float4([Segment<SIMD4<Float>>])
  case double1([Segment<Double>])
  case double2([Segment<SIMD2<Double>>])
  case double3([Segment<SIMD3<Double>>])
  case double4([Segment<SIMD4<Double>>])

  /// - Throws: `tooLarge` when the curve leaves the output type's range.
  package init(_ shape: CurveShape, derivative: Int, block: BlockKind) throws(CurveError) {
    if derivative == 0, let table = FittedTable(uniform: shape, block: block) {
      self = table
      return
    }
    switch block {
    case .float1: self = .float1(try fitted(FloatBlock1.self, shape, derivative))
    case .float2: self = .float2(try fitted(FloatBlock2.self, shape, derivative))
    case .float3: self = .float3(try fitted(FloatBlock3.self, shape, derivative))
    case .float4: self = .float4(try fitted(FloatBlock4.self, shape, derivative))
    case .double1: self = .double1(try fitted(DoubleBlock1.self, shape, derivative))
    case .double2: self = .double2(try fitted(DoubleBlock2.self, shape, derivative))
    case .double3: self = .double3(try fitted(DoubleBlock3.self, shape, derivative))
    case .double4: self = .double4(try fitted(DoubleBlock4.self, shape, derivative))
    }
  }
}

/// Numbers that the fit of a small curve works in without asking for memory.
private typealias SmallMemory = InlineArray<256, Double>

/// Fits every piece; their entries stand one after the other.
private func fitted<B: DrawableBlock>(
  _: B.Type, _ shape: CurveShape, _ derivative: Int
) throws(CurveError) -> [Segment<B.Row>] {
  let longest = shape.pieces.reduce(0) { max($0, $1.points.count) }
  let count = Fit.scratchCount(shape.options, pointCount: longest, dimensions: shape.dimensions)
  // What fits work in, shared by the pieces of a curve.
  if count <= SmallMemory.count {
    var memory = SmallMemory(repeating: 0)
    var scratch = memory.mutableSpan
    return try fitted(B.self, shape, derivative, &scratch)
  }
  var memory = [Double](repeating: 0, count: count)
  var scratch = memory.mutableSpan
  return try fitted(B.self, shape, derivative, &scratch)
}

private func fitted<B: DrawableBlock>(
  _: B.Type, _ shape: CurveShape, _ derivative: Int, _ scratch: inout MutableSpan<Double>
) throws(CurveError) -> [Segment<B.Row>] {
  var table: [Segment<B.Row>] = []
  for piece in shape.pieces {
    let own = try fitted(B.self, shape, piece, derivative, &scratch)
    if shape.pieces.count == 1 { return own }
    if table.isEmpty { table.reserveCapacity(shape.entryCount * shape.stride) }
    table += own
  }
  return table
}

private func fitted<B: DrawableBlock>(
  _: B.Type, _ shape: CurveShape, _ piece: CurvePiece, _ derivative: Int, _ scratch: inout MutableSpan<Double>
) throws(CurveError) -> [Segment<B.Row>] {
  let d = shape.dimensions
  let zero = B.row { _ in 0 }
  var table = [Segment<B.Row>](
    repeating: Segment(c: zero, b: zero, a: zero, d: zero),
    count: (piece.segments * shape.options.halves + 1) * shape.stride)
  let (allPoints, allExtra) = (shape.points, shape.extra)
  let points = allPoints.span.extracting(piece.points.lowerBound * d..<piece.points.upperBound * d)
  let extra = allExtra.span.extracting(shape.extraRange(of: piece))
  var entries = table.mutableSpan
  var blockMemory = SmallMemory(repeating: 0)
  var block = blockMemory.mutableSpan
  if piece.segments > 0 {
    Fit.prepare(shape.options, points: points, dimensions: d, extra: extra, scratch: &scratch)
  }
  let fits = B.lower(
    shape.options, points: points, dimensions: d, extra: extra, scratch: scratch.span, derivative: derivative,
    block: &block, into: &entries)
  guard fits else { throw .tooLarge(isFloat: !B.kind.isDouble) }
  return table
}
