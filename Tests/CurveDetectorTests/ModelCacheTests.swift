import Foundation
import Synchronization
import Testing

@testable import CurveDetector

/// Models in memory: which stay, which go, what is known of them.
@Suite struct ModelCacheTests {
  /// A model whose first logit tells which it is.
  static func model(_ number: Int) -> [UInt8] {
    OnnxBytes.network(bias: [Float(number), 0, 0, 0, 0, 0, 0, 0]).bytes
  }

  static func folder(_ count: Int) throws -> ModelFolder {
    let folder = try ModelFolder()
    for i in 0..<count { try folder.write(model(i), "m\(i).onnx") }
    return folder
  }

  static func answer(_ models: ModelCache, _ name: String) throws(ModelError) -> Float {
    try models.run(name) { _ in
    } read: {
      $0.window[0]
    }
  }

  @Test(.needsOnnxRuntime) func `the model unused for longest makes room`() throws {
    let folder = try Self.folder(4)
    let models = folder.cache(capacity: 3)
    for i in 0..<3 { #expect(try Self.answer(models, "m\(i)") == Float(i)) }
    #expect(models.names == ["m0", "m1", "m2"])
    #expect(try Self.answer(models, "m0") == 0)
    #expect(models.names == ["m1", "m2", "m0"])
    #expect(try Self.answer(models, "m3") == 3)
    #expect(models.names == ["m2", "m0", "m3"] && models.evictions == 1)
    #expect(!models.status("m1").isLoaded && models.status("m1").statistics.count == 1)
    #expect(try Self.answer(models, "m1") == 1)
    #expect(models.names == ["m0", "m3", "m1"] && models.status("m1").statistics.count == 2)
  }

  @Test(.needsOnnxRuntime) func `a status tells what happened, and loads nothing`() throws {
    let folder = try Self.folder(1)
    let models = folder.cache()
    let file = "\(folder.path)/m0.onnx"
    var status = models.status("m0")
    #expect(!status.isLoaded && !status.isWarm && status.reason == nil && status.path == file)
    #expect(status.statistics == ModelStatistics() && models.names.isEmpty)
    try models.warm("m0")
    status = models.status("m0")
    #expect(status.isLoaded && status.isWarm && status.statistics.count == 0 && status.version == "test")
    for _ in 0..<5 { _ = try Self.answer(models, "m0") }
    status = models.status("m0")
    #expect(status.statistics.count == 5 && status.statistics.total > 0 && status.path == file)
    models.evict("m0")
    status = models.status("m0")
    #expect(!status.isLoaded && !status.isWarm && status.statistics.count == 5)
  }

  @Test(.needsOnnxRuntime) func `an answer that failed is tried again, one that was loaded too`() throws {
    let folder = try ModelFolder(["m0.onnx": OnnxBytes.network(bias: [.nan, 0, 0, 0, 0, 0, 0, 0]).bytes])
    let models = folder.cache()
    #expect(throws: ModelError.self) { try Self.answer(models, "m0") }
    #expect(models.status("m0").isLoaded && models.status("m0").statistics.count == 0)
    models.evict("m0")
    try folder.write(Self.model(4), "m0.onnx")
    #expect(try Self.answer(models, "m0") == 4)
    #expect(models.status("m0").reason?.contains("not finite") == true)
  }

  @Test(.needsOnnxRuntime) func `what makes room while it runs ends its run`() throws {
    let folder = try Self.folder(2)
    let models = folder.cache(capacity: 1)
    let answer = try models.run("m0") { _ in
      // Loading the other takes the first out of memory; nobody but this run holds it now.
      #expect((try? Self.answer(models, "m1")) == 1)
      #expect(models.names == ["m1"])
    } read: {
      $0.window[0]
    }
    #expect(answer == 0)
  }

  @Test(.needsOnnxRuntime) func `threads that load, run and evict get the right answers`() throws {
    let folder = try Self.folder(5)
    let models = folder.cache(capacity: 2)
    let wrong = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      var dice = Dice(seed: UInt64(thread))
      for _ in 0..<60 {
        let i = Int(dice.uniform(0, 5))
        let answer = try? Self.answer(models, "m\(i)")
        if answer != Float(i) { wrong.withLock { $0.append("m\(i): \(answer ?? .nan)") } }
        if dice.uniform() < 0.1 { models.evict("m\(Int(dice.uniform(0, 5)))") }
      }
    }
    #expect(wrong.withLock { $0 }.isEmpty)
    #expect(models.names.count <= 2 && models.evictions > 0)
    #expect((0..<5).reduce(0) { $0 + models.status("m\($1)").statistics.count } == 480)
  }

  @Test(.needsOnnxRuntime) func `what failed is tried again by warm alone`() throws {
    let folder = try ModelFolder()
    let models = folder.cache()
    #expect(throws: ModelError.missing(file: "\(folder.path)/m0.onnx")) { try Self.answer(models, "m0") }
    try folder.write(Self.model(7), "m0.onnx")
    #expect(throws: ModelError.self) { try Self.answer(models, "m0") }
    #expect(models.status("m0").reason?.contains("there is no model \(folder.path)/m0.onnx") == true)
    try models.warm("m0")
    #expect(try Self.answer(models, "m0") == 7 && models.status("m0").reason == nil)
  }

  @Test(.needsOnnxRuntime) func `the detector's model may be called curve, or by its name, which goes first`()
    throws
  {
    let folder = try ModelFolder(["curve.onnx": Self.model(1)])
    #expect(try Self.answer(folder.cache(), "curve-detection") == 1)
    try folder.write(Self.model(2), "curve-detection.onnx")
    let models = folder.cache()
    #expect(try Self.answer(models, "curve-detection") == 2)
    #expect(models.status("curve-detection").path == "\(folder.path)/curve-detection.onnx")
  }

  @Test(arguments: [
    "", "..", "../m0", "/etc/passwd", "m0.onnx", "a/b", "a\0b", "é", String(repeating: "a", count: 65),
  ])
  func `names that could lead out of the folder are none`(name: String) throws {
    let folder = try Self.folder(1)
    #expect(throws: ModelError.badName(name)) { try Self.answer(folder.cache(), name) }
  }

  @Test func `what is no file, unreadable or far too large is told by its path`() throws {
    let folder = try ModelFolder()
    func reason(_ name: String) -> String { (Result { try Self.answer(folder.cache(), name) }).failure }
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/folder.onnx", withIntermediateDirectories: true)
    #expect(reason("folder").contains("folder.onnx: it is no file"))
    #expect(unsafe mkfifo("\(folder.path)/pipe.onnx", 0o600) == 0)
    #expect(reason("pipe").contains("pipe.onnx: it is no file"))
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/loop.onnx", withDestinationPath: "loop.onnx")
    #expect(reason("loop").contains("loop.onnx: "))
    try folder.write([], "huge.onnx")
    #expect(unsafe truncate("\(folder.path)/huge.onnx", 65 << 20) == 0)
    #expect(reason("huge").contains("huge.onnx has more than 64 MiB"))
    #expect(reason("nothing").contains("there is no model \(folder.path)/nothing.onnx"))
    let nowhere = ModelCache(.folder("\(folder.path)/nowhere"))
    #expect(throws: ModelError.missing(file: "\(folder.path)/nowhere/m0.onnx")) {
      try Self.answer(nowhere, "m0")
    }
  }
}

extension Result {
  fileprivate var failure: String {
    if case .failure(let error) = self { "\(error)" } else { "" }
  }
}

/// The figures of a model's runs.
@Suite struct ModelStatisticsTests {
  @Test func `averages and percentiles are what one works out by hand`() {
    var runs = ModelStatistics()
    #expect(runs.average == 0 && runs.percentile(0.5) == 0)
    for time in (1...100).reversed() { runs.add(milliseconds: Double(time)) }
    #expect(runs.count == 100 && runs.total == 5050 && runs.average == 50.5 && runs.last == 1)
    #expect(runs.percentile(0.5) == 50 && runs.percentile(0.99) == 99 && runs.percentile(1) == 100)
    #expect(runs.percentile(0) == 1)
  }

  @Test func `percentiles are those of the newest 1024 runs`() {
    var runs = ModelStatistics()
    for time in 1...5000 { runs.add(milliseconds: Double(time)) }
    #expect(runs.count == 5000 && runs.percentile(0) == 3977 && runs.percentile(1) == 5000)
    #expect(runs.percentile(0.5) == 4488)
  }
}
