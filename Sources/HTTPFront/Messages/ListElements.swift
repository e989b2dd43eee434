/// The elements of a comma-separated list (RFC 9110 section 5.6.1), without blanks around them; empty ones are left out.
struct ListElements {
  private var place: Int
  private let end: Int

  init(_ range: Range<Int>) { (place, end) = (range.lowerBound, range.upperBound) }

  /// The place of the next element in the bytes that hold the list; commas in quotes do not part elements.
  mutating func next(in bytes: Span<UInt8>) -> Range<Int>? {
    while place < end {
      let start = place
      var isQuoted = false
      while place < end, isQuoted || bytes[place] != Octets.comma {
        if bytes[place] == Octets.quote { isQuoted.toggle() }
        if isQuoted, bytes[place] == Octets.backslash { place += 1 }
        place += 1
      }
      let element = bytes.trimmed(start..<min(place, end))
      place += 1
      if !element.isEmpty { return element }
    }
    return nil
  }
}
