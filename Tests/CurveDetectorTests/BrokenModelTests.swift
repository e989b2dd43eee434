import Testing

@testable import CurveDetector

/// Files that are no models of ours: each is refused with words, and nothing ends.
@Suite(.needsOnnxRuntime) struct BrokenModelTests {
  static let whole = OnnxBytes.network().bytes

  @Test func `the whole file is a model`() { #expect(refusal(of: Self.whole) == nil) }

  @Test func `a file cut anywhere is refused`() {
    // Its last part, of which nothing is needed, says the version.
    for length in stride(from: 0, to: Self.whole.count - 12, by: 7) {
      #expect(refusal(of: Array(Self.whole.prefix(length))) != nil, "\(length)")
    }
  }

  @Test func `bytes turned over give an answer or a reason`() {
    var dice = Dice(seed: 23)
    var refused = 0
    for _ in 0..<600 {
      var bytes = Self.whole
      for _ in 0..<Int(dice.uniform(1, 4)) {
        bytes[Int(dice.uniform(0, Double(bytes.count)))] ^= UInt8(1 << Int(dice.uniform(0, 8)))
      }
      if let error = refusal(of: bytes) {
        refused += 1
        #expect(!error.description.contains("\n"))
      }
    }
    #expect(refused > 50)
  }

  @Test(arguments: [
    [UInt8]("PK\u{3}\u{4} no model".utf8), [UInt8](repeating: 0, count: 4096),
    [UInt8](repeating: 255, count: 99),
  ])
  func `what is no model at all is refused`(bytes: [UInt8]) {
    guard case .notLoaded(let model, let reason) = refusal(of: bytes) else {
      Issue.record("\(bytes.prefix(4)) passed")
      return
    }
    #expect(model == "it" && !reason.isEmpty)
  }

  static let foreign: [(String, @Sendable (inout OnnxBytes) -> Void)] = [
    ("it takes grid [b,3,128], side [b,14]", { $0.inputs[0].shape = [nil, 3, 128] }),
    ("grid [b,2,64]", { $0.inputs[0].shape = [nil, 2, 64] }),
    ("grid [4,2,128]", { $0.inputs[0].shape = [4, 2, 128] }),
    ("prices [b,14]", { $0.rename("side", "prices") }),
    ("extra [b,2]", { $0.inputs.append(.init(name: "extra", shape: [nil, 2])) }),
    ("it gives window [b,8], steps [b,8,128]; wanted", { $0.outputs.removeLast() }),
    ("answer [b,8]", { $0.rename("window", "answer") }),
    ("feature_version 2, not 1", { $0.metadata["feature_version"] = "2" }),
    ("feature_version nothing", { $0.metadata = [:] }),
  ]

  @Test(arguments: foreign.indices)
  func `a model of something else is refused with what it takes and gives`(place: Int) {
    var file = OnnxBytes.network()
    Self.foreign[place].1(&file)
    let error = refusal(of: file.bytes)
    let words = error?.description ?? "it passed"
    #expect(words.contains(Self.foreign[place].0), "\(words)")
  }

  @Test func `a newer format is refused with ONNX Runtime's reason`() {
    var file = OnnxBytes.network()
    file.irVersion = 99
    #expect(refusal(of: file.bytes)?.description.contains("opset 17 or older") == true)
    file = OnnxBytes.network()
    file.opset = 999
    #expect(refusal(of: file.bytes) != nil)
  }

  @Test func `an output of another shape than declared is a failed run, not a write beside its memory`() {
    var file = OnnxBytes.network()
    file.nodes[2] = .init(
      type: "Flatten", inputs: ["grid"], output: "boundary", attributes: [("axis", [1], false)])
    guard let error = refusal(of: file.bytes) else {
      Issue.record("256 numbers passed for 128")
      return
    }
    #expect(!error.description.isEmpty)
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func `an answer that is not finite is refused, with its output`(value: Float) {
    var bias = [Float](repeating: 0, count: 8)
    bias[5] = value
    #expect(refusal(of: OnnxBytes.network(bias: bias).bytes) == .notFinite(model: "it", output: "window"))
  }
}

extension OnnxBytes {
  /// Gives a tensor another name, wherever it stands.
  mutating func rename(_ old: String, _ new: String) {
    for i in inputs.indices where inputs[i].name == old { inputs[i].name = new }
    for i in outputs.indices where outputs[i].name == old { outputs[i].name = new }
    for i in nodes.indices {
      nodes[i].inputs = nodes[i].inputs.map { $0 == old ? new : $0 }
      if nodes[i].output == old { nodes[i].output = new }
    }
  }
}
