import CurveKernel

/// What can go wrong with a rendering.
public enum EngineError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The curve or the sampling.
  case curve(CurveError)
  /// The system gave no memory for so many bytes.
  case noMemory(bytes: Int)
  /// The wanted backend is not to be had, and why.
  case unavailable(backend: String, reason: String)
  /// WebAssembly stopped: a trap or a limit.
  case wasm(reason: String)

  public var description: String {
    switch self {
    case .curve(let error): error.description
    case .noMemory(let bytes):
      "the system has no \(bytes) bytes of memory left: render by tiles, or less at a time"
    case .unavailable(let backend, let reason): "backend \(backend) is not available: \(reason)"
    case .wasm(let reason): reason
    }
  }
}
