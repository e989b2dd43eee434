internal import ZlibStreams

/// Compresses messages one by one: 35 KiB while it lives.
final class MessageCompressor {
  private var stream: DeflateStream

  /// - Parameter windowBits: 9…15.
  /// - Returns: nil when zlib gets no memory.
  init?(windowBits: Int) {
    guard let stream = DeflateStream(.raw(windowBits: windowBits)) else { return nil }
    self.stream = stream
  }

  /// A message's payload, compressed: without the four bytes that every one would end with (RFC 7692 section 7.2.1).
  ///
  /// - Parameters:
  ///   - bytes: at least one.
  ///   - keepsContext: whether the next message may refer to this one.
  func compress(_ bytes: Span<UInt8>, keepsContext: Bool) -> [UInt8] {
    var out: [UInt8] = []
    stream.flush(after: bytes, into: &out)
    out.removeLast(4)
    if !keepsContext { stream.reset() }
    return out
  }
}
