import Foundation
import Testing

/// Who detects: the network, or statistics where it cannot be had.
@Suite struct DetectorChoiceTests {
  static let onnxRuntimeIsHere: Bool = {
    let report = try? Workshop().run(["doctor", "--json"]).output
    let object = report.flatMap { try? JSONSerialization.jsonObject(with: $0) } as? [String: Any]
    return (object?["onnxruntime"] as? [String: Any])?["ok"] as? Bool ?? false
  }()

  func workshop() throws -> Workshop {
    let workshop = try Workshop()
    try workshop.write("p.json", "{\"prices\":\(DetectTests.line)}")
    return workshop
  }

  func answer(_ outcome: Workshop.Outcome) throws -> [String: Any] {
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
  }

  @Test(.enabled(if: onnxRuntimeIsHere, "ONNX Runtime is not on this machine: run scripts/bootstrap"))
  func `the network judges unless statistics are asked for`() throws {
    let workshop = try workshop()
    for arguments in [[], ["--source", "onnx"]] {
      let outcome = try workshop.run(["detect", "p.json"] + arguments)
      let found = try answer(outcome)
      #expect(outcome.errors.isEmpty)
      #expect(found["source"] as? String == "onnx" && found["model"] as? String == "curve-detection")
    }
    try workshop.write("s.json", "{\"prices\":\(DetectTests.line),\"source\":\"classical\"}")
    for arguments in [["p.json", "--source=classical"], ["s.json"]] {
      let found = try answer(try workshop.run(["detect"] + arguments))
      #expect(found["source"] as? String == "classical" && found["model"] == nil)
    }
  }

  @Test(.enabled(if: onnxRuntimeIsHere, "ONNX Runtime is not on this machine: run scripts/bootstrap"))
  func `a folder's network judges as the same network built in`() throws {
    let workshop = try workshop()
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../models/curve.onnx")
    try FileManager.default.createDirectory(atPath: workshop.path("m"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: file.standardizedFileURL, to: URL(filePath: workshop.path("m/curve.onnx")))
    let built = try workshop.run(["detect", "p.json"])
    let found = try workshop.run(["detect", "p.json", "--models", "m"])
    #expect(found.output == built.output && found.errors.isEmpty && !found.output.isEmpty)
  }

  /// The answer must be the classical one, with these words on standard error and nothing else there.
  func expectClassical(
    _ arguments: [String], _ words: [String], in workshop: Workshop, environment: String = "",
    at location: SourceLocation = #_sourceLocation
  ) throws {
    let classical = try workshop.run(["detect", "p.json", "--source", "classical"]).output
    let line = environment + " \"$catenary\" detect p.json " + arguments.joined(separator: " ")
    let outcome = try workshop.shell(line)
    #expect(outcome.status == 0 && !outcome.endedBySignal, "\(outcome.errors)", sourceLocation: location)
    #expect(outcome.output == classical, sourceLocation: location)
    #expect(outcome.errors.isEmpty == words.isEmpty, "\(outcome.errors)", sourceLocation: location)
    for word in words {
      #expect(outcome.errors.contains(word), "\(outcome.errors)", sourceLocation: location)
    }
    #expect(outcome.errors.filter { $0 == "\n" }.count == (words.isEmpty ? 0 : 1), sourceLocation: location)
  }

  @Test func `without a library statistics judge, and say so to whoever asked for the network`() throws {
    let workshop = try workshop()
    let none = "CATENARY_LIBRARY_PATH=none"
    let words = ["by statistics alone", "CATENARY_LIBRARY_PATH is `none`", "scripts/bootstrap"]
    try expectClassical([], [], in: workshop, environment: none)
    try expectClassical(["--source", "onnx"], words, in: workshop, environment: none)
    let doctor = try workshop.shell("\(none) \"$catenary\" doctor")
    #expect(doctor.text.contains("detection is classical") && doctor.text.contains("scripts/bootstrap"))
  }

  @Test(.enabled(if: onnxRuntimeIsHere, "ONNX Runtime is not on this machine: run scripts/bootstrap"))
  func `a folder without a good network is told, and statistics judge`() throws {
    let workshop = try workshop()
    try expectClassical(["--models", "m"], ["there is no model m/curve-detection.onnx"], in: workshop)
    try workshop.shell("mkdir m; echo no model > m/curve.onnx").expectDone()
    try expectClassical(["--models", "m/"], ["m/curve.onnx cannot be loaded"], in: workshop)
    try workshop.shell("mkdir m/curve-detection.onnx").expectDone()
    try expectClassical(["--models", "m"], ["m/curve-detection.onnx: it is no file"], in: workshop)
  }

  @Test(.enabled(if: onnxRuntimeIsHere, "ONNX Runtime is not on this machine: run scripts/bootstrap"))
  func `nothing is gathered or kept about who detects`() throws {
    let workshop = try workshop()
    // ONNX Runtime holds back where it sees a test machine; not here.
    let line = """
      mkdir cache && env -u CI -u ORT_RUNNING_UNIT_TESTS ORT_DISABLE_TELEMETRY=0 \
      HOME="$PWD/cache" XDG_CACHE_HOME="$PWD/cache" "$catenary" detect p.json --source onnx
      """
    let found = try answer(try workshop.shell(line))
    #expect(found["source"] as? String == "onnx")
    #expect(try FileManager.default.contentsOfDirectory(atPath: workshop.path("cache")).isEmpty)
  }

  @Test func `doctor tells the model`() throws {
    let workshop = try workshop()
    let report = try answer(try workshop.run(["doctor", "--json"]))
    let model = try #require(report["model"] as? [String: Any])
    #expect((model["value"] as? String)?.hasPrefix("embedded, ") == true)
    #expect(model["ok"] as? Bool == Self.onnxRuntimeIsHere)
  }
}

extension Workshop.Outcome {
  fileprivate func expectDone() { #expect(status == 0, "\(errors)") }
}
