/// A block whose tables can be flattened: what a row is in Double, and the concrete doors.
public protocol FlatBlock: DrawableBlock {
  associatedtype Wide: SIMD where Wide.Scalar == Double
  /// A row's coordinates, missing ones 0.
  static func wide(_ row: Row) -> Wide
  /// See `countChordsBody`.
  static func countChords(
    _ table: Span<Segment<Row>>, basis: Basis, _ flatness: Flatness, into codes: inout MutableSpan<UInt8>
  ) -> FlatCount
  /// See `findChordsBody`.
  static func findChords(
    _ table: Span<Segment<Row>>, segment: Int, basis: Basis, _ flatness: Flatness, cursor: inout FlatCursor,
    into ends: inout MutableSpan<Double>
  ) -> Int
  /// See `estimateBody`.
  static func estimate(
    _ table: Span<Segment<Row>>, segment: Int, basis: Basis, _ flatness: Flatness
  ) -> Double
  /// See `reachBody`.
  static func reach(
    _ table: Span<Segment<Row>>, segments: Int, basis: Basis, _ flatness: Flatness,
    into reach: inout FlatReach)
}

extension FloatBlock1: FlatBlock {
  @inline(__always) public static func wide(_ row: Float) -> SIMD2<Double> { SIMD2(Double(row), 0) }
  public static func countChords(
    _ table: Span<Segment<Float>>, basis: Basis, _ flatness: Flatness, into codes: inout MutableSpan<UInt8>
  ) -> FlatCount { countChordsBody(FloatBlock1.self, table, basis, flatness, &codes) }
  public static func findChords(
    _ table: Span<Segment<Float>>, segment: Int, basis: Basis, _ flatness: Flatness, cursor: inout FlatCursor,
    into ends: inout MutableSpan<Double>
  ) -> Int { findChordsBody(FloatBlock1.self, table, segment, basis, flatness, &cursor, &ends) }
  public static func estimate(
    _ table: Span<Segment<Float>>, segment: Int, basis: Basis, _ flatness: Flatness
  ) -> Double { estimateBody(FloatBlock1.self, table, segment, basis, flatness) }
  public static func reach(
    _ table: Span<Segment<Float>>, segments: Int, basis: Basis, _ flatness: Flatness,
    into reach: inout FlatReach
  ) { reachBody(FloatBlock1.self, table, segments: segments, basis, flatness, &reach) }
}

extension FloatBlock2: FlatBlock {
  @inline(__always) public static func wide(_ row: Row) -> SIMD2<Double> {
    SIMD2(Double(row[0]), Double(row[1]))
  }
  public static func countChords(
    _ table: Span<Segment<Row>>, basis: Basis, _ flatness: Flatness, into codes: inout MutableSpan<UInt8>
  ) -> FlatCount { countChordsBody(FloatBlock2.self, table, basis, flatness, &codes) }
  public static func findChords(
    _ table: Span<Segment<Row>>, segment: Int, basis: Basis, _ flatness: Flatness, cursor: inout FlatCursor,
    into ends: inout MutableSpan<Double>
  ) -> Int { findChordsBody(FloatBlock2.self, table, segment, basis, flatness, &cursor, &ends) }
  public static func estimate(
    _ table: Span<Segment<Row>>, segment: Int, basis: Basis, _ flatness: Flatness
  ) -> Double { estimateBody(FloatBlock2.self, table, segment, basis, flatness) }
  public static func reach(
    _ table: Span<Segment<Row>>, segments: Int, basis: Basis, _ flatness: Flatness,
    into reach: inout FlatReach
  ) { reachBody(FloatBlock2.self, table, segments: segments, basis, flatness, &reach) }
}

extension FloatBlock3: FlatBlock {
  @inline(__always) public static func wide(_ row: Row) -> SIMD4<Double> {
    SIMD4(Double(row[0]), Double(row[1]), Double(row[2]), 0)
  }
  public static func countChords(
    _ table: Span<Segment<Row>>, basis: Basis, _ flatness: Flatness, into codes: inout MutableSpan<UInt8>
  ) -> FlatCount { countChordsBody(FloatBlock3.self, table, basis, flatness, &codes) }
  public static func findChords(
    _ table: Span<Segment<Row>>, segment: Int, basis: Basis, _ flatness: Flatness, cursor: inout FlatCursor,
    into ends: inout MutableSpan<Double>
  ) -> Int { findChordsBody(FloatBlock3.self, table, segment, basis, flatness, &cursor, &ends) }
  public static func estimate(
    _ table: Span<Segment<Row>>, segment: Int, basis: Basis, _ flatness: Flatness
  ) -> Double { estimateBody(FloatBlock3.self, table, segment, basis, flatness) }
  public static func reach(
    _ table: Span<Segment<Row>>, segments: Int, basis: Basis, _ flatness: Flatness,
    into reach: inout FlatReach
  ) { reachBody(FloatBlock3.self, table, segments: segments, basis, flatness, &reach) }
}

extension FloatBlock4: FlatBlock {
  @inline(__always) public static func wide(_ row: Row) -> SIMD4<Double> {
    SIMD4(Double(row[0]), Double(row[1]), Double(row[2]), Double(row[3]))
  }
  public static func countChords(
    _ table: Span<Segment<Row>>, basis: Basis, _ flatness: Flatness, into codes: inout MutableSpan<UInt8>
  ) -> FlatCount { countChordsBody(FloatBlock4.self, table, basis, flatness, &codes) }
  public static func findChords(
    _ table: Span<Segment<Row>>, segment: Int, basis: Basis, _ flatness: Flatness, cursor: inout FlatCursor,
    into ends: inout MutableSpan<Double>
  ) -> Int { findChordsBody(FloatBlock4.self, table, segment, basis, flatness, &cursor, &ends) }
  public static func estimate(
    _ table: Span<Segment<Row>>, segment: Int, basis: Basis, _ flatness: Flatness
  ) -> Double { estimateBody(FloatBlock4.self, table, segment, basis, flatness) }
  public static func reach(
    _ table: Span<Segment<Row>>, segments: Int, basis: Basis, _ flatness: Flatness,
    into reach: inout FlatReach
  ) { reachBody(FloatBlock4.self, table, segments: segments, basis, flatness, &reach) }
}

extension DoubleBlock1: FlatBlock {
  @inline(__always) public static func wide(_ row: Double) -> SIMD2<Double> { SIMD2(row, 0) }
  public static func countChords(
    _ table: Span<Segment<Double>>, basis: Basis, _ flatness: Flatness, into codes: inout MutableSpan<UInt8>
  ) -> FlatCount { countChordsBody(DoubleBlock1.self, table, basis, flatness, &codes) }
  public static func findChords(
    _ table: Span<Segment<Double>>, segment: Int, basis: Basis, _ flatness: Flatness,
    cursor: inout FlatCursor,
    into ends: inout MutableSpan<Double>
  ) -> Int { findChordsBody(DoubleBlock1.self, table, segment, basis, flatness, &cursor, &ends) }
  public static func estimate(
    _ table: Span<Segment<Double>>, segment: Int, basis: Basis, _ flatness: Flatness
  ) -> Double { estimateBody(DoubleBlock1.self, table, segment, basis, flatness) }
  public static func reach(
    _ table: Span<Segment<Double>>, segments: Int, basis: Basis, _ flatness: Flatness,
    into reach: inout FlatReach
  ) { reachBody(DoubleBlock1.self, table, segments: segments, basis, flatness, &reach) }
}

extension DoubleBlock2: FlatBlock {
  @inline(__always) public static func wide(_ row: Row) -> SIMD2<Double> { SIMD2(row[0], row[1]) }
  public static func countChords(
    _ table: Span<Segment<Row>>, basis: Basis, _ flatness: Flatness, into codes: inout MutableSpan<UInt8>
  ) -> FlatCount { countChordsBody(DoubleBlock2.self, table, basis, flatness, &codes) }
  public static func findChords(
    _ table: Span<Segment<Row>>, segment: Int, basis: Basis, _ flatness: Flatness, cursor: inout FlatCursor,
    into ends: inout MutableSpan<Double>
  ) -> Int { findChordsBody(DoubleBlock2.self, table, segment, basis, flatness, &cursor, &ends) }
  public static func estimate(
    _ table: Span<Segment<Row>>, segment: Int, basis: Basis, _ flatness: Flatness
  ) -> Double { estimateBody(DoubleBlock2.self, table, segment, basis, flatness) }
  public static func reach(
    _ table: Span<Segment<Row>>, segments: Int, basis: Basis, _ flatness: Flatness,
    into reach: inout FlatReach
  ) { reachBody(DoubleBlock2.self, table, segments: segments, basis, flatness, &reach) }
}

extension DoubleBlock3: FlatBlock {
  @inline(__always) public static func wide(_ row: Row) -> SIMD4<Double> { SIMD4(row[0], row[1], row[2], 0) }
  public static func countChords(
    _ table: Span<Segment<Row>>, basis: Basis, _ flatness: Flatness, into codes: inout MutableSpan<UInt8>
  ) -> FlatCount { countChordsBody(DoubleBlock3.self, table, basis, flatness, &codes) }
  public static func findChords(
    _ table: Span<Segment<Row>>, segment: Int, basis: Basis, _ flatness: Flatness, cursor: inout FlatCursor,
    into ends: inout MutableSpan<Double>
  ) -> Int { findChordsBody(DoubleBlock3.self, table, segment, basis, flatness, &cursor, &ends) }
  public static func estimate(
    _ table: Span<Segment<Row>>, segment: Int, basis: Basis, _ flatness: Flatness
  ) -> Double { estimateBody(DoubleBlock3.self, table, segment, basis, flatness) }
  public static func reach(
    _ table: Span<Segment<Row>>, segments: Int, basis: Basis, _ flatness: Flatness,
    into reach: inout FlatReach
  ) { reachBody(DoubleBlock3.self, table, segments: segments, basis, flatness, &reach) }
}

extension DoubleBlock4: FlatBlock {
  @inline(__always) public static func wide(_ row: Row) -> SIMD4<Double> {
    SIMD4(row[0], row[1], row[2], row[3])
  }
  public static func countChords(
    _ table: Span<Segment<Row>>, basis: Basis, _ flatness: Flatness, into codes: inout MutableSpan<UInt8>
  ) -> FlatCount { countChordsBody(DoubleBlock4.self, table, basis, flatness, &codes) }
  public static func findChords(
    _ table: Span<Segment<Row>>, segment: Int, basis: Basis, _ flatness: Flatness, cursor: inout FlatCursor,
    into ends: inout MutableSpan<Double>
  ) -> Int { findChordsBody(DoubleBlock4.self, table, segment, basis, flatness, &cursor, &ends) }
  public static func estimate(
    _ table: Span<Segment<Row>>, segment: Int, basis: Basis, _ flatness: Flatness
  ) -> Double { estimateBody(DoubleBlock4.self, table, segment, basis, flatness) }
  public static func reach(
    _ table: Span<Segment<Row>>, segments: Int, basis: Basis, _ flatness: Flatness,
    into reach: inout FlatReach
  ) { reachBody(DoubleBlock4.self, table, segments: segments, basis, flatness, &reach) }
}
