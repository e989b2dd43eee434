internal import CWasmtime

/// A compiled module, with what it asks for and offers. Owns one `wasmtime_module_t`.
///
/// Sendable: the handle never changes, and Wasmtime lets threads share a module.
@safe final class CompiledModule: Sendable {
  let engine: WasmEngine
  nonisolated(unsafe) let handle: OpaquePointer
  let imports: [Import]
  let exports: [String: Shape]

  struct Import: Equatable, Sendable {
    let module, name: String
    let shape: Shape
  }

  enum Shape: Equatable, Sendable {
    case function(parameters: [Kind], results: [Kind])
    case memory(minimumPages: UInt64, maximumPages: UInt64?, shared: Bool, is64: Bool)
    case global, table, other
  }

  enum Kind: Equatable, Sendable { case i32, i64, f32, f64, other }

  /// The module of these bytes: compiled once per engine while anybody holds it, and, given a cache, once
  /// per machine.
  static func of(
    _ wasm: [UInt8], engine: WasmEngine, cache: CodeCache? = nil
  ) throws(WasmHostError) -> CompiledModule {
    guard wasm.starts(with: [0, 0x61, 0x73, 0x6d]) else {
      throw .notCompiled(reason: "it does not begin as a WebAssembly module: give a .wasm file")
    }
    let hash = SHA256.hash(wasm)
    if let known = engine.module(hash) { return known }
    let key = CodeCache.key(module: hash, engine: engine)
    if let code = cache?.load(key), let module = CompiledModule(code: code, engine: engine) {
      return engine.remember(module, hash)
    }
    let module = try CompiledModule(wasm: wasm, engine: engine)
    if let cache, let code = module.serialised() { cache.store(code, key) }
    return engine.remember(module, hash)
  }

  private init(wasm: [UInt8], engine: WasmEngine) throws(WasmHostError) {
    var module: OpaquePointer?
    let fault = unsafe cw_wasmtime_module_new(engine.handle, wasm, wasm.count, &module)
    guard let module = unsafe module else { throw .notCompiled(reason: unsafe takeMessage(fault)) }
    self.engine = engine
    unsafe handle = module
    imports = unsafe Self.imports(of: module)
    exports = unsafe Self.exports(of: module)
  }

  /// From code that this program wrote itself; nil when Wasmtime will not have it, as on another processor.
  private init?(code: [UInt8], engine: WasmEngine) {
    var module: OpaquePointer?
    let fault = unsafe cw_wasmtime_module_deserialize(engine.handle, code, code.count, &module)
    guard let module = unsafe module else {
      _ = unsafe takeMessage(fault)
      return nil
    }
    self.engine = engine
    unsafe handle = module
    imports = unsafe Self.imports(of: module)
    exports = unsafe Self.exports(of: module)
  }

  deinit { unsafe cw_wasmtime_module_delete(handle) }

  private func serialised() -> [UInt8]? {
    var bytes = unsafe wasm_byte_vec_t()
    if let fault = unsafe cw_wasmtime_module_serialize(handle, &bytes) {
      _ = unsafe takeMessage(fault)
      return nil
    }
    defer { unsafe cw_wasm_byte_vec_delete(&bytes) }
    return unsafe [UInt8](UnsafeRawBufferPointer(start: bytes.data, count: bytes.size))
  }
}

extension CompiledModule {
  private static func imports(of module: OpaquePointer) -> [Import] {
    var list = unsafe wasm_importtype_vec_t()
    unsafe cw_wasmtime_module_imports(module, &list)
    defer { unsafe cw_wasm_importtype_vec_delete(&list) }
    return unsafe UnsafeBufferPointer(start: list.data, count: list.size).map { row in
      unsafe Import(
        module: text(cw_wasm_importtype_module(row)), name: text(cw_wasm_importtype_name(row)),
        shape: shape(cw_wasm_importtype_type(row)))
    }
  }

  private static func exports(of module: OpaquePointer) -> [String: Shape] {
    var list = unsafe wasm_exporttype_vec_t()
    unsafe cw_wasmtime_module_exports(module, &list)
    defer { unsafe cw_wasm_exporttype_vec_delete(&list) }
    let rows = unsafe UnsafeBufferPointer(start: list.data, count: list.size).map { row in
      unsafe (text(cw_wasm_exporttype_name(row)), shape(cw_wasm_exporttype_type(row)))
    }
    return Dictionary(rows) { first, _ in first }
  }

  private static func text(_ vector: UnsafePointer<wasm_byte_vec_t>?) -> String {
    guard let vector = unsafe vector else { return "" }
    let bytes = unsafe UnsafeRawBufferPointer(start: vector.pointee.data, count: vector.pointee.size)
    return unsafe String(decoding: bytes, as: UTF8.self)
  }

  private static func shape(_ type: OpaquePointer?) -> Shape {
    switch unsafe Int(cw_wasm_externtype_kind(type)) {
    case CW_EXTERN_FUNC:
      let function = unsafe cw_wasm_externtype_as_functype_const(type)
      return unsafe .function(
        parameters: kinds(cw_wasm_functype_params(function)),
        results: kinds(cw_wasm_functype_results(function)))
    case CW_EXTERN_MEMORY:
      let memory = unsafe cw_wasm_externtype_as_memorytype_const(type)
      var maximum: UInt64 = 0
      let bounded = unsafe cw_wasmtime_memorytype_maximum(memory, &maximum)
      return unsafe .memory(
        minimumPages: cw_wasmtime_memorytype_minimum(memory), maximumPages: bounded ? maximum : nil,
        shared: cw_wasmtime_memorytype_isshared(memory), is64: cw_wasmtime_memorytype_is64(memory))
    case CW_EXTERN_GLOBAL: return .global
    case CW_EXTERN_TABLE: return .table
    default: return .other
    }
  }

  private static func kinds(_ list: UnsafePointer<wasm_valtype_vec_t>?) -> [Kind] {
    guard let list = unsafe list else { return [] }
    return unsafe UnsafeBufferPointer(start: list.pointee.data, count: list.pointee.size).map { type in
      switch unsafe Int(cw_wasm_valtype_kind(type)) {
      case CW_I32: .i32
      case CW_I64: .i64
      case CW_F32: .f32
      case CW_F64: .f64
      default: .other
      }
    }
  }
}
