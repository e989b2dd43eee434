/// Where models are taken from.
public enum ModelSource: Sendable {
  /// A folder with a file `NAME.onnx` for each model; `curve-detection` may be called `curve.onnx`, too.
  case folder(String)
  /// Models that are part of the program: their bytes by name, nil for a name that is none.
  case embedded(@Sendable (String) -> [UInt8]?)

  /// The most bytes that a model may have.
  static let largest = 64 << 20

  /// A model's bytes, and where they were found: a file, or `embedded`.
  func read(_ name: String) throws(ModelError) -> (bytes: [UInt8], path: String) {
    guard ModelSource.isName(name) else { throw .badName(name) }
    switch self {
    case .embedded(let bytes):
      guard let bytes = bytes(name) else { throw .missing(file: "\(name) in this program") }
      return (bytes, "embedded")
    case .folder(let folder):
      var missing: ModelError?
      for file in ModelSource.files(name) {
        let path = ModelSource.path(folder, file)
        do throws(ModelError) { return (try readFile(path, limit: ModelSource.largest), path) } catch {
          guard case .missing = error else { throw error }
          missing = missing ?? error
        }
      }
      throw missing ?? .missing(file: folder)
    }
  }

  /// Where a model is looked for first.
  func place(_ name: String) -> String {
    guard case .folder(let folder) = self, ModelSource.isName(name) else { return "embedded" }
    return ModelSource.path(folder, ModelSource.files(name)[0])
  }

  private static func path(_ folder: String, _ file: String) -> String {
    folder.hasSuffix("/") ? folder + file : "\(folder)/\(file)"
  }

  private static func files(_ name: String) -> [String] {
    name == NetworkDetector.modelName ? ["\(name).onnx", "curve.onnx"] : ["\(name).onnx"]
  }

  /// Letters, digits, hyphens and underscores: nothing that could lead out of a folder.
  static func isName(_ name: String) -> Bool {
    let isAllowed = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    return isAllowed && 1...64 ~= name.utf8.count
  }
}
