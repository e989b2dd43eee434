/// Rows of numbers that are read a part at a time, in bounded memory.
public protocol PointRows: ~Copyable {
  /// Numbers a row.
  var dimensions: Int { get }

  /// Appends the next rows.
  ///
  /// - Returns: how many; 0 only at the end. Texts may bring some more than asked for, no more than their buffer holds.
  /// - Throws: as the readers of whole inputs do.
  mutating func read(atMost rows: Int, into values: inout [Double]) throws(FormatError) -> Int
}

/// Rows of raw numbers, or of an NPY file whose rows lie one after the other.
public struct BinaryRows<Source: ByteSource & ~Copyable>: PointRows, ~Copyable {
  public let dimensions: Int
  /// Rows in all, where a header says so.
  public let count: Int?
  /// Whether an NPY file has columns one after the other: its rows cannot be read one by one.
  public let isColumnMajor: Bool
  private var source: Source
  private var window: ByteWindow
  private let numbers: BinaryNumbers
  /// Bytes of the numbers in all; nil: to the end.
  private let expected: Int?
  /// Where the numbers begin.
  private let start: Int
  private var taken = 0

  /// Raw little-endian numbers.
  public init(raw scalar: ScalarType, dimensions: Int, from source: consuming Source) {
    precondition(dimensions > 0, "1 or more numbers a row")
    self.dimensions = dimensions
    self.source = source
    numbers = BinaryNumbers(scalar: scalar)
    (count, isColumnMajor, expected, start) = (nil, false, nil, 0)
    window = ByteWindow(bytes: 1 << 18, isText: false)
  }

  /// An NPY file.
  ///
  /// - Throws: what is wrong with its header.
  public init(npy source: consuming Source, maximumDimensions: Int = 4) throws(FormatError) {
    var file = NPYFile(window: ByteWindow(bytes: 1 << 18, isText: false))
    let header = try file.header(from: &source)
    let (count, dimensions) = try header.rows(maximum: maximumDimensions, offset: file.offset)
    numbers = BinaryNumbers(scalar: header.scalar, isBigEndian: header.isBigEndian)
    (self.count, self.dimensions) = (count, dimensions)
    self.source = source
    isColumnMajor = header.isColumnMajor && dimensions > 1
    (expected, start) = (count * dimensions * header.scalar.size, file.offset)
    window = file.intoWindow()
  }

  public mutating func read(atMost rows: Int, into values: inout [Double]) throws(FormatError) -> Int {
    let rowBytes = dimensions * numbers.scalar.size
    let limit = min(rows * rowBytes, expected.map { $0 - taken } ?? .max)
    let bytes = try window.readNumbers(numbers, limit: limit, into: &values, from: &source)
    taken += bytes
    if let expected {
      guard bytes == limit else {
        throw .npy(.truncated(bytes: taken, expected: expected), offset: start + taken)
      }
      if taken == expected, try window.peek(from: &source) != nil {
        throw .npy(.trailingBytes(expected: expected), offset: start + expected)
      }
    }
    guard bytes.isMultiple(of: rowBytes) else {
      throw .partialRow(
        bytes: taken % rowBytes, rowBytes: rowBytes, offset: start + taken / rowBytes * rowBytes)
    }
    return bytes / rowBytes
  }
}

/// Rows of a CSV text.
public struct CSVRows<Source: ByteSource & ~Copyable>: PointRows, ~Copyable {
  private var source: Source
  private var parser = CSVParser(bufferBytes: 1 << 18)
  private let plan: CSVPlan

  /// - Throws: what is wrong with the first rows, or with the columns asked for.
  public init(_ options: CSVOptions, from source: consuming Source) throws(FormatError) {
    plan = try parser.begin(options, from: &source)
    self.source = source
  }

  public var dimensions: Int { plan.dimensions }

  public mutating func read(atMost rows: Int, into values: inout [Double]) throws(FormatError) -> Int {
    let before = values.count
    while values.count - before < rows * plan.dimensions {
      guard try parser.someRows(plan, into: &values, from: &source) else { break }
    }
    return (values.count - before) / plan.dimensions
  }
}
