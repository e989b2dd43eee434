/// Conditions and credentials (RFC 9110 sections 11.6.2 and 13.1, RFC 6750).
extension RequestHead {
  /// Whether `If-None-Match` names the tag, by weak comparison, or is `*`: then a GET is answered by 304.
  ///
  /// - Parameter tag: with its quotes, with or without `W/`. A malformed list matches as far as it can be read.
  public func ifNoneMatch(names tag: String) -> Bool {
    let wanted = Array(tag.utf8)
    var line = index(of: .ifNoneMatch)
    while let i = line {
      if Self.list(bytes.span, fields[i].value, names: wanted.span) { return true }
      line = index(of: .ifNoneMatch, from: i + 1)
    }
    return false
  }

  private static func list(_ bytes: Span<UInt8>, _ range: Range<Int>, names wanted: Span<UInt8>) -> Bool {
    if range.count == 1, bytes[range.lowerBound] == UInt8(ascii: "*") { return true }
    let opaque = wanted.extracting((isWeak(wanted, 0, wanted.count) ? 2 : 0)..<wanted.count)
    var i = range.lowerBound
    while i < range.upperBound {
      if Octets.isBlank(bytes[i]) || bytes[i] == Octets.comma {
        i += 1
        continue
      }
      if isWeak(bytes, i, range.upperBound) { i += 2 }
      guard i < range.upperBound, bytes[i] == Octets.quote else { return false }
      // No backslash escapes a quote here (RFC 9110 section 8.8.3).
      var end = i + 1
      while end < range.upperBound, bytes[end] != Octets.quote { end += 1 }
      guard end < range.upperBound else { return false }
      if areEqual(bytes.extracting(i..<end + 1), opaque) { return true }
      i = end + 1
    }
    return false
  }

  private static func isWeak(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    start + 1 < end && bytes[start] == UInt8(ascii: "W") && bytes[start + 1] == Octets.slash
  }

  /// The token of `Authorization: Bearer TOKEN`; nil when there is none, another scheme, or more than one such field.
  public var bearerToken: Span<UInt8>? {
    @_lifetime(borrow self) get {
      guard let range = bearerRange else { return nil }
      return bytes.span.extracting(range)
    }
  }

  private var bearerRange: Range<Int>? {
    guard let line = index(of: .authorization), index(of: .authorization, from: line + 1) == nil else {
      return nil
    }
    let value = fields[line].value
    guard value.count > 7, bytes.span.matches(.bearer, in: value.lowerBound..<value.lowerBound + 6),
      bytes[value.lowerBound + 6] == Octets.space
    else { return nil }
    var start = value.lowerBound + 7
    while start < value.upperBound, bytes[start] == Octets.space { start += 1 }
    let token = start..<value.upperBound
    return token.allSatisfy { 0x21...0x7E ~= bytes[$0] } ? token : nil
  }
}

private func areEqual(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
  guard a.count == b.count else { return false }
  for i in a.indices where a[i] != b[i] { return false }
  return true
}

/// Whether a secret was given rightly: takes as long for a wrong byte at the start as for one at the end; only the
/// lengths show in the time.
public func constantTimeEqual(_ given: Span<UInt8>, _ secret: Span<UInt8>) -> Bool {
  guard given.count == secret.count else { return false }
  var difference: UInt8 = 0
  for i in given.indices { difference |= given[i] ^ secret[i] }
  return difference == 0
}
