import Foundation
import Testing

/// A folder with inputs, and what a batch made of them.
extension Workshop {
  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
  }

  /// A small CSV file, each seed another curve.
  func writePoints(_ name: String, seed: Int = 1, rows: Int = 6) throws {
    if let slash = name.lastIndex(of: "/") { try makeFolder(String(name[..<slash])) }
    try write(name, (0..<rows).map { "\($0),\(($0 * $0 * (seed + 3) + seed) % 17)\n" }.joined())
  }

  /// All files below a folder, hidden ones too, by their paths below it.
  func tree(_ name: String) -> Set<String> {
    let base = folder.appendingPathComponent(name).path
    let all = FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String } ?? []
    let attributes = all.map { try? FileManager.default.attributesOfItem(atPath: "\(base)/\($0)") }
    return Set(zip(all, attributes).filter { $1?[.type] as? FileAttributeType != .typeDirectory }.map(\.0))
  }

  /// The lines of a manifest, as a JSON reader of another maker reads them.
  func manifest(_ name: String) throws -> [[String: Any]] {
    try String(decoding: try read(name), as: UTF8.self).split(separator: "\n").map { line in
      let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
      return try #require(value as? [String: Any])
    }
  }

  /// What two runs must agree in: the bytes of all outputs, and the lines of the manifest but for the time and their order.
  func result(_ name: String) throws -> [String: String] {
    var result: [String: String] = [:]
    for file in tree(name) {
      if file.hasPrefix("manifest") {
        let lines = try manifest("\(name)/\(file)").map { line in
          let timeless = line.filter { $0.key != "milliseconds" }
          let text = try JSONSerialization.data(withJSONObject: timeless, options: .sortedKeys)
          return String(decoding: text, as: UTF8.self)
        }
        result[file] = lines.sorted().joined(separator: "\n")
      } else {
        result[file] = try read("\(name)/\(file)").base64EncodedString()
      }
    }
    return result
  }

  /// SHA-256 by coreutils.
  func sha256(_ name: String) throws -> String {
    String(try shell("sha256sum '\(name)'").text.prefix(64))
  }

  /// Runs what must succeed.
  @discardableResult
  func batch(
    _ arguments: [String], status: Int32 = 0, at location: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    let outcome = try run(["batch"] + arguments)
    #expect(outcome.status == status, "\(arguments): \(outcome.errors)", sourceLocation: location)
    return outcome
  }
}
