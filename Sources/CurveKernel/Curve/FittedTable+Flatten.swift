/// The kernel's flattening, for the type of a table.
extension FittedTable {
  package var block: BlockKind {
    switch self {
    case .float1: .float1
    case .float2: .float2
    case .float3: .float3
    case .float4: .float4
    case .double1: .double1
    case .double2: .double2
    case .double3: .double3
    case .double4: .double4
    }
  }

  /// Chords of the segments whose entries are given. See `countChordsBody`.
  func countChords(
    _ entries: Range<Int>, _ basis: Basis, _ f: Flatness, into codes: inout MutableSpan<UInt8>
  ) -> FlatCount {
    switch self {
    case .float1(let t): FloatBlock1.countChords(t.span.extracting(entries), basis: basis, f, into: &codes)
    case .float2(let t): FloatBlock2.countChords(t.span.extracting(entries), basis: basis, f, into: &codes)
    case .float3(let t): FloatBlock3.countChords(t.span.extracting(entries), basis: basis, f, into: &codes)
    case .float4(let t): FloatBlock4.countChords(t.span.extracting(entries), basis: basis, f, into: &codes)
    case .double1(let t): DoubleBlock1.countChords(t.span.extracting(entries), basis: basis, f, into: &codes)
    case .double2(let t): DoubleBlock2.countChords(t.span.extracting(entries), basis: basis, f, into: &codes)
    case .double3(let t): DoubleBlock3.countChords(t.span.extracting(entries), basis: basis, f, into: &codes)
    case .double4(let t): DoubleBlock4.countChords(t.span.extracting(entries), basis: basis, f, into: &codes)
    }
  }

  /// Ends of a segment's next chords. See `findChordsBody`.
  func findChords(
    of segment: Int, _ basis: Basis, _ f: Flatness, _ cursor: inout FlatCursor,
    into ends: inout MutableSpan<Double>
  ) -> Int {
    switch self {
    case .float1(let t):
      FloatBlock1.findChords(t.span, segment: segment, basis: basis, f, cursor: &cursor, into: &ends)
    case .float2(let t):
      FloatBlock2.findChords(t.span, segment: segment, basis: basis, f, cursor: &cursor, into: &ends)
    case .float3(let t):
      FloatBlock3.findChords(t.span, segment: segment, basis: basis, f, cursor: &cursor, into: &ends)
    case .float4(let t):
      FloatBlock4.findChords(t.span, segment: segment, basis: basis, f, cursor: &cursor, into: &ends)
    case .double1(let t):
      DoubleBlock1.findChords(t.span, segment: segment, basis: basis, f, cursor: &cursor, into: &ends)
    case .double2(let t):
      DoubleBlock2.findChords(t.span, segment: segment, basis: basis, f, cursor: &cursor, into: &ends)
    case .double3(let t):
      DoubleBlock3.findChords(t.span, segment: segment, basis: basis, f, cursor: &cursor, into: &ends)
    case .double4(let t):
      DoubleBlock4.findChords(t.span, segment: segment, basis: basis, f, cursor: &cursor, into: &ends)
    }
  }

  /// About the chords of a segment.
  func estimate(_ segment: Int, _ basis: Basis, _ f: Flatness) -> Double {
    switch self {
    case .float1(let t): FloatBlock1.estimate(t.span, segment: segment, basis: basis, f)
    case .float2(let t): FloatBlock2.estimate(t.span, segment: segment, basis: basis, f)
    case .float3(let t): FloatBlock3.estimate(t.span, segment: segment, basis: basis, f)
    case .float4(let t): FloatBlock4.estimate(t.span, segment: segment, basis: basis, f)
    case .double1(let t): DoubleBlock1.estimate(t.span, segment: segment, basis: basis, f)
    case .double2(let t): DoubleBlock2.estimate(t.span, segment: segment, basis: basis, f)
    case .double3(let t): DoubleBlock3.estimate(t.span, segment: segment, basis: basis, f)
    case .double4(let t): DoubleBlock4.estimate(t.span, segment: segment, basis: basis, f)
    }
  }

  /// How far the curve goes. See `reachBody`.
  func reach(_ shape: CurveShape, _ f: Flatness) -> FlatReach {
    var reach = FlatReach()
    let basis = shape.options.basis(derivative: 0)
    for piece in shape.pieces {
      let segments = piece.segments * shape.options.halves
      let entries = piece.firstEntry * basis.entries..<(piece.firstEntry + segments + 1) * basis.entries
      switch self {
      case .float1(let t):
        FloatBlock1.reach(t.span.extracting(entries), segments: segments, basis: basis, f, into: &reach)
      case .float2(let t):
        FloatBlock2.reach(t.span.extracting(entries), segments: segments, basis: basis, f, into: &reach)
      case .float3(let t):
        FloatBlock3.reach(t.span.extracting(entries), segments: segments, basis: basis, f, into: &reach)
      case .float4(let t):
        FloatBlock4.reach(t.span.extracting(entries), segments: segments, basis: basis, f, into: &reach)
      case .double1(let t):
        DoubleBlock1.reach(t.span.extracting(entries), segments: segments, basis: basis, f, into: &reach)
      case .double2(let t):
        DoubleBlock2.reach(t.span.extracting(entries), segments: segments, basis: basis, f, into: &reach)
      case .double3(let t):
        DoubleBlock3.reach(t.span.extracting(entries), segments: segments, basis: basis, f, into: &reach)
      case .double4(let t):
        DoubleBlock4.reach(t.span.extracting(entries), segments: segments, basis: basis, f, into: &reach)
      }
    }
    return reach
  }
}
