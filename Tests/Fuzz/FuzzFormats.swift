// Coverage-guided fuzzing of the parsers: built and run by scripts/test-extra, never by the package.
//
// The first byte chooses parser and chunk size, the rest is the file. A trap, an unsafe access or a result that
// depends on where chunks end is a defect.

/// What a parser made of a file: the bits of its numbers, or the words of its error.
private enum Outcome: Equatable {
  case points(Int, [UInt64])
  case refused(String)

  init(_ read: () throws(FormatError) -> PointTable) {
    do throws(FormatError) {
      let table = try read()
      self = .points(table.dimensions, table.values.map(\.bitPattern))
    } catch { self = .refused(error.description) }
  }
}

private func read(_ parser: UInt8, _ bytes: [UInt8], chunk: Int) -> Outcome {
  var source = ArraySource(bytes, chunk: chunk)
  return Outcome { () throws(FormatError) in
    switch parser {
    case 0: try CSVReader(bufferBytes: 64).read(from: &source)
    case 1:
      try CSVReader(options: CSVOptions(wantsTangents: true), bufferBytes: 64).read(from: &source)
        .splitTangents().points
    case 2:
      try CSVReader(options: CSVOptions(maximumColumns: 1, purpose: .prices), bufferBytes: 64).read(
        from: &source)
    case 3:
      try JSONReader(bufferBytes: 64).read(from: &source).points ?? PointTable(dimensions: 1, values: [])
    case 4: try NPYReader(bufferBytes: 64).read(from: &source).table
    default:
      try RawReader(scalar: parser == 5 ? .f32 : .f64, dimensions: 3, bufferBytes: 64).read(from: &source)
    }
  }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFormats(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 0 else { return 0 }
  let bytes = [UInt8](UnsafeBufferPointer(start: start + 1, count: count - 1))
  let parser = start[0] % 7
  let chunk = 1 + Int(start[0] / 7)
  guard read(parser, bytes, chunk: .max) == read(parser, bytes, chunk: chunk) else {
    fatalError("parser \(parser) depends on chunks of \(chunk)")
  }
  return 0
}
