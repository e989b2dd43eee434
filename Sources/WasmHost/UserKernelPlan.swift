/// A module that was found to be a kernel: how to make instances of it. Sendable, for nothing in it changes.
final class UserKernelPlan: Sendable {
  static let version: Int32 = 1

  let module: CompiledModule
  let name: String
  let limits: UserKernel.Limits
  let precisions: [UserKernel.Precision]
  private let ticker: EpochTicker
  private let functions: [String]
  private let ownMemory: Bool

  init(_ module: CompiledModule, name: String, limits: UserKernel.Limits) throws(WasmHostError) {
    self.module = module
    self.name = name
    self.limits = limits
    ticker = try EpochTicker.shared()
    precisions = try Self.precisions(of: module, name)
    ownMemory = try Self.bringsMemory(module, name)
    functions = ["catenary_kernel_abi"] + precisions.map(\.function)
  }

  /// The slot of a precision's function in an instance.
  func slot(_ precision: UserKernel.Precision) -> Int { 1 + (precisions.firstIndex(of: precision) ?? 0) }

  /// Runs `body` while the clock that bounds calls is running.
  @inline(__always)
  func timed<R>(_ body: () throws(WasmHostError) -> R) throws(WasmHostError) -> R {
    try ticker.begin()
    defer { ticker.end() }
    return try body()
  }

  /// A fresh instance; its start function has run.
  func instantiate() throws(WasmHostError) -> GuestInstance {
    let bounds = GuestInstance.Bounds(
      memoryBytes: limits.memoryBytes, seconds: limits.secondsPerCall,
      ticks: EpochTicker.ticks(seconds: limits.secondsPerCall))
    var source = GuestInstance.Memory.own
    if !ownMemory, case .memory(let minimum, let maximum, _, _)? = module.imports.first?.shape {
      source = .made(minimumPages: minimum, maximumPages: maximum)
    }
    return try timed { () throws(WasmHostError) in
      try GuestInstance(module, name: name, functions: functions, memory: source, bounds: bounds)
    }
  }

  func checkVersion() throws(WasmHostError) {
    let instance = try instantiate()
    let answer = try timed { () throws(WasmHostError) in try unsafe instance.call(0) { _ in } }
    guard answer == Self.version else {
      throw .badModule(what: "\(name) is made for version \(answer) of the kernel ABI, not \(Self.version)")
    }
  }

  private static func precisions(
    of module: CompiledModule, _ name: String
  ) throws(WasmHostError) -> [UserKernel.Precision] {
    try check(module, name, "catenary_kernel_abi", arity: 0)
    var found: [UserKernel.Precision] = []
    for precision in UserKernel.Precision.allCases where module.exports[precision.function] != nil {
      try check(module, name, precision.function, arity: 8)
      found.append(precision)
    }
    guard !found.isEmpty else {
      throw .badModule(what: "\(name) exports neither catenary_kernel_draw_f32 nor catenary_kernel_draw_f64")
    }
    return found
  }

  private static func check(
    _ module: CompiledModule, _ name: String, _ function: String, arity: Int
  ) throws(WasmHostError) {
    guard let shape = module.exports[function] else {
      throw .badModule(what: "\(name) does not export \(function)")
    }
    guard KernelWorker.arity(of: shape) == arity else {
      let wanted = arity == 0 ? "() -> i32" : "(\(arity) times i32) -> i32"
      throw .badModule(what: "\(function) of \(name) has another type than \(wanted)")
    }
  }

  /// True when the module exports `memory`, false when it imports `env.memory`; anything else is no kernel.
  private static func bringsMemory(_ module: CompiledModule, _ name: String) throws(WasmHostError) -> Bool {
    var imported = false
    for item in module.imports {
      guard item.module == "env", item.name == "memory",
        case .memory(_, _, let shared, let is64) = item.shape,
        !shared, !is64
      else {
        throw .badModule(
          what:
            "\(name) imports \(item.module).\(item.name): a kernel may import nothing but env.memory, unshared"
        )
      }
      imported = true
    }
    if imported { return false }
    guard case .memory(_, _, false, false)? = module.exports["memory"] else {
      throw .badModule(what: "\(name) neither exports its memory as `memory` nor imports env.memory")
    }
    return true
  }
}
