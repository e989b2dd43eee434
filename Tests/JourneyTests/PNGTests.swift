import Foundation
import Testing

private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()
private let pictures = root.appendingPathComponent("Tests/JourneyTests/Pictures")

/// Whether the tool is there, which is told once.
private let hasRSVG: Bool = {
  let found = ["/usr/bin", "/usr/local/bin"].contains {
    FileManager.default.isExecutableFile(atPath: "\($0)/rsvg-convert")
  }
  if !found { print("PNGTests: rsvg-convert is missing: pictures are not compared with its own") }
  return found
}()

/// Pictures made of pixels, read by Python's zlib and compared with another program's.
@Suite struct PNGTests {
  /// The options of a reference picture by its name; each is in `Pictures`.
  static let references: [(name: String, options: [String])] = [
    ("plane", ["catmull-rom-closed.json", "--width", "120", "--height", "90", "--background", "white"]),
    (
      "axes",
      [
        "monotone-pchip.json", "--axes", "--legend", "--width", "200", "--height", "140", "--background",
        "#fff",
      ]
    ),
    (
      "clear",
      ["bezier.json", "--width", "100", "--height", "80", "--stroke", "#d94f00a0", "--stroke-width", "6"]
    ),
    ("steps", ["step-middle.json", "--width", "90", "--height", "60", "--background", "black"]),
    (
      "dates",
      [
        "../../Tests/Data/sp500-1999.csv", "--columns", "date,price", "--type", "makima", "--axes",
        "--legend",
        "--width", "240", "--height", "150", "--background", "white",
      ]
    ),
  ]

  private static func input(_ name: String) -> String {
    root.appendingPathComponent("Examples/pictures/\(name)").path
  }

  private func draw(_ options: [String], _ name: String, in workshop: Workshop) throws {
    let outcome = try workshop.run(["render", Self.input(options[0])] + options.dropFirst() + ["-o", name])
    #expect(outcome.status == 0 && outcome.output.isEmpty, "\(options): \(outcome.errors)")
  }

  private func read(_ arguments: String, in workshop: Workshop) throws -> [String] {
    let script = pictures.appendingPathComponent("png.py").path
    let outcome = try workshop.shell("python3 '\(script)' \(arguments)")
    #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
    return outcome.text.split(separator: "\n").map(String.init)
  }

  /// The mean and the largest difference of a channel, 0 to 255.
  private func difference(_ one: String, _ other: String, in workshop: Workshop) throws -> (Double, Double) {
    let lines = try read("compare '\(one)' '\(other)'", in: workshop)
    let words = try #require(lines.first).split(separator: " ").map { Double($0) ?? .nan }
    return (words[0], words[1])
  }

  @Test(arguments: references.indices) func `a picture is the one that was looked at`(index: Int) throws {
    let workshop = try Workshop()
    let (name, options) = Self.references[index]
    try draw(options, "own.png", in: workshop)
    let kept = pictures.appendingPathComponent("\(name).png").path
    let (mean, worst) = try difference("own.png", kept, in: workshop)
    // A last bit of a coordinate may turn a 255th.
    #expect(mean <= 0.05 && worst <= 8, "\(name): look at it, then keep it in Tests/JourneyTests/Pictures")
  }

  @Test func `each kind of colours is written, and read by another decoder`() throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", PictureTests.points)
    for (name, kind, options) in [
      ("grey", 0, ["--stroke", "black", "--background", "white"]), ("palette", 3, ["--stroke", "red"]),
      ("rgb", 2, ["--background", "gold"]), ("rgba", 6, []),
    ] {
      // Five colours and all that lies between them are more than a palette holds.
      let size = ["--width", "160", "--height", "120", "-o", "\(name).png"]
      let command = kind == 2 || kind == 6 ? ["detect", Self.input("detection.json")] : ["render", "p.csv"]
      let outcome = try workshop.run(command + size + options)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let line = try #require(try read("check \(name).png", in: workshop).first)
      #expect(line.hasPrefix("160 120 \(kind) IHDR,sRGB,iTXt,iTXt,"), "\(name): \(line)")
      #expect(line.contains("PLTE") == (kind == 3) && line.contains("tRNS") == (name == "palette"))
    }
    let bytes = try workshop.read("grey.png")
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("Title") && text.contains("control points; x from"))
  }

  @Test(.enabled(if: hasRSVG)) func `another renderer makes the same of our SVG`() throws {
    let workshop = try Workshop()
    let inputs = try FileManager.default.contentsOfDirectory(atPath: Self.input("")).sorted()
    for name in inputs where name.hasSuffix(".json") && !name.hasPrefix("detection") {
      // No letters: fonts differ.
      let options = [
        name, "--axes=false", "--legend=false", "--background", "white", "--width", "150", "--height", "100",
      ]
      try draw(options, "own.png", in: workshop)
      try draw(options, "own.svg", in: workshop)
      #expect(try workshop.shell("rsvg-convert own.svg -o its.png").status == 0)
      let (mean, worst) = try difference("own.png", "its.png", in: workshop)
      #expect(mean < 0.25 && worst < 64, "\(name): mean \(mean), worst \(worst)")
    }
  }

  @Test func `a terminal and too many pixels are refused`() throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", PictureTests.points)
    try workshop.refuse(
      ["render", "p.csv", "-o", "p.png", "--width", "9000", "--height", "9000"], status: 2,
      saying: ["--width", "9000 by 9000", "33554432", "svg"])
    try workshop.refuse(
      ["render", "p.csv", "-o", "p.png", "--width", "20000"], status: 2, saying: ["--width", "16384"])
    try workshop.refuse(
      ["detect", "p.csv", "-o", "p.png", "--width", "9000", "--height", "9000"], status: 2,
      saying: ["--width"])
    let piped = try workshop.run(["render", "p.csv", "--format", "png", "--width", "40", "--height", "30"])
    #expect(piped.status == 0 && piped.output.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    #expect(piped.output.suffix(8).starts(with: Array("IEND".utf8)))
    let outcome = try workshop.shell("\"$catenary\" render p.csv --format png -o /dev/full")
    #expect(outcome.status == 1 && outcome.errors.contains("/dev/full"))
  }
}
