import Testing

@testable import CurveFormats

@Suite struct JSONErrorTests {
  @Test(arguments: Cut.all)
  func `a point of other dimensions is named by pointer, byte, line and column`(cut: Cut) {
    let bytes = Array("{\"points\":[[1,2],\n[3,4],[5]]}".utf8)
    let found = fault { () throws(FormatError) in try readJSON(bytes, cut: cut) }
    let place = TextPlace(offset: 26, line: 2, column: 9)
    #expect(found == .json(.pointDimensions(1, expected: 2), pointer: "/points/2", at: place))
  }

  @Test func `errors give their pointer and offset to a server`() {
    let found = fault { () throws(FormatError) in try readJSON("{\"points\":[[1,2],[3,1e999]]}") }
    #expect(found?.pointer == "/points/1/1")
    #expect(found?.offset == 20)
    #expect(
      found?.description
        == "line 1, column 21 (byte 20, /points/1/1): the number is larger than a Double can hold: send a finite number"
    )
  }

  @Test func `a name in a pointer is escaped`() {
    #expect(fault { () throws(FormatError) in try readJSON("{\"a/b~c\":[x]}") }?.pointer == "/a~1b~0c/0")
  }

  static let faults: [(String, JSONFault, String, Int)] = [
    ("", .truncated, "", 0), ("  ", .truncated, "", 2), ("{", .truncated, "", 1),
    ("[[1,2]", .truncated, "", 6),
    ("[1", .truncated, "", 2), ("[-", .truncated, "/0", 2), ("[1.", .truncated, "/0", 3),
    ("{\"a\":tru", .truncated, "/a", 8), ("{\"a\":\"b", .truncated, "/a", 7),
    ("{\"a\":\"\\u00", .truncated, "/a", 10),
    ("{\"a\"", .truncated, "", 4), ("\"points\"", .notADocument, "", 0), ("5", .notADocument, "", 0),
    ("[1,2]x", .trailingText, "", 5), ("{} {}", .trailingText, "", 3),
    ("[01]", .number(.leadingZero), "/0", 1),
    ("[-01]", .number(.leadingZero), "/0", 2), ("[1.]", .number(.noFraction), "/0", 3),
    ("[1e]", .number(.noExponent), "/0", 3), ("[-]", .number(.noDigits), "/0", 2),
    ("[-1e400]", .tooLarge, "/0", 1), ("{\"a\":1,\"a\":2}", .duplicateKey("a"), "", 9),
    ("{\"path\":[],\"points\":[]}", .alias("points", of: "path"), "/points", 20),
    ("[[1,2,3,4,5]]", .tooManyCoordinates(4), "/0", 10), ("[[]]", .noCoordinates, "/0", 2),
    ("[{}]", .noCoordinates, "/0", 2), ("[{\"x\":1,\"q\":2}]", .unknownCoordinate("q"), "/0", 11),
    ("[{\"y\":1}]", .missingCoordinate("x"), "/0", 7), ("[{\"x\":1,\"x\":2}]", .duplicateKey("x"), "/0", 10),
    ("{\"a\":\"\\q\"}", .badEscape, "/a", 7), ("{\"a\":\"\\u12g4\"}", .badEscape, "/a", 10),
    ("{\"a\":\"\\ud800\"}", .badUnicode, "/a", 12), ("{\"a\":\"\\ud800\\u0041\"}", .badUnicode, "/a", 17),
    ("{\"a\":\"\\udc00\"}", .badUnicode, "/a", 11), ("{\"a\":\"b\nc\"}", .controlCharacter, "/a", 7),
    ("[1,2", .truncated, "", 4), ("[[1,2],[3,4],", .truncated, "", 13),
  ]

  @Test(arguments: faults)
  func `each fault is told with pointer and offset`(
    text: String, fault: JSONFault, pointer: String, offset: Int
  ) {
    for cut in Cut.all {
      let found = CurveFormatsTests.fault { () throws(FormatError) in try readJSON(Array(text.utf8), cut: cut)
      }
      let place = TextPlace(offset: offset, line: found?.line ?? 0, column: found?.column ?? 0)
      #expect(found == .json(fault, pointer: pointer, at: place), "\(cut)")
    }
  }

  @Test(arguments: [
    "[1,]", "[,1]", "[1 2]", "[[1,2],]", "[[1,2,],[1,2]]", "{\"a\":1,}", "{a:1}", "{'a':1}", "{\"a\" 1}",
    "{\"a\":}",
    "[+1]", "[.5]", "[0x10]", "[NaN]", "[Infinity]", "[nul]", "[1}", "{\"a\":1]", "[\"1\"]", "[true]",
    "[[[1]]]",
    "{\"points\":5}", "{\"points\":null}", "{\"prices\":[[1]]}", "{\"series\":[1]}",
    "{\"points\":[[\"1\",2]]}", "[1,,2]",
  ])
  func `text outside the grammar is refused with what was expected`(text: String) {
    let found = fault { () throws(FormatError) in try readJSON(text) }
    switch found {
    case .json(.expected, _, _), .json(.number, _, _): break
    default: Issue.record("\(text): \(String(describing: found))")
    }
  }

  @Test func `bytes that are not UTF-8 are refused in a string`() {
    for bad: [UInt8] in [
      [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF5, 0x80, 0x80, 0x80],
    ] {
      let bytes = Array("{\"a\":\"".utf8) + bad + Array("\"}".utf8)
      let found = fault { () throws(FormatError) in try readJSON(bytes, cut: wholeInput) }
      guard case .json(.badUnicode, "/a", _) = found else {
        Issue.record("\(bad): \(String(describing: found))")
        continue
      }
    }
  }

  @Test func `a sixty-fifth level is refused`() {
    let text = "{\"a\":" + String(repeating: "[", count: 64)
    let found = fault { () throws(FormatError) in try readJSON(text) }
    guard case .json(.tooDeep(64), _, let place) = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect(place.offset == 68)
  }

  @Test func `a number of more than a mebibyte is refused`() {
    let bytes = Array("[".utf8) + Array(repeating: UInt8(ascii: "1"), count: 3 << 20)
    let found = fault { () throws(FormatError) in try readJSON(bytes, cut: wholeInput) }
    guard case .json(.tokenTooLong(1 << 20), "/0", _) = found else {
      Issue.record("\(String(describing: found))")
      return
    }
  }
}

extension FormatError {
  fileprivate var line: Int? { if case .json(_, _, let place) = self { place.line } else { nil } }
  fileprivate var column: Int? { if case .json(_, _, let place) = self { place.column } else { nil } }
}
