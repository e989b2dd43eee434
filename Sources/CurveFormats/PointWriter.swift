/// Writes points in one format, in as many pieces as the caller likes and in bounded memory.
///
/// The calls come in the order `begin`, `write` any number of times, `finish`; each throws `.unexpectedRows` when it does
/// not fit those before, and `.sink` from the sink. `finish` sends the last bytes.
public protocol PointWriter: ~Copyable {
  /// - Shape: `count` rows of `dimensions` numbers will follow.
  mutating func begin(count: Int, dimensions: Int) throws(FormatError)
  /// Whole rows, flat and interleaved; a row that is all NaN is a gap.
  mutating func write(_ rows: Span<Double>) throws(FormatError)
  mutating func write(_ rows: Span<Float>) throws(FormatError)
  mutating func finish() throws(FormatError)
}

/// Holds a writer's caller to what was announced.
struct RowCount {
  private(set) var dimensions = 0
  private var announced = 0
  private var written = 0

  mutating func begin(count: Int, dimensions: Int, maximum: Int = .max) throws(FormatError) {
    guard self.dimensions == 0 else { throw .unexpectedRows(.begunTwice) }
    guard dimensions > 0, dimensions <= maximum else { throw .unexpectedRows(.dimensions(dimensions)) }
    guard count >= 0 else { throw .unexpectedRows(.count(0, announced: count)) }
    (announced, self.dimensions) = (count, dimensions)
  }

  /// Counts the rows of `values` numbers.
  mutating func add(values: Int) throws(FormatError) {
    guard dimensions > 0 else { throw .unexpectedRows(.notBegun) }
    guard values.isMultiple(of: dimensions) else {
      throw .unexpectedRows(.partialRow(values: values, dimensions: dimensions))
    }
    written += values / dimensions
    guard written <= announced else { throw .unexpectedRows(.count(written, announced: announced)) }
  }

  func finish() throws(FormatError) {
    guard dimensions > 0 else { throw .unexpectedRows(.notBegun) }
    guard written == announced else { throw .unexpectedRows(.count(written, announced: announced)) }
  }
}

/// A number that texts and files are made of.
protocol WritableScalar: FixedWidthBytes, BinaryFloatingPoint {
  func append(to text: inout TextBuffer)
}

extension Double: WritableScalar {
  func append(to text: inout TextBuffer) { text.append(self) }
}

extension Float: WritableScalar {
  func append(to text: inout TextBuffer) { text.append(self) }
}
