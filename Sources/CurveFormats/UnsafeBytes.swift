// The room's one door to unsafe memory. Each use below stands beside the reason why it cannot leave its bounds.

/// The eight bytes at `offset` as one number, the first byte lowest.
@inline(__always)
func loadEight(_ bytes: Span<UInt8>, at offset: Int) -> UInt64 {
  precondition(offset >= 0 && offset <= bytes.count - 8, "eight bytes inside the span")
  // Proof: the line above keeps offset ..< offset + 8 inside the span; any eight bytes are a UInt64, and the load is
  // the unaligned one.
  return UInt64(littleEndian: unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
}

/// Writes the eight bytes of `value` at `offset`, the lowest first.
@inline(__always)
func storeEight(_ value: UInt64, into bytes: inout MutableSpan<UInt8>, at offset: Int) {
  precondition(offset >= 0 && offset <= bytes.count - 8, "eight bytes inside the span")
  // Proof: the line above keeps offset ..< offset + 8 inside the span, where any bytes are UInt8; the store is the unaligned one.
  unsafe bytes.withUnsafeMutableBytes {
    unsafe $0.storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt64.self)
  }
}

/// Puts a copy of `bytes` at the end of `array`.
func append(_ bytes: RawSpan, to array: inout [UInt8]) {
  // Proof: the pointer is used only inside the closure, and `append` copies what it names.
  unsafe bytes.withUnsafeBytes { unsafe array.append(contentsOf: $0) }
}

/// Copies `source[range]` to the front of `target`.
func copy(_ source: [UInt8], _ range: Range<Int>, into target: inout MutableSpan<UInt8>) {
  precondition(range.lowerBound >= 0 && range.upperBound <= source.count && range.count <= target.count)
  guard !range.isEmpty else { return }
  unsafe target.withUnsafeMutableBufferPointer { to in
    unsafe source.withUnsafeBufferPointer { from in
      // Proof: the precondition keeps `range` inside the source and its length inside the target; neither buffer is
      // empty, so both have a base; an array and a span that is held inout cannot overlap.
      unsafe to.baseAddress!.update(from: from.baseAddress! + range.lowerBound, count: range.count)
    }
  }
}

/// Hands the memory of `values` to `sink` as bytes, in this machine's order.
func write<Value: FixedWidthBytes>(
  _ values: Span<Value>, to sink: inout some ByteSink & ~Copyable
) throws(FormatError) {
  // Proof: `FixedWidthBytes` is adopted only by numbers without padding (below), so every byte is initialised.
  unsafe try sink.write(values.bytes)
}

/// Numbers all of whose bytes are part of the value.
protocol FixedWidthBytes: BitwiseCopyable {}
extension UInt8: FixedWidthBytes {}
extension Float: FixedWidthBytes {}
extension Double: FixedWidthBytes {}

/// The four bytes at `offset` as one number, the first byte lowest.
@inline(__always)
func loadFour(_ bytes: Span<UInt8>, at offset: Int) -> UInt32 {
  precondition(offset >= 0 && offset <= bytes.count - 4, "four bytes inside the span")
  // Proof: as for eight.
  return UInt32(littleEndian: unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
}

/// Bytes that the two functions below may be asked for.
let nearBytes = 40

/// The byte `offset` behind `start`; `offset` counts modulo 32.
@inline(__always)
func loadByte(_ bytes: Span<UInt8>, near start: Int, _ offset: Int) -> UInt8 {
  precondition(start >= 0 && start <= bytes.count &- nearBytes, "these bytes inside the span")
  // Proof: the line above keeps start ..< start + 40 inside the span, and the offset is 0 to 31.
  return unsafe bytes[unchecked: start &+ (offset & 31)]
}

/// The eight bytes `offset` behind `start` as one number, the first byte lowest; `offset` counts modulo 32.
@inline(__always)
func loadEight(_ bytes: Span<UInt8>, near start: Int, _ offset: Int) -> UInt64 {
  precondition(start >= 0 && start <= bytes.count &- nearBytes, "these bytes inside the span")
  // Proof: as for one byte; the last of the eight is at most the 39th.
  return UInt64(
    littleEndian: unsafe bytes.bytes.unsafeLoadUnaligned(
      fromUncheckedByteOffset: start &+ (offset & 31), as: UInt64.self))
}

/// Puts the whole little-endian numbers of four bytes at the end of `values`.
func appendFloats(_ bytes: Span<UInt8>, to values: inout [Double]) {
  appendNumbers(bytes, UInt32.self, to: &values) { Double(Float(bitPattern: UInt32(littleEndian: $0))) }
}

/// Puts the whole little-endian numbers of eight bytes at the end of `values`.
func appendDoubles(_ bytes: Span<UInt8>, to values: inout [Double]) {
  appendNumbers(bytes, UInt64.self, to: &values) { Double(bitPattern: UInt64(littleEndian: $0)) }
}

@inline(__always)
private func appendNumbers<Bits: BitwiseCopyable>(
  _ bytes: Span<UInt8>, _: Bits.Type, to values: inout [Double], _ number: (Bits) -> Double
) {
  let size = MemoryLayout<Bits>.size
  let (all, count) = (unsafe bytes.bytes, bytes.count / size)
  values.append(addingCapacity: count) { out in
    unsafe out.withUnsafeMutableBufferPointer { room, initialized in
      // Proof: the room is for `count` numbers, each read from its own bytes inside the span, where any bits are a number.
      for i in 0..<count {
        let bits = unsafe all.unsafeLoadUnaligned(fromUncheckedByteOffset: size * i, as: Bits.self)
        unsafe room.initializeElement(at: i, to: number(bits))
      }
      initialized = count
    }
  }
}
