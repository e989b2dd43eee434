internal import CZlib

/// Expands messages that were compressed without a header (RFC 1951), one after another, each up to a limit, as
/// permessage-deflate has them (RFC 7692 section 7.2.2).
///
/// Its window is the largest there is, whatever was agreed: zlib lets a message refer beyond a smaller one, but only to what
/// it expanded in the same call, so that the outcome would depend on how the bytes were cut.
///
/// Proof for the unsafe code: the stream is allocated and initialised by `init`, the only maker, and freed once by `deinit`.
/// zlib reads next_in and writes next_out only during a call; both are set from memory that is lent for just that call,
/// with the length that it has, and zlib never writes to next_in. A window has at most `windowBytes`.
@safe public final class MessageExpander {
  public enum Outcome: Sendable { case done, broken, tooLong }

  private let stream: UnsafeMutablePointer<z_stream>
  private static let windowBits: Int32 = -15
  private static let windowBytes = 32 << 10
  /// Blocks of the message that said they were the last: each costs a new window, so they are counted.
  private var lastBlocks = 0
  /// Whether what was given ends with a block's end, at a whole byte; at first nothing was.
  private var isWhole = true
  private static let pieceBytes = 16 << 10
  private static let mostLastBlocks = 64

  /// - Parameter history: what the first may refer to of those before it: at most 32 KiB.
  /// - Returns: nil when zlib gets no memory.
  public init?(after history: [UInt8] = []) {
    precondition(history.count <= Self.windowBytes, "a window's worth of history")
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let status = unsafe inflateInit2_(
      stream, Self.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else {
      // Nothing of this object is set yet: it has no `deinit` to come.
      unsafe stream.deallocate()
      return nil
    }
    unsafe self.stream = stream
    guard refer(to: history) else { return nil }
  }

  deinit {
    _ = unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Appends what is left of a message whose bytes were all given.
  ///
  /// - Returns: `broken` where its last block is cut. A whole one needs no empty one behind it, though there should be.
  public func finish(limit: Int, into out: inout [UInt8]) -> Outcome {
    lastBlocks = 0
    guard !isWhole else { return .done }
    let end: [UInt8] = [0, 0, 0xFF, 0xFF]
    let outcome = expand(end.span, limit: limit, into: &out)
    return outcome == .done && !isWhole ? .broken : outcome
  }

  /// Appends what `bytes` stand for.
  ///
  /// - Parameter limit: `out` grows no further than this.
  public func expand(_ bytes: Span<UInt8>, limit: Int, into out: inout [UInt8]) -> Outcome {
    // A piece of one read of a socket: far below the 32 bits of avail_in.
    unsafe bytes.withUnsafeBufferPointer { input in
      unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      unsafe stream.pointee.avail_in = UInt32(input.count)
      defer { unsafe stream.pointee.next_in = nil }
      while true {
        let (status, room) = step(limit, &out)
        if out.count > limit { return .tooLong }
        switch status {
        case Z_STREAM_END: if !restart() { return .broken }
        case Z_OK, Z_BUF_ERROR: break
        default: return .broken
        }
        if unsafe stream.pointee.avail_in == 0, room > 0 { return .done }
        if status == Z_BUF_ERROR, room > 0 { return .broken }
      }
    }
  }

  /// Expands into one more piece: zlib's status, and the room that was left.
  private func step(_ limit: Int, _ out: inout [UInt8]) -> (status: Int32, room: Int) {
    // One more than the limit, to tell that there is more.
    let (start, count) = (out.count, min(Self.pieceBytes, limit + 1 - out.count))
    out.append(contentsOf: repeatElement(0, count: count))
    let status = unsafe out.withUnsafeMutableBufferPointer { buffer in
      unsafe stream.pointee.next_out = buffer.baseAddress.map { unsafe $0 + start }
      unsafe stream.pointee.avail_out = UInt32(count)
      defer { unsafe stream.pointee.next_out = nil }
      return unsafe inflate(stream, Z_SYNC_FLUSH)
    }
    let room = Int(unsafe stream.pointee.avail_out)
    out.removeLast(room)
    // zlib's own words: 128 stands for the end of a block, the lowest six bits count those of a byte not yet used.
    // Without progress it says nothing new.
    if status != Z_BUF_ERROR { isWhole = unsafe stream.pointee.data_type & (128 | 63) == 128 }
    return (status, room)
  }

  /// A block said that it is the last (RFC 7692 section 7.2.3.4): what follows goes on with the same window.
  private func restart() -> Bool {
    lastBlocks += 1
    guard lastBlocks <= Self.mostLastBlocks else { return false }
    guard let history = history(Self.windowBytes), unsafe inflateReset2(stream, Self.windowBits) == Z_OK
    else {
      return false
    }
    isWhole = true
    return refer(to: history)
  }

  /// The last bytes of all that was expanded, and of the history before it.
  ///
  /// - Parameter most: how many, up to 32 KiB.
  /// - Returns: nil where zlib does not tell them.
  public func history(_ most: Int) -> [UInt8]? {
    var window = [UInt8](repeating: 0, count: Self.windowBytes)
    var count: UInt32 = 0
    let status = unsafe window.withUnsafeMutableBufferPointer { window in
      unsafe inflateGetDictionary(stream, window.baseAddress, &count)
    }
    guard status == Z_OK else { return nil }
    return Array(window[max(0, Int(count) - most)..<Int(count)])
  }

  private func refer(to history: [UInt8]) -> Bool {
    guard !history.isEmpty else { return true }
    return unsafe history.withUnsafeBufferPointer {
      unsafe inflateSetDictionary(stream, $0.baseAddress, UInt32($0.count)) == Z_OK
    }
  }
}
