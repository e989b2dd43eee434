/// Reads points from little-endian numbers without a header, row after row.
///
/// - Shape: rows of `dimensions` numbers; NaN is a gap, infinite numbers pass and are the kernel's to refuse.
/// - Memory: the result and `bufferBytes`.
public struct RawReader: Sendable {
  private let scalar: ScalarType
  private let dimensions: Int
  private let bufferBytes: Int

  public init(scalar: ScalarType, dimensions: Int, bufferBytes: Int = 1 << 18) {
    precondition(dimensions > 0, "1 or more numbers a row")
    (self.scalar, self.dimensions, self.bufferBytes) = (scalar, dimensions, bufferBytes)
  }

  /// - Throws: `.partialRow` when the bytes end within a row; `.source` from the source.
  public func read(from source: inout some ByteSource & ~Copyable) throws(FormatError) -> PointTable {
    var window = ByteWindow(bytes: bufferBytes, isText: false)
    return try read(&window, from: &source)
  }

  /// Numbers whose bytes are in memory: they are read where they lie.
  ///
  /// - Throws: `.partialRow` when the bytes end within a row.
  public func read(_ bytes: [UInt8]) throws(FormatError) -> PointTable {
    var window = ByteWindow(whole: bytes, isText: false)
    var nothing = ArraySource([])
    return try read(&window, from: &nothing)
  }

  private func read(
    _ window: inout ByteWindow, from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) -> PointTable {
    var values: [Double] = []
    values.reserveCapacity(((source.bytesLeft ?? 0) + window.end) / scalar.size)
    let numbers = BinaryNumbers(scalar: scalar)
    let taken = try window.readNumbers(numbers, limit: .max, into: &values, from: &source)
    let rowBytes = scalar.size * dimensions
    guard taken.isMultiple(of: rowBytes) else {
      throw .partialRow(bytes: taken % rowBytes, rowBytes: rowBytes, offset: taken / rowBytes * rowBytes)
    }
    return PointTable(dimensions: dimensions, values: values)
  }
}
