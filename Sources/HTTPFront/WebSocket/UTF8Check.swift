/// Whether bytes are UTF-8 (Unicode 16 table 3-7), told as they come, in whatever pieces.
struct UTF8Check: Sendable {
  /// Continuation bytes still to come.
  private var left = 0
  /// What the next of them may be.
  private var low: UInt8 = 0x80
  private var high: UInt8 = 0xBF

  /// Whether no character is half there.
  var isComplete: Bool { left == 0 }

  /// Takes the next bytes; false at the first that no UTF-8 can have there.
  mutating func accepts(_ bytes: Span<UInt8>) -> Bool {
    var i = left == 0 ? asciiRun(bytes, from: 0) : 0
    while i < bytes.count {
      guard left == 0 ? begins(bytes[i]) : goesOn(bytes[i]) else { return false }
      i &+= 1
      if left == 0 { i = asciiRun(bytes, from: i) }
    }
    return true
  }

  private mutating func begins(_ byte: UInt8) -> Bool {
    switch byte {
    case 0xC2...0xDF: left = 1
    case 0xE0...0xEF: left = 2
    case 0xF0...0xF4: left = 3
    default: return false
    }
    // Neither overlong, nor a surrogate, nor above U+10FFFF.
    if byte == 0xE0 { low = 0xA0 }
    if byte == 0xED { high = 0x9F }
    if byte == 0xF0 { low = 0x90 }
    if byte == 0xF4 { high = 0x8F }
    return true
  }

  private mutating func goesOn(_ byte: UInt8) -> Bool {
    guard low <= byte, byte <= high else { return false }
    (left, low, high) = (left - 1, 0x80, 0xBF)
    return true
  }
}
