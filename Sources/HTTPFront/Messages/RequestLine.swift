/// The parts of a request line (RFC 9112 section 3).
struct RequestLine {
  /// nil for a token that is no known method.
  let method: Method?
  let minorVersion: UInt8
  let target: RequestHead.Target

  /// - Parameter end: behind the line's last byte, its CR LF left out.
  init(_ line: Span<UInt8>, end: Int) throws(RequestFault) {
    let methodEnd = OctetSet.token.run(in: line, from: 0, to: end)
    guard methodEnd > 0 else { throw .method }
    guard methodEnd < end, line[methodEnd] == Octets.space else { throw .requestLine }
    var targetEnd = methodEnd + 1
    while targetEnd < end, line[targetEnd] != Octets.space { targetEnd += 1 }
    let whole = methodEnd + 1..<targetEnd
    guard !whole.isEmpty else { throw .requestLine }
    guard targetEnd < end else { throw .noVersion }
    minorVersion = try Self.version(line, targetEnd + 1..<end)
    method = Method(line, 0..<methodEnd)
    target = try RequestHead.Target(line, whole, of: method)
  }

  /// `HTTP/1.x`; a higher minor version is spoken to as 1.1 (RFC 9110 section 2.5).
  private static func version(_ line: Span<UInt8>, _ range: Range<Int>) throws(RequestFault) -> UInt8 {
    let start = range.lowerBound
    guard range.count == 8, line.starts(with: "HTTP/", at: start), line[start + 6] == UInt8(ascii: ".") else {
      throw .requestLine
    }
    let (major, minor) = (line[start + 5] &- 48, line[start + 7] &- 48)
    guard major < 10, minor < 10 else { throw .requestLine }
    guard major == 1 else { throw .version }
    return min(minor, 1)
  }
}

extension RequestHead.Target {
  init(_ line: Span<UInt8>, _ whole: Range<Int>, of method: Method?) throws(RequestFault) {
    self.whole = whole
    if method == .connect {
      form = .authority
      guard Authority.isValid(line, whole, needsPort: true) else { throw .connectTarget }
      authority = whole
    } else if line[whole.lowerBound] == Octets.slash {
      try setPath(line, whole)
    } else if whole.count == 1, line[whole.lowerBound] == UInt8(ascii: "*") {
      form = .asterisk
      guard method == .options else { throw .asteriskTarget }
    } else {
      try setAbsolute(line)
    }
  }

  private mutating func setPath(_ line: Span<UInt8>, _ range: Range<Int>) throws(RequestFault) {
    var end = range.lowerBound
    while end < range.upperBound, line[end] != UInt8(ascii: "?") { end += 1 }
    path = range.lowerBound..<end
    guard line.isEncoded(path, of: .path) else { throw .target }
    guard end < range.upperBound else { return }
    query = end + 1..<range.upperBound
    guard line.isEncoded(end + 1..<range.upperBound, of: .query) else { throw .target }
  }

  /// `http://authority path [?query]` (RFC 9112 section 3.2.2); the server is reached by http and https alike.
  private mutating func setAbsolute(_ line: Span<UInt8>) throws(RequestFault) {
    form = .absolute
    var start = whole.lowerBound
    if line.starts(with: "http://", at: start) {
      start += 7
    } else if line.starts(with: "https://", at: start) {
      start += 8
    } else {
      // Neither a path nor a URI with a scheme: most often a path without its slash.
      throw line.hasScheme(whole) ? .absoluteTarget : .target
    }
    var end = start
    while end < whole.upperBound, line[end] != Octets.slash, line[end] != UInt8(ascii: "?") { end += 1 }
    guard end > start, line[start] != Octets.colon, Authority.isValid(line, start..<end, needsPort: false)
    else {
      throw .absoluteTarget
    }
    authority = start..<end
    try setPath(line, end..<whole.upperBound)
  }
}

extension Span<UInt8> {
  /// Whether `text` stands at `start`; letters of `text` must be as they are, but those of a lower-case scheme match both
  /// cases (RFC 3986 section 3.1).
  fileprivate func starts(with text: String, at start: Int) -> Bool {
    let text = text.utf8
    guard start + text.count <= count else { return false }
    var i = start
    for c in text {
      if self[i] != c, !(c &- 97 < 26 && self[i] | 32 == c) { return false }
      i += 1
    }
    return true
  }

  fileprivate func hasScheme(_ range: Range<Int>) -> Bool {
    var i = range.lowerBound
    while i < range.upperBound, OctetSet.host.contains(self[i]) { i += 1 }
    return i > range.lowerBound && starts(with: "://", at: i)
  }
}
