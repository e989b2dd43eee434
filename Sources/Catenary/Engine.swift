public import CurveDetector
import CurveKernel
import WasmHost

/// Threads, backends and pooled memory for rendering curves; make one and share it.
///
///     let engine = Engine()
///     let curve = try Curve(.catmullRom(), points: [[0, 0], [1, 2], [3, 1]] as [SIMD2<Float>])
///     let points = try engine.render(curve, .samplesPerSegment(16))
///
/// Every backend, thread count and tiling gives the same bytes.
public final class Engine: Sendable {
  /// Threads that draw, the caller's own included.
  public var threads: Int { pool.threads }
  /// The backend in use: `native` or `wasm`.
  public var backend: Backend { wasm == nil ? .native : .wasm }
  /// Under `auto`, why curves are drawn natively, in one line; nil when they are not, or were never to be otherwise.
  public let fallbackReason: String?

  /// Bytes of the guest's linear memory, which all threads share; 0 without WebAssembly.
  public var guestMemoryBytes: Int { wasm?.kernel.memoryBytes ?? 0 }

  /// Who has which part of the guest's linear memory now, and a way to read it; nil without WebAssembly.
  public func inspectGuestMemory() -> GuestMemory? { wasm?.kernel.inspectMemory() }
  /// Memory kept for streams: how many stretches, and their bytes.
  public var pooledMemory: (stretches: Int, bytes: Int) { slabs.kept }

  /// Models in memory; nothing of them is loaded before the first detection.
  let models: ModelCache
  let pool: ThreadPool
  let evaluator: (any TileEvaluator)?
  let slabs = SlabPool()
  let wasm: WasmBackend?
  /// Told under `auto` when a curve is drawn natively after all; nil: WebAssembly or nothing.
  let onFallback: (@Sendable (String) -> Void)?

  /// An engine that draws natively.
  ///
  /// - Parameters:
  ///   - threads: 1 or more; nil: one for each core.
  ///   - models: where the detector's network is taken from.
  ///   - isPortable: with the code that every processor of this kind runs; the bytes are the same.
  public init(threads: Int? = nil, models: ModelSource = .builtIn, isPortable: Bool = false) {
    self.models = ModelCache(models)
    pool = ThreadPool(threads: threads)
    evaluator = isPortable ? nil : Engine.vectorUnit
    (wasm, fallbackReason, onFallback) = (nil, nil, nil)
  }

  /// - Parameters:
  ///   - backend: what draws.
  ///   - threads: 1 or more; nil: one for each core.
  ///   - models: where the detector's network is taken from.
  ///   - log: gets one line whenever `auto` draws natively, and why: when the engine is made and there is no
  ///     WebAssembly, and for each curve that the guest cannot hold.
  /// - Throws: `unavailable` when `backend` is `wasm` and there is no WebAssembly on this machine.
  public convenience init(
    backend: Backend, threads: Int? = nil, models: ModelSource = .builtIn,
    log: (@Sendable (String) -> Void)? = nil
  ) throws(EngineError) {
    try self.init(backend: backend, threads: threads, models: models, log: log, guestBytes: 1 << 32)
  }

  /// - Parameter guestBytes: the most that the guest's memory may grow to.
  init(
    backend: Backend, threads: Int?, models: ModelSource = .builtIn, log: (@Sendable (String) -> Void)?,
    guestBytes: Int
  ) throws(EngineError) {
    self.models = ModelCache(models)
    pool = ThreadPool(threads: threads)
    evaluator = Engine.vectorUnit
    onFallback = backend == .auto ? Engine.teller(log) : nil
    guard backend != .native else {
      (wasm, fallbackReason) = (nil, nil)
      return
    }
    do throws(WasmHostError) {
      wasm = try WasmBackend(threads: pool.threads, memoryBytes: guestBytes)
      fallbackReason = nil
    } catch {
      guard backend == .auto else { throw .unavailable(backend: "wasm", reason: error.description) }
      (wasm, fallbackReason) = (nil, error.description)
      onFallback?(error.description)
    }
  }

  private static func teller(_ log: (@Sendable (String) -> Void)?) -> @Sendable (String) -> Void {
    { reason in log?("drawing natively: \(reason)") }
  }

  /// Bytes that are drawn at once: they stay in the second-level cache.
  static let tileBytes = 256 << 10

  /// The evaluators for this processor; `CATENARY_CPU=baseline` in the environment keeps to the portable ones.
  static let vectorUnit: VectorEvaluator? =
    environment("CATENARY_CPU") == "baseline" ? nil : VectorEvaluator()
}
