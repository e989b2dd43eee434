/// Classes of octets (RFC 9110 section 5.6.2, RFC 3986 appendix A), by table.
enum Octets {
  /// `tchar`.
  static func isToken(_ c: UInt8) -> Bool { table[Int(c)] & 1 != 0 }
  /// ASCII letters in lower case, others as they are.
  @inline(__always) static func lowered(_ c: UInt8) -> UInt8 { c &- 65 < 26 ? c | 32 : c }

  private static let table: [UInt8] = (0...255).map { (c: UInt8) in
    let isWord = c &- 48 < 10 || (c | 32) &- 97 < 26
    return isWord || "!#$%&'*+-.^_`|~".utf8.contains(c) ? 1 : 0
  }
}
