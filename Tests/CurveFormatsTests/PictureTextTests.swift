import CurveKernel
import Testing

@testable import CurveFormats

/// Colours, labels and words of a picture.
@Suite struct PictureTextTests {
  @Test(
    arguments: [
      ("red", 0xFF0000, 255), ("SteelBlue", 0x4682B4, 255), ("#0f8", 0x00FF88, 255), ("#0F8c", 0x00FF88, 204),
      ("#123456", 0x123456, 255), ("#12345680", 0x123456, 128), ("rebeccapurple", 0x663399, 255),
      ("transparent", 0, 0), ("None", 0, 0), ("yellowgreen", 0x9ACD32, 255), ("aliceblue", 0xF0F8FF, 255),
    ] as [(String, UInt32, UInt8)])
  func `colours are CSS names and hex digits`(text: String, hex: UInt32, alpha: UInt8) {
    #expect(PictureColour(text) == PictureColour(hex, alpha: alpha))
  }

  @Test(arguments: [
    "", "#", "#12", "#12345", "#ggg", "currentColor", "url(#a)", "red ", "rgb(1,2,3)", "#１２３",
  ])
  func `anything else is no colour`(text: String) {
    #expect(PictureColour(text) == nil)
  }

  @Test func `all names of CSS are there`() {
    #expect(PictureColour.names.count == 148)
    #expect(PictureColour.names == PictureColour.names.sorted())
    for name in PictureColour.names { #expect(PictureColour(name) != nil) }
  }

  @Test func `markup in names stays text`() throws {
    var picture = Picture(
      try PictureCurve.lines(of: Curve(.makima(), points: SVGCurveTests.zigzag), names: ["x", "y"]))
    picture.curves[0].name = "<script>\"&'</script>\u{1}\n"
    picture.x.name = "]]><x onload=\"a\">"
    (picture.style.hasAxes, picture.style.hasLegend) = (true, true)
    let text = try DrawnSVG(picture).text
    #expect(text.contains("<title>&lt;script&gt;&quot;&amp;'&lt;/script&gt;\u{FFFD} </title>"))
    #expect(text.contains(">]]&gt;&lt;x onload=&quot;a&quot;&gt;</text>"))
    #expect(!text.contains("<script") && !text.contains("<x"))
  }

  @Test func `the legend names each line with its colour, and says what has no room`() throws {
    let three: [SIMD3<Double>] = [[0, 1, 9], [1, 2, 8], [4, 0, 5]]
    var picture = Picture(
      try PictureCurve.lines(of: Curve(.makima(), points: three), names: ["t", "open", "close"]))
    picture.style.hasLegend = true
    let svg = try DrawnSVG(picture)
    #expect(svg.labels == ["open (makima)", "close (makima)"])
    #expect(svg.text.components(of: "stroke=\"#2f7ed8\"") == 2)
    #expect(svg.text.components(of: "stroke=\"#d9730d\"") == 2)
    picture.curves = (0..<100).map { i in
      var curve = picture.curves[0]
      curve.name = "a curve with the number \(i)"
      return curve
    }
    let labels = try DrawnSVG(picture).labels
    #expect(labels.last == "and \(100 - labels.count + 1) more")
  }

  @Test(
    arguments: [
      (0.0, 10.0, 5, ["0", "2", "4", "6", "8", "10"]), (-0.3, 0.3, 4, ["−0.2", "0", "0.2"]),
      (0, 25_000, 5, ["0", "5,000", "10,000", "15,000", "20,000", "25,000"]),
      (1e300, 3e300, 2, ["1×10³⁰⁰", "2×10³⁰⁰", "3×10³⁰⁰"]), (0, 4e-7, 2, ["0", "2×10⁻⁷", "4×10⁻⁷"]),
      (1.05, 1.2, 3, ["1.05", "1.1", "1.15", "1.2"]),
      (1_999_990, 2_000_010, 2, ["1,999,990", "2,000,000", "2,000,010"]),
      (1e9, 3e9, 2, ["1×10⁹", "2×10⁹", "3×10⁹"]),
      (1e12, 1e12 + 2, 2, ["1,000,000,000,000", "1,000,000,000,001", "1,000,000,000,002"]),
      (1e9 - 0.01, 1e9 + 0.01, 2, ["999,999,999.99", "1,000,000,000", "1,000,000,000.01"]),
      // Doubles lie an eighth apart there, and a fifth from none.
      (1e15, 1e15 + 1, 16, ["1,000,000,000,000,000", "1,000,000,000,000,000.5", "1,000,000,000,000,001"]),
    ] as [(Double, Double, Int, [String])])
  func `numbers are marked at round steps`(low: Double, high: Double, count: Int, labels: [String]) {
    let ticks = AxisTicks.numbers(AxisRange(low, high), count: count)
    #expect(ticks.map(\.label) == labels)
    for tick in ticks { #expect(tick.value >= low - 1e-9 && tick.value <= high + 1e-9 * abs(high)) }
  }

  @Test(
    arguments: [
      ("2017-12-20", "2019-02-03", 5, ["Jan 2018", "Apr", "Jul", "Oct", "Jan 2019"]),
      ("2018-01-03", "2018-01-17", 3, ["8 Jan 2018", "15 Jan"]),
      ("2018-12-30", "2019-01-02", 4, ["30 Dec 2018", "31 Dec", "1 Jan 2019", "2 Jan"]),
      ("1950-06-01", "2020-01-01", 4, ["1960", "1980", "2000", "2020"]),
      ("1969-12-31T22:00", "1970-01-01T02:00", 2, ["22:00", "1 Jan 1970", "02:00"]),
      ("2018-01-03T10:00:00", "2018-01-03T10:00:20", 2, ["3 Jan 2018 10:00:00", "10:00:10", "10:00:20"]),
      ("2018-01-03T06:00", "2018-01-03T20:00", 3, ["3 Jan 2018 06:00", "12:00", "18:00"]),
      ("2018-01-03", "2018-01-03T00:00:02", 2, ["1,514,937,600", "1,514,937,601", "1,514,937,602"]),
    ] as [(String, String, Int, [String])])
  func `dates are marked at round dates`(low: String, high: String, count: Int, labels: [String]) throws {
    let range = AxisRange(
      try #require(CalendarDate.secondsSince1970(low)), try #require(CalendarDate.secondsSince1970(high)))
    #expect(AxisTicks.dates(range, count: count).map(\.label) == labels)
  }

  @Test func `days of the calendar are those that days are counted from`() {
    for day in stride(from: -800_000, through: 2_900_000, by: 367) {
      let date = CivilDate(seconds: Double(day) * 86_400 + 86_399)
      #expect(CalendarDate.days(year: date.year, month: date.month, day: date.day) == day)
      #expect(date.second == 86_399)
    }
  }

  @Test(arguments: [
    (0.0, "0"), (0.005, "0.01"), (-0.004, "0"), (12.5, "12.5"), (-3.14159, "-3.14"), (100, "100"),
  ])
  func `coordinates have no digit too many`(value: Double, text: String) {
    #expect(Hundredths(value).text == text)
  }
}

extension String {
  /// How often a text stands in this one.
  fileprivate func components(of text: String) -> Int {
    var (count, rest) = (0, self[...])
    while let found = rest.firstRange(of: text) {
      count += 1
      rest = rest[found.upperBound...]
    }
    return count
  }
}
