import CurveFormats
import HTTPFront

/// What a client takes and sends.
enum MediaType {
  /// A field's value as text, in lower case; empty where there is none.
  static func text(_ name: FieldName, _ head: borrowing RequestHead) -> String {
    guard let value = head.value(of: name) else { return "" }
    var bytes: [UInt8] = []
    for i in value.indices { bytes.append(value[i]) }
    return String(decoding: bytes, as: UTF8.self).lowercased()
  }

  /// A type without its parameters.
  static func essence(_ text: some StringProtocol) -> String {
    let end = text.firstIndex(of: ";") ?? text.endIndex
    return String(text[..<end].filter { $0 != " " && $0 != "\t" })
  }

  /// The offered type that the client likes best (RFC 9110 section 12.5.1); the first of those it likes as much.
  ///
  /// - Returns: its place; nil when it takes none.
  static func choose(_ offered: [String], _ head: borrowing RequestHead) -> Int? {
    var ranges: [(type: String, q: Double)] = []
    var place = head.index(of: "accept")
    while let index = place {
      var bytes: [UInt8] = []
      let value = head.value(index)
      for i in value.indices { bytes.append(value[i]) }
      for part in String(decoding: bytes, as: UTF8.self).lowercased().split(separator: ",") {
        ranges.append((essence(part), quality(part)))
      }
      place = head.index(of: "accept", from: index + 1)
    }
    guard !ranges.isEmpty else { return 0 }
    var best: (place: Int, q: Double)?
    for (place, type) in offered.enumerated() {
      let q = quality(of: type, ranges)
      if q > best?.q ?? 0 { best = (place, q) }
    }
    return best?.place
  }

  /// By the most precise range that covers the type.
  private static func quality(of type: String, _ ranges: [(type: String, q: Double)]) -> Double {
    let family = type.prefix { $0 != "/" } + "/*"
    for range in [type, String(family), "*/*"] {
      if let found = ranges.first(where: { $0.type == range }) { return found.q }
    }
    return 0
  }

  private static func quality(_ part: some StringProtocol) -> Double {
    for parameter in part.split(separator: ";").dropFirst() {
      let word = String(parameter.filter { $0 != " " && $0 != "\t" })
      if word.hasPrefix("q="), let q = Double(word.dropFirst(2)), (0...1).contains(q) { return q }
    }
    return 1
  }
}
