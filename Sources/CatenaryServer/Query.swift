import CurveRequests
import HTTPFront

/// The names and values of a query.
struct Query {
  private(set) var pairs: [(name: String, value: String)] = []

  private static let most = 64

  /// - Throws: escapes that are none, text that is no UTF-8, a name given twice.
  init(_ head: borrowing RequestHead) throws(Problem) {
    let bytes = head.query
    var items = QueryItems()
    while let item = items.next(in: bytes) {
      do throws(EscapeFault) {
        let name = try PercentDecoding.text(item.name, of: bytes, plusIsSpace: true)
        pairs.append((name, try PercentDecoding.text(item.value, of: bytes, plusIsSpace: true)))
      } catch { throw Problem(400, "query: \(error)") }
      let name = pairs[pairs.count - 1].name
      // Each is compared with all before it: a target of 8 KiB holds thousands.
      guard pairs.count <= Query.most else {
        throw Problem(400, "query: there are more than \(Query.most) names: no path takes so many")
      }
      guard !pairs.dropLast().contains(where: { $0.name == name }) else {
        throw Problem(400, "query: \(name) is given twice: give it once")
      }
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
          400, "query: unknown option \"\(name)\": \(advice(on: name, among: known))")
      }
      values[option] = .typed(value)
    }
    return values
  }
}
