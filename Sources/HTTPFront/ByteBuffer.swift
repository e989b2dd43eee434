// One of this room's unsafe files: memory that answers are made in and sent from.

internal import Glibc

/// Bytes that are filled once, handed from thread to thread, sent from where they lie, and used again.
///
/// Proof of `@unchecked Sendable`: a buffer has one owner at a time: whoever makes an answer, then the list of what is made,
/// then the connection that sends it, then a pool. It is handed over under the lock of the list or the pool.
///
/// Proof of its memory: `start` has `capacity` bytes, all of them initialised, and `count` is at most `capacity`; every
/// access below stays within one of the two. What a `PieceMemory` lends is that by its own promise, until it is given back.
@safe public final class ByteBuffer: @unchecked Sendable {
  private(set) var start: UnsafeMutableRawPointer
  private(set) var capacity: Int
  /// Bytes that were written.
  public private(set) var count = 0
  private let lender: (any PieceMemory)?
  /// Whether the memory is the lender's.
  private var isLent = false

  /// - Parameter lender: where its memory is taken from once it has grown; nil, or where that has none: from the system.
  public init(capacity: Int = 4096, in lender: (any PieceMemory)? = nil) {
    self.capacity = max(64, capacity)
    self.lender = lender
    unsafe start = ByteBuffer.memory(self.capacity)
  }

  deinit { unsafe ByteBuffer.giveBack(start, to: isLent ? lender : nil) }

  /// Zeroed, so that no byte is ever read that nobody wrote. Large ones cost nothing until they are touched.
  private static func memory(_ count: Int) -> UnsafeMutableRawPointer {
    guard let memory = unsafe calloc(1, count) else { preconditionFailure("no memory for \(count) bytes") }
    return unsafe memory
  }

  private static func giveBack(_ start: UnsafeMutableRawPointer, to lender: (any PieceMemory)?) {
    if let lender { return lender.giveBack(UInt(bitPattern: start)) }
    unsafe free(start)
  }

  public func clear() { count = 0 }

  /// Keeps the first `count` bytes.
  public func truncate(to count: Int) {
    precondition(count >= 0 && count <= self.count, "only what was written")
    self.count = count
  }

  /// Makes room for so many more bytes.
  public func reserve(_ more: Int) {
    guard capacity - count < more else { return }
    let larger = max(count + more, 2 * capacity)
    let lent = unsafe lender?.take(larger).flatMap { unsafe UnsafeMutableRawPointer(bitPattern: $0) }
    let memory = unsafe lent ?? ByteBuffer.memory(larger)
    unsafe memory.copyMemory(from: start, byteCount: count)
    unsafe ByteBuffer.giveBack(start, to: isLent ? lender : nil)
    unsafe start = memory
    unsafe isLent = lent != nil
    capacity = larger
  }

  /// Puts `count` bytes at the end, which `fill` writes; what it leaves out holds anything written before.
  public func extend<R, E: Error>(
    by more: Int, _ fill: (inout MutableRawSpan) throws(E) -> R
  ) throws(E) -> R {
    precondition(more >= 0, "a buffer grows")
    reserve(more)
    var span = unsafe MutableRawSpan(_unsafeStart: start + count, byteCount: more)
    let result = try fill(&span)
    count += more
    return result
  }

  public func append(_ bytes: RawSpan) {
    reserve(bytes.byteCount)
    unsafe bytes.withUnsafeBytes { source in
      guard let from = source.baseAddress else { return }
      unsafe (start + count).copyMemory(from: from, byteCount: source.count)
    }
    count += bytes.byteCount
  }

  public func append(_ bytes: [UInt8]) { append(unsafe bytes.span.bytes) }
  public func append(_ text: StaticString) {
    // Proof: a static string of ASCII is so many bytes for as long as the program runs.
    append(unsafe RawSpan(_unsafeStart: text.utf8Start, byteCount: text.utf8CodeUnitCount))
  }
  public func append(_ text: String) { append(Array(text.utf8)) }

  /// Lends what was written.
  public func withBytes<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
    try unsafe body(RawSpan(_unsafeStart: start, byteCount: count))
  }
}

/// Puts a copy of `bytes` at the end of `array`.
func append(_ bytes: Span<UInt8>, to array: inout [UInt8]) {
  // Proof: the pointer is used only inside the closure, and `append` copies what it names.
  unsafe bytes.withUnsafeBufferPointer { unsafe array.append(contentsOf: $0) }
}

/// The place of the first byte from `start` on that is not ASCII, or the end; sixteen bytes at a time.
func asciiRun(_ bytes: Span<UInt8>, from start: Int) -> Int {
  precondition(start >= 0 && start <= bytes.count, "a place in the span")
  var i = start
  // Proof: what is loaded ends at most where the span does; any bytes are these numbers, and the loads are unaligned ones.
  while i &+ 16 <= bytes.count {
    let block = unsafe bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: i, as: SIMD2<UInt64>.self)
    let high = block & SIMD2(repeating: 0x8080_8080_8080_8080)
    if high[0] | high[1] != 0 { break }
    i &+= 16
  }
  while i &+ 8 <= bytes.count {
    let block = unsafe bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: i, as: UInt64.self)
    let high = UInt64(littleEndian: block) & 0x8080_8080_8080_8080
    if high != 0 { return i &+ high.trailingZeroBitCount / 8 }
    i &+= 8
  }
  while i < bytes.count, bytes[i] < 0x80 { i &+= 1 }
  return i
}

extension ByteBuffer {
  /// Lends what was written, byte by byte.
  public func withSpan<R, E: Error>(_ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R {
    // Proof: any initialised bytes are UInt8; the memory lives as long as the buffer, which `self` holds.
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: count).bindMemory(to: UInt8.self)
    return try unsafe body(bytes.span)
  }
}
