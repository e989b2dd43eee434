/// Why a model gives no answer; the classical detector gives one then. Says what, and what to do about it.
public enum ModelError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No usable ONNX Runtime on this machine.
  case noLibrary(reason: String)
  /// CATENARY_LIBRARY_PATH asks for none.
  case unwanted
  /// A model's name that is none.
  case badName(String)
  /// No file of that model.
  case missing(file: String)
  case unreadable(file: String, reason: String)
  /// More bytes than a model may have.
  case tooLarge(file: String, limit: Int)
  /// ONNX Runtime refuses it: cut, damaged, of a newer format.
  case notLoaded(model: String, reason: String)
  /// A model of something else: other inputs or outputs than the detector's.
  case foreign(model: String, what: String)
  case notRun(model: String, reason: String)
  /// It answered with NaN or infinity.
  case notFinite(model: String, output: String)

  public var description: String {
    switch self {
    case .noLibrary(let reason):
      "no ONNX Runtime here: \(reason): run scripts/bootstrap, or set CATENARY_LIBRARY_PATH to its folder"
    case .unwanted:
      "no ONNX Runtime here: CATENARY_LIBRARY_PATH is `none`, which asks for no library: unset it, or set it to the "
        + "library's folder (scripts/bootstrap fetches one)"
    case .badName(let name):
      "\(name) is no model's name: take letters, digits, hyphens and underscores, at most 64"
    case .missing(let file): "there is no model \(file): put it there, or name another folder"
    case .unreadable(let file, let reason): "\(file): \(reason)"
    case .tooLarge(let file, let limit): "\(file) has more than \(limit >> 20) MiB: it is no model of ours"
    case .notLoaded(let model, let reason):
      "\(model) cannot be loaded: \(reason): replace it by a whole file of ONNX opset 17 or older"
    case .foreign(let model, let what): "\(model) is not a model of curves: \(what): see models/README.md"
    case .notRun(let model, let reason): "\(model) does not run: \(reason)"
    case .notFinite(let model, let output):
      "\(model) answered with numbers that are not finite (\(output)): replace it"
    }
  }
}
