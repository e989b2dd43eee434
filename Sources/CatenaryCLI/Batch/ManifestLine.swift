import CurveFormats
import CurveRequests

/// What the manifest tells of one item.
struct ManifestLine: Sendable {
  var input: String
  /// Below the folder in which the manifest lies.
  var output: String
  /// Of the output; of detections the prices.
  var points = 0
  /// Of the output.
  var bytes = 0
  var sha256: String?
  var milliseconds = 0.0
  var error: String?
  var options: JSONValue
  /// Of the input; nil: it could not be read.
  var inputBytes: Int?
  /// The λ that the points chose.
  var lambda: Double?
  /// Items of the run that the line is from, so that who joins shards can tell whether one ended too soon.
  var items: Int
  /// Items of all shards; nil where there are none.
  var total: Int?

  init(input: String, output: String, options: JSONValue, inputBytes: Int?, items: Int, total: Int?) {
    (self.input, self.output, self.options) = (input, output, options)
    (self.inputBytes, self.items, self.total) = (inputBytes, items, total)
  }

  /// One line of JSON, its line feed included.
  var text: [UInt8] {
    func number(_ value: Int?) -> JSONValue { value.map { .number(Double($0)) } ?? .null }
    func string(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    let members: [(String, JSONValue)] = [
      ("input", .string(input)), ("output", .string(output)), ("points", number(points)),
      ("bytes", number(bytes)), ("sha256", string(sha256)),
      ("milliseconds", .number((milliseconds * 1000).rounded() / 1000)), ("error", string(error)),
      ("options", options), ("inputBytes", number(inputBytes)), ("items", number(items)),
    ]
    let extra = [("total", total.map(Double.init)), ("lambda", lambda)].compactMap { name, value in
      value.map { JSONMember(name: name, value: .number($0)) }
    }
    var sink = ArraySink()
    // An array refuses nothing.
    try? JSONWriter().write(
      .object(members.map { JSONMember(name: $0.0, value: $0.1) } + extra), to: &sink)
    return sink.bytes
  }

  /// A line as it was written; nil for one that was not written whole, or by something else.
  init?(_ text: ArraySlice<UInt8>) {
    var source = ArraySource(Array(text))
    guard let value = try? JSONReader(bufferBytes: text.count + 16).readValue(from: &source),
      case .string(let input)? = value["input"], case .string(let output)? = value["output"],
      let options = value["options"], case .number(let items)? = value["items"]
    else { return nil }
    func integer(_ name: String) -> Int? {
      if case .number(let number)? = value[name] { Int(exactly: number) } else { nil }
    }
    (self.input, self.output, self.options) = (input, output, options)
    self.items = Int(exactly: items) ?? 0
    (inputBytes, total) = (integer("inputBytes"), integer("total"))
    (points, bytes) = (integer("points") ?? 0, integer("bytes") ?? 0)
    if case .string(let hash)? = value["sha256"] { sha256 = hash }
    if case .string(let words)? = value["error"] { error = words }
    if case .number(let number)? = value["lambda"] { lambda = number }
    if case .number(let number)? = value["milliseconds"] { milliseconds = number }
  }

  /// All whole lines of a manifest, with their bytes; the last one may be torn, then it is left out.
  static func all(in bytes: [UInt8]) -> [ManifestLine] {
    bytes.split(separator: UInt8(ascii: "\n")).compactMap(ManifestLine.init)
  }
}
