/// Writes points as CSV: a header `x,y,z,w` cut to the dimensions, LF, the shortest digits that read back.
///
/// - Shape: 1 to 4 dimensions. A number that is not finite is an empty field, so that a gap is a row of empty fields.
/// - Memory: one buffer of 64 KiB.
public struct CSVWriter<Sink: ByteSink & ~Copyable>: PointWriter, ~Copyable {
  public private(set) var sink: Sink
  private var rows = RowCount()
  private var text = TextBuffer()

  public init(to sink: consuming Sink) { self.sink = sink }

  public mutating func begin(count: Int, dimensions: Int) throws(FormatError) {
    try rows.begin(count: count, dimensions: dimensions, maximum: 4)
    text.append("x,y,z,w".prefix(2 * dimensions - 1) + "\n")
  }

  public mutating func write(_ rows: Span<Double>) throws(FormatError) { try writeText(rows) }

  public mutating func write(_ rows: Span<Float>) throws(FormatError) { try writeText(rows) }

  public mutating func finish() throws(FormatError) {
    try rows.finish()
    try text.send(to: &sink)
  }

  /// The sink, the writer being done with.
  public consuming func intoSink() -> Sink { sink }

  @inline(__always)
  private mutating func writeText(_ values: Span<some WritableScalar>) throws(FormatError) {
    try rows.add(values: values.count)
    let dimensions = rows.dimensions
    var i = 0
    while i < values.count {
      try text.makeRoom(dimensions * (TextBuffer.longestNumber + 1), &sink)
      for k in 0..<dimensions {
        if k > 0 { text.append(UInt8(ascii: ",")) }
        if values[i + k].isFinite { values[i + k].append(to: &text) }
      }
      text.append(UInt8(ascii: "\n"))
      i += dimensions
    }
  }
}
