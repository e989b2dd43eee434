import Foundation
import FoundationXML
import Testing

/// Pictures from the command line.
@Suite struct PictureTests {
  static let points = "x,y\n0,0\n1,2\n3,1\n4,4\n"

  /// The elements of a picture in order, with their attributes; nil when it is no XML.
  private final class Elements: NSObject, XMLParserDelegate {
    var all: [(name: String, attributes: [String: String])] = []

    static func read(_ data: Data) -> [(name: String, attributes: [String: String])]? {
      let (elements, parser) = (Elements(), XMLParser(data: data))
      parser.delegate = elements
      return parser.parse() ? elements.all : nil
    }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String] = [:]
    ) {
      all.append((name, attributes))
    }
  }

  private func draw(_ options: [String], input: String = points) throws -> [(
    name: String, attributes: [String: String]
  )] {
    let outcome = try Workshop().run(["render", "--format", "svg"] + options, input: input)
    let told = outcome.errors.hasPrefix("catenary: lambda ")
    #expect(outcome.status == 0 && (told || outcome.errors.isEmpty), "\(outcome.errors)")
    return try #require(Elements.read(outcome.output), "\(options)")
  }

  @Test func `an .svg is a picture of the curve itself`() throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", Self.points)
    let outcome = try workshop.run(["render", "p.csv", "-o", "p.svg"])
    #expect(outcome.status == 0 && outcome.errors.isEmpty && outcome.output.isEmpty)
    let elements = try #require(Elements.read(try workshop.read("p.svg")))
    #expect(elements.map(\.name) == ["svg", "title", "desc", "path"])
    #expect(elements[0].attributes["viewBox"] == "0 0 800 500")
    #expect(elements[0].attributes["role"] == "img")
    let path = try #require(elements[3].attributes["d"])
    #expect(path.filter { $0 == "C" }.count == 3)
    #expect(elements[3].attributes["stroke-width"] == "2")
  }

  @Test func `samples that were asked for are what is drawn`() throws {
    for (options, lines) in [
      (["--count", "10"], 9), (["--samples-per-segment", "2"], 6), (["--at", "0,1,2.5"], 2),
      (["--count", "5", "--derivative", "1"], 4), (["--count", "7", "--dtype", "f32"], 6),
    ] {
      let path = try draw(options).last?.attributes["d"] ?? ""
      #expect(path.filter { "LHV".contains($0) }.count == lines, "\(options)")
      #expect(!path.contains("C"))
    }
  }

  @Test func `every option of pictures is seen in the picture`() throws {
    let elements = try draw([
      "--width", "300", "--height", "200", "--stroke", "#a1b2c3", "--stroke-width=0.5", "--background",
      "gold", "--margin", "30", "--show-points", "--axes", "--legend", "--type", "cubic",
    ])
    #expect(elements[0].attributes["width"] == "300" && elements[0].attributes["height"] == "200")
    #expect(elements.first { $0.name == "rect" }?.attributes["fill"] == "#ffd700")
    let curve = try #require(elements.first { $0.attributes["stroke"] == "#a1b2c3" }?.attributes)
    #expect(curve["stroke-width"] == "0.5")
    #expect(elements.filter { $0.name == "circle" }.count == 4)
    #expect(elements.filter { $0.name == "text" }.count == 8)
    for circle in elements where circle.name == "circle" {
      let x = Double(circle.attributes["cx"] ?? "") ?? 0
      let y = Double(circle.attributes["cy"] ?? "") ?? 0
      #expect(x > 30 && x < 270 && y > 30 && y < 170)
    }
    #expect(
      try draw(["--stroke", "red,blue", "--type", "makima"], input: "0,1,2\n1,2,1\n2,5,3\n").suffix(2)
        .map { $0.attributes["stroke"] } == ["#ff0000", "#0000ff"])
  }

  @Test func `dates of the input are dates of the axis`() throws {
    let data = SourceLocation.testData("sp500-1999.csv")
    let outcome = try Workshop().run([
      "render", data, "--columns", "date,price", "--type", "makima", "--format", "svg", "--axes",
    ])
    #expect(outcome.text.contains(">Apr</text>") && outcome.text.contains(">1350</text>"))
    #expect(outcome.text.contains(">date</text>") && outcome.text.contains("29 Dec 1999"))
  }

  @Test func `a JSON input may say how its picture looks, and the command line wins`() throws {
    let workshop = try Workshop()
    try workshop.write(
      "p.json",
      """
      {"points":[[0,0],[1,2],[3,1]],"width":300,"height":600,"margin":140,"stroke":"teal","strokeWidth":3,
       "background":"#000","showPoints":true,"axes":true,"legend":true}
      """)
    let ask = ["render", "p.json", "--format", "svg", "--stroke-width", "5", "--show-points=false"]
    let elements = try #require(Elements.read(try workshop.run(ask).output))
    #expect(elements[0].attributes["viewBox"] == "0 0 300 600")
    #expect(
      elements.contains { $0.attributes["stroke"] == "#008080" && $0.attributes["stroke-width"] == "5" })
    #expect(!elements.contains { $0.name == "circle" })
    try workshop.refuse(
      ["render", "p.json"], status: 1, saying: ["p.json: width belongs to pictures", "csv", "svg"])
  }

  @Test(arguments: [
    (["--width", "15"], "--width"), (["--height", "16385"], "--height"), (["--width", "1e3"], "--width"),
    (["--stroke-width", "0"], "--stroke-width"), (["--stroke-width", "101"], "--stroke-width"),
    (["--stroke-width", "nan"], "--stroke-width"), (["--margin", "-1"], "--margin"),
    (["--margin", "250"], "below 250"), (["--stroke", "bleu"], "did you mean blue"),
    (["--stroke", "red,"], "--stroke"), (["--background", "#12"], "--background"),
    (["--background", "url(#a)"], "--background"), (["--stroke", "\"/><script>"], "--stroke"),
    (["--axes=maybe"], "--axes"),
  ]) func `a picture that cannot be is wrong usage`(options: [String], word: String) throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", Self.points)
    try workshop.refuse(["render", "p.csv", "-o", "p.svg"] + options, status: 2, saying: [word])
  }

  @Test func `options of pictures need one`() throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", Self.points)
    try workshop.refuse(
      ["render", "p.csv", "-o", "p.f32", "--axes"], status: 2, saying: ["--axes", "f32", "svg"])
    try workshop.write("p.svg", "<svg/>")
    try workshop.refuse(["render", "p.svg"], status: 2, saying: ["p.svg", "extension"])
  }

  @Test func `every kind has its picture`() throws {
    let seven = "x,y\n0,0\n1,2\n3,1\n4,4\n6,3\n7,0.5\n9,1\n"
    for kind in [
      "linear", "step", "catmull-rom", "cardinal", "kochanek-bartels", "bezier", "quadratic-bezier", "cubic",
      "monotone", "akima", "makima", "b-spline", "nurbs", "interpolating-b-spline", "smoothing",
    ] {
      for more in [[], ["--derivative", "1"], ["--derivative", "2"]] {
        let elements = try draw(["--type", kind, "--show-points", "--axes"] + more, input: seven)
        // A derivative may be one point.
        let isDrawn = elements.contains { $0.attributes["stroke-linecap"] == "round" || $0.name == "circle" }
        #expect(isDrawn, "\(kind) \(more)")
      }
    }
  }

  @Test func `the pictures of the documentation are what the program draws, and a page shows each`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let catalogue = root.appendingPathComponent("Sources/Catenary/Documentation.docc")
    let inputs = root.appendingPathComponent("Examples/pictures")
    let pages = try FileManager.default.contentsOfDirectory(at: catalogue, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "md" }.map { try String(contentsOf: $0, encoding: .utf8) }.joined()
    let names = try FileManager.default.contentsOfDirectory(atPath: inputs.path).sorted()
    #expect(names.count > 25)
    let workshop = try Workshop()
    for name in names where name.hasSuffix(".json") {
      let picture = String(name.dropLast(5)) + ".svg"
      let text = try String(contentsOf: inputs.appendingPathComponent(name), encoding: .utf8)
      let isPrices = text.contains("\"prices\"") || text.contains("\"series\"")
      let outcome = try workshop.run([
        isPrices ? "detect" : "render", inputs.appendingPathComponent(name).path, "-o", picture,
      ])
      #expect(outcome.status == 0, "\(name): \(outcome.errors)")
      let kept = try Data(contentsOf: catalogue.appendingPathComponent("Resources/\(picture)"))
      #expect(try workshop.read(picture) == kept, "\(picture): run scripts/draw-pictures")
      #expect(pages.contains("(\(picture))"), "no page shows \(picture)")
    }
  }

  @Test func `a full disk is told of`() throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", Self.points)
    let outcome = try workshop.shell("\"$catenary\" render p.csv --format svg -o /dev/full")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("/dev/full"))
  }
}

extension SourceLocation {
  /// A file of `Tests/Data`.
  static func testData(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Data/\(name)").path
  }
}
