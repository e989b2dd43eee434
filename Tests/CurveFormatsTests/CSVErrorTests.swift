import Testing

@testable import CurveFormats

@Suite struct CSVErrorTests {
  private func place(_ offset: Int, _ line: Int, _ column: Int) -> TextPlace {
    TextPlace(offset: offset, line: line, column: column)
  }

  @Test(arguments: Cut.all)
  func `a field that is no number is named with line, column and column name`(cut: Cut) {
    let text = "x,größe\r\n1,2\r\n\"é\n\",3\r\nä"
    let expected = FormatError.csv(.notANumber("é\n", column: "x"), at: place(16, 3, 1))
    #expect(
      fault { () throws(FormatError) in try readCSV(Array(text.utf8), CSVOptions(), cut: cut) } == expected)
  }

  @Test func `places count characters, not bytes`() {
    let found = fault { () throws(FormatError) in try readCSV("näh,y\nöö,1\nöö,q\n") }
    #expect(found == .csv(.notANumber("q", column: "y"), at: place(19, 3, 4)))
  }

  private func options(_ name: String) -> CSVOptions { CSVOptions(columns: [.name(name)]) }

  @Test(arguments: ["inf", "-Infinity", "1e999", "+INF"])
  func `an infinite number is refused with its place`(text: String) {
    let found = fault { () throws(FormatError) in try readCSV("x,y\n1,2\n3,\(text)\n") }
    #expect(found == .csv(.notFinite(text, column: "y"), at: place(10, 3, 3)))
  }

  @Test(arguments: [("1,2\n3\n", 1, 4), ("1,2\n3,4,5\n", 3, 8), ("1,2\n3,4,5,6\n", 4, 8)])
  func `a row with more or fewer fields is refused where it differs`(text: String, count: Int, offset: Int) {
    let found = fault { () throws(FormatError) in try readCSV(text) }
    #expect(found == .csv(.fieldCount(count, expected: 2), at: place(offset, 2, offset - 3)))
  }

  @Test(arguments: Cut.all)
  func `a quote that is never closed is refused where it opens`(cut: Cut) {
    let bytes = Array("x,y\n1,2\n3,\"4\n5,6\n7,8\n".utf8)
    let found = fault { () throws(FormatError) in
      try readCSV(bytes, CSVOptions(columns: [.number(1)]), cut: cut)
    }
    #expect(found == .csv(.openQuote, at: place(10, 3, 3)))
  }

  @Test func `text behind a closing quote is refused`() {
    let found = fault { () throws(FormatError) in try readCSV("x,y\n1,\"2\"3\n") }
    #expect(found == .csv(.textAfterQuote, at: place(9, 2, 6)))
  }

  @Test(arguments: ["", "\n\n", "  \r\n", "\u{FEFF}"])
  func `a text without a row is refused`(text: String) {
    let found = fault { () throws(FormatError) in try readCSV(text) }
    guard case .csv(.empty, _) = found else {
      Issue.record("\(String(describing: found))")
      return
    }
  }

  @Test(arguments: ["x,y\n", "x\n\n\n"])
  func `a header without rows is refused`(text: String) {
    let found = fault { () throws(FormatError) in try readCSV(text) }
    guard case .csv(.noRows, _) = found else {
      Issue.record("\(String(describing: found))")
      return
    }
  }

  @Test func `a row that outgrows the window's limit is refused`() {
    let bytes = Array("x,y\n1,\"".utf8) + Array(repeating: UInt8(ascii: "a"), count: 17 << 20)
    let found = fault { () throws(FormatError) in
      try readCSV(bytes, CSVOptions(columns: [.number(1)]), cut: wholeInput)
    }
    #expect(found == .csv(.rowTooLong(1 << 24), at: place(0, 1, 1)))
  }

  @Test func `an unknown column is named with the nearest known one`() {
    #expect(
      columnFault("date,price\n2000-01-01,1\n", options("prise"))
        == .unknownName("prise", nearest: "price", known: ["date", "price"]))
    #expect(
      columnFault("date,price\n2000-01-01,1\n", options("volume"))
        == .unknownName("volume", nearest: nil, known: ["date", "price"]))
  }

  @Test func `columns that cannot be had are refused`() {
    #expect(columnFault("1,2\n", options("x")) == .noHeader(name: "x"))
    #expect(columnFault("1,2\n", CSVOptions(columns: [.number(3)])) == .outOfRange(3, count: 2))
    #expect(columnFault("1,2\n", CSVOptions(columns: [.number(0)])) == .outOfRange(0, count: 2))
    #expect(columnFault("x,y\n1,2\n", CSVOptions(columns: [.number(1), .name("x")])) == .chosenTwice("x"))
    #expect(columnFault("a,b\nc,d\n", CSVOptions()) == .noNumericColumn(names: ["a", "b"]))
    #expect(
      columnFault("1,2,3\n", CSVOptions(columns: [.number(1), .number(2)], maximumColumns: 1))
        == .tooMany(2, maximum: 1))
    #expect(
      columnFault("x,y,tx\n1,2,3\n", CSVOptions(wantsTangents: true)) == .tangentCount(1, expected: 2))
  }

  @Test func `an odd number of columns cannot be split`() {
    #expect(throws: FormatError.oddColumns(3)) { try table(3, [1, 2, 3]).splitTangents() }
  }

  @Test func `a chosen date column refuses what is no date`() {
    let found = fault { () throws(FormatError) in
      try readCSV("d,p\n2000-01-01,1\n2000-02-30,2\n", options("d"))
    }
    #expect(found == .csv(.notADate("2000-02-30", column: "d"), at: place(17, 3, 1)))
  }

  @Test func `messages say where, what and what to do`() {
    let found = fault { () throws(FormatError) in try readCSV("x;y\n1;2\n1;2,5\n") }
    #expect(
      found?.description
        == "line 3, column 3: column y: \"2,5\" is not a number: write decimals with a point, "
        + "and no separator between thousands")
  }

  @Test func `a message stays on one line and within a few hundred letters`() {
    let long = String(repeating: "n", count: 2000)
    let message = FormatError.csv(.notANumber("a\nb\u{1B}c", column: long), at: place(0, 1, 1)).description
    #expect(message.hasPrefix("line 1, column 1: column nnn"))
    #expect(message.count <= 401)
    #expect(FormatError.source("a\r\nb").description == "a  b")
  }
}
