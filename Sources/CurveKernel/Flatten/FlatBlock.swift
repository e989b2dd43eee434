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
}

extension FloatBlock2: FlatBlock {
  @inline(__always) public static func wide(_ row: Row) -> SIMD2<Double> { SIMD2(Double(row[0]), Double(row[1])) }
  public static func countChords(
    _ table: Span<Segment<Row>>, basis: Basis, _ flatness: Flatness, into codes: inout MutableSpan<UInt8>
  ) -> FlatCount { countChordsBody(FloatBlock2.self, table, basis, flatness, &codes) }
  public static func findChords(
    _ table: Span<Segment<Row>>, segment: Int, basis: Basis, _ flatness: Flatness, cursor: inout FlatCursor,
    into ends: inout MutableSpan<Double>
  ) -> Int { findChordsBody(FloatBlock2.self, table, segment, basis, flatness, &cursor, &ends) }
}

extension FloatBlock3: FlatBlock {
  @inline(__always) public static func wide(_ row: Row) -> SIMD4<Double> { SIMD4(Double(row[0]), Double(row[1]), Double(row[2]), 0) }
  public static func countChords(
    _ table: Span<Segment<Row>>, basis: Basis, _ flatness: Flatness, into codes: inout MutableSpan<UInt8>
  ) -> FlatCount { countChordsBody(FloatBlock3.self, table, basis, flatness, &codes) }
  public static func findChords(
    _ table: Span<Segment<Row>>, segment: Int, basis: Basis, _ flatness: Flatness, cursor: inout FlatCursor,
    into ends: inout MutableSpan<Double>
  ) -> Int { findChordsBody(FloatBlock3.self, table, segment, basis, flatness, &cursor, &ends) }
}

extension FloatBlock4: FlatBlock {
  @inline(__always) public static func wide(_ row: Row) -> SIMD4<Double> { SIMD4(Double(row[0]), Double(row[1]), Double(row[2]), Double(row[3])) }
  public static func countChords(
    _ table: Span<Segment<Row>>, basis: Basis, _ flatness: Flatness, into codes: inout MutableSpan<UInt8>
  ) -> FlatCount { countChordsBody(FloatBlock4.self, table, basis, flatness, &codes) }
  public static func findChords(
    _ table: Span<Segment<Row>>, segment: Int, basis: Basis, _ flatness: Flatness, cursor: inout FlatCursor,
    into ends: inout MutableSpan<Double>
  ) -> Int { findChordsBody(FloatBlock4.self, table, segment, basis, flatness, &cursor, &ends) }
}

extension DoubleBlock1: FlatBlock {
  @inline(__always) public static func wide(_ row: Double) -> SIMD2<Double> { SIMD2(row, 0) }
  public static func countChords(
    _ table: Span<Segment<Double>>, basis: Basis, _ flatness: Flatness, into codes: inout MutableSpan<UInt8>
  ) -> FlatCount { countChordsBody(DoubleBlock1.self, table, basis, flatness, &codes) }
  public static func findChords(
    _ table: Span<Segment<Double>>, segment: Int, basis: Basis, _ flatness: Flatness, cursor: inout FlatCursor,
    into ends: inout MutableSpan<Double>
  ) -> Int { findChordsBody(DoubleBlock1.self, table, segment, basis, flatness, &cursor, &ends) }
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
}

extension DoubleBlock4: FlatBlock {
  @inline(__always) public static func wide(_ row: Row) -> SIMD4<Double> { SIMD4(row[0], row[1], row[2], row[3]) }
  public static func countChords(
    _ table: Span<Segment<Row>>, basis: Basis, _ flatness: Flatness, into codes: inout MutableSpan<UInt8>
  ) -> FlatCount { countChordsBody(DoubleBlock4.self, table, basis, flatness, &codes) }
  public static func findChords(
    _ table: Span<Segment<Row>>, segment: Int, basis: Basis, _ flatness: Flatness, cursor: inout FlatCursor,
    into ends: inout MutableSpan<Double>
  ) -> Int { findChordsBody(DoubleBlock4.self, table, segment, basis, flatness, &cursor, &ends) }
}

