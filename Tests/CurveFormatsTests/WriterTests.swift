import Testing

@testable import CurveFormats

@Suite struct WriterTests {
  @Test func `CSV has a header, LF, and empty fields for gaps`() throws {
    var writer = CSVWriter(to: ArraySink())
    try write([1, 2.5, .nan, .nan, 1e21, .nan], dimensions: 2, to: &writer)
    #expect(text(writer.sink) == "x,y\n1,2.5\n,\n1e+21,\n")
  }

  @Test(arguments: [(1, "x\n1\n\n"), (3, "x,y,z\n1,1,1\n,,\n"), (4, "x,y,z,w\n1,1,1,1\n,,,\n")])
  func `the CSV header names as many coordinates as there are`(dimensions: Int, expected: String) throws {
    var writer = CSVWriter(to: ArraySink())
    let row = Array(repeating: 1.0, count: dimensions)
    try write(row + row.map { _ in .nan }, dimensions: dimensions, to: &writer)
    #expect(text(writer.sink) == expected)
  }

  @Test func `JSON of a prediction tells its points, then their count`() throws {
    var writer = JSONPointWriter(to: ArraySink(), as: .predicted)
    try write([1, 2.5, 4, -3], dimensions: 2, to: &writer)
    #expect(text(writer.sink) == "{\"predicted\":[[1,2.5],[4,-3]],\"count\":2}\n")
  }

  @Test func `JSON tells count and dimensions, and null for gaps`() throws {
    var writer = JSONPointWriter(to: ArraySink())
    try write([1, 2.5, .nan, .nan, .nan, -3], dimensions: 2, to: &writer)
    #expect(text(writer.sink) == "{\"count\":3,\"dimensions\":2,\"points\":[[1,2.5],null,[null,-3]]}\n")
  }

  @Test func `JSON of one dimension keeps its brackets, and of no point its list`() throws {
    var writer = JSONPointWriter(to: ArraySink())
    try write([1, 2], dimensions: 1, to: &writer)
    #expect(text(writer.sink) == "{\"count\":2,\"dimensions\":1,\"points\":[[1],[2]]}\n")
    var empty = JSONPointWriter(to: ArraySink())
    try write([], dimensions: 2, to: &empty)
    #expect(text(empty.sink) == "{\"count\":0,\"dimensions\":2,\"points\":[]}\n")
  }

  @Test func `Floats are written with their own shortest digits`() throws {
    var writer = CSVWriter(to: ArraySink())
    try writer.begin(count: 2, dimensions: 1)
    try writer.write([0.1, 1e10].span as Span<Float>)
    try writer.finish()
    #expect(text(writer.sink) == "x\n0.1\n10000000000\n")
  }

  @Test(arguments: [0, 1, 10, 1_000_000, Int.max])
  func `an NPY header ends at a multiple of 64 with a line feed`(count: Int) throws {
    var writer = NPYWriter(to: ArraySink(), scalar: .f64)
    try writer.begin(count: count, dimensions: 2)
    let header = writer.sink.bytes
    #expect(header.count.isMultiple(of: 64))
    #expect(header.prefix(8) == [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0])
    #expect(Int(header[8]) + Int(header[9]) << 8 == header.count - 10)
    #expect(
      text(header[10...]).hasPrefix("{'descr': '<f8', 'fortran_order': False, 'shape': (\(count), 2), } "))
    #expect(header.last == UInt8(ascii: "\n"))
  }

  @Test func `raw numbers are little-endian, NaN the plain one`() throws {
    var writer = RawWriter(to: ArraySink(), scalar: .f32)
    try write([1, .nan], dimensions: 2, to: &writer)
    #expect(writer.sink.bytes == [0, 0, 0x80, 0x3F, 0, 0, 0xC0, 0x7F])
    var wide = RawWriter(to: ArraySink(), scalar: .f64)
    try wide.begin(count: 1, dimensions: 1)
    try wide.write([Float(1.5)].span)
    try wide.finish()
    #expect(wide.sink.bytes == [0, 0, 0, 0, 0, 0, 0xF8, 0x3F])
  }

  @Test func `a writer holds its caller to what was announced`() throws {
    var writer = CSVWriter(to: ArraySink())
    #expect(throws: FormatError.unexpectedRows(.notBegun)) { try writer.write([1.0].span) }
    #expect(throws: FormatError.unexpectedRows(.notBegun)) { try writer.finish() }
    #expect(throws: FormatError.unexpectedRows(.dimensions(5))) { try writer.begin(count: 1, dimensions: 5) }
    #expect(throws: FormatError.unexpectedRows(.dimensions(0))) { try writer.begin(count: 1, dimensions: 0) }
    try writer.begin(count: 2, dimensions: 2)
    #expect(throws: FormatError.unexpectedRows(.begunTwice)) { try writer.begin(count: 1, dimensions: 2) }
    #expect(throws: FormatError.unexpectedRows(.partialRow(values: 3, dimensions: 2))) {
      try writer.write([1.0, 2, 3].span)
    }
    try writer.write([1.0, 2].span)
    #expect(throws: FormatError.unexpectedRows(.count(1, announced: 2))) { try writer.finish() }
    #expect(throws: FormatError.unexpectedRows(.count(3, announced: 2))) {
      try writer.write([1.0, 2, 3, 4].span)
    }
  }

  @Test func `a sink's failure reaches the caller`() throws {
    var writer = NPYWriter(to: FullSink())
    #expect(throws: FormatError.sink("no space")) { try writer.begin(count: 1, dimensions: 1) }
  }

  @Test func `a source's failure reaches the caller`() {
    #expect(throws: FormatError.source("gone")) {
      var source = BrokenSource()
      return try CSVReader().read(from: &source)
    }
  }

  @Test func `output goes out in pieces of bounded size`() throws {
    var writer = JSONPointWriter(to: PieceSink())
    try write((0..<40_000).map { 1 / Double($0 + 1) }, dimensions: 4, to: &writer)
    #expect(writer.sink.largest <= 1 << 16)
    #expect(writer.sink.pieces > 5)
  }
}

private struct FullSink: ByteSink {
  mutating func write(_ bytes: RawSpan) throws(FormatError) { throw .sink("no space") }
}

private struct BrokenSource: ByteSource {
  private var isFirst = true

  init() {}

  mutating func read(into buffer: inout MutableSpan<UInt8>) throws(FormatError) -> Int {
    guard isFirst else { throw .source("gone") }
    isFirst = false
    buffer[0] = UInt8(ascii: "1")
    return 1
  }
}

private struct PieceSink: ByteSink {
  var (largest, pieces) = (0, 0)

  mutating func write(_ bytes: RawSpan) throws(FormatError) {
    largest = max(largest, bytes.byteCount)
    pieces += 1
  }
}

func text(_ sink: ArraySink) -> String { String(decoding: sink.bytes, as: UTF8.self) }

func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

/// Writes all rows in two pieces.
func write<Writer: PointWriter & ~Copyable>(
  _ values: [Double], dimensions: Int, to writer: inout Writer
) throws(FormatError) {
  let rows = values.count / dimensions
  let middle = rows / 2 * dimensions
  try writer.begin(count: rows, dimensions: dimensions)
  try writer.write(values.span.extracting(0..<middle))
  try writer.write(values.span.extracting(middle..<values.count))
  try writer.finish()
}
