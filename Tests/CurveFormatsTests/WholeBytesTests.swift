import CurveFormats
import Testing

/// Bytes that are in memory already, beside the same from a source that hands out three at a time.
@Suite struct WholeBytesTests {
  @Test(arguments: [
    "{\"points\":[[0,1],[2.5,-3e2],null,[4,null]],\"type\":\"cubic\"}", "[1,2,3]", "\u{FEFF}[[1,2],[3,4]]",
    "{\"prices\":[1,null,3]}", "", "   ", "[[1,2],[3]]", "{\"points\":[[1,2],\n[3,x]]}", "[1,2", "[1] x",
    "[0123]", "12",
    "[1,2.", "{\"points\":[],\"points\":[]}",
  ])
  func `a JSON document in memory reads as from a source, faults and their places included`(_ text: String) {
    let bytes = Array(text.utf8)
    #expect(
      described { () throws(FormatError) in try JSONReader.read(bytes) }
        == described { () throws(FormatError) in
          var source = ArraySource(bytes, chunk: 3)
          return try JSONReader(bufferBytes: 16).read(from: &source)
        })
  }

  @Test(arguments: [0, 8, 16, 4096, 20, 7])
  func `raw numbers in memory read as from a source, partial rows included`(_ count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) & 0x3F }
    let reader = RawReader(scalar: .f32, dimensions: 2, bufferBytes: 16)
    #expect(
      described { () throws(FormatError) in try reader.read(bytes) }
        == described { () throws(FormatError) in
          var source = ArraySource(bytes, chunk: 3)
          return try reader.read(from: &source)
        })
  }

  private func described<Value>(_ read: () throws(FormatError) -> Value) -> String {
    do throws(FormatError) { return "\(try read())" } catch { return "\(error)" }
  }
}
