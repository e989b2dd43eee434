import Catenary
import CurveFormats

/// Options as numbers, choices and lists; what cannot be one is refused with the option's name.
extension Settings {
  package func number(_ option: RenderOption) throws(CommandFailure) -> Double? {
    switch self[option] {
    case nil: return nil
    case .typed(let text):
      guard let value = Double(text), value.isFinite else {
        throw fault(option, "is \"\(text)\": give a number such as 0.5")
      }
      return value
    case .member(.number(let value)): return value
    case .file, .member: throw fault(option, "is not a number: send one such as 0.5")
    }
  }

  /// A whole number in a range.
  package func integer(_ option: RenderOption, in range: ClosedRange<Int>) throws(CommandFailure) -> Int? {
    var value: Int?
    switch self[option] {
    case nil: return nil
    case .typed(let text): value = Int(text)
    case .member(.number(let number)): value = Int(exactly: number)
    case .file, .member: break
    }
    guard let value, range.contains(value) else {
      let span = "a whole number from \(range.lowerBound) to \(range.upperBound)"
      throw fault(option, "\(given(option)): give \(span)")
    }
    return value
  }

  /// One of some names, which are listed only where the option was given.
  package func choice<Value>(
    _ option: RenderOption, of listed: @autoclosure () -> [(String, Value)]
  ) throws(CommandFailure) -> Value? {
    var name: String?
    switch self[option] {
    case nil: return nil
    case .typed(let text), .member(.string(let text)): name = text
    case .file, .member: break
    }
    let names = listed()
    if let name, let found = names.first(where: { $0.0 == name }) { return found.1 }
    let list = names.map(\.0).joined(separator: ", ")
    guard let name, names.count > 4 else { throw fault(option, "\(given(option)): choose \(list)") }
    let near = nearName(to: name, in: names.map(\.0)).map { "did you mean \($0)? " } ?? ""
    throw fault(option, "\(given(option)): \(near)choose one of \(list)")
  }

  /// One of an enumeration's names.
  package func choice<Value: RawRepresentable & CaseIterable>(
    _ option: RenderOption, of _: Value.Type
  ) throws(CommandFailure) -> Value? where Value.RawValue == String {
    switch self[option] {
    case nil: return nil
    case .typed(let text), .member(.string(let text)):
      if let value = Value(rawValue: text) { return value }
    case .file, .member: break
    }
    return try choice(option, of: Value.allCases.map { ($0.rawValue, $0) })
  }

  package func flag(_ option: RenderOption) throws(CommandFailure) -> Bool? {
    switch self[option] {
    case nil: return nil
    case .typed("true"), .member(.bool(true)): return true
    case .typed("false"), .member(.bool(false)): return false
    default: throw fault(option, "\(given(option)): it is true or false")
    }
  }

  /// A text that is judged elsewhere.
  package func text(_ option: RenderOption) throws(CommandFailure) -> String? {
    switch self[option] {
    case nil: nil
    case .typed(let text), .member(.string(let text)): text
    case .file, .member: throw fault(option, "is not a text: send one in quotes")
    }
  }

  /// A list of numbers.
  package func list(_ option: RenderOption) throws(CommandFailure) -> [Double]? {
    switch self[option] {
    case nil: return nil
    case .typed(let text): return try row(text[...], option)
    case .file(let path, let value):
      guard let numbers = value.numbers else {
        throw .failed("\(path): \(option.flag) needs an array of numbers such as [0,0.5,1]")
      }
      return numbers
    case .member(let value):
      guard let numbers = value.numbers else {
        throw fault(option, "is not an array of numbers: send one such as [0,0.5,1]")
      }
      return numbers
    }
  }

  /// A list of rows of numbers.
  package func rows(_ option: RenderOption) throws(CommandFailure) -> [[Double]]? {
    switch self[option] {
    case nil: return nil
    case .typed(let text):
      var rows: [[Double]] = []
      for part in text.split(separator: ";", omittingEmptySubsequences: false) {
        rows.append(try row(part, option))
      }
      return rows
    case .file(let path, let value):
      guard let rows = rows(of: value) else {
        throw .failed("\(path): \(option.flag) needs an array of rows such as [[1,0],[0,1]]")
      }
      return rows
    case .member(let value):
      guard let rows = rows(of: value) else {
        throw fault(option, "is not an array of rows: send one such as [[1,0],[0,1]]")
      }
      return rows
    }
  }

  private func rows(of value: JSONValue) -> [[Double]]? {
    guard case .array(let values) = value else { return nil }
    var rows: [[Double]] = []
    rows.reserveCapacity(values.count)
    for value in values {
      guard let row = value.numbers else { return nil }
      rows.append(row)
    }
    return rows
  }

  private func row(_ text: Substring, _ option: RenderOption) throws(CommandFailure) -> [Double] {
    var numbers: [Double] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let word = part.filter { $0 != " " }
      guard let number = Double(word), number.isFinite else {
        throw fault(option, "has \"\(part)\" in its list: give numbers with commas between, or @FILE.json")
      }
      numbers.append(number)
    }
    return numbers
  }

  /// A wrong value as it was given.
  private func given(_ option: RenderOption) -> String {
    switch self[option] {
    case .typed(let text), .member(.string(let text)): "is \"\(text)\""
    case .member(.number(let number)): "is \(shown(number))"
    case .member(.bool(let value)): "is \(value)"
    default: "has a wrong value"
    }
  }
}
