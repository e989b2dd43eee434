/// How messages are compressed, as client and server agreed (permessage-deflate, RFC 7692 section 7.1).
struct DeflateTerms: Equatable, Sendable {
  /// The window that the server compresses with unless a smaller one is asked for: 4 KiB.
  static let ownWindowBits = 12

  /// Whether a message of the server's may refer to earlier ones.
  var serverKeepsContext = true
  var serverWindowBits = ownWindowBits
  /// Whether a message of the client's may refer to earlier ones.
  var clientKeepsContext = false
  /// How much of its messages the client's later ones may refer to.
  var clientWindowBits = 15
  /// The extension of the answer.
  private(set) var text = "permessage-deflate"

  static let field: FieldName = "Sec-WebSocket-Extensions"
  private static let name: FieldName = "permessage-deflate"
  private static let serverForgets: FieldName = "server_no_context_takeover"
  private static let clientForgets: FieldName = "client_no_context_takeover"
  private static let serverWindow: FieldName = "server_max_window_bits"
  private static let clientWindow: FieldName = "client_max_window_bits"

  /// The first offer that can be taken; nil: messages are not compressed.
  ///
  /// - Parameter isShared: whether the server's messages go to many clients, compressed once: they refer to nothing then,
  ///   and are compressed with the server's own window.
  static func choose(_ head: borrowing RequestHead, isShared: Bool) -> DeflateTerms? {
    var line = head.index(of: Self.field)
    while let i = line {
      var elements = ListElements(head.fields[i].value)
      let bytes = head.bytes.span
      while let element = elements.next(in: bytes) {
        if let terms = DeflateTerms(bytes, element, isShared: isShared) { return terms }
      }
      line = head.index(of: Self.field, from: i + 1)
    }
    return nil
  }

  /// - Returns: nil for another extension, or an offer that is malformed or cannot be met.
  private init?(_ bytes: Span<UInt8>, _ range: Range<Int>, isShared: Bool) {
    var parts = Parts(range)
    guard let name = parts.next(in: bytes), bytes.matches(Self.name, in: name.word), name.value == nil else {
      return nil
    }
    var (serverBits, clientBits): (Int?, Int?)
    var seen: [FieldName] = []
    while let part = parts.next(in: bytes) {
      guard
        let name = [Self.serverForgets, Self.clientForgets, Self.serverWindow, Self.clientWindow]
          .first(where: { bytes.matches($0, in: part.word) }), !seen.contains(name)
      else { return nil }
      seen.append(name)
      let bits = part.value.flatMap { Self.windowBits(bytes, $0) }
      switch name {
      case Self.serverWindow: serverBits = bits
      case Self.clientWindow: clientBits = part.value == nil ? 15 : bits
      default: if part.value != nil { return nil }
      }
      if name == Self.serverWindow && serverBits == nil || name == Self.clientWindow && clientBits == nil {
        return nil
      }
    }
    guard !parts.isMalformed else { return nil }
    // zlib cannot compress with a window of 8 bits; what is shared has one window for all.
    if let serverBits, serverBits < (isShared ? Self.ownWindowBits : 9) { return nil }
    agree(serverBits, clientBits, seen, isShared: isShared)
  }

  private mutating func agree(_ serverBits: Int?, _ clientBits: Int?, _ seen: [FieldName], isShared: Bool) {
    serverKeepsContext = !isShared && !seen.contains(Self.serverForgets)
    if !serverKeepsContext { text += "; server_no_context_takeover" }
    if let serverBits {
      serverWindowBits = min(serverBits, Self.ownWindowBits)
      text += "; server_max_window_bits=\(serverWindowBits)"
    }
    // Only a client whose window can be kept small may have it kept here.
    clientKeepsContext = clientBits != nil && !isShared && !seen.contains(Self.clientForgets)
    if !clientKeepsContext { text += "; client_no_context_takeover" }
    if let clientBits {
      let agreed = min(clientBits, Self.ownWindowBits)
      text += "; client_max_window_bits=\(agreed)"
      // A zlib that was told 8 compresses with 9.
      clientWindowBits = max(9, agreed)
    }
  }

  /// 8…15, without zeros before it, quoted or not.
  private static func windowBits(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var range = range
    if range.count > 2, bytes[range.lowerBound] == Octets.quote, bytes[range.upperBound - 1] == Octets.quote {
      range = range.lowerBound + 1..<range.upperBound - 1
    }
    var number = 0
    for i in range {
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[i], number < 16,
        i > range.lowerBound || bytes[i] != 48
      else { return nil }
      number = 10 * number + Int(bytes[i] - 48)
    }
    return 8...15 ~= number ? number : nil
  }

  /// The parts of an extension, which semicolons part: `name` or `name=value`.
  private struct Parts {
    private var place: Int
    private let end: Int
    /// A part had no name.
    private(set) var isMalformed = false

    init(_ range: Range<Int>) { (place, end) = (range.lowerBound, range.upperBound) }

    mutating func next(in bytes: Span<UInt8>) -> (word: Range<Int>, value: Range<Int>?)? {
      guard place < end else { return nil }
      let start = place
      while place < end, bytes[place] != Octets.semicolon { place += 1 }
      let part = bytes.trimmed(start..<place)
      place += 1
      var middle = part.lowerBound
      while middle < part.upperBound, bytes[middle] != Octets.equals { middle += 1 }
      let word = bytes.trimmed(part.lowerBound..<middle)
      if word.isEmpty || place == end { isMalformed = true }
      guard middle < part.upperBound else { return (word, nil) }
      return (word, bytes.trimmed(middle + 1..<part.upperBound))
    }
  }
}
