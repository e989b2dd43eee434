/// Writes one JSON value and a line feed: no spaces, the shortest digits that read back, strings as UTF-8.
///
/// - Shape: a number that is not finite is `null`, as JSON has none.
/// - Memory: one buffer of 8 KiB.
public struct JSONWriter: Sendable {
  public init() {}

  /// - Throws: what the sink throws.
  public func write(_ value: JSONValue, to sink: inout some ByteSink & ~Copyable) throws(FormatError) {
    var text = TextBuffer(bytes: 8 << 10)
    try write(value, &text, &sink)
    try text.makeRoom(1, &sink)
    text.append(UInt8(ascii: "\n"))
    try text.send(to: &sink)
  }

  private func write(
    _ value: JSONValue, _ text: inout TextBuffer, _ sink: inout some ByteSink & ~Copyable
  ) throws(FormatError) {
    try text.makeRoom(TextBuffer.longestNumber, &sink)
    switch value {
    case .number(let number) where number.isFinite: text.append(number)
    case .null, .number: text.append("null")
    case .bool(let flag): text.append(flag ? "true" : "false")
    case .string(let string): try write(string, &text, &sink)
    case .array(let values):
      text.append(UInt8(ascii: "["))
      for (i, value) in values.enumerated() {
        if i > 0 { text.append(UInt8(ascii: ",")) }
        try write(value, &text, &sink)
        try text.makeRoom(TextBuffer.longestNumber, &sink)
      }
      text.append(UInt8(ascii: "]"))
    case .object(let members):
      text.append(UInt8(ascii: "{"))
      for (i, member) in members.enumerated() {
        if i > 0 { text.append(UInt8(ascii: ",")) }
        try write(member.name, &text, &sink)
        text.append(UInt8(ascii: ":"))
        try write(member.value, &text, &sink)
        try text.makeRoom(TextBuffer.longestNumber, &sink)
      }
      text.append(UInt8(ascii: "}"))
    }
  }

  /// A string in quotes: what JSON does not allow in one is escaped (RFC 8259, section 7).
  private func write(
    _ string: String, _ text: inout TextBuffer, _ sink: inout some ByteSink & ~Copyable
  ) throws(FormatError) {
    text.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      try text.makeRoom(TextBuffer.longestNumber, &sink)
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        text.append(UInt8(ascii: "\\"))
        text.append(byte)
      case 0..<0x20:
        text.append("\\u00")
        for digit in [byte >> 4, byte & 15] {
          text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
      default: text.append(byte)
      }
    }
    try text.makeRoom(TextBuffer.longestNumber, &sink)
    text.append(UInt8(ascii: "\""))
  }
}
