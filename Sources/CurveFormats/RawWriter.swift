/// Writes points as little-endian numbers without a header. Rows of the other width are converted: Doubles rounded to the
/// nearest Float, Floats widened.
///
/// - Memory: one buffer of 64 KiB, used only for conversion.
public struct RawWriter<Sink: ByteSink & ~Copyable>: PointWriter, ~Copyable {
  public private(set) var sink: Sink
  private let scalar: ScalarType
  private var rows = RowCount()

  public init(to sink: consuming Sink, scalar: ScalarType) {
    self.sink = sink
    self.scalar = scalar
  }

  public mutating func begin(count: Int, dimensions: Int) throws(FormatError) {
    try rows.begin(count: count, dimensions: dimensions)
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

/// Sends `values` as little-endian numbers of the given width.
func writeNumbers(
  _ values: Span<some WritableScalar>, as scalar: ScalarType, to sink: inout some ByteSink & ~Copyable
) throws(FormatError) {
  guard !values.isEmpty else { return }
  #if _endian(little)
    if scalar.size == MemoryLayout.size(ofValue: values[0]) { return try write(values, to: &sink) }
  #endif
  var start = 0
  while start < values.count {
    let end = min(start + 4096, values.count)
    var bytes: [UInt8] = []
    bytes.reserveCapacity((end - start) * scalar.size)
    for i in start..<end {
      let bits = scalar == .f32 ? UInt64(Float(values[i]).bitPattern) : Double(values[i]).bitPattern
      for k in 0..<scalar.size { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(8 * k))) }
    }
    try write(bytes.span, to: &sink)
    start = end
  }
}
