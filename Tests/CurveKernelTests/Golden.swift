import Foundation
import Testing

/// The golden file: what the curves must be, from exact arithmetic. `Tests/Golden/README.md` explains its fields.
struct Golden: Decodable {
  struct PointSet: Decodable {
    let dim: Int
    let points: [[Double]]
  }

  let sets: [String: PointSet]
  let cases: [GoldenCase]

  static let splines: Golden = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    do {
      let bytes = try Data(contentsOf: folder.appending(path: "Golden/splines.json"))
      return try JSONDecoder().decode(Golden.self, from: bytes)
    } catch {
      fatalError("Tests/Golden/splines.json: \(error)")
    }
  }()

  func cases(_ kinds: String...) -> [GoldenCase] { cases.filter { kinds.contains($0.kind) } }

  func points(_ golden: GoldenCase) -> [[Double]] { sets[golden.set]?.points ?? [] }
}

/// One curve with its expected positions and derivatives.
struct GoldenCase: Decodable, Sendable, CustomTestStringConvertible {
  enum Mode: String, Decodable { case function, uniform, segment, knots }

  let id, kind, set: String
  let mode: Mode
  let isClosed: Bool
  let params: [String: GoldenValue]
  /// A parameter each; in mode `segment` the segment's index and u.
  let eval: [[Double]]
  let value, d1: [[Double]]
  let d2: [[Double]]?
  let knots: [Double]?
  /// The worst difference of an established library, relative to the largest value.
  let peerError: Double?

  var testDescription: String { "\(id) \(kind) \(set) \(mode)" }

  private enum Key: String, CodingKey {
    case id, kind, params, set, mode, closed, eval, value, d1, d2, knots
    case peerError = "peer_err"
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    id = try fields.decode(String.self, forKey: .id)
    kind = try fields.decode(String.self, forKey: .kind)
    set = try fields.decode(String.self, forKey: .set)
    mode = try fields.decode(Mode.self, forKey: .mode)
    isClosed = try fields.decode(Bool.self, forKey: .closed)
    params = try fields.decode([String: GoldenValue].self, forKey: .params)
    eval = try fields.decode([GoldenValue].self, forKey: .eval).map(\.numbers)
    value = try fields.decode([[Double]].self, forKey: .value)
    d1 = try fields.decode([[Double]].self, forKey: .d1)
    d2 = try fields.decodeIfPresent([[Double]].self, forKey: .d2)
    knots = try fields.decodeIfPresent([Double].self, forKey: .knots)
    peerError = try fields.decodeIfPresent(Double.self, forKey: .peerError)
  }
}

/// A parameter of a case: a number, a word, numbers or rows of numbers.
enum GoldenValue: Decodable, Sendable {
  case number(Double)
  case word(String)
  case list([Double])
  case rows([[Double]])

  init(from decoder: any Decoder) throws {
    let field = try decoder.singleValueContainer()
    if let number = try? field.decode(Double.self) {
      self = .number(number)
    } else if let word = try? field.decode(String.self) {
      self = .word(word)
    } else if let list = try? field.decode([Double].self) {
      self = .list(list)
    } else {
      self = .rows(try field.decode([[Double]].self))
    }
  }

  /// All numbers, flat.
  var numbers: [Double] {
    switch self {
    case .number(let number): [number]
    case .word: []
    case .list(let list): list
    case .rows(let rows): rows.flatMap(\.self)
    }
  }
}
