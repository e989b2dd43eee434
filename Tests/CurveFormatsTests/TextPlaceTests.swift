import Testing

@testable import CurveFormats

@Suite struct TextPlaceTests {
  /// Lines and characters counted one byte at a time.
  private func reference(_ bytes: [UInt8], _ end: Int) -> TextPlace {
    var place = TextPlace(offset: end, line: 1, column: 1)
    for i in 0..<end {
      let isFeed = bytes[i] == UInt8(ascii: "\n")
      if isFeed, i > 0, bytes[i - 1] == UInt8(ascii: "\r") { continue }
      if isFeed || bytes[i] == UInt8(ascii: "\r") {
        (place.line, place.column) = (place.line + 1, 1)
      } else if bytes[i] & 0xC0 != 0x80 {
        place.column += 1
      }
    }
    return place
  }

  @Test func `places agree with counting one byte at a time, wherever the window was refilled`() throws {
    var random = SplitMix(seed: 31)
    let letters = Array("ab\n\r".utf8) + Array("é😀".utf8)
    for _ in 0..<300 {
      let bytes = (0..<120).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] }
      var source = ArraySource(bytes, chunk: 5)
      var window = ByteWindow(bytes: 16)
      while true {
        #expect(window.place == reference(bytes, window.place.offset))
        window.position = Int.random(in: window.position...window.end, using: &random)
        #expect(window.place == reference(bytes, window.place.offset))
        window.position = window.end
        guard try window.refill(from: &source) else { break }
      }
    }
  }
}
