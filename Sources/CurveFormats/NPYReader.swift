/// Reads points from an NPY file: float32 or float64 in either byte order, rows or columns first, of shape `(n,)` or
/// `(n, dimensions)`.
///
/// - Memory: the result and `bufferBytes`; nothing is reserved for bytes that have not come or that the source does not
///   vouch for.
public struct NPYReader: Sendable {
  private let maximumDimensions: Int
  private let bufferBytes: Int

  /// - Shape: `maximumDimensions` is the most numbers a row, 8 for points with tangents.
  public init(maximumDimensions: Int = 4, bufferBytes: Int = 1 << 18) {
    self.maximumDimensions = maximumDimensions
    self.bufferBytes = bufferBytes
  }

  /// - Returns: the points, and the scalar in which the file holds them.
  /// - Throws: `FormatError.npy` with the byte offset; `.source` from the source.
  public func read(
    from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) -> (table: PointTable, scalar: ScalarType) {
    var file = NPYFile(window: ByteWindow(bytes: bufferBytes, isText: false))
    let header = try file.header(from: &source)
    let (count, dimensions) = try header.rows(maximum: maximumDimensions, offset: file.offset)
    let values = try file.values(header, count: count, dimensions: dimensions, from: &source)
    return (PointTable(dimensions: dimensions, values: values), header.scalar)
  }
}

/// The state of reading one file.
struct NPYFile: ~Copyable {
  var window: ByteWindow
  /// Bytes read so far.
  var offset = 0

  init(window: consuming ByteWindow) { self.window = window }

  /// What was read and not used, the file being done with.
  consuming func intoWindow() -> ByteWindow { window }

  mutating func header(from source: inout some ByteSource & ~Copyable) throws(FormatError) -> NPYHeader {
    for byte in NPYHeader.magic {
      guard try next(from: &source) == byte else { throw .npy(.notNPY, offset: offset) }
    }
    let (major, minor) = (Int(try byte(from: &source)), Int(try byte(from: &source)))
    guard (1...3).contains(major), minor == 0 else {
      throw .npy(.version(major: major, minor: minor), offset: offset - 2)
    }
    var length = 0
    for i in 0..<(major == 1 ? 2 : 4) { length |= Int(try byte(from: &source)) << (8 * i) }
    guard length <= NPYHeader.longest else { throw .npy(.headerTooLong(length), offset: offset) }
    let start = offset
    var text: [UInt8] = []
    for _ in 0..<length { text.append(try byte(from: &source)) }
    return try NPYHeader(text, offset: start)
  }

  private mutating func next(from source: inout some ByteSource & ~Copyable) throws(FormatError) -> UInt8? {
    guard let byte = try window.peek(from: &source) else { return nil }
    window.position += 1
    offset += 1
    return byte
  }

  private mutating func byte(from source: inout some ByteSource & ~Copyable) throws(FormatError) -> UInt8 {
    guard let byte = try next(from: &source) else { throw .npy(.truncatedHeader, offset: offset) }
    return byte
  }

  mutating func values(
    _ header: NPYHeader, count: Int, dimensions: Int, from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) -> [Double] {
    let numbers = BinaryNumbers(scalar: header.scalar, isBigEndian: header.isBigEndian)
    let expected = count * dimensions * header.scalar.size
    let known =
      (source.bytesLeft ?? 0) / header.scalar.size + (window.end - window.position) / header.scalar.size
    var values: [Double] = []
    values.reserveCapacity(min(count * dimensions, known))
    let taken = try window.readNumbers(numbers, limit: expected, into: &values, from: &source)
    guard taken == expected else {
      throw .npy(.truncated(bytes: taken, expected: expected), offset: offset + taken)
    }
    guard try window.peek(from: &source) == nil else {
      throw .npy(.trailingBytes(expected: expected), offset: offset + expected)
    }
    return header.isColumnMajor && dimensions > 1 ? transposed(values, count, dimensions) : values
  }

  /// Columns that lie one after the other, as rows.
  private func transposed(_ columns: [Double], _ count: Int, _ dimensions: Int) -> [Double] {
    var rows = [Double](repeating: 0, count: columns.count)
    for column in 0..<dimensions {
      for row in 0..<count { rows[row * dimensions + column] = columns[column * count + row] }
    }
    return rows
  }
}
