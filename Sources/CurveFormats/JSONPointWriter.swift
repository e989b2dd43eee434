/// What a JSON object of points says beside them, and what it calls them.
public enum JSONPointForm: Sendable {
  /// `{"count":N,"dimensions":D,"points":[[x,y],…]}`
  case points
  /// `{"predicted":[[x,y],…],"count":N}`
  case predicted
  /// `{"points":N,"data":[[x,y],…]}`, the facts between.
  case live
}

/// Writes points as a JSON object and a line feed, the shortest digits that read back. Numbers told about the curve stand
/// before `points`, or last.
///
/// - Shape: `JSONPointForm`; a point without any finite coordinate is `null`, a single such coordinate too.
/// - Memory: one buffer of 64 KiB.
public struct JSONPointWriter<Sink: ByteSink & ~Copyable>: PointWriter, ~Copyable {
  public private(set) var sink: Sink
  private var rows = RowCount()
  private var text = TextBuffer()
  private var isFirst = true
  private let form: JSONPointForm
  private let facts: [(name: String, value: Double)]
  private var count = 0

  /// - Parameter facts: finite numbers by names that need no escape, such as `lambda`.
  public init(
    to sink: consuming Sink, as form: JSONPointForm = .points, facts: [(name: String, value: Double)] = []
  ) {
    self.sink = sink
    self.form = form
    self.facts = facts
  }

  public mutating func begin(count: Int, dimensions: Int) throws(FormatError) {
    try rows.begin(count: count, dimensions: dimensions, maximum: 256)
    self.count = count
    switch form {
    case .points:
      text.append("{\"count\":\(count),\"dimensions\":\(dimensions)")
      appendFacts()
      text.append(",\"points\":[")
    case .predicted: text.append("{\"predicted\":[")
    case .live:
      text.append("{\"points\":\(count)")
      appendFacts()
      text.append(",\"data\":[")
    }
  }

  public mutating func write(_ rows: Span<Double>) throws(FormatError) { try writeText(rows) }

  public mutating func write(_ rows: Span<Float>) throws(FormatError) { try writeText(rows) }

  public mutating func finish() throws(FormatError) {
    try rows.finish()
    try text.makeRoom(1024, &sink)
    text.append("]")
    if form == .predicted {
      text.append(",\"count\":\(count)")
      appendFacts()
    }
    text.append("}\n")
    try text.send(to: &sink)
  }

  /// The sink, the writer being done with.
  public consuming func intoSink() -> Sink { sink }

  private mutating func appendFacts() {
    for (name, value) in facts {
      text.append(",\"\(name)\":")
      text.append(value)
    }
  }

  @inline(__always)
  private mutating func writeText(_ values: Span<some WritableScalar>) throws(FormatError) {
    try rows.add(values: values.count)
    let dimensions = rows.dimensions
    var i = 0
    while i < values.count {
      try text.makeRoom(dimensions * (TextBuffer.longestNumber + 1) + 4, &sink)
      if !isFirst { text.append(UInt8(ascii: ",")) }
      isFirst = false
      appendPoint(values, i..<i + dimensions)
      i += dimensions
    }
  }

  @inline(__always)
  private mutating func appendPoint(_ values: Span<some WritableScalar>, _ range: Range<Int>) {
    var isGap = true
    for i in range where values[i].isFinite { isGap = false }
    if isGap { return text.append("null") }
    var separator = UInt8(ascii: "[")
    for i in range {
      text.append(separator)
      separator = UInt8(ascii: ",")
      if values[i].isFinite { values[i].append(to: &text) } else { text.append("null") }
    }
    text.append(UInt8(ascii: "]"))
  }
}
