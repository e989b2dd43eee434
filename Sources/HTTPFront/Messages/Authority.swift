/// `uri-host [ ":" port ]` (RFC 9110 sections 4.2 and 7.2, RFC 3986 section 3.2).
enum Authority {
  /// - Parameter needsPort: whether `:port` must be there with at least a digit, and a host before it.
  static func isValid(_ bytes: Span<UInt8>, _ range: Range<Int>, needsPort: Bool) -> Bool {
    guard let hostEnd = hostEnd(bytes, range) else { return false }
    if hostEnd == range.upperBound { return !needsPort }
    guard bytes[hostEnd] == Octets.colon else { return false }
    let digits = hostEnd + 1..<range.upperBound
    guard OctetSet.decimal.run(in: bytes, from: digits.lowerBound, to: digits.upperBound) == digits.upperBound
    else {
      return false
    }
    return !needsPort || !digits.isEmpty && hostEnd > range.lowerBound
  }

  private static func hostEnd(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    guard !range.isEmpty, bytes[range.lowerBound] == UInt8(ascii: "[") else {
      var end = range.lowerBound
      while end < range.upperBound, bytes[end] != Octets.colon { end += 1 }
      return bytes.isEncoded(range.lowerBound..<end, of: .host) ? end : nil
    }
    let start = range.lowerBound + 1
    let end = OctetSet.address.run(in: bytes, from: start, to: range.upperBound)
    guard end < range.upperBound, bytes[end] == UInt8(ascii: "]"), isAddress(bytes, start..<end) else {
      return nil
    }
    return end + 1
  }

  /// An IPv6 address: eight groups of one to four hexadecimal digits, the last two also as a dotted IPv4 address, one
  /// run of zero groups left out as `::`.
  private static func isAddress(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var (i, groups, hasGap) = (range.lowerBound, 0, false)
    let end = range.upperBound
    if i + 1 < end, bytes[i] == Octets.colon, bytes[i + 1] == Octets.colon { (i, hasGap) = (i + 2, true) }
    while i < end {
      let stop = OctetSet.hexadecimal.run(in: bytes, from: i, to: end)
      if stop < end, bytes[stop] == UInt8(ascii: ".") {
        return isDotted(bytes, i..<end) && (groups == 6 || hasGap && groups < 6)
      }
      guard 1...4 ~= stop - i else { return false }
      groups += 1
      if stop == end { break }
      guard bytes[stop] == Octets.colon, stop + 1 < end else { return false }
      i = stop + 1
      if bytes[i] == Octets.colon {
        if hasGap { return false }
        (i, hasGap) = (i + 1, true)
      }
    }
    return hasGap ? groups < 8 : groups == 8
  }

  private static func isDotted(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var (i, parts) = (range.lowerBound, 0)
    while true {
      let stop = OctetSet.decimal.run(in: bytes, from: i, to: range.upperBound)
      guard 1...3 ~= stop - i else { return false }
      let value = (i..<stop).reduce(0) { $0 * 10 + Int(bytes[$1] &- 48) }
      guard value < 256, stop - i == 1 || bytes[i] != 48 else { return false }
      parts += 1
      if stop == range.upperBound { return parts == 4 }
      guard bytes[stop] == UInt8(ascii: "."), parts < 4 else { return false }
      i = stop + 1
    }
  }
}
