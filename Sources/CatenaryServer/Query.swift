import CurveRequests
import HTTPFront

/// The names and values of a query.
struct Query {
  private(set) var pairs: [(name: String, value: String)] = []

  private static let most = 64

  /// - Throws: escapes that are none, text that is no UTF-8, a name given twice.
  init(_ head: borrowing RequestHead) throws(Problem) {
    let bytes = head.query
    var (name, word): ([UInt8]?, [UInt8]) = (nil, [])
    var i = 0
    while i <= bytes.count {
      let c = i < bytes.count ? bytes[i] : UInt8(ascii: "&")
      switch c {
      case UInt8(ascii: "&"):
        if name != nil || !word.isEmpty { try add(name ?? word, name == nil ? [] : word) }
        (name, word) = (nil, [])
      case UInt8(ascii: "=") where name == nil: (name, word) = (word, [])
      case UInt8(ascii: "+"): word.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard i + 2 < bytes.count, let high = Query.digit(bytes[i + 1]), let low = Query.digit(bytes[i + 2])
        else {
          throw Problem(
            400, "query: % at byte \(i) is not followed by two hexadecimal digits: write %25 for %")
        }
        word.append(high << 4 | low)
        i += 2
      default: word.append(c)
      }
      i += 1
    }
  }

  private mutating func add(_ name: [UInt8], _ value: [UInt8]) throws(Problem) {
    guard let name = String(validating: name, as: UTF8.self),
      let value = String(validating: value, as: UTF8.self)
    else { throw Problem(400, "query: a name or value is not UTF-8: percent-encode its UTF-8 bytes") }
    // Each is compared with all before it: a target of 8 KiB holds thousands.
    guard pairs.count < Query.most else {
      throw Problem(400, "query: there are more than \(Query.most) names: no path takes so many")
    }
    guard self[name] == nil else { throw Problem(400, "query: \(name) is given twice: give it once") }
    pairs.append((name, value))
  }

  private static func digit(_ c: UInt8) -> UInt8? {
    switch c {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): c - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): c - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): c - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

  /// Takes a pair out.
  mutating func take(_ name: String) -> String? {
    guard let index = pairs.firstIndex(where: { $0.name == name }) else { return nil }
    return pairs.remove(at: index).value
  }

  /// The rest as options of a command.
  ///
  /// - Parameter extra: names beside those of the options, which a fault may suggest.
  func options(
    of command: String, _ allowed: (RenderOption) -> Bool, extra: [String]
  ) throws(Problem) -> [RenderOption: Settings.Value] {
    var values: [RenderOption: Settings.Value] = [:]
    for (name, value) in pairs {
      guard let option = RenderOption(rawValue: name), allowed(option) else {
        let known = RenderOption.allCases.filter(allowed).map(\.rawValue) + extra
        throw Problem(
          400, "query: unknown option \"\(name)\": did you mean \"\(nearestName(to: name, in: known))\"?")
      }
      values[option] = .typed(value)
    }
    return values
  }
}
