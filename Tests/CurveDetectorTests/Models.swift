import Foundation
import Testing

@testable import CurveDetector

/// Whether ONNX Runtime is on this machine; tests that need it are disabled without it.
let onnxRuntimeIsHere = (try? OnnxRuntime.load()) != nil

extension Trait where Self == ConditionTrait {
  static var needsOnnxRuntime: ConditionTrait {
    .enabled(if: onnxRuntimeIsHere, "ONNX Runtime is not on this machine: run scripts/bootstrap")
  }
}

/// A folder of models of one test's own, gone afterwards.
final class ModelFolder {
  let path: String

  init(_ files: [String: [UInt8]] = [:]) throws {
    path =
      FileManager.default.temporaryDirectory.appendingPathComponent("catenary-models-\(UUID().uuidString)")
      .path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, bytes) in files { try write(bytes, name) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ bytes: [UInt8], _ name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }

  func cache(capacity: Int = 3) -> ModelCache { ModelCache(.folder(path), capacity: capacity) }
}

/// Why these bytes are no model of ours; nil when they are.
func refusal(of bytes: [UInt8]) -> ModelError? {
  do throws(ModelError) {
    let session = try ModelSession(bytes, name: "it")
    try session.run { _ in
    } _: { _ in
    }
    return nil
  } catch { return error }
}

/// A series of a length: a slow and a quick wave, z-scored.
func wave(_ count: Int) throws -> [Double] {
  try PreparedSeries((0..<count).map { sin(Double($0) / 7) + 0.3 * cos(Double($0 * $0)) }).z
}
