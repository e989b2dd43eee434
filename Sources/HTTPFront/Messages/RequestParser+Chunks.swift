/// The chunked coding (RFC 9112 section 7.1).
extension RequestParser {
  mutating func readChunkLine(_ bytes: Span<UInt8>, from place: inout Int) throws(RequestFault) {
    switch LineReader.read(bytes, from: &place, into: &line, at: 0, limit: max(2, limits.chunkLineBytes)) {
    case .partial: return
    case .bareLineFeed: throw .bareLineFeed
    case .tooLong: throw .chunkLineLength
    case .complete: break
    }
    let size = try ChunkLine.size(line.span, end: line.count - 2)
    // Long extensions on small chunks make a little body cost a lot of reading.
    overhead = max(0, overhead + line.count - 16 - 2 * min(size, 1 << 30))
    if overhead > limits.chunkOverheadBytes { throw .chunkLineLength }
    line.removeAll(keepingCapacity: true)
    if size > limits.bodyBytes - announced { throw .bodyLength }
    announced += size
    (remaining, stage) = (size, size > 0 ? .chunk : .trailers)
    if size == 0 { overhead = 0 }
  }

  /// The CR LF behind a chunk.
  mutating func readChunkEnd(_ bytes: Span<UInt8>, from place: inout Int) throws(RequestFault) {
    while place < bytes.count {
      let c = bytes[place]
      guard c == (remaining == 0 ? Octets.carriageReturn : Octets.lineFeed) else { throw .chunkEnd }
      place += 1
      if remaining == 1 {
        (remaining, stage) = (0, .chunkLine)
        return
      }
      remaining = 1
    }
  }

  /// Trailer fields are held to the grammar of fields and dropped (RFC 9110 section 6.5.1).
  mutating func readTrailer(_ bytes: Span<UInt8>, from place: inout Int) throws(RequestFault) {
    let limit = max(2, limits.trailerBytes - overhead)
    switch LineReader.read(bytes, from: &place, into: &line, at: 0, limit: limit) {
    case .partial: return
    case .bareLineFeed: throw .bareLineFeed
    case .tooLong: throw .trailerLength
    case .complete: break
    }
    guard line.count > 2 else {
      line.removeAll(keepingCapacity: true)
      stage = .end
      return
    }
    trailerCount += 1
    guard trailerCount <= limits.fieldCount else { throw .trailerLength }
    _ = try FieldLine.read(line.span, from: 0, to: line.count - 2)
    overhead += line.count
    line.removeAll(keepingCapacity: true)
  }
}
