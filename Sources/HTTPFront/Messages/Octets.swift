/// Octets by name.
enum Octets {
  static let tab = UInt8(ascii: "\t"), lineFeed = UInt8(ascii: "\n"), carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " "), comma = UInt8(ascii: ","), colon = UInt8(ascii: ":")
  static let quote = UInt8(ascii: "\""), backslash = UInt8(ascii: "\\"), semicolon = UInt8(ascii: ";")
  static let equals = UInt8(ascii: "="), percent = UInt8(ascii: "%"), slash = UInt8(ascii: "/")

  /// ASCII letters in lower case, others as they are.
  @inline(__always) static func lowered(_ c: UInt8) -> UInt8 { c &- 65 < 26 ? c | 32 : c }

  @inline(__always) static func isBlank(_ c: UInt8) -> Bool { c == space || c == tab }

  /// The value of a hexadecimal digit; nil for others.
  @inline(__always) static func hexValue(_ c: UInt8) -> UInt8? {
    if c &- 48 < 10 { return c &- 48 }
    let letter = (c | 32) &- 97
    return letter < 6 ? letter &+ 10 : nil
  }
}

extension Span<UInt8> {
  /// Whether the octets of `range` are those of `name`, without regard to the case of ASCII letters.
  func matches(_ name: borrowing FieldName, in range: Range<Int>) -> Bool {
    let wanted = name.bytes.span
    guard range.count == wanted.count else { return false }
    for i in 0..<wanted.count where Octets.lowered(self[range.lowerBound + i]) != wanted[i] { return false }
    return true
  }

  /// The range without SP and HTAB at its ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, Octets.isBlank(self[start]) { start += 1 }
    while start < end, Octets.isBlank(self[end - 1]) { end -= 1 }
    return start..<end
  }

  /// Whether every `%` of the range begins an escape of two hexadecimal digits and all else is in `set`.
  func isEncoded(_ range: Range<Int>, of set: OctetSet) -> Bool {
    var i = range.lowerBound
    while true {
      i = set.run(in: self, from: i, to: range.upperBound)
      if i == range.upperBound { return true }
      guard self[i] == Octets.percent, i + 2 < range.upperBound,
        Octets.hexValue(self[i + 1]) != nil, Octets.hexValue(self[i + 2]) != nil
      else { return false }
      i += 3
    }
  }
}
