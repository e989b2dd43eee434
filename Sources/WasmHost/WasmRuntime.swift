internal import CWasmtime
import Glibc

/// The Wasmtime found on this machine, for `doctor` and for `auto`.
public struct WasmRuntime: Sendable, Equatable {
  /// The shared library that was loaded.
  public let path: String
  /// The version that the library gives itself, `50`; a library of another version is refused.
  public let version: String

  /// Looks for Wasmtime once per process, and gives the same answer ever after.
  ///
  /// Searched in this order: the folders of `CATENARY_LIBRARY_PATH` (`:` between them; the word `none` alone
  /// means that no library is wanted), `../lib/catenary` beside the executable, `.deps/lib` of a checkout
  /// above it, `/usr/local/lib/catenary`, the system's loader.
  public static func load() throws(WasmHostError) -> WasmRuntime { try found.get() }

  private static let found = unsafe search(libraryPath: getenv("CATENARY_LIBRARY_PATH"))

  /// The search itself, with the value of CATENARY_LIBRARY_PATH; the first library taken into use stays.
  static func search(libraryPath: UnsafePointer<CChar>?) -> Result<WasmRuntime, WasmHostError> {
    unsafe report { unsafe cw_load(libraryPath, $0) }
  }

  /// Judges one file as `load` would, without taking it into use.
  static func probe(_ file: String) -> Result<WasmRuntime, WasmHostError> {
    unsafe report { found in unsafe file.withCString { unsafe cw_probe($0, found) } }
  }

  private static func report(
    _ look: (UnsafeMutablePointer<cw_found>) -> Bool
  ) -> Result<WasmRuntime, WasmHostError> {
    let found = UnsafeMutablePointer<cw_found>.allocate(capacity: 1)
    defer { unsafe found.deallocate() }
    guard unsafe look(found) else {
      return .failure(.unavailable(reason: unsafe String(cString: cw_found_why(found))))
    }
    let path = unsafe String(cString: cw_found_path(found))
    return .success(WasmRuntime(path: path, version: unsafe String(cString: cw_found_version(found))))
  }

  /// Names the library's code for the cache of compiled modules: another file is another compiler.
  var identity: String {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return "\(version) \(path)" }
    let time = status.st_mtim
    return "\(version) \(path) \(status.st_size) \(time.tv_sec).\(time.tv_nsec) \(status.st_ino)"
  }
}
