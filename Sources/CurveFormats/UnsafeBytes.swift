// The room's one door to unsafe memory. Each use below stands beside the reason why it cannot leave its bounds.

/// The eight bytes at `offset` as one number, the first byte lowest.
@inline(__always)
func loadEight(_ bytes: Span<UInt8>, at offset: Int) -> UInt64 {
  precondition(offset >= 0 && offset <= bytes.count - 8, "eight bytes inside the span")
  // Proof: the line above keeps offset ..< offset + 8 inside the span; any eight bytes are a UInt64, and the load is
  // the unaligned one.
  return UInt64(littleEndian: unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
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
