/// What is wrong with percent-encoded text, and where.
public enum EscapeFault: Error, Equatable, Sendable, CustomStringConvertible {
  /// A `%` without two hexadecimal digits behind it, its place in the bytes given.
  case escape(offset: Int)
  /// Bytes that are no UTF-8, the place where the text begins.
  case notUTF8(offset: Int)

  public var description: String {
    switch self {
    case .escape(let offset):
      "the '%' at byte \(offset) needs two hexadecimal digits: write %25 for the sign itself"
    case .notUTF8(let offset): "the text at byte \(offset) is not UTF-8: encode it as UTF-8, then as %XX"
    }
  }
}

/// Takes the percent escapes out of text (RFC 3986 section 2.1).
public enum PercentDecoding {
  /// Appends the bytes that a range stands for.
  ///
  /// - Parameter plusIsSpace: as in forms and queries (WHATWG URL section 5.1), not in paths.
  public static func append(
    _ range: Range<Int>, of bytes: Span<UInt8>, plusIsSpace: Bool, to out: inout [UInt8]
  ) throws(EscapeFault) {
    var i = range.lowerBound
    while i < range.upperBound {
      let c = bytes[i]
      if c == Octets.percent {
        guard i + 2 < range.upperBound, let high = Octets.hexValue(bytes[i + 1]),
          let low = Octets.hexValue(bytes[i + 2])
        else { throw .escape(offset: i) }
        out.append(high << 4 | low)
        i += 3
      } else {
        out.append(plusIsSpace && c == UInt8(ascii: "+") ? Octets.space : c)
        i += 1
      }
    }
  }

  /// The text that a range stands for.
  public static func text(
    _ range: Range<Int>, of bytes: Span<UInt8>, plusIsSpace: Bool
  ) throws(EscapeFault) -> String {
    var decoded: [UInt8] = []
    try append(range, of: bytes, plusIsSpace: plusIsSpace, to: &decoded)
    guard let text = String(validating: decoded, as: UTF8.self) else {
      throw .notUTF8(offset: range.lowerBound)
    }
    return text
  }
}
