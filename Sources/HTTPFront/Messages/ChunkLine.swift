/// `1*HEXDIG *( BWS ";" BWS name [ BWS "=" BWS value ] )` (RFC 9112 section 7.1.1).
enum ChunkLine {
  /// The chunk's size, at most `Int.max`; extensions are checked and passed over.
  static func size(_ line: Span<UInt8>, end: Int) throws(RequestFault) -> Int {
    var (size, i) = (0, 0)
    while i < end, let digit = Octets.hexValue(line[i]) {
      size = saturating(size, 16, digit)
      i += 1
    }
    guard i > 0 else { throw .chunkSize }
    while i < end { i = try endOfExtension(line, from: i, to: end) }
    return size
  }

  private static func endOfExtension(_ line: Span<UInt8>, from start: Int, to end: Int) throws(RequestFault)
    -> Int
  {
    var i = skipBlanks(line, start, end)
    guard i < end, line[i] == Octets.semicolon else { throw .chunkSize }
    i = skipBlanks(line, i + 1, end)
    let nameEnd = OctetSet.token.run(in: line, from: i, to: end)
    guard nameEnd > i else { throw .chunkSize }
    i = skipBlanks(line, nameEnd, end)
    guard i < end, line[i] == Octets.equals else { return nameEnd }
    i = skipBlanks(line, i + 1, end)
    let isQuoted = i < end && line[i] == Octets.quote
    let valueEnd = isQuoted ? endOfQuotes(line, i, end) : OctetSet.token.run(in: line, from: i, to: end)
    guard valueEnd > i else { throw .chunkSize }
    return valueEnd
  }

  /// Behind the closing quote, or `start` when the string is malformed.
  private static func endOfQuotes(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var i = start + 1
    while true {
      i = OctetSet.quoted.run(in: line, from: i, to: end)
      guard i < end else { return start }
      if line[i] == Octets.quote { return i + 1 }
      guard line[i] == Octets.backslash, i + 1 < end, OctetSet.fieldValue.contains(line[i + 1]) else {
        return start
      }
      i += 2
    }
  }

  private static func skipBlanks(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var i = start
    while i < end, Octets.isBlank(line[i]) { i += 1 }
    return i
  }
}
