// The one unsafe file of this room: threads, pages and bytes.

internal import CData
internal import CKernelV3
import CurveKernel
internal import Glibc

/// State behind a lock, and waiting for it to change.
///
/// Proof of `@unchecked Sendable`: `state` is touched only in `access` and `wait`, between lock and unlock of
/// `mutex`. Mutex and condition live as long as the monitor, at one address, and are destroyed with it, when nobody
/// can hold or await them any more, since whoever does holds a reference.
@safe final class Monitor<State>: @unchecked Sendable {
  private var state: State
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>

  init(_ state: sending State) {
    self.state = state
    unsafe mutex = .allocate(capacity: 1)
    unsafe condition = .allocate(capacity: 1)
    unsafe mutex.initialize(to: pthread_mutex_t())
    unsafe condition.initialize(to: pthread_cond_t())
    _ = unsafe pthread_mutex_init(mutex, nil)
    _ = unsafe pthread_cond_init(condition, nil)
  }

  deinit {
    _ = unsafe pthread_cond_destroy(condition)
    _ = unsafe pthread_mutex_destroy(mutex)
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  /// Reads or changes the state and wakes all who wait for a change.
  func access<R>(wake: Bool = true, _ body: (inout State) -> R) -> R {
    _ = unsafe pthread_mutex_lock(mutex)
    defer {
      if wake { _ = unsafe pthread_cond_broadcast(condition) }
      _ = unsafe pthread_mutex_unlock(mutex)
    }
    return body(&state)
  }

  /// Tries again after every change until there is a result.
  func wait<R>(_ attempt: (inout State) -> R?) -> R {
    _ = unsafe pthread_mutex_lock(mutex)
    defer { _ = unsafe pthread_mutex_unlock(mutex) }
    while true {
      if let result = attempt(&state) { return result }
      _ = unsafe pthread_cond_wait(condition, mutex)
    }
  }
}

/// Starts a detached thread; false when the machine gives no more.
///
/// Proof: the closure is boxed, retained for the thread, and released by it once.
func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
  final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  let box = unsafe Unmanaged.passRetained(Box(body))
  var thread = pthread_t()
  let status = unsafe pthread_create(
    &thread, nil,
    { argument in
      guard let argument = unsafe argument else { return nil }
      unsafe Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
      return nil
    }, box.toOpaque())
  guard status == 0 else {
    unsafe box.release()
    return false
  }
  _ = pthread_detach(thread)
  return true
}

/// Pages of memory, kept and reused: huge ones from 2 MiB up, since fresh small pages cost more than any kernel.
///
/// Proof of `@unchecked Sendable`: the address never changes; who writes which bytes is agreed by the users of
/// `bytes(_:_:)`, which hand disjoint ranges to different threads (tiles of a render, slots of a ring).
@safe final class Pages: @unchecked Sendable {
  let byteCount: Int
  private let base: UnsafeMutableRawPointer

  /// nil when the system has no memory left.
  init?(byteCount: Int) {
    let page = 1 << 21
    let rounded = byteCount >= page ? (byteCount + page - 1) / page * page : (byteCount + 4095) / 4096 * 4096
    let flags = MAP_PRIVATE | MAP_ANONYMOUS
    let place = unsafe mmap(nil, rounded, PROT_READ | PROT_WRITE, flags, -1, 0)
    guard let place = unsafe place, unsafe place != MAP_FAILED else { return nil }
    let hugePages: Int32 = 14  // MADV_HUGEPAGE, which Glibc's module lacks
    if rounded >= page { _ = unsafe madvise(place, rounded, hugePages) }
    self.byteCount = rounded
    unsafe base = place
  }

  deinit { _ = unsafe munmap(base, byteCount) }

  /// Lends a range of the bytes. The caller owns that range while it lasts.
  func bytes<R, E: Error>(_ range: Range<Int>, _ body: (inout MutableRawSpan) throws(E) -> R) throws(E) -> R {
    precondition(range.lowerBound >= 0 && range.upperBound <= byteCount, "a range of these pages")
    var span = unsafe MutableRawSpan(_unsafeStart: base + range.lowerBound, byteCount: range.count)
    return try body(&span)
  }

  /// Lends a range of the bytes as elements, written before by an evaluator.
  func elements<Element: BitwiseCopyable, R, E: Error>(
    _ range: Range<Int>, of: Element.Type, _ body: (Span<Element>) throws(E) -> R
  ) throws(E) -> R {
    precondition(range.lowerBound >= 0 && range.upperBound <= byteCount, "a range of these pages")
    precondition(range.lowerBound % MemoryLayout<Element>.alignment == 0, "slots are aligned")
    let count = range.count / MemoryLayout<Element>.stride
    let start = unsafe (base + range.lowerBound).bindMemory(to: Element.self, capacity: count)
    return try unsafe body(Span(_unsafeStart: start, count: count))
  }
}

/// The caller's buffer, drawn by several threads at once.
///
/// Proof of `@unchecked Sendable`: it lives only inside `withTarget`, which returns after all drawing ended, and
/// each thread writes the bytes of its own tiles. Elements are plain numbers: any bytes are values of theirs.
@safe struct RenderTarget: @unchecked Sendable {
  private let base: UnsafeMutableRawPointer
  let byteCount: Int

  fileprivate init(_ base: UnsafeMutableRawPointer, _ byteCount: Int) {
    unsafe self.base = base
    self.byteCount = byteCount
  }

  func bytes<R, E: Error>(_ range: Range<Int>, _ body: (inout MutableRawSpan) throws(E) -> R) throws(E) -> R {
    precondition(range.lowerBound >= 0 && range.upperBound <= byteCount, "a range of this buffer")
    var span = unsafe MutableRawSpan(_unsafeStart: base + range.lowerBound, byteCount: range.count)
    return try body(&span)
  }
}

/// Lends a caller's elements to the engine's threads until `body` returns.
func withTarget<Element: BitwiseCopyable, R, E: Error>(
  _ elements: inout MutableSpan<Element>, _ body: (RenderTarget) throws(E) -> R
) throws(E) -> R {
  try unsafe elements.withUnsafeMutableBytes { (buffer) throws(E) -> R in
    guard let base = buffer.baseAddress else { return try body(unsafe RenderTarget(emptyBase, 0)) }
    return try body(unsafe RenderTarget(base, buffer.count))
  }
}

/// Lends a caller's bytes to the engine's threads until `body` returns.
func withTarget<R, E: Error>(
  _ bytes: inout MutableRawSpan, _ body: (RenderTarget) throws(E) -> R
) throws(E) -> R {
  try unsafe bytes.withUnsafeMutableBytes { (buffer) throws(E) -> R in
    guard let base = buffer.baseAddress else { return try body(unsafe RenderTarget(emptyBase, 0)) }
    return try body(unsafe RenderTarget(base, buffer.count))
  }
}

/// A place for buffers of no bytes; nothing is ever written there.
private nonisolated(unsafe) let emptyBase = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64)

/// An array of so many elements, written by `fill` and not by zeros first.
///
/// - Throws: `noMemory` when the system refuses so much, which Swift's own allocation would not survive.
///
/// Proof: the array's count is set only after `fill` returned normally, having written every byte of the target.
func array<Element: BitwiseCopyable>(
  count: Int, of: Element.Type, _ fill: (RenderTarget) throws(EngineError) -> Void
) throws(EngineError) -> [Element] {
  let byteCount = count * MemoryLayout<Element>.stride
  if byteCount > 64 << 20, Pages(byteCount: byteCount) == nil { throw .noMemory(bytes: byteCount) }
  var failure: EngineError?
  let result = unsafe [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
    guard count > 0, let base = buffer.baseAddress else { return }
    do throws(EngineError) {
      try unsafe fill(RenderTarget(UnsafeMutableRawPointer(base), byteCount))
      initialized = count
    } catch {
      failure = error
    }
  }
  if let failure { throw failure }
  return result
}

/// Cores that are online.
func coreCount() -> Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

/// The AVX2 build of the evaluators.
///
/// Proof: spans become pointer and count for the time of one call; the doors check every access against them.
/// A block's kind names the door that was compiled for its rows.
final class VectorEvaluator: TileEvaluator {
  /// nil where the processor cannot run it.
  init?() { guard catenary_v3_is_supported() else { return nil } }

  func evenly(
    _ kind: BlockKind, table: RawSpan, entries: Int, samples: Int, from: Int, to: Int, basis: Basis,
    into out: consuming MutableRawSpan
  ) {
    unsafe table.withUnsafeBytes { table in
      unsafe out.withUnsafeMutableBytes { out in
        unsafe catenary_v3_evenly(
          kind.rawValue, table.baseAddress, entries, samples, from, to, basis.rawValue, out.baseAddress,
          out.count)
      }
    }
  }

  func anywhere(
    _ kind: BlockKind, table: RawSpan, entries: Int, located: Span<Located>, basis: Basis,
    into out: consuming MutableRawSpan
  ) {
    unsafe table.withUnsafeBytes { table in
      unsafe located.withUnsafeBytes { places in
        unsafe out.withUnsafeMutableBytes { out in
          unsafe catenary_v3_anywhere(
            kind.rawValue, table.baseAddress, entries, places.baseAddress, located.count, basis.rawValue,
            out.baseAddress, out.count)
        }
      }
    }
  }
}

/// The value of an environment variable.
func environment(_ name: String) -> String? {
  unsafe getenv(name).map { unsafe String(cString: $0) }
}

/// Copies numbers to a place among bytes; the place is checked.
///
/// Proof: a span of numbers is as many bytes as its count says, and any bytes may be written to a raw span.
func copy<Element: BitwiseCopyable>(_ source: Span<Element>, to out: inout MutableRawSpan, at offset: Int) {
  precondition(
    offset >= 0 && offset + source.count * MemoryLayout<Element>.stride <= out.byteCount, "room for all")
  unsafe source.withUnsafeBytes { source in
    unsafe out.withUnsafeMutableBytes { out in
      guard let from = source.baseAddress, let to = out.baseAddress else { return }
      unsafe (to + offset).copyMemory(from: from, byteCount: source.count)
    }
  }
}

/// Copies bytes to a place among bytes; the place is checked.
func copy(_ source: RawSpan, to out: inout MutableRawSpan, at offset: Int) {
  precondition(offset >= 0 && offset + source.byteCount <= out.byteCount, "room for all")
  unsafe source.withUnsafeBytes { source in
    unsafe out.withUnsafeMutableBytes { out in
      guard let from = source.baseAddress, let to = out.baseAddress else { return }
      unsafe (to + offset).copyMemory(from: from, byteCount: source.count)
    }
  }
}

/// Copies bytes to the beginning of an array that has room for them.
func copy(_ source: RawSpan, to bytes: inout [UInt8]) {
  var elements = bytes.mutableSpan
  var room = unsafe elements.mutableBytes
  copy(source, to: &room, at: 0)
}

/// Sees bytes as elements of plain numbers.
///
/// Proof: evaluators wrote them; guest blocks and slots are aligned to 64 bytes, which is checked.
func withElements<Element: BitwiseCopyable, R, E: Error>(
  _ bytes: RawSpan, of: Element.Type, _ body: (Span<Element>) throws(E) -> R
) throws(E) -> R {
  try unsafe bytes.withUnsafeBytes { (buffer) throws(E) -> R in
    let address = Int(bitPattern: buffer.baseAddress)
    precondition(address % MemoryLayout<Element>.alignment == 0, "slots are aligned")
    return try unsafe body(buffer.bindMemory(to: Element.self).span)
  }
}

/// The bytes of the built-in kernel.
///
/// Proof: address and size of one constant array of the program.
func splineModule() -> [UInt8] {
  let bytes = unsafe UnsafeBufferPointer(
    start: catenary_spline_wasm_start(), count: catenary_spline_wasm_size)
  return unsafe Array(bytes)
}

/// The bytes of the built-in network.
///
/// Proof: address and size of one constant array of the program.
func curveModel() -> [UInt8] {
  let bytes = unsafe UnsafeBufferPointer(start: catenary_curve_onnx_start(), count: catenary_curve_onnx_size)
  return unsafe Array(bytes)
}

/// Lends an array of plain numbers as bytes.
///
/// Proof: the view ends with the call, during which the array is not changed.
func withBytes<Element: BitwiseCopyable, R, E: Error>(
  of elements: [Element], _ body: (RawSpan) throws(E) -> R
) throws(E) -> R {
  try unsafe body(elements.span.bytes)
}
