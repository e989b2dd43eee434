import Testing

@testable import CurveFormats

@Suite struct CSVReaderTests {
  @Test(arguments: Cut.all)
  func `rows are the same however the text is cut`(cut: Cut) throws {
    let text =
      "name,x,\"y, second\"\r\n\"a \"\"b\"\"\nc\",1.25,-2e3\r\n,,\r\nd, 3.0000000000000001 ,\"4\"\r\n\r\n"
    let found = try readCSV(text, cut: cut)
    #expect(found == table(2, [1.25, -2000, .nan, .nan, 3, 4], names: ["x", "y, second"]))
  }

  @Test(arguments: Cut.all)
  func `many plain rows are the same however the text is cut`(cut: Cut) throws {
    var text = "x,skipped,y\n"
    var values: [Double] = []
    for i in 0..<300 {
      text += "\(Double(i) / 7),text \(i),\(-i)\(i % 3 == 0 ? "\r\n" : "\n")"
      values += [Double(i) / 7, Double(-i)]
    }
    #expect(try readCSV(text, cut: cut) == table(2, values, names: ["x", "y"]))
  }

  @Test(arguments: [
    ("1,2\n3,4\n", ","), ("1;2\n3;4", ";"), ("1\t2\r\n3\t4\r\n", "tab"), ("1,2\r3,4\r", "CR"),
  ])
  func `the delimiter and the line end are found`(text: String, name: String) throws {
    #expect(try readCSV(text) == table(2, [1, 2, 3, 4]))
  }

  @Test func `a delimiter inside quotes of the first line does not count`() throws {
    #expect(try readCSV("\"a;b\",\"c\td\"\n1,2\n").names == ["a;b", "c\td"])
  }

  @Test func `a byte order mark and blank lines in front are skipped`() throws {
    #expect(try readCSV("\u{FEFF}\n  \nx,y\n1,2\n") == table(2, [1, 2], names: ["x", "y"]))
  }

  @Test(arguments: [
    ("x,y\n1,2\n", ["x", "y"]), ("1,2\n3,4\n", []), ("date,2020\n2020-01-01,5\n", ["2020"]),
    ("AAPL,1\nMSFT,2\n", []), ("name,price\na,1\nb,2\n", ["price"]), (",\n1,2\n", []),
    ("price\n\n5\n", ["price"]),
  ])
  func `the first row is a header when a text of it stands above numbers, or it has only texts`(
    text: String, names: [String]
  ) throws {
    #expect(try readCSV(text).names == names)
  }

  @Test func `the numeric columns are taken in order, at most four`() throws {
    let found = try readCSV("d,a,b,t,c,e,f\n2000-01-01,1,2,x,3,4,5\n")
    #expect(found == table(4, [1, 2, 3, 4], names: ["a", "b", "c", "e"]))
  }

  @Test func `of prices the last numeric column is taken`() throws {
    let found = try readCSV("date,open,close,note\n2000-01-01,1,2,x\n", CSVOptions(purpose: .prices))
    #expect(found == table(1, [2], names: ["close"]))
  }

  @Test func `columns are chosen by name or number, in the order asked for`() throws {
    let options = CSVOptions(columns: [.name("z"), .number(1)])
    #expect(try readCSV("x,y,z\n1,2,3\n4,5,6\n", options) == table(2, [3, 1, 6, 4], names: ["z", "x"]))
  }

  @Test func `a header column named like a number comes before the column at that place`() throws {
    #expect(try readCSV("year,2,1\n7,8,9\nx,8,9", CSVOptions(columns: [.number(1)])).values == [9, 9])
  }

  @Test func `a list of columns is read, digits as numbers`() throws {
    #expect(try CSVColumn.parse("date, price,3") == [.name("date"), .name("price"), .number(3)])
  }

  @Test(arguments: ["", "a,,b", "0", "99999999999999999999"])
  func `a list of columns with an empty, zero or huge part is refused`(list: String) {
    #expect(throws: FormatError.columns(.badList(list))) { try CSVColumn.parse(list) }
  }

  @Test func `an empty field is NaN, a row of empty fields a gap`() throws {
    #expect(try readCSV("x,y\n1,\n,\n,2\n") == table(2, [1, .nan, .nan, .nan, .nan, 2], names: ["x", "y"]))
  }

  @Test func `nan in any letters is NaN`() throws {
    #expect(try readCSV("x\n1\nnan\nNaN\n-NAN\n") == table(1, [1, .nan, .nan, .nan], names: ["x"]))
  }

  @Test func `in one column a blank line between rows is a gap, at the end it is not`() throws {
    #expect(try readCSV("x\n\n1\n\n \n2\n\n\n") == table(1, [.nan, 1, .nan, .nan, 2], names: ["x"]))
  }

  @Test func `in several columns blank lines are skipped`() throws {
    #expect(try readCSV("1,2\n\n3,4\n\n") == table(2, [1, 2, 3, 4]))
  }

  @Test func `a chosen date column becomes seconds since 1970`() throws {
    let options = CSVOptions(columns: [.name("date"), .name("price")])
    let found = try readCSV("date,price\n1970-01-02,5\n,6\n\"Jan 3, 1970\",7\n", options)
    var expected = table(2, [86_400, 5, .nan, 6, 172_800, 7], names: ["date", "price"])
    expected.isDate = [true, false]
    #expect(found == expected)
  }

  @Test func `times come beside the columns taken, when they are wanted and there`() throws {
    let wanted = CSVOptions(purpose: .prices, wantsTimes: true)
    let text = "price,date,day\n5,1970-01-02,1970-01-09\n6,soon,1970-01-09\n7,,1970-01-09\n"
    var expected = table(1, [5, 6, 7], names: ["price"])
    #expect(try readCSV(text, CSVOptions(purpose: .prices)) == expected)
    expected.times = [86_400, .nan, .nan]
    #expect(try readCSV(text, wanted) == expected)
    #expect(try readCSV("price\n5\n\n6\n", wanted) == table(1, [5, .nan, 6], names: ["price"]))
  }

  @Test func `tangent columns come behind the point and are split off`() throws {
    let found = try readCSV("tx,x,ty,y,n\n1,2,3,4,a\n5,6,7,8,b\n", CSVOptions(wantsTangents: true))
    #expect(found.names == ["x", "y", "tx", "ty"])
    let (points, tangents) = try found.splitTangents()
    #expect(points == table(2, [2, 4, 6, 8], names: ["x", "y"]))
    #expect(tangents == [1, 3, 5, 7])
  }

  @Test func `without tangent names the columns are the point, then its tangent`() throws {
    let found = try readCSV("1,2,3,4,5,6\n", CSVOptions(wantsTangents: true))
    #expect(try found.splitTangents().tangents == [4, 5, 6])
  }

  @Test func `without the wish for tangents their names mean nothing`() throws {
    #expect(try readCSV("x,tx\n1,2\n").names == ["x", "tx"])
  }

  @Test func `a column counts as numeric by its first field that is not empty`() throws {
    #expect(
      try readCSV("x,y,z\n1,,a\n2,,b\n3,4,c\n") == table(2, [1, .nan, 2, .nan, 3, 4], names: ["x", "y"]))
  }

  @Test func `a file of gaps alone keeps its rows`() throws {
    #expect(try readCSV("x,y\n,\n,\n").count == 2)
  }

  @Test func `wide rows with an empty column are read, though a hundred of them do not fit in memory`() throws
  {
    let row = Array("1,".utf8) + Array(repeating: UInt8(ascii: "a"), count: 1 << 19) + Array(",\n".utf8)
    let bytes = Array("x,text,empty\n".utf8) + Array(repeatElement(row, count: 36).joined())
    #expect(try readCSV(bytes, CSVOptions(), cut: wholeInput).count == 36)
  }

  @Test(arguments: [
    (nil, 1 << 18), (0, 4096), (5, 4096), (9999, 10_000), (10_000, 10_001), (1 << 18, 1 << 18),
    (.max, 1 << 18),
  ])
  func `what a source says of its length changes only how much it is asked for at once`(
    told: Int?, asked: Int
  ) throws {
    // 10,000 bytes.
    let text = (0..<1000).map { "\($0 % 10),\(100_000 + $0)\r\n" }.joined()
    var source = TellingSource(inner: ArraySource(Array(text.utf8)), bytesLeft: told)
    let found = try CSVReader().read(from: &source)
    #expect(found == table(2, (0..<1000).flatMap { [Double($0 % 10), Double(100_000 + $0)] }))
    #expect(source.mostAsked == asked)
  }
}

/// A source that says what it was told to of its length, and keeps the largest room that it was asked to fill.
private struct TellingSource: ByteSource {
  var inner: ArraySource
  let bytesLeft: Int?
  private(set) var mostAsked = 0

  init(inner: ArraySource, bytesLeft: Int?) { (self.inner, self.bytesLeft) = (inner, bytesLeft) }

  mutating func read(into buffer: inout MutableSpan<UInt8>) throws(FormatError) -> Int {
    mostAsked = max(mostAsked, buffer.count)
    return try inner.read(into: &buffer)
  }
}
