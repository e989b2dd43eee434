/// What can go wrong between this program and a WebAssembly module. Says what, and what to do about it.
public enum WasmHostError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No usable Wasmtime on this machine.
  case unavailable(reason: String)
  /// Wasmtime refused to compile or to instantiate the module.
  case notCompiled(reason: String)
  /// A valid module that is not the kernel asked for: an import too many, an export missing.
  case badModule(what: String)
  case trapped(what: String, reason: String)
  case timedOut(what: String, seconds: Double)
  /// More memory than the limit allows was asked for, by the host for the guest or by the module.
  case memoryLimit(bytes: Int)
  /// A user's kernel answered with its own error number.
  case kernelFailed(what: String, code: Int32)
  case workerBusy(Int)
  /// The kernel is not used any more, after a fault that may have damaged its memory.
  case retired(reason: String)
  /// The caller asked for what the kernel cannot be asked.
  case badCall(what: String)

  public var description: String {
    switch self {
    case .unavailable(let reason):
      "no WebAssembly here: \(reason): run scripts/bootstrap, or set CATENARY_LIBRARY_PATH to its folder"
    case .notCompiled(let reason): "the module was not compiled: \(reason)"
    case .badModule(let what): "the module is not a kernel: \(what)"
    case .trapped(let what, let reason): "\(what) stopped: \(reason)"
    case .timedOut(let what, let seconds):
      "\(what) did not end within \(seconds) s: make it faster, or ask for fewer points at a time"
    case .memoryLimit(let bytes):
      "the module needs more than its \(bytes >> 20) MiB of memory: send fewer points, or allow it more"
    case .kernelFailed(let what, let code): "\(what) answered with its error \(code)"
    case .workerBusy(let worker): "worker \(worker) is in a call: give each thread a worker of its own"
    case .retired(let reason): "the kernel was retired: \(reason)"
    case .badCall(let what): what
    }
  }
}
