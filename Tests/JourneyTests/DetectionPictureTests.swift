import Catenary
import CurveFormats
import CurveRequests
import Foundation
import Testing

@testable import CatenaryCLI

/// Pictures of series and the curves found in them.
@Suite struct DetectionPictureTests {
  /// Stretches of known curves, one behind the other, each judged alone.
  static func pieces(_ lengths: [Int], of shapes: [(Double) -> Double]) throws -> ([Double], Detection) {
    var prices: [Double] = []
    var curves: [DetectedCurve] = []
    for (shape, length) in zip(shapes, lengths) {
      let start = prices.count
      let own = (0..<length).map { (i: Int) -> Double in
        let rough = Double((i * 7919) % 13 - 6) / 40
        return shape(Double(i) / Double(length - 1)) + rough
      }
      prices += own
      let found = try Engine(threads: 1).detect(own)
      for var curve in found.curves {
        (curve.start, curve.end) = (curve.start + start, curve.end + start)
        curve.controlPoints = curve.controlPoints.map { $0 + [Double(start), 0] }
        curves.append(curve)
      }
    }
    var whole = try Engine(threads: 1).detect(prices)
    whole.curves = curves
    return (prices, whole)
  }

  static func six(_ count: Int) throws -> ([Double], Detection) {
    let shapes: [(Double) -> Double] = [
      { u in 100 + 4 * u },
      { u in 104 + 3 * (u - 0.5) * (u - 0.5) },
      { _ in 104 },
      { u in 104 - 4 / (1 + exp(-16 * (u - 0.5))) },
      { u in 100 + sin(6 * Double.pi * u) },
      { u in 98 + 6 * exp(-4 * u) },
    ]
    return try pieces([4, 8, 8, 6, 6, 5].map { count / $0 }, of: shapes)
  }

  static func svg(
    _ series: [[Double]], _ answers: [Detection], _ options: [String] = []
  ) throws -> String {
    let workshop = try Workshop()
    let lists = series.map { list in "[" + list.map { "\($0)" }.joined(separator: ",") + "]" }
    try workshop.write(
      "s.json",
      series.count == 1 ? "{\"prices\":\(lists[0])}" : "{\"series\":[\(lists.joined(separator: ","))]}")
    let out = workshop.path("s.svg")
    var settings = try Settings(Arguments([workshop.path("s.json")] + options, of: "detect"), of: "detect")
    let input = try PriceInput(workshop.path("s.json"), &settings)
    let style = try #require(try settings.picture(.svg, isEarly: false))
    let file = try OutputFile(out)
    try DetectionPicture.draw(answers, of: input, style, as: .svg, to: OutputSink(file: file))
    try file.finish()
    return String(decoding: try workshop.read("s.svg"), as: UTF8.self)
  }

  /// The attribute of every element that has it.
  static func all(_ attribute: String, of element: String, in svg: String) -> [String] {
    svg.split(separator: "<\(element) ").dropFirst().compactMap { words -> String? in
      guard let range = words.range(of: " \(attribute)=\"") ?? words.range(of: "\(attribute)=\"") else {
        return nil
      }
      return String(words[range.upperBound...].prefix { $0 != "\"" })
    }
  }

  static func labels(_ svg: String) -> [String] {
    svg.split(separator: "<text ").dropFirst().map { words in
      String(words.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" })
    }
  }

  @Test func `each curve lies over the prices with its pattern, confidence, bar and borders`() throws {
    let (prices, answer) = try Self.six(600)
    let found = answer.curves.filter { $0.pattern != .none }
    #expect(found.count == 5 && answer.curves.count == 6)
    let svg = try Self.svg([prices], [answer])
    #expect(Self.labels(svg).count == 5)
    for (label, curve) in zip(Self.labels(svg), found) {
      #expect(label.hasPrefix("\(curve.pattern.rawValue) 0."))
    }
    // Five borders, then the prices, the curves, a bar for each.
    let paths = Self.all("d", of: "path", in: svg)
    #expect(paths.count == 1 + 1 + 5 + 5)
    #expect(paths[0].filter { $0 == "M" }.count == 5)
    #expect(paths[1].filter { $0 == "M" }.count == 1 && !paths[1].contains("C"))
    // A spline's every segment as it is; a line as a line.
    let segments = found.map { $0.controlPoints.count - 1 }
    #expect(
      paths[2..<7].map { path in path.filter { $0 == "C" }.count }.elementsEqual([0] + segments.dropFirst()))
    let strokes = Self.all("stroke", of: "path", in: svg)
    #expect(strokes[2..<7].elementsEqual(strokes[7..<12]) && Set(strokes[2..<7]).count == 5)
  }

  @Test func `a fitted curve is drawn through its control points, in pixels`() throws {
    let (prices, answer) = try Self.six(600)
    let curve = try #require(answer.curves.first { $0.pattern == .exponential })
    let svg = try Self.svg([prices], [answer], ["--margin", "0", "--width", "1000"])
    let path = Self.all("d", of: "path", in: svg)[6]
    let joints = path.split(separator: "C").map { part in
      part.split { !"-.0123456789".contains($0) }.compactMap { Double($0) }.suffix(2)
    }
    #expect(joints.count == curve.controlPoints.count)
    let scale = 998 / Double(prices.count - 1)
    for (joint, point) in zip(joints, curve.controlPoints) {
      #expect(abs(joint[joint.startIndex] - (1 + point.x * scale)) < 0.02)
    }
  }

  @Test(arguments: [
    ("2001-02-03,2002-02-03,2003-02-03", true), ("2003-02-03,2002-02-03,2001-02-03", false),
    ("2001-02-03,soon,2003-02-03", false), ("2001-02-03,2001-02-03,2003-02-03", false),
  ])
  func `a column of dates beside the prices marks the axis, where they rise`(
    _ dates: String, _ isMarked: Bool
  ) throws {
    let workshop = try Workshop()
    let rows = zip(dates.split(separator: ","), [5, 7, 6]).map { "\($0),\($1)\n" }
    try workshop.write("p.csv", "date,close\n" + rows.joined())
    #expect(try workshop.run(["detect", "p.csv", "--axes", "-o", "p.svg"]).status == 0)
    let labels = Self.labels(String(decoding: try workshop.read("p.svg"), as: UTF8.self))
    #expect(labels.contains("Jan 2002") == isMarked)
  }

  @Test func `a series without a curve is plain, its verdict above it`() throws {
    let svg = try Self.svg([[5, 5, 5]], [try Engine(threads: 1).detect([5, 5, 5])])
    #expect(Self.labels(svg) == ["none 1.00"])
    #expect(Self.all("d", of: "path", in: svg).count == 1)
  }

  @Test func `several series have a panel each, inside the picture`() throws {
    let (prices, answer) = try Self.six(600)
    let svg = try Self.svg([prices, prices, prices], [answer, answer, answer], ["--legend", "--axes"])
    #expect(svg.components(separatedBy: "<svg").count == 2)
    for name in ["series 0", "series 1", "series 2"] {
      #expect(Self.labels(svg).filter { $0 == name }.count == 1)
    }
    let places = zip(Self.labels(svg), Self.all("y", of: "text", in: svg)).filter { $0.0.hasPrefix("series") }
      .compactMap { Double($0.1) }
    #expect(places == places.sorted() && Set(places).count == 3)
    for y in Self.all("y", of: "text", in: svg).compactMap({ Double($0) }) { #expect(y > 0 && y < 500) }
    for x in Self.all("x", of: "text", in: svg).compactMap({ Double($0) }) { #expect(x > 0 && x < 800) }
  }

  @Test func `colours are taken in turn, the prices have half the width and their points`() throws {
    let (prices, answer) = try Self.six(600)
    let options = ["--stroke", "red,blue", "--stroke-width", "3", "--show-points", "--background", "white"]
    let svg = try Self.svg([prices], [answer], options)
    let strokes = Self.all("stroke", of: "path", in: svg)
    #expect(strokes[2..<7] == ["#ff0000", "#0000ff", "#ff0000", "#0000ff", "#ff0000"])
    #expect(Self.all("stroke-width", of: "path", in: svg)[1...2] == ["1.5", "3"])
    #expect(Self.all("cx", of: "circle", in: svg).count == prices.count)
    #expect(Self.all("fill", of: "rect", in: svg) == ["#ffffff"])
  }

  @Test func `very many curves leave a picture that can be read`() throws {
    let (prices, answer) = try Self.six(24_000)
    var many = answer
    many.curves = (0..<6000).map { i in
      var curve = answer.curves[0]
      (curve.start, curve.end) = (4 * i, 4 * i + 4)
      curve.controlPoints = [[Double(4 * i), 100], [Double(4 * i + 3), 101]]
      return curve
    }
    let svg = try Self.svg([prices], [many])
    #expect(Self.labels(svg).count < 60)
    #expect(Self.all("d", of: "path", in: svg)[0].filter { $0 == "M" }.count <= 400)
  }
}

/// The same from the command line.
@Suite struct DetectionPictureJourneyTests {
  private static let prices = (0..<120).map { (i: Int) -> Double in
    100 + 0.5 * Double(i) + Double((i * 7919) % 13 - 6) / 10
  }

  @Test func `an .svg shows series, curve and verdict`() throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", "day,price\n" + Self.prices.map { "2020-01-01,\($0)\n" }.joined())
    let outcome = try workshop.run(["detect", "p.csv", "-o", "p.svg", "--axes", "--legend"])
    #expect(outcome.status == 0 && outcome.errors.isEmpty && outcome.output.isEmpty, "\(outcome.errors)")
    let svg = String(decoding: try workshop.read("p.svg"), as: UTF8.self)
    let labels = DetectionPictureTests.labels(svg)
    #expect(labels.filter { $0.hasPrefix("linear 0.9") }.count == 2)
    #expect(labels.filter { $0 == "price" }.count == 2 && labels.contains("120"))
    #expect(try workshop.run(["detect", "p.csv", "--format", "svg", "--axes", "--legend"]).text == svg)
  }

  @Test func `dates stand where their prices do, weekends take no room`() throws {
    let workshop = try Workshop()
    // Working days of 2024: from Friday the next step is three days long.
    let days = (0..<120).map { i in 1_704_067_200 + 86_400 * (i / 5 * 7 + i % 5) }
    let times = days.map { seconds in
      "\"" + Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601) + "\""
    }
    try workshop.write(
      "t.json", "{\"prices\":\(Self.prices),\"timestamps\":[\(times.joined(separator: ","))],\"axes\":true}")
    let outcome = try workshop.run(["detect", "t.json", "--format", "svg"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let labels = DetectionPictureTests.labels(outcome.text)
    let places = DetectionPictureTests.all("x", of: "text", in: outcome.text)
    #expect(labels.contains("Jan 2024") && labels.contains("Jun"))
    let x = Dictionary(uniqueKeysWithValues: zip(labels, places.compactMap { Double($0) }))
    // 1 February is the 24th working day, 1 June a Saturday behind the 110th.
    let day = try (#require(x["Feb"]) - #require(x["Jan 2024"])) / 23
    #expect(try abs((#require(x["Jun"]) - #require(x["Jan 2024"])) / day - (109 + 1.0 / 3)) < 0.05)
    #expect(outcome.text.contains("1 Jan 2024 to 14 Jun 2024"))
  }

  @Test func `missing prices are gaps of the line`() throws {
    let workshop = try Workshop()
    var words = Self.prices.map { "\($0)" }
    for i in [30, 31, 32, 60, 62] { words[i] = "null" }
    try workshop.write("g.json", "{\"prices\":[\(words.joined(separator: ","))]}")
    let svg = try workshop.run(["detect", "g.json", "--format", "svg"]).text
    #expect(DetectionPictureTests.all("d", of: "path", in: svg)[0].filter { $0 == "M" }.count == 3)
    #expect(DetectionPictureTests.all("cx", of: "circle", in: svg).count == 1)
  }

  @Test func `a million prices are drawn as the pixels that they cover`() throws {
    let workshop = try Workshop()
    try workshop.write("m.f32", bytes((0..<1_000_000).map { Float(($0 * 7919) % 1000) + Float($0) / 200 }))
    let outcome = try workshop.run(["detect", "m.f32", "-o", "m.svg"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try workshop.read("m.svg").count < 300_000)
  }

  @Test(arguments: [1e-300, 0x1p-1022, 1e300])
  func `prices of any magnitude have a picture of finite numbers`(scale: Double) throws {
    let workshop = try Workshop()
    try workshop.write("p.json", "{\"prices\":\(Self.prices.map { $0 * scale / 64 })}")
    let outcome = try workshop.run(["detect", "p.json", "--format", "svg", "--axes"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(!outcome.text.contains("nan") && !outcome.text.contains("inf"))
  }

  @Test func `what a picture cannot be is refused`() throws {
    let workshop = try Workshop()
    try workshop.write("p.json", "{\"prices\":\(Self.prices)}")
    let many = [String](repeating: "[1,2]", count: 2000).joined(separator: ",")
    try workshop.write("s.json", "{\"series\":[\(many)]}")
    try workshop.refuse(["detect", "p.json", "--axes"], status: 2, saying: ["--axes", "json", "svg"])
    try workshop.refuse(["detect", "p.json", "-o", "p.svg", "--width", "9"], status: 2, saying: ["--width"])
    try workshop.refuse(
      ["detect", "s.json", "-o", "s.svg"], status: 1,
      saying: ["s.json", "2000 series", "800 by 500", "--width"])
    #expect(try workshop.run(["detect", "s.json", "-o", "s.svg", "--width", "3000"]).status == 0)
  }
}
