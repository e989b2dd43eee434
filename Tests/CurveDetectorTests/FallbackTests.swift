import Catenary
import Glibc
import Testing

/// Whatever is wrong with library or model, the statistics answer, and the status says why.
@Suite struct FallbackTests {
  static let prices: [Double] = (0..<200).map { (i: Int) -> Double in
    let zigzag: Double = i % 3 == 0 ? 1 : -0.5
    return 100 + 0.01 * Double(i * i) + zigzag
  }

  /// The model's status after a detection that must be the classical one.
  func status(_ source: ModelSource, at location: SourceLocation = #_sourceLocation) throws -> ModelStatus {
    let engine = Engine(threads: 2, models: source)
    let alone = try ClassicalDetector.detect(Self.prices)
    #expect(try engine.detect(Self.prices) == alone, sourceLocation: location)
    #expect(
      try engine.detect(series: [Self.prices]).map { try $0.get() } == [alone], sourceLocation: location)
    #expect(alone.source == .classical && alone.model == nil, sourceLocation: location)
    return engine.modelStatus
  }

  @Test func `no library`() async {
    await #expect(processExitsWith: .success) {
      unsafe setenv("CATENARY_LIBRARY_PATH", "none", 1)
      let engine = Engine(threads: 1)
      let found = try engine.detect(FallbackTests.prices)
      let alone = try ClassicalDetector.detect(FallbackTests.prices)
      #expect(found == alone)
      let reason = try #require(engine.modelStatus.reason)
      #expect(reason.contains("CATENARY_LIBRARY_PATH is `none`") && reason.contains("scripts/bootstrap"))
      #expect(!engine.warmModels().isLoaded && !reason.contains("\n"))
    }
  }

  @Test(.needsOnnxRuntime) func `no file`() throws {
    let folder = try ModelFolder()
    let status = try status(.folder(folder.path))
    #expect(!status.isLoaded && status.path == "\(folder.path)/curve-detection.onnx")
    #expect(status.reason?.contains("there is no model \(folder.path)/curve-detection.onnx") == true)
  }

  @Test(.needsOnnxRuntime, arguments: [0, 1, 100, 600])
  func `a file that was cut`(length: Int) throws {
    let bytes = Array(OnnxBytes.network().bytes.prefix(length))
    let folder = try ModelFolder(["curve.onnx": bytes])
    let reason = try status(.folder(folder.path)).reason ?? ""
    #expect(reason.contains("\(folder.path)/curve.onnx cannot be loaded"), "\(reason)")
  }

  @Test(.needsOnnxRuntime) func `a model of something else`() throws {
    var file = OnnxBytes.network()
    file.inputs[1].shape = [nil, 3]
    file.weights[0].shape = [3, 8]
    file.weights[0].values = [Float](repeating: 0, count: 24)
    let folder = try ModelFolder(["curve.onnx": file.bytes])
    let reason = try status(.folder(folder.path)).reason ?? ""
    #expect(reason.contains("side [b,3]") && reason.contains("side [b,14]"), "\(reason)")
  }

  @Test(.needsOnnxRuntime) func `an answer of NaN, in the calls that get one`() throws {
    // Infinite where the series is longer than e⁵ prices, since the first figure is ln n − 5.
    var file = OnnxBytes.network()
    file.weights[0].values = [Float](repeating: 0, count: 112)
    file.weights[0].values[0] = 3e38
    file.nodes.insert(.init(type: "Gemm", inputs: ["side", "factors", "bias"], output: "raw"), at: 0)
    file.nodes[1] = .init(type: "Exp", inputs: ["raw"], output: "window")
    let folder = try ModelFolder(["curve.onnx": file.bytes])
    let status = try status(.folder(folder.path))
    #expect(status.isLoaded && status.reason?.contains("not finite (window)") == true)
    let engine = Engine(threads: 1, models: .folder(folder.path))
    #expect(try engine.detect(Self.prices).source == .classical)
    #expect(try engine.detect(Array(Self.prices.prefix(100))).source == .onnx)
    #expect(engine.modelStatus.reason != nil && engine.modelStatus.statistics.count == 1)
  }

  @Test(.needsOnnxRuntime) func `with a model none of it`() throws {
    let engine = Engine(threads: 2)
    #expect(!engine.modelStatus.isLoaded)
    let found = try engine.detect(Self.prices)
    #expect(found.source == .onnx && found.model == "curve-detection")
    let status = engine.modelStatus
    #expect(status.isLoaded && status.reason == nil && status.path == "embedded")
    #expect(status.statistics.count == 1)
    #expect(try engine.detect(Self.prices, source: .classical).source == .classical)
    // Nothing to judge: still the model's answer, by the words of the contract.
    #expect(try engine.detect([1, 2, 3]).source == .onnx)
  }
}
