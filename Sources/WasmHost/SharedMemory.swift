internal import CWasmtime
import Glibc

/// Memory that several instances share. Owns one `wasmtime_sharedmemory_t`.
///
/// Sendable: the handle never changes; Wasmtime reserves the whole maximum at once, so that the bytes never move,
/// and growing is safe on any thread. Who may touch which bytes is the owner's affair.
@safe final class SharedMemory: Sendable {
  static let pageBytes = 65_536

  private let engine: WasmEngine
  nonisolated(unsafe) let handle: OpaquePointer
  let maximumBytes: Int

  init(engine: WasmEngine, minimumPages: UInt64, maximumPages: UInt64) throws(WasmHostError) {
    var type: OpaquePointer?
    if let fault = unsafe cw_wasmtime_memorytype_new(minimumPages, true, maximumPages, false, true, 16, &type)
    {
      throw .notCompiled(reason: unsafe takeMessage(fault))
    }
    defer { unsafe cw_wasm_memorytype_delete(type) }
    var memory: OpaquePointer?
    let fault = unsafe cw_wasmtime_sharedmemory_new(engine.handle, type, &memory)
    guard let memory = unsafe memory else { throw .notCompiled(reason: unsafe takeMessage(fault)) }
    self.engine = engine
    maximumBytes = Int(maximumPages) * Self.pageBytes
    unsafe handle = memory
  }

  deinit { unsafe cw_wasmtime_sharedmemory_delete(handle) }

  var byteCount: Int { unsafe cw_wasmtime_sharedmemory_data_size(handle) }

  /// Where the bytes lie in this process.
  var base: UInt { unsafe UInt(bitPattern: cw_wasmtime_sharedmemory_data(handle)) }

  /// False when the maximum stands in the way.
  func grow(pages: Int) -> Bool {
    var before: UInt64 = 0
    guard let fault = unsafe cw_wasmtime_sharedmemory_grow(handle, UInt64(pages), &before) else {
      return true
    }
    _ = unsafe takeMessage(fault)
    return false
  }

  /// The bytes of one stretch. A stretch outside the memory is the caller's mistake.
  @inline(__always)
  func bytes(at address: UInt32, count: Int) -> UnsafeMutableRawBufferPointer {
    precondition(count >= 0 && Int(address) + count <= byteCount, "a stretch within the guest's memory")
    let base = unsafe cw_wasmtime_sharedmemory_data(handle)
    return unsafe UnsafeMutableRawBufferPointer(start: base.map { unsafe $0 + Int(address) }, count: count)
  }

  /// Where bytes of the caller's lie in this memory; nil where they do not.
  @inline(__always)
  func address(of bytes: inout MutableRawSpan) -> UInt32? {
    let count = bytes.byteCount
    let start = unsafe bytes.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) }
    let (place, isBelow) = start.subtractingReportingOverflow(base)
    let all = UInt(byteCount)
    guard !isBelow, place <= all, UInt(count) <= all - place else { return nil }
    return UInt32(exactly: place)
  }

  /// Gives the pages of one stretch back to the system: it reads as zeros until it is written again. Nobody uses it
  /// meanwhile. Pages that lie in it only in part are kept.
  func discard(at address: UInt32, count: Int) {
    let bytes = unsafe bytes(at: address, count: count)
    let page = Int(getpagesize())
    guard let start = bytes.baseAddress else { return }
    let skipped = -Int(bitPattern: start) & (page - 1)
    let whole = (count - skipped) & ~(page - 1)
    guard whole > 0 else { return }
    // Memory of this mapping alone, within the stretch: Wasmtime maps it anonymous and private. What fails is kept.
    _ = unsafe madvise(start + skipped, whole, MADV_DONTNEED)
  }
}
