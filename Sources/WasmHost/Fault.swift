internal import CWasmtime

/// Copies what an error says and frees it.
func takeMessage(_ error: OpaquePointer?) -> String {
  guard let error = unsafe error else { return "no reason was given" }
  var message = unsafe wasm_byte_vec_t()
  unsafe cw_wasmtime_error_message(error, &message)
  unsafe cw_wasmtime_error_delete(error)
  return unsafe takeText(&message)
}

/// What ended a call: an error, a trap, or neither.
enum Fault: Equatable {
  case interrupted
  case trap(String)
  case error(String)

  /// Takes over and frees whatever of the two is there.
  @inline(__always)
  static func take(_ error: OpaquePointer?, _ trap: OpaquePointer?) -> Fault? {
    if unsafe error == nil && trap == nil { return nil }
    return unsafe slow(error, trap)
  }

  @inline(never)
  private static func slow(_ error: OpaquePointer?, _ trap: OpaquePointer?) -> Fault {
    guard let trap = unsafe trap else { return .error(unsafe takeMessage(error)) }
    if unsafe error != nil { _ = unsafe takeMessage(error) }
    var code: UInt8 = .max
    let known = unsafe cw_wasmtime_trap_code(trap, &code)
    var message = unsafe wasm_byte_vec_t()
    unsafe cw_wasm_trap_message(trap, &message)
    unsafe cw_wasm_trap_delete(trap)
    let text = unsafe takeText(&message)
    return known && Int(code) == CW_TRAP_INTERRUPT ? .interrupted : .trap(text)
  }

  /// The fault as our error; `what` was running, for at most `seconds`.
  func error(in what: String, seconds: Double) -> WasmHostError {
    switch self {
    case .interrupted: .timedOut(what: what, seconds: seconds)
    case .trap(let reason), .error(let reason): .trapped(what: what, reason: reason)
    }
  }
}

/// Copies the text of a vector of bytes and frees it. Backtraces, one frame a line, become one line.
private func takeText(_ vector: inout wasm_byte_vec_t) -> String {
  let bytes = unsafe UnsafeRawBufferPointer(start: vector.data, count: vector.size)
  var text = unsafe String(decoding: bytes.prefix(2_000), as: UTF8.self)
  unsafe cw_wasm_byte_vec_delete(&vector)
  // The innermost reason stands last, behind the frames: "wasm trap: wasm `unreachable` instruction executed".
  if let range = text.lastRange(of: "wasm trap: ") { text = String(text[range.upperBound...]) }
  let lines = text.split(whereSeparator: { $0 == "\n" || $0 == "\0" })
  return lines.map { $0.trimmed() }.filter { !$0.isEmpty && $0 != "Caused by:" }.joined(separator: "; ")
}

extension String {
  fileprivate func lastRange(of needle: String) -> Range<Index>? {
    var (last, from) = (Range<Index>?.none, startIndex)
    while let at = self[from...].firstRange(of: needle) { (last, from) = (at, at.upperBound) }
    return last
  }
}

extension Substring {
  fileprivate func trimmed() -> Substring { drop { $0 == " " || $0 == "\t" } }
}
