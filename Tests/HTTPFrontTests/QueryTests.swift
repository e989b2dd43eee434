import Foundation
import HTTPFront
import Testing

@Suite struct QueryTests {
  private func items(_ query: String) throws -> [[String?]] {
    let bytes = octets(query)
    var (items, found) = (QueryItems(), [[String?]]())
    while let item = items.next(in: bytes.span) {
      let name = try PercentDecoding.text(item.name, of: bytes.span, plusIsSpace: true)
      let value = try PercentDecoding.text(item.value, of: bytes.span, plusIsSpace: true)
      found.append([name, item.hasValue ? value : nil])
    }
    return found
  }

  @Test func `a query is its items in order, decoded (URL 5.1)`() throws {
    let found = try items("a=1&b=%2C%3d+x%2B&&c&d=&=e&a=2=3&%C3%A9=%E2%82%AC")
    #expect(
      found == [
        ["a", "1"], ["b", ",= x+"], ["c", nil], ["d", ""], ["", "e"], ["a", "2=3"], ["é", "€"],
      ])
    #expect(try items("").isEmpty)
    #expect(try items("&&").isEmpty)
  }

  @Test func `queries are read as Foundation reads them`() throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<300 {
      let query = (0..<20).map { _ in
        ["a", "=", "&", "%41", "b", "%20", "~"].randomElement(using: &random) ?? ""
      }.joined()
      var parts = URLComponents()
      parts.percentEncodedQuery = query
      let wanted = (parts.queryItems ?? []).map { [$0.name, $0.value] }.filter { $0 != ["", nil] }
      #expect(try items(query) == wanted, "\(query)")
    }
  }

  @Test(arguments: [("a=%", 2), ("a=%4", 2), ("a=%4&b=1", 2), ("ab%zz", 2), ("a=1&b=%g0", 6), ("a=%%41", 2)])
  func `a bad escape is refused with its place`(query: String, offset: Int) {
    #expect(throws: EscapeFault.escape(offset: offset)) { try items(query) }
  }

  @Test func `bytes that are no text are refused`() {
    #expect(throws: EscapeFault.notUTF8(offset: 2)) { try items("a=%FF") }
    #expect(throws: EscapeFault.notUTF8(offset: 4)) { try items("b&a=%C3%28") }
    #expect(EscapeFault.escape(offset: 7).description.contains("byte 7"))
  }

  @Test(arguments: [
    ("/", [""]), ("/a", ["a"]), ("/a/", ["a", ""]), ("/a//b%2Fc/d+e", ["a", "", "b/c", "d+e"]), ("", []),
  ]) func `a path is its segments, an escaped slash in them (3986 3.3)`(path: String, wanted: [String]) throws
  {
    let bytes = octets(path)
    var (segments, found) = (PathSegments(), [String]())
    while let segment = segments.next(in: bytes.span) {
      found.append(try PercentDecoding.text(segment, of: bytes.span, plusIsSpace: false))
    }
    #expect(found == wanted)
  }
}

/// Knuth's linear congruential generator: the same numbers at every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 33
  }
}
