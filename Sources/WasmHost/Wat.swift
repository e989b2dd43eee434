internal import CWasmtime

/// WebAssembly text to bytes. For tests: the door is part of Wasmtime, and a library may lack it.
func wasm(text: String) throws(WasmHostError) -> [UInt8] {
  _ = try WasmRuntime.load()
  guard cw_reads_text() else {
    throw .unavailable(reason: "this Wasmtime reads no WebAssembly text")
  }
  var bytes = unsafe wasm_byte_vec_t()
  if let fault = unsafe cw_wasmtime_wat2wasm(text, text.utf8.count, &bytes) {
    throw .notCompiled(reason: unsafe takeMessage(fault))
  }
  defer { unsafe cw_wasm_byte_vec_delete(&bytes) }
  return unsafe [UInt8](UnsafeRawBufferPointer(start: bytes.data, count: bytes.size))
}
