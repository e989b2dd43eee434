import Foundation
import Testing

@testable import CatenaryCLI

/// Inputs that are larger than the memory they may take.
@Suite struct BatchMemoryTests {
  /// Points on a rough path, some of them repeated.
  private func workshop(_ count: Int, repeats: Bool = false) throws -> Workshop {
    let workshop = try Workshop()
    var (state, numbers) = (UInt64(7), [Float]())
    func next() -> Float {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) / Float(1 << 24)
    }
    for i in 0..<count {
      if repeats, i % 5 == 3 {
        numbers += numbers.suffix(2)
      } else {
        numbers += [Float(i) + next() / 2, next() * 10]
      }
    }
    try workshop.write("in.f32", bytes(numbers))
    return workshop
  }

  static let kinds: [[String]] = [
    ["linear"], ["step", "--step", "middle"], ["catmull-rom"], ["catmull-rom", "--alpha", "0.5"],
    ["cardinal", "--tension", "0.3", "--ends", "reflect"], ["kochanek-bartels", "--bias", "0.4"], ["bezier"],
    ["quadratic-bezier"], ["monotone"], ["monotone", "--method", "steffen", "--parameterization", "uniform"],
    ["akima"], ["makima", "--parameterization", "uniform"], ["cardinal", "--derivative", "1"],
  ]

  @Test(arguments: kinds) func `what is read in parts has the bytes of the whole`(kind: [String]) throws {
    let workshop = try workshop(30_001, repeats: kind.contains("0.5"))
    let options = ["--samples-per-segment", "3", "--type"] + kind
    for format in ["f32", "f64"] {
      try workshop.batch(
        ["in.f32", "--output-dir", "out", "--format", format, "--memory", "1"] + options)
      #expect(try workshop.run(["render", "in.f32", "-o", "whole.\(format)"] + options).status == 0)
      #expect(try workshop.read("out/in.\(format)") == workshop.read("whole.\(format)"), "\(kind)")
    }
  }

  @Test(arguments: ["csv", "npy", "f64"]) func `other formats are read in parts, too`(format: String) throws {
    let workshop = try workshop(30_001)
    let plain = ["--type", "linear", "--samples-per-segment", "1"]
    #expect(try workshop.run(["render", "in.f32", "-o", "q.\(format)"] + plain).status == 0)
    for target in ["f64", "csv", "json"] {
      try workshop.batch(["q.\(format)", "--output-dir", "out", "--format", target, "--memory", "1"])
      #expect(try workshop.run(["render", "q.\(format)", "-o", "whole.\(target)"]).status == 0)
      #expect(try workshop.read("out/q.\(target)") == workshop.read("whole.\(target)"))
    }
  }

  @Test func `what cannot be read in parts is refused, the rest is done`() throws {
    let workshop = try workshop(60_000)
    try workshop.writePoints("small.csv")
    for options in [["--type", "cubic"], ["--count", "10"], ["--closed"], ["--format", "svg"]] {
      let outcome = try workshop.batch(
        ["in.f32", "small.csv", "--output-dir", "out", "--memory", "1"] + options, status: 1)
      #expect(outcome.errors.contains("in.f32: it needs about"))
      #expect(outcome.errors.contains("raise --memory"))
      #expect(workshop.tree("out").contains { $0.hasPrefix("small.") })
      try workshop.batch(["in.f32", "--output-dir", "out", "--memory", "64"] + options)
    }
  }

  @Test func `faults far inside are told with their place`() throws {
    let workshop = try workshop(40_000)
    var data = try workshop.read("in.f32")
    data.replaceSubrange(8 * 30_000..<8 * 30_000 + 4, with: bytes([.infinity]))
    try workshop.write("bad.f32", data)
    try workshop.write("cut.f32", data.prefix(8 * 39_000 + 4))
    let text = (0..<200_000).map { $0 == 150_000 ? "1,x\n" : "\($0),1\n" }.joined()
    try workshop.write("text.csv", text)
    let outcome = try workshop.batch(
      ["bad.f32", "cut.f32", "text.csv", "--output-dir", "out", "--memory", "1"], status: 1)
    #expect(outcome.errors.contains("bad.f32: point 30000 "))
    #expect(outcome.errors.contains("cut.f32: "))
    #expect(outcome.errors.contains("text.csv: line 150001"))
    #expect(workshop.tree("out") == ["manifest.jsonl"])
  }

  @Test func `equal points without end are refused where their neighbours are out of sight`() throws {
    let workshop = try Workshop()
    var numbers = (0..<60_000).flatMap { [Float($0), Float($0 % 3)] }
    for i in 20_000..<25_000 { (numbers[2 * i], numbers[2 * i + 1]) = (20_000, 0) }
    try workshop.write("in.f32", bytes(numbers))
    let ask = ["in.f32", "--output-dir", "out", "--alpha", "1"]
    let outcome = try workshop.batch(ask + ["--memory", "1"], status: 1)
    #expect(outcome.errors.contains("too many equal points"))
    try workshop.batch(ask)
  }

  @Test(arguments: [(8192, 4096, 1), (4096, 4096, 1), (2048, 2048, 5)])
  func `the largest pictures have room by themselves, smaller ones beside each other`(
    width: Int, height: Int, atOnce: Int
  ) throws {
    let options = try BatchOptions(
      typed: [.format: "png", .width: "\(width)", .height: "\(height)"], isDetection: false)
    let budget = try BatchSettings(["in.csv", "--output-dir", "out"]).memoryBytes
    let weight = BatchMemory(options, threads: 16).weight(numbers: 50_000)
    #expect(budget / weight == atOnce)
    // A pixel takes five bytes, one of which a long path needs.
    #expect(weight > 5 * width * height && budget + 40 << 20 < 256 << 20)
  }

  @Test func `memory stays small however large inputs and outputs are`() throws {
    let workshop = try workshop(1000)
    // 48 MB of points, most of them in a hole of the file (200 MB as curves), and an output of 320 MB.
    #expect(try workshop.shell("truncate -s 48M big.f32; cp in.f32 b.f32; cp in.f32 c.f32").status == 0)
    try workshop.write(
      "list",
      """
      {"input":"big.f32","type":"cardinal","samplesPerSegment":1}
      {"input":"b.f32","samplesPerSegment":40000}
      {"input":"c.f32","count":100000,"format":"csv"}
      """)
    let outcome = try workshop.shell(
      "python3 -c 'import os, sys; p = os.fork() or os.execv(sys.argv[1], sys.argv[1:]); "
        + "_, s, u = os.wait4(p, 0); print(s, u.ru_maxrss)' \"$catenary\" batch --manifest list --output-dir out --quiet"
    )
    let words = outcome.text.split { $0 == " " || $0 == "\n" }.compactMap { Int($0) }
    #expect(words.first == 0, "\(outcome.errors)")
    #expect(words.last ?? .max < 256 << 10)
    #expect(try workshop.manifest("out/manifest.jsonl").count == 3)
  }
}
