@testable import CurveFormats

/// A small generator with a fixed order, so that a failing run can be repeated from its seed.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Ways to cut an input: pieces from the source, and the window over them.
struct Cut: Sendable, CustomStringConvertible {
  var chunk, buffer: Int
  var description: String { "pieces of \(chunk), window of \(buffer)" }

  static let all = [
    Cut(chunk: 1, buffer: 16), Cut(chunk: 7, buffer: 16), Cut(chunk: .max, buffer: 16),
    Cut(chunk: 7, buffer: 37),
    Cut(chunk: 1, buffer: 1 << 18), Cut(chunk: .max, buffer: 1 << 18),
  ]
}

let wholeInput = Cut(chunk: .max, buffer: 1 << 18)

func readCSV(
  _ text: String, _ options: CSVOptions = CSVOptions(), cut: Cut = wholeInput
) throws(FormatError) -> PointTable {
  try readCSV(Array(text.utf8), options, cut: cut)
}

func readCSV(_ bytes: [UInt8], _ options: CSVOptions, cut: Cut) throws(FormatError) -> PointTable {
  var source = ArraySource(bytes, chunk: cut.chunk)
  return try CSVReader(options: options, bufferBytes: cut.buffer).read(from: &source)
}

func readJSON(_ text: String, cut: Cut = wholeInput) throws(FormatError) -> JSONDocument {
  try readJSON(Array(text.utf8), cut: cut)
}

func readJSON(_ bytes: [UInt8], cut: Cut) throws(FormatError) -> JSONDocument {
  var source = ArraySource(bytes, chunk: cut.chunk)
  return try JSONReader(bufferBytes: cut.buffer).read(from: &source)
}

func readNPY(
  _ bytes: [UInt8], maximum: Int = 4, cut: Cut = wholeInput
) throws(FormatError) -> (table: PointTable, scalar: ScalarType) {
  var source = ArraySource(bytes, chunk: cut.chunk)
  return try NPYReader(maximumDimensions: maximum, bufferBytes: cut.buffer).read(from: &source)
}

func readRaw(
  _ bytes: [UInt8], _ scalar: ScalarType, dimensions: Int, cut: Cut = wholeInput
) throws(FormatError) -> PointTable {
  var source = ArraySource(bytes, chunk: cut.chunk)
  return try RawReader(scalar: scalar, dimensions: dimensions, bufferBytes: cut.buffer).read(from: &source)
}

/// The error that reading gives; nil when it succeeds.
func fault<Value>(_ body: () throws(FormatError) -> Value) -> FormatError? {
  do {
    _ = try body()
    return nil
  } catch {
    return error
  }
}

func columnFault(_ text: String, _ options: CSVOptions) -> ColumnFault? {
  guard case .columns(let fault) = fault({ () throws(FormatError) in try readCSV(text, options) }) else {
    return nil
  }
  return fault
}

/// A table to compare with, NaN being equal to NaN.
func table(_ dimensions: Int, _ values: [Double], names: [String] = []) -> PointTable {
  PointTable(dimensions: dimensions, values: values, names: names)
}
