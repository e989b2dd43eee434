/// Writes points as an NPY file, version 1.0: shape `(count, dimensions)`, little-endian, rows first.
///
/// - Memory: none beside the header; as `RawWriter` for rows of the other width.
public struct NPYWriter<Sink: ByteSink & ~Copyable>: PointWriter, ~Copyable {
  public private(set) var sink: Sink
  private let scalar: ScalarType
  private var rows = RowCount()

  public init(to sink: consuming Sink, scalar: ScalarType = .f32) {
    self.sink = sink
    self.scalar = scalar
  }

  public mutating func begin(count: Int, dimensions: Int) throws(FormatError) {
    try rows.begin(count: count, dimensions: dimensions)
    let dtype = scalar == .f32 ? "<f4" : "<f8"
    var text = Array(
      "{'descr': '\(dtype)', 'fortran_order': False, 'shape': (\(count), \(dimensions)), }".utf8)
    // Magic, version and length take ten bytes; the numbers begin at a multiple of 64, after a line feed.
    while (10 + text.count + 1) % 64 != 0 { text.append(UInt8(ascii: " ")) }
    text.append(UInt8(ascii: "\n"))
    let length = [UInt8(truncatingIfNeeded: text.count), UInt8(truncatingIfNeeded: text.count >> 8)]
    let header = NPYHeader.magic + [1, 0] + length + text
    try CurveFormats.write(header.span, to: &sink)
  }

  public mutating func write(_ rows: Span<Double>) throws(FormatError) {
    try self.rows.add(values: rows.count)
    try writeNumbers(rows, as: scalar, to: &sink)
  }

  public mutating func write(_ rows: Span<Float>) throws(FormatError) {
    try self.rows.add(values: rows.count)
    try writeNumbers(rows, as: scalar, to: &sink)
  }

  public mutating func finish() throws(FormatError) { try rows.finish() }

  /// The sink, the writer being done with.
  public consuming func intoSink() -> Sink { sink }
}
