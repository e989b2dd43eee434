import CurveRequests
import Foundation
import Testing

@testable import CatenaryCLI

/// What the program says of itself.
@Suite struct HelpTests {
  @Test func `the version is printed`() throws {
    let outcome = try Workshop().run(["--version"])
    #expect(outcome.text == "catenary 0.1.0\n")
    #expect(outcome.status == 0)
  }

  @Test(arguments: [["--help"], ["-h"], ["help"]]) func `help lists the commands`(arguments: [String]) throws
  {
    let outcome = try Workshop().run(arguments)
    #expect(outcome.status == 0)
    for command in Help.commands { #expect(outcome.text.contains("\n  \(command) ")) }
  }

  @Test func `help of a command works everywhere`() throws {
    let workshop = try Workshop()
    let text = try workshop.run(["render", "--help"]).text
    for arguments in [
      ["help", "render"], ["render", "none.csv", "--bogus", "-h"], ["render", "--count", "--help"],
    ] {
      let outcome = try workshop.run(arguments)
      #expect(outcome.text == text)
      #expect(outcome.status == 0)
    }
    #expect(try workshop.run(["doctor", "--help"]).text.contains("--json"))
  }

  @Test func `help names every option and every kind`() {
    for command in ["render", "measure"] {
      let text = (try? Help.text(of: command)) ?? ""
      for option in RenderOption.allCases where option.belongs(to: command) {
        #expect(text.contains("\n  \(option.flag)"), "\(option)")
      }
      for kind in KindName.allCases { #expect(text.contains(kind.rawValue)) }
      for line in text.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
    }
  }

  @Test func `help of detect names its options, its limits and how it errs`() throws {
    let text = try Help.text(of: "detect")
    for option in RenderOption.allCases {
      let line = "\n  \(option.flag)" + (option.isFlag ? "\n" : " ")
      #expect(text.contains(line) == option.belongs(to: "detect"), "\(option)")
    }
    let flat = text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(flat.contains("1 to 4 (default 2; detect: 1)"))
    #expect(flat.contains("about one in twenty random walks of 16 prices is claimed"))
    for line in text.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
  }

  @Test func `doctor speaks to people and to programs`() throws {
    let workshop = try Workshop()
    let outcome = try workshop.run(["doctor"])
    #expect(outcome.status == 0)
    #expect(outcome.text.contains("threads"))
    let json = try JSONSerialization.jsonObject(with: try workshop.run(["doctor", "--json"]).output)
    #expect((json as? [String: Any])?["threads"] != nil)
    let memory = (json as? [String: [String: Any]])?["sharedMemory"]
    #expect(memory?["value"] as? String == "/dev/shm works" || memory?["ok"] as? Bool == false)
  }

  @Test(arguments: [
    ("samplespersegment", "samples-per-segment"), ("smaples", "samples-per-segment"), ("tpye", "type"),
    ("cubc", "cubic"), ("akmia", "akima"),
  ]) func `the nearest name is the one meant`(typed: String, meant: String) {
    let known = ["type", "tension", "samples-per-segment", "slopes", "cubic", "akima", "makima", "count"]
    #expect(nearestName(to: typed, in: known) == meant)
    #expect(nearName(to: typed, in: known) == meant)
  }

  @Test(arguments: ["zzzzzz", "spline", "q", "", "interpolation"])
  func `where no name is near, all are told`(typed: String) {
    let known = ["type", "tension", "slopes", "cubic"]
    #expect(nearName(to: typed, in: known) == nil)
    #expect(advice(on: typed, among: known) == "choose one of type, tension, slopes, cubic")
  }
}
