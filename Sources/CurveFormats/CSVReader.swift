/// Reads rows of numbers from CSV text.
///
/// - Shape: comma, semicolon or tab, whichever the first line shows; quotes as in RFC 4180; line ends LF, CR LF or CR;
///   a byte order mark is skipped. The first row is a header when a text of it stands above a number or a date, or when
///   it has texts and neither number nor date. A column holds numbers when the first of its fields that is not empty,
///   among the first 100 rows and the first mebibyte, is one.
/// - Gaps: an empty field and `nan` are NaN. Blank lines are skipped; in a one-column file a blank line between rows is a
///   gap, those at the end are not.
/// - Units: dates, when chosen, become seconds since 1970-01-01 UTC.
/// - Memory: the result and `bufferBytes`, which grows to 16 MiB for longer rows; of a short text as much as it has.
public struct CSVReader: Sendable {
  public var options: CSVOptions
  private let bufferBytes: Int

  public init(options: CSVOptions = CSVOptions(), bufferBytes: Int = 1 << 18) {
    self.options = options
    self.bufferBytes = bufferBytes
  }

  /// - Throws: `FormatError.csv` with line and column; `.columns` when those wanted are not there; `.source` from the
  ///   source.
  public func read(from source: inout some ByteSource & ~Copyable) throws(FormatError) -> PointTable {
    var parser = CSVParser(bufferBytes: Self.room(source.bytesLeft, atMost: bufferBytes))
    return try parser.table(options, from: &source)
  }

  /// Clearing far more memory than a short text fills takes a good part of the time that reading it does. One byte is for
  /// its end to show in; a source may be wrong about itself (files below /proc have 0 bytes), so it is never little.
  private static func room(_ bytesLeft: Int?, atMost bufferBytes: Int) -> Int {
    guard let bytesLeft else { return bufferBytes }
    return min(bufferBytes, max(4096, min(bytesLeft, bufferBytes - 1) + 1))
  }
}

/// Reads rows as long as they lie whole in `bytes[start..<end]` and hold plain numbers.
///
/// Anything else, blank lines, quotes and faults included, is left to the careful reader, which also words the errors.
///
/// - Returns: the start of the first row that was not taken.
func scanRows(
  _ bytes: Span<UInt8>, from start: Int, to end: Int, delimiter: UInt8, _ plan: CSVPlan,
  into values: inout [Double]
) -> Int {
  let slots = plan.slots
  let dimensions = plan.dimensions
  var position = start
  while true {
    let base = values.count
    for _ in 0..<dimensions { values.append(.nan) }
    let next = scanRow(bytes, from: position, to: end, delimiter: delimiter, slots.span, base: base, &values)
    if next < 0 {
      values.removeLast(dimensions)
      return position
    }
    position = next
  }
}

/// One row; the index behind its line end, or -1.
@inline(__always)
private func scanRow(
  _ bytes: Span<UInt8>, from start: Int, to end: Int, delimiter: UInt8, _ slots: Span<Int>, base: Int,
  _ values: inout [Double]
) -> Int {
  var p = start
  for field in slots.indices {
    let slot = slots[field]
    while p < end, bytes[p] == UInt8(ascii: " ") { p += 1 }
    guard p < end, bytes[p] != UInt8(ascii: "\"") else { return -1 }
    if slot < 0 {
      while p < end, bytes[p] != delimiter, !isLineEnd(bytes[p]) { p += 1 }
    } else if bytes[p] != delimiter, !isLineEnd(bytes[p]) {
      let scan = scanDecimal(bytes, from: p, to: end, strict: false)
      guard scan.fault == nil else { return -1 }
      values[base + slot] = scan.value
      p = scan.next
      while p < end, bytes[p] == UInt8(ascii: " ") { p += 1 }
    } else if slots.count == 1 {
      return -1
    }
    guard p < end else { return -1 }
    if field < slots.count - 1 {
      guard bytes[p] == delimiter else { return -1 }
      p += 1
    }
  }
  if bytes[p] == UInt8(ascii: "\n") { return p + 1 }
  guard bytes[p] == UInt8(ascii: "\r"), p + 1 < end else { return -1 }
  return bytes[p + 1] == UInt8(ascii: "\n") ? p + 2 : p + 1
}
