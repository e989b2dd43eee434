/// Writes a server's frames (RFC 6455 section 5.2): never fragmented, never masked.
enum FrameWriter {
  /// What stands before a payload of `count` bytes.
  static func head(
    _ opcode: FrameHeader.Opcode, isCompressed: Bool = false, count: Int, into out: inout [UInt8]
  ) {
    out.append(0x80 | (isCompressed ? 0x40 : 0) | opcode.rawValue)
    let lengthBytes = count < 126 ? 0 : count < 1 << 16 ? 2 : 8
    out.append(lengthBytes == 0 ? UInt8(count) : lengthBytes == 2 ? 126 : 127)
    for i in (0..<lengthBytes).reversed() { out.append(UInt8(truncatingIfNeeded: count >> (8 * i))) }
  }

  /// A close frame's payload; a reason is cut at 123 bytes.
  static func close(_ code: UInt16?, _ reason: String = "") -> [UInt8] {
    guard let code else { return [] }
    return [UInt8(code >> 8), UInt8(code & 0xFF)] + Array(reason.utf8.prefix(123))
  }
}
