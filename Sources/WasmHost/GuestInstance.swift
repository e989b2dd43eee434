internal import CWasmtime

/// A store with one instance in it, its functions resolved. Owns one `wasmtime_store_t` and two small buffers.
///
/// Not Sendable: a store belongs to one thread at a time. Whoever holds an instance sees to that.
@safe final class GuestInstance {
  /// Where the guest's memory comes from.
  enum Memory {
    case shared(SharedMemory)
    /// The host makes it, for this instance alone.
    case made(minimumPages: UInt64, maximumPages: UInt64?)
    /// The module brings its own and exports it as `memory`.
    case own
  }

  /// What an untrusted module may use. The epoch deadline counts ticks of `EpochTicker`.
  struct Bounds {
    let memoryBytes: Int
    let seconds: Double
    let ticks: UInt64
  }

  private static let capacity = 8

  private let module: CompiledModule
  private let name: String
  private let bounds: Bounds?
  private let store: OpaquePointer
  private let context: OpaquePointer
  private let functions: UnsafeMutablePointer<wasmtime_func_t>
  private let values: UnsafeMutablePointer<wasmtime_val_raw_t>
  private var instance = wasmtime_instance_t()
  private var memory: wasmtime_memory_t?

  /// - Parameters:
  ///   - name: what to call the module in errors.
  ///   - functions: exports by slot; each must be a function of at most eight numbers with one number as result.
  init(
    _ module: CompiledModule, name: String, functions names: [String], memory: Memory, bounds: Bounds? = nil
  ) throws(WasmHostError) {
    guard let store = unsafe cw_wasmtime_store_new(module.engine.handle, nil, nil),
      let context = unsafe cw_wasmtime_store_context(store)
    else { throw .unavailable(reason: "Wasmtime gives no store") }
    self.module = module
    self.name = name
    self.bounds = bounds
    unsafe self.store = store
    unsafe self.context = context
    unsafe functions = .allocate(capacity: max(names.count, 1))
    unsafe values = .allocate(capacity: Self.capacity)
    unsafe values.initialize(repeating: wasmtime_val_raw_t(), count: Self.capacity)
    if let bounds {
      unsafe cw_wasmtime_store_limiter(store, Int64(max(bounds.memoryBytes, 0)), 65_536, 1, 16, 1)
    }
    try instantiate(memory)
    for (slot, name) in names.enumerated() {
      guard var item = unsafe export(name), unsafe Int(item.kind) == CW_EXTERN_FUNC else {
        throw .badModule(what: "it exports no function \(name)")
      }
      unsafe (functions + slot).initialize(to: item.of.func)
      unsafe cw_wasmtime_extern_delete(&item)
    }
  }

  deinit {
    unsafe cw_wasmtime_store_delete(store)
    unsafe functions.deallocate()
    unsafe values.deallocate()
  }

  private func instantiate(_ source: Memory) throws(WasmHostError) {
    var item = unsafe wasmtime_extern_t()
    switch source {
    case .own: break
    case .shared(let shared):
      unsafe item.kind = UInt8(CW_EXTERN_SHAREDMEMORY)
      unsafe item.of.sharedmemory = shared.handle
    case .made(let minimum, let maximum):
      unsafe item.kind = UInt8(CW_EXTERN_MEMORY)
      unsafe item.of.memory = try makeMemory(minimum, maximum)
    }
    var trap: OpaquePointer?
    armDeadline()
    let count = module.imports.count
    let error = unsafe cw_wasmtime_instance_new(context, module.handle, &item, count, &instance, &trap)
    if let fault = unsafe Fault.take(error, trap) {
      if case .error(let reason) = fault { throw refusal(reason) }
      throw fault.error(in: "the start of \(name)", seconds: bounds?.seconds ?? 0)
    }
    if case .made = source { memory = unsafe item.of.memory }
    if case .own = source, var own = unsafe export("memory") {
      if unsafe Int(own.kind) == CW_EXTERN_MEMORY { memory = unsafe own.of.memory }
      unsafe cw_wasmtime_extern_delete(&own)
    }
  }

  private func makeMemory(_ minimum: UInt64, _ maximum: UInt64?) throws(WasmHostError) -> wasmtime_memory_t {
    var type: OpaquePointer?
    let error = unsafe cw_wasmtime_memorytype_new(
      minimum, maximum != nil, maximum ?? 0, false, false, 16, &type)
    if let error = unsafe error { throw .notCompiled(reason: unsafe takeMessage(error)) }
    defer { unsafe cw_wasm_memorytype_delete(type) }
    var memory = wasmtime_memory_t()
    guard let error = unsafe cw_wasmtime_memory_new(context, type, &memory) else { return memory }
    throw refusal(unsafe takeMessage(error))
  }

  /// Wasmtime tells the limiter's refusals apart only by their words.
  private func refusal(_ reason: String) -> WasmHostError {
    if let bounds, reason.contains("memory minimum size") { return .memoryLimit(bytes: bounds.memoryBytes) }
    return .notCompiled(reason: reason)
  }

  private func export(_ name: String) -> wasmtime_extern_t? {
    var item = unsafe wasmtime_extern_t()
    let found = unsafe cw_wasmtime_instance_export_get(context, &instance, name, name.utf8.count, &item)
    return unsafe found ? item : nil
  }

  @inline(__always)
  private func armDeadline() {
    if let bounds { unsafe cw_wasmtime_context_set_epoch_deadline(context, bounds.ticks) }
  }
}

extension GuestInstance {
  /// Calls the function in a slot. `arguments` sets up to eight numbers; the result is the function's first.
  ///
  /// Allocates nothing. The types were checked against the module when it was taken.
  @inline(__always)
  func call(
    _ slot: Int, _ arguments: (UnsafeMutablePointer<wasmtime_val_raw_t>) -> Void
  ) throws(WasmHostError) -> Int32 {
    unsafe arguments(values)
    armDeadline()
    var trap: OpaquePointer?
    let error = unsafe cw_wasmtime_func_call_unchecked(
      context, functions + slot, values, Self.capacity, &trap)
    if let fault = unsafe Fault.take(error, trap) {
      throw fault.error(in: name, seconds: bounds?.seconds ?? 0)
    }
    return unsafe values.pointee.i32
  }

  /// The value of an exported i32 global; nil when there is none.
  func global(_ name: String) -> Int32? {
    guard var item = unsafe export(name) else { return nil }
    defer { unsafe cw_wasmtime_extern_delete(&item) }
    guard unsafe Int(item.kind) == CW_EXTERN_GLOBAL else { return nil }
    var value = unsafe wasmtime_val_t()
    unsafe cw_wasmtime_global_get(context, &item.of.global, &value)
    return unsafe Int(value.kind) == CW_I32 ? value.of.i32 : nil
  }

  /// Sets an exported, mutable i32 global; false when there is none.
  func set(global name: String, to number: Int32) -> Bool {
    guard var item = unsafe export(name) else { return false }
    defer { unsafe cw_wasmtime_extern_delete(&item) }
    guard unsafe Int(item.kind) == CW_EXTERN_GLOBAL else { return false }
    var value = unsafe wasmtime_val_t()
    unsafe value.kind = UInt8(CW_I32)
    unsafe value.of.i32 = number
    guard let error = unsafe cw_wasmtime_global_set(context, &item.of.global, &value) else { return true }
    _ = unsafe takeMessage(error)
    return false
  }

  var hasMemory: Bool { memory != nil }

  /// The bytes of the instance's own memory, until the next call or growth.
  var bytes: UnsafeMutableRawBufferPointer {
    guard var memory else { return unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0) }
    let count = unsafe cw_wasmtime_memory_data_size(context, &memory)
    return unsafe UnsafeMutableRawBufferPointer(
      start: cw_wasmtime_memory_data(context, &memory), count: count)
  }

  /// Appends pages to the instance's own memory and returns the address of the first.
  func grow(pages: Int) throws(WasmHostError) -> Int {
    var before: UInt64 = 0
    guard var memory else { throw .badModule(what: "it exports no memory named `memory`") }
    if let error = unsafe cw_wasmtime_memory_grow(context, &memory, UInt64(pages), &before) {
      _ = unsafe takeMessage(error)
      throw .memoryLimit(bytes: bounds?.memoryBytes ?? 0)
    }
    return Int(before) * SharedMemory.pageBytes
  }
}
