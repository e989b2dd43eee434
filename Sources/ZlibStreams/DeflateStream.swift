internal import CZlib

/// Compresses a stream through zlib, piece by piece.
///
/// Memory while it lives: about 270 KiB with the largest window and the usual tables, 35 KiB with a window of 4 KiB.
///
/// Owns one `z_stream`: not copyable, so one at a time uses it, and sending it to another thread leaves none behind.
@safe public struct DeflateStream: ~Copyable, Sendable {
  /// What stands round the compressed blocks.
  public enum Format: Sendable {
    /// RFC 1952: a header, CRC-32 and length at the end.
    case gzip
    /// RFC 1950, as PNG has it: a header, Adler-32 at the end.
    case zlib
    /// RFC 1951: nothing. The window has 2^`windowBits` bytes, 9…15; the tables are small.
    case raw(windowBits: Int)
  }

  private nonisolated(unsafe) let stream: UnsafeMutablePointer<z_stream>
  private static let nothing: [UInt8] = []
  /// What `out` grows by: raw streams are for messages, most of them short.
  private let pieceBytes: Int

  /// - Parameter level: 1 (fast, the default) … 9.
  /// - Returns: nil when zlib gets no memory.
  public init?(_ format: Format, level: Int = 1) {
    precondition(1...9 ~= level, "a level is 1 to 9")
    // zlib's own words: 16 more asks for gzip, less than zero for no header.
    let (bits, tables): (Int, Int32) =
      switch format {
      case .gzip: (15 + 16, 8)
      case .zlib: (15, 8)
      case .raw(let windowBits): (-windowBits, 5)
      }
    precondition(9...31 ~= abs(bits), "a window has 9 to 15 bits")
    pieceBytes = bits < 0 ? 4 << 10 : 16 << 10
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let status = unsafe deflateInit2_(
      stream, Int32(level), Z_DEFLATED, Int32(bits), tables, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else {
      unsafe stream.deallocate()
      return nil
    }
    unsafe self.stream = stream
  }

  deinit {
    // Allocated and initialised by `init`, the only maker; freed once, by its only owner.
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Appends what comes out for `bytes` so far: often nothing, since zlib gathers up to a block.
  public mutating func write(_ bytes: Span<UInt8>, into out: inout [UInt8]) {
    run(bytes, Z_NO_FLUSH, into: &out)
  }

  /// Appends what comes out for `bytes` and all that was gathered before, so that a reader can decompress what was
  /// written up to here. Ends with the bytes 0, 0, 255, 255 (an empty block).
  public mutating func flush(after bytes: Span<UInt8>, into out: inout [UInt8]) {
    run(bytes, Z_SYNC_FLUSH, into: &out)
  }

  /// Appends the rest and the checksum. Nothing may be written after it.
  public mutating func finish(into out: inout [UInt8]) { run(Self.nothing.span, Z_FINISH, into: &out) }

  /// Forgets all that was written: what comes next refers to nothing before it.
  public mutating func reset() { _ = unsafe deflateReset(stream) }

  /// The checksum of gzip and PNG (CRC-32), going on from that of the bytes before.
  public static func checksum(_ bytes: Span<UInt8>, after: UInt32 = 0) -> UInt32 {
    var (sum, start) = (UInt(after), 0)
    while start < bytes.count {
      let end = start + min(bytes.count - start, 1 << 30)
      unsafe bytes.extracting(start..<end).withUnsafeBufferPointer {
        // zlib only reads, while the span is borrowed.
        sum = unsafe crc32(sum, $0.baseAddress, UInt32($0.count))
      }
      start = end
    }
    return UInt32(truncatingIfNeeded: sum)
  }

  private mutating func run(_ bytes: Span<UInt8>, _ mode: Int32, into out: inout [UInt8]) {
    var start = 0
    repeat {
      // avail_in is 32 bits.
      let end = start + min(bytes.count - start, 1 << 30)
      let isLast = end == bytes.count
      unsafe bytes.extracting(start..<end).withUnsafeBufferPointer { input in
        // zlib reads from next_in only during the calls below, while the span is borrowed, and never writes there.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(input.count)
        drain(isLast ? mode : Z_NO_FLUSH, into: &out)
        unsafe stream.pointee.next_in = nil
      }
      start = end
    } while start < bytes.count
  }

  /// Runs zlib until it has room left, which says that it has no more to give.
  private func drain(_ mode: Int32, into out: inout [UInt8]) {
    var hasRoom = false
    while !hasRoom {
      let count = out.count
      out.append(contentsOf: repeatElement(0, count: pieceBytes))
      // The piece just appended lies behind `count`; zlib writes at most avail_out bytes of it.
      unsafe out.withUnsafeMutableBufferPointer { buffer in
        unsafe stream.pointee.next_out = buffer.baseAddress.map { unsafe $0 + count }
        unsafe stream.pointee.avail_out = UInt32(pieceBytes)
        _ = unsafe deflate(stream, mode)
        unsafe stream.pointee.next_out = nil
      }
      let room = Int(unsafe stream.pointee.avail_out)
      out.removeLast(room)
      hasRoom = room > 0
    }
  }
}
