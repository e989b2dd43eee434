extension RequestHead {
  /// Takes the escapes of unreserved characters out of the path: with and without them it names the same (RFC 3986
  /// section 6.2.2.2). The others stay, since `%2F` parts no segments; what comes out begins no escape.
  mutating func normalizePath() {
    let path = parts.path
    guard var from = bytes[path].firstIndex(of: Octets.percent) else { return }
    var to = from
    while from < path.upperBound {
      let plain = unreserved(at: from, before: path.upperBound)
      bytes[to] = plain ?? bytes[from]
      to += 1
      from += plain == nil ? 1 : 3
    }
    let dropped = from - to
    guard dropped > 0 else { return }
    bytes.removeSubrange(to..<from)
    parts.path = path.lowerBound..<to
    parts.whole = parts.whole.lowerBound..<parts.whole.upperBound - dropped
    parts.query = parts.query.map { $0.lowerBound - dropped..<$0.upperBound - dropped }
  }

  /// The unreserved character (RFC 3986 section 2.3) whose escape begins at a place.
  private func unreserved(at place: Int, before end: Int) -> UInt8? {
    guard bytes[place] == Octets.percent, place + 2 < end, let high = Octets.hexValue(bytes[place + 1]),
      let low = Octets.hexValue(bytes[place + 2])
    else { return nil }
    let octet = high << 4 | low
    return OctetSet.unreserved.contains(octet) ? octet : nil
  }
}
