internal import COnnxRuntime
import Glibc

/// The ONNX Runtime found on this machine, for `doctor` and for the detector.
public struct OnnxRuntime: Sendable, Equatable {
  /// The shared library that was loaded.
  public let path: String
  /// The version that the library gives itself.
  public let version: String

  /// Looks for ONNX Runtime once per process, and gives the same answer ever after.
  ///
  /// Searched in this order: the folders of `CATENARY_LIBRARY_PATH` (`:` between them; the word `none` alone
  /// means that no library is wanted), `../lib/catenary` beside the executable, `.deps/lib` of a checkout
  /// above it, `/usr/local/lib/catenary`, the system's loader.
  public static func load() throws(ModelError) -> OnnxRuntime { try found.get() }

  private static let found = unsafe search(libraryPath: getenv("CATENARY_LIBRARY_PATH"))

  /// The search itself, with the value of CATENARY_LIBRARY_PATH; the first library taken into use stays.
  static func search(libraryPath: UnsafePointer<CChar>?) -> Result<OnnxRuntime, ModelError> {
    if let libraryPath = unsafe libraryPath, unsafe strcmp(libraryPath, "none") == 0 {
      return .failure(.unwanted)
    }
    return unsafe report { unsafe cort_load(libraryPath, $0) }
  }

  /// Judges one file as `load` would, without taking it into use.
  static func probe(_ file: String) -> Result<OnnxRuntime, ModelError> {
    unsafe report { found in unsafe file.withCString { unsafe cort_probe($0, found) } }
  }

  /// Proof: the loader ends its texts with 0, and they are copied before their memory goes.
  private static func report(
    _ look: (UnsafeMutablePointer<cort_found>) -> Bool
  ) -> Result<OnnxRuntime, ModelError> {
    let found = UnsafeMutablePointer<cort_found>.allocate(capacity: 1)
    defer { unsafe found.deallocate() }
    guard unsafe look(found) else {
      return .failure(.noLibrary(reason: unsafe String(cString: cort_found_why(found))))
    }
    let path = unsafe String(cString: cort_found_path(found))
    return .success(OnnxRuntime(path: path, version: unsafe String(cString: cort_found_version(found))))
  }
}

/// What ONNX Runtime said instead of doing what it was asked.
struct OnnxFault: Error {
  let message: String
}

/// Throws what a status says. Proof: a status is released once, after its text was copied.
@inline(__always)
func check(_ status: OpaquePointer?) throws(OnnxFault) {
  if let status = unsafe status { throw unsafe takeFault(status) }
}

@inline(never)
private func takeFault(_ status: OpaquePointer) -> OnnxFault {
  defer { unsafe cort_ReleaseStatus(status) }
  guard let text = unsafe cort_GetErrorMessage(status) else { return OnnxFault(message: "no reason given") }
  let words = unsafe String(cString: text).prefix(400).split(whereSeparator: \.isWhitespace)
  return OnnxFault(message: words.joined(separator: " "))
}
