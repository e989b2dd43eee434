/// The head's lines (RFC 9112 sections 3 and 5), and what follows from all of them together (section 6).
extension RequestParser {
  /// The longest method with its space, the space behind the target, the version and the line's end.
  private static let beyondTarget = 32 + 1 + 8 + 2

  mutating func readRequestLine(_ bytes: Span<UInt8>, from place: inout Int) throws(RequestFault) {
    if head.bytes.isEmpty { try checkFirst(bytes[place]) }
    let limit = limits.targetBytes + Self.beyondTarget
    switch LineReader.read(bytes, from: &place, into: &head.bytes, at: 0, limit: limit) {
    case .partial: return
    case .bareLineFeed: throw .bareLineFeed
    case .tooLong: throw head.bytes.prefix(33).contains(Octets.space) ? .targetLength : .requestLine
    case .complete: break
    }
    let end = head.bytes.count - 2
    if end == 0 {
      // One empty line is passed over: some clients end a body with it (RFC 9112 section 2.2).
      emptyLines += 1
      guard emptyLines == 1 else { throw .emptyLines }
      head.bytes.removeAll(keepingCapacity: true)
      return
    }
    let line = try RequestLine(head.bytes.span, end: end)
    guard line.target.whole.count <= limits.targetBytes else { throw .targetLength }
    framing.isKnownMethod = line.method != nil
    (head.method, head.minorVersion) = (line.method ?? .get, line.minorVersion)
    head.parts = line.target
    head.normalizePath()
    (lineStart, stage) = (head.bytes.count, .fields)
  }

  private func checkFirst(_ c: UInt8) throws(RequestFault) {
    guard c != Octets.lineFeed else { throw .bareLineFeed }
    guard c == Octets.carriageReturn || OctetSet.token.contains(c) else { throw .notHTTP }
  }

  /// - Returns: whether the head is complete.
  mutating func readField(_ bytes: Span<UInt8>, from place: inout Int) throws(RequestFault) -> Bool {
    let limit = max(2, limits.headerBytes - framing.headerBytes)
    switch LineReader.read(bytes, from: &place, into: &head.bytes, at: lineStart, limit: limit) {
    case .partial: return false
    case .bareLineFeed: throw .bareLineFeed
    case .tooLong: throw .headerLength
    case .complete: break
    }
    let end = head.bytes.count - 2
    guard end > lineStart else {
      try endHead()
      return true
    }
    guard head.fields.count < limits.fieldCount else { throw .fieldCount }
    let field = try FieldLine.read(head.bytes.span, from: lineStart, to: end)
    // A copy, since the span borrows the parser that holds the original.
    var framing = framing
    try framing.note(field, in: head.bytes.span, index: head.fields.count)
    framing.headerBytes += head.bytes.count - lineStart
    self.framing = framing
    head.fields.append(field)
    lineStart = head.bytes.count
    return false
  }

  private mutating func endHead() throws(RequestFault) {
    let isOld = head.minorVersion == 0
    if let host = framing.host {
      if head.form == .origin || head.form == .asterisk { head.parts.authority = head.fields[host].value }
    } else if !isOld {
      throw .noHost
    }
    head.body = try framing.body(isOld: isOld)
    head.keepsAlive = isOld ? framing.saysKeepAlive && !framing.saysClose : !framing.saysClose
    let hasBody = head.body != .none && head.body != .sized(0)
    if case .sized(let count) = head.body, count > limits.bodyBytes { throw .bodyLength }
    if !framing.isKnownMethod { throw .unknownMethod(closes: hasBody || !head.keepsAlive) }
    if framing.hasUnknownExpectation { throw .expectation(closes: hasBody || !head.keepsAlive) }
    head.expectsContinue = framing.expectsContinue && hasBody && !isOld
    switch head.body {
    case .none, .sized(0): stage = .end
    case .sized(let count): (remaining, stage) = (count, .sized)
    case .chunked: (lineStart, stage) = (0, .chunkLine)
    }
  }
}
