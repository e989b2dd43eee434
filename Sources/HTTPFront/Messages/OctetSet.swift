/// A class of octets out of a grammar, as a table of 256 bits: one look tells whether an octet belongs to it.
struct OctetSet: Sendable {
  private let low, high: UInt64
  private let takesUpperHalf: Bool

  /// The ASCII characters of `text`; with `upperHalf` also 0x80…0xFF.
  init(_ text: String, upperHalf: Bool = false) {
    var (low, high) = (UInt64(0), UInt64(0))
    for c in text.utf8 where c < 128 {
      if c < 64 { low |= 1 << UInt64(c) } else { high |= 1 << UInt64(c - 64) }
    }
    (self.low, self.high, takesUpperHalf) = (low, high, upperHalf)
  }

  @inline(__always) func contains(_ c: UInt8) -> Bool {
    if c < 64 { return low >> UInt64(c) & 1 != 0 }
    return c < 128 ? high >> UInt64(c &- 64) & 1 != 0 : takesUpperHalf
  }

  /// The end of the run of members in `bytes` that begins at `start`; at most `end`.
  func run(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
    var i = start
    while i < end, contains(bytes[i]) { i += 1 }
    return i
  }

  private static let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
  private static let digits = "0123456789"
  private static let unreservedText = letters + digits + "-._~"
  private static let subDelimiters = "!$&'()*+,;="

  /// What needs no escape anywhere in a URI (RFC 3986 section 2.3).
  static let unreserved = OctetSet(unreservedText)
  /// `tchar` (RFC 9110 section 5.6.2).
  static let token = OctetSet(letters + digits + "!#$%&'*+-.^_`|~")
  /// What a field value holds: `field-vchar`, SP, HTAB (RFC 9110 section 5.5).
  static let fieldValue = OctetSet(
    String(String.UnicodeScalarView((0x20...0x7E).map { (c: UInt8) in Unicode.Scalar(c) })) + "\t",
    upperHalf: true)
  /// What stands in quotes besides `\`-pairs: `qdtext` (RFC 9110 section 5.6.4).
  static let quoted = OctetSet(
    String(
      String.UnicodeScalarView(
        (0x20...0x7E).filter { $0 != 0x22 && $0 != 0x5C }.map { (c: UInt8) in Unicode.Scalar(c) })) + "\t",
    upperHalf: true)
  /// `pchar` and `/`, escapes apart (RFC 3986 section 3.3).
  static let path = OctetSet(unreservedText + subDelimiters + ":@/")
  /// A query's characters, escapes apart: RFC 3986 section 3.4, and those that browsers leave as they are (WHATWG URL,
  /// query percent-encode set).
  static let query = OctetSet(unreservedText + subDelimiters + ":@/?[]{}|^\\`")
  /// `reg-name`, escapes apart (RFC 3986 section 3.2.2).
  static let host = OctetSet(unreservedText + subDelimiters)
  /// What stands in the brackets of an IPv6 address.
  static let address = OctetSet(digits + "abcdefABCDEF:.")
  static let decimal = OctetSet(digits)
  static let hexadecimal = OctetSet(digits + "abcdefABCDEF")
}
