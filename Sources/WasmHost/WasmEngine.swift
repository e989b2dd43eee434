internal import CWasmtime
import Synchronization

/// A compiler and its settings. Owns one `wasm_engine_t`; one of each kind lives as long as the process.
///
/// Sendable: the handle never changes, and Wasmtime lets any number of threads use one engine at once.
@safe final class WasmEngine: Sendable {
  enum Kind: String {
    /// For our own kernel: shared memory, and no price paid for interruption.
    case builtIn
    /// For anybody's module: interruption by epochs, nothing switched on that a kernel has no need of.
    case user
  }

  let kind: Kind
  let runtime: WasmRuntime
  nonisolated(unsafe) let handle: OpaquePointer
  private let modules = Mutex<[SHA256.Digest: WeakModule]>([:])

  static func shared(_ kind: Kind) throws(WasmHostError) -> WasmEngine {
    try (kind == .builtIn ? builtIn : user).get()
  }

  private static let builtIn = make(.builtIn)
  private static let user = make(.user)

  private static func make(_ kind: Kind) -> Result<WasmEngine, WasmHostError> {
    do throws(WasmHostError) { return .success(try WasmEngine(kind)) } catch { return .failure(error) }
  }

  private init(_ kind: Kind) throws(WasmHostError) {
    self.kind = kind
    runtime = try WasmRuntime.load()
    guard let config = unsafe cw_wasm_config_new() else {
      throw .unavailable(reason: "\(runtime.path) gives no configuration")
    }
    unsafe Self.configure(config, kind)
    guard let engine = unsafe cw_wasm_engine_new_with_config(config) else {
      throw .unavailable(reason: "\(runtime.path) makes no engine with our configuration")
    }
    unsafe handle = engine
  }

  deinit { unsafe cw_wasm_engine_delete(handle) }

  private static func configure(_ config: OpaquePointer, _ kind: Kind) {
    unsafe cw_wasmtime_config_cranelift_opt_level_set(config, UInt8(CW_OPT_LEVEL_SPEED))
    // A quarter of the smallest usual thread stack; a kernel's own stack lies in its memory.
    unsafe cw_wasmtime_config_max_wasm_stack_set(config, 128 << 10)
    unsafe cw_wasmtime_config_wasm_simd_set(config, true)
    unsafe cw_wasmtime_config_wasm_bulk_memory_set(config, true)
    unsafe cw_wasmtime_config_wasm_relaxed_simd_deterministic_set(config, true)
    unsafe cw_wasmtime_config_wasm_threads_set(config, kind == .builtIn)
    unsafe cw_wasmtime_config_shared_memory_set(config, kind == .builtIn)
    unsafe cw_wasmtime_config_epoch_interruption_set(config, kind == .user)
    // Compiling somebody's module takes one thread, whatever is in it.
    unsafe cw_wasmtime_config_parallel_compilation_set(config, kind == .builtIn)
    unsafe cw_wasmtime_config_wasm_memory64_set(config, false)
    unsafe cw_wasmtime_config_wasm_multi_memory_set(config, false)
    unsafe cw_wasmtime_config_wasm_function_references_set(config, false)
    unsafe cw_wasmtime_config_wasm_gc_set(config, false)
    unsafe cw_wasmtime_config_wasm_exceptions_set(config, false)
    unsafe cw_wasmtime_config_wasm_custom_page_sizes_set(config, false)
    unsafe cw_wasmtime_config_wasm_stack_switching_set(config, false)
  }

  /// The module with this hash, if it is compiled and in use.
  func module(_ hash: SHA256.Digest) -> CompiledModule? { modules.withLock { $0[hash]?.module } }

  /// Remembers a module as long as somebody uses it; of two compiled at once the first stays.
  func remember(_ module: CompiledModule, _ hash: SHA256.Digest) -> CompiledModule {
    modules.withLock { known in
      if let first = known[hash]?.module { return first }
      known = known.filter { $0.value.module != nil }
      known[hash] = WeakModule(module: module)
      return module
    }
  }
}

private struct WeakModule: Sendable {
  weak let module: CompiledModule?
}
