import Synchronization

/// Somebody's own kernel, which may be anything: wrong, endless, greedy or hostile. The page on its ABI is
/// `wasm/KERNEL-ABI.md`.
///
/// It gets memory of its own with a maximum, a time limit for each call, and no import but memory. Whatever it
/// does becomes a `WasmHostError`. Each worker has an instance of its own, made afresh by `load`.
///
/// Sendable: workers guard themselves, and the rest never changes.
public final class UserKernel: Sendable {
  public struct Limits: Sendable, Equatable {
    /// Of each worker's memory, points and samples included.
    public var memoryBytes: Int
    public var secondsPerCall: Double
    /// Of the module. Compiling cannot be interrupted; these four bound it to seconds.
    public var moduleBytes: Int
    public var functions: Int
    /// Of one function: the bytes of its body, and the locals that it declares.
    public var functionBytes = 64 << 10
    public var locals = 1_000

    public init(
      memoryBytes: Int = 256 << 20, secondsPerCall: Double = 10, moduleBytes: Int = 1 << 20,
      functions: Int = 10_000
    ) {
      (self.memoryBytes, self.secondsPerCall) = (memoryBytes, secondsPerCall)
      (self.moduleBytes, self.functions) = (moduleBytes, functions)
    }
  }

  /// The scalars of points and samples, little-endian.
  public enum Precision: Int, Sendable, CaseIterable {
    case float32 = 4
    case float64 = 8
    public var byteCount: Int { rawValue }
    var function: String { self == .float32 ? "catenary_kernel_draw_f32" : "catenary_kernel_draw_f64" }
  }

  /// What is drawn: the points are given beside it.
  public struct Job: Sendable, Equatable {
    public var dimensions: Int
    public var closed: Bool
    public var samplesPerSegment: Int
    public var precision: Precision

    public init(dimensions: Int, closed: Bool, samplesPerSegment: Int, precision: Precision) {
      (self.dimensions, self.closed) = (dimensions, closed)
      (self.samplesPerSegment, self.precision) = (samplesPerSegment, precision)
    }

    public var bytesPerPoint: Int { dimensions * precision.byteCount }

    /// Samples of the whole curve: segments times samples per segment, and the last point; nil when there are too many.
    public func sampleCount(points: Int) -> Int? {
      let (inner, overflow) = (closed ? points : points - 1).multipliedReportingOverflow(
        by: samplesPerSegment)
      return overflow || inner >= Int(Int32.max) ? nil : inner + 1
    }
  }

  public let name: String
  public let limits: Limits
  /// What the kernel can draw.
  public let precisions: [Precision]
  public var workers: Int { crew.count }

  private let crew: [UserWorker]

  /// Compiles the module, checks that it is a kernel, and runs its start function once.
  ///
  /// - Parameter name: what to call it in errors, as the file's name.
  public init(
    wasm: [UInt8], name: String, workers: Int, limits: Limits = Limits()
  ) throws(WasmHostError) {
    guard 1...1_024 ~= workers else { throw .badCall(what: "\(workers) workers: ask for 1 to 1024") }
    guard wasm.count <= limits.moduleBytes else {
      throw .badModule(what: "\(name) has \(wasm.count) bytes, and \(limits.moduleBytes) are allowed")
    }
    if let count = ModuleScan.functionCount(wasm), count > limits.functions {
      throw .badModule(what: "\(name) has \(count) functions, and \(limits.functions) are allowed")
    }
    if let largest = ModuleScan.largestFunction(wasm) {
      guard largest.bytes <= limits.functionBytes else {
        throw .badModule(
          what: "\(name) has a function of \(largest.bytes) bytes, and \(limits.functionBytes) are allowed")
      }
      guard largest.locals <= limits.locals else {
        throw .badModule(
          what: "\(name) has a function of \(largest.locals) locals, and \(limits.locals) are allowed")
      }
    }
    let engine = try WasmEngine.shared(.user)
    let module: CompiledModule
    do throws(WasmHostError) { module = try CompiledModule.of(wasm, engine: engine) } catch {
      if case .notCompiled(let reason) = error { throw .notCompiled(reason: "\(name): \(reason)") }
      throw error
    }
    let plan = try UserKernelPlan(module, name: name, limits: limits)
    self.name = name
    self.limits = limits
    precisions = plan.precisions
    crew = (0..<workers).map { _ in UserWorker(plan) }
    try plan.checkVersion()
  }

  /// Gives every worker the points of the next curve, in a fresh instance.
  ///
  /// - Throws: `.workerBusy` while any worker draws; what the module's start function does wrong; memory.
  public func load(points: RawSpan, _ job: Job) throws(WasmHostError) {
    guard 1...4 ~= job.dimensions, job.samplesPerSegment >= 1 else {
      throw .badCall(what: "points have 1 to 4 dimensions, and a segment at least 1 sample")
    }
    guard precisions.contains(job.precision) else {
      throw .badModule(what: "\(name) does not export \(job.precision.function): ask for the other dtype")
    }
    let count = points.byteCount / job.bytesPerPoint
    guard count * job.bytesPerPoint == points.byteCount, count >= 2, job.sampleCount(points: count) != nil
    else {
      throw .badCall(what: "send 2 or more whole points, and ask for fewer than 2^31 samples")
    }
    for i in crew.indices { try crew[i].load(points, count, job, number: i) }
  }

  /// Draws samples `first ..< first + count` on one worker, and lends their bytes to `body`.
  ///
  /// After a fault the worker has no points until the next `load`.
  public func draw<R>(
    worker: Int, first: Int, count: Int, _ body: (RawSpan) -> R
  ) throws(WasmHostError) -> R {
    guard crew.indices.contains(worker) else {
      throw .badCall(what: "there is no worker \(worker): there are \(crew.count), from 0")
    }
    return try crew[worker].draw(first, count, number: worker, body)
  }
}
