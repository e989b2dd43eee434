/// A media type without parameters, such as `text/csv` (RFC 9110 section 8.3.1); compares without regard to case.
public struct MediaType: Sendable, Hashable, ExpressibleByStringLiteral {
  let type, subtype: FieldName

  /// A type that is known to be two tokens around a slash.
  public init(stringLiteral text: StaticString) {
    let parts = "\(text)".split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let type = FieldName(token: String(parts[0])),
      let subtype = FieldName(token: String(parts[1]))
    else { preconditionFailure("a media type is TYPE/SUBTYPE") }
    (self.type, self.subtype) = (type, subtype)
  }
}

/// `type "/" subtype` with what follows, as it stands in a field.
struct MediaRange {
  let type, subtype: Range<Int>
  var parameters: Parameters

  /// - Returns: nil when the range does not begin with two tokens around a slash.
  init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    let slash = OctetSet.token.run(in: bytes, from: range.lowerBound, to: range.upperBound)
    guard slash > range.lowerBound, slash < range.upperBound, bytes[slash] == Octets.slash else { return nil }
    let end = OctetSet.token.run(in: bytes, from: slash + 1, to: range.upperBound)
    guard end > slash + 1 else { return nil }
    (type, subtype) = (range.lowerBound..<slash, slash + 1..<end)
    parameters = Parameters(end..<range.upperBound)
  }

  /// How closely it names `wanted`: 3 exactly, 2 `type/*`, 1 `*/*`, nil not at all.
  func specificity(for wanted: borrowing MediaType, in bytes: Span<UInt8>) -> Int? {
    let isAnySubtype = isStar(subtype, bytes)
    if isAnySubtype, isStar(type, bytes) { return 1 }
    guard bytes.matches(wanted.type, in: type) else { return nil }
    if isAnySubtype { return 2 }
    return bytes.matches(wanted.subtype, in: subtype) ? 3 : nil
  }

  private func isStar(_ range: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
    range.count == 1 && bytes[range.lowerBound] == UInt8(ascii: "*")
  }
}

/// Walks over `*( OWS ";" OWS name "=" value )` (RFC 9110 section 5.6.6).
struct Parameters {
  private var place: Int
  private let end: Int
  /// Whether the walk ended at something that is no parameter.
  private(set) var isMalformed = false

  init(_ range: Range<Int>) { (place, end) = (range.lowerBound, range.upperBound) }

  /// The next parameter, its value without quotes; nil at the end.
  mutating func next(in bytes: Span<UInt8>) -> (name: Range<Int>, value: Range<Int>)? {
    while skipBlanks(bytes) < end {
      guard bytes[place] == Octets.semicolon else { return stop() }
      place += 1
      guard skipBlanks(bytes) < end, bytes[place] != Octets.semicolon else { continue }
      let name = token(bytes)
      guard !name.isEmpty, place < end, bytes[place] == Octets.equals else { return stop() }
      place += 1
      if place < end, bytes[place] == Octets.quote {
        guard let value = quoted(bytes) else { return stop() }
        return (name, value)
      }
      let value = token(bytes)
      return value.isEmpty ? stop() : (name, value)
    }
    return nil
  }

  private mutating func stop() -> (name: Range<Int>, value: Range<Int>)? {
    (place, isMalformed) = (end, true)
    return nil
  }

  private mutating func skipBlanks(_ bytes: Span<UInt8>) -> Int {
    while place < end, Octets.isBlank(bytes[place]) { place += 1 }
    return place
  }

  private mutating func token(_ bytes: Span<UInt8>) -> Range<Int> {
    let start = place
    place = OctetSet.token.run(in: bytes, from: place, to: end)
    return start..<place
  }

  private mutating func quoted(_ bytes: Span<UInt8>) -> Range<Int>? {
    let start = place + 1
    place = start
    while place < end, bytes[place] != Octets.quote { place += bytes[place] == Octets.backslash ? 2 : 1 }
    guard place < end else { return nil }
    defer { place += 1 }
    return start..<place
  }
}
