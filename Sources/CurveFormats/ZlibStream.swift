internal import CZlib

/// Compresses a stream to zlib's format (RFC 1950), piece by piece; about 270 KiB while it lives.
///
/// Owns one `z_stream`: not copyable, so that one at a time uses it. The file is the room's one door to zlib.
@safe struct ZlibStream: ~Copyable {
  private let stream: UnsafeMutablePointer<z_stream>
  private static let nothing: [UInt8] = []
  private static let pieceBytes = 16 << 10

  /// - Throws: that zlib gets no memory.
  init(level: Int) throws(FormatError) {
    precondition(1...9 ~= level, "a level is 1 to 9")
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let status = unsafe deflateInit_(stream, Int32(level), ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else {
      unsafe stream.deallocate()
      throw .sink("zlib gets no memory: free some, or draw a smaller picture")
    }
    unsafe self.stream = stream
  }

  deinit {
    // Allocated and initialised by `init`, the only maker; freed once, by its only owner.
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Appends what comes out for `bytes` so far: often nothing, since zlib gathers up to a block.
  mutating func write(_ bytes: [UInt8], into out: inout [UInt8]) { run(bytes, Z_NO_FLUSH, into: &out) }

  /// Appends the rest and the checksum. Nothing may be written after it.
  mutating func finish(into out: inout [UInt8]) { run(Self.nothing, Z_FINISH, into: &out) }

  private mutating func run(_ bytes: [UInt8], _ mode: Int32, into out: inout [UInt8]) {
    precondition(bytes.count <= 1 << 30, "avail_in is 32 bits")
    unsafe bytes.withUnsafeBufferPointer { input in
      // zlib reads from next_in only during the calls below, while the array is borrowed, and never writes there.
      unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      unsafe stream.pointee.avail_in = UInt32(input.count)
      drain(mode, into: &out)
      unsafe stream.pointee.next_in = nil
    }
  }

  /// Runs zlib until it has room left, which says that it has no more to give.
  private func drain(_ mode: Int32, into out: inout [UInt8]) {
    var hasRoom = false
    while !hasRoom {
      let count = out.count
      out.append(contentsOf: repeatElement(0, count: Self.pieceBytes))
      // The piece just appended lies behind `count`; zlib writes at most avail_out bytes of it.
      unsafe out.withUnsafeMutableBufferPointer { buffer in
        unsafe stream.pointee.next_out = buffer.baseAddress.map { unsafe $0 + count }
        unsafe stream.pointee.avail_out = UInt32(Self.pieceBytes)
        _ = unsafe deflate(stream, mode)
        unsafe stream.pointee.next_out = nil
      }
      let room = Int(unsafe stream.pointee.avail_out)
      out.removeLast(room)
      hasRoom = room > 0
    }
  }
}
