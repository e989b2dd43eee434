/// Gathers lines that come in pieces.
enum LineReader {
  enum Outcome { case partial, complete, tooLong, bareLineFeed }

  /// Moves bytes to `buffer` up to and with the next LF.
  ///
  /// - Parameters:
  ///   - start: where the line begins in `buffer`.
  ///   - limit: the longest line with its end, in bytes; at least 2.
  static func read(
    _ bytes: Span<UInt8>, from place: inout Int, into buffer: inout [UInt8], at start: Int, limit: Int
  ) -> Outcome {
    let room = limit - (buffer.count - start)
    let stop = min(bytes.count, place + room)
    var end = place
    while end < stop, bytes[end] != Octets.lineFeed { end += 1 }
    let isComplete = end < stop
    if isComplete { end += 1 }
    append(bytes.extracting(place..<end), to: &buffer)
    place = end
    guard isComplete else { return buffer.count - start == limit ? .tooLong : .partial }
    let isStrict = buffer.count - start >= 2 && buffer[buffer.count - 2] == Octets.carriageReturn
    return isStrict ? .complete : .bareLineFeed
  }
}
