extension JSONParser {
  mutating func literal(
    _ word: String, from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) {
    for byte in word.utf8 {
      guard let found = try window.peek(from: &source) else { throw error(.truncated) }
      guard found == byte else { throw error(.expected("\(word) (numbers in digits, text in quotes)")) }
      window.position += 1
    }
  }

  /// A number at the window's position.
  mutating func number(from source: inout some ByteSource & ~Copyable) throws(FormatError) -> Double {
    while true {
      let scan = scanDecimal(window.storage.span, from: window.position, to: window.end, strict: true)
      if scan.next == window.end, !window.isLast {
        // It may go on behind the window.
        if try window.refill(from: &source) || window.isLast { continue }
        throw error(.tokenTooLong(window.limit))
      }
      if let fault = scan.fault { throw error(fault, at: scan.next) }
      window.position = scan.next
      return scan.value
    }
  }

  private func error(_ fault: DecimalFault, at index: Int) -> FormatError {
    let isCut = index == window.end && fault != .tooLarge
    if isCut { return error(.truncated, at: index) }
    switch fault {
    case .noDigits: return error(.number(.noDigits), at: index)
    case .leadingZero: return error(.number(.leadingZero), at: index)
    case .noFraction: return error(.number(.noFraction), at: index)
    case .noExponent: return error(.number(.noExponent), at: index)
    case .tooLarge: return error(.tooLarge)
    }
  }

  /// A string whose opening quote is at the window's position.
  mutating func string(from source: inout some ByteSource & ~Copyable) throws(FormatError) -> String {
    window.position += 1
    var text: [UInt8] = []
    while let byte = try window.peek(from: &source) {
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else { throw error(.badUnicode) }
        window.position += 1
        return string
      case UInt8(ascii: "\\"): try escape(into: &text, from: &source)
      case 0..<0x20: throw error(.controlCharacter)
      default:
        text.append(byte)
        window.position += 1
      }
    }
    throw error(.truncated)
  }

  /// An escape whose backslash is at the window's position.
  private mutating func escape(
    into text: inout [UInt8], from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) {
    window.position += 1
    guard let byte = try window.peek(from: &source) else { throw error(.truncated) }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      window.position += 1
      return try unicodeEscape(into: &text, from: &source)
    default: throw error(.badEscape)
    }
    window.position += 1
  }

  /// The digits behind `\u`, and the second half of a surrogate pair.
  private mutating func unicodeEscape(
    into text: inout [UInt8], from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) {
    var code = try hexDigits(from: &source)
    if code & 0xFC00 == 0xD800 {
      for byte in "\\u".utf8 {
        guard let found = try window.peek(from: &source) else { throw error(.truncated) }
        guard found == byte else { throw error(.badUnicode) }
        window.position += 1
      }
      let low = try hexDigits(from: &source)
      guard low & 0xFC00 == 0xDC00 else { throw error(.badUnicode, at: window.position - 1) }
      code = 0x10000 + (code & 0x3FF) << 10 + low & 0x3FF
    }
    guard let scalar = Unicode.Scalar(code) else { throw error(.badUnicode, at: window.position - 1) }
    text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  private mutating func hexDigits(
    from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = try window.peek(from: &source) else { throw error(.truncated) }
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): code = code << 4 | UInt32(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): code = code << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): code = code << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
      default: throw error(.badEscape)
      }
      window.position += 1
    }
    return code
  }
}
