/// A JSON value (RFC 8259).
public enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  /// Members in the order of the text, no name twice.
  case object([JSONMember])

  /// The member called `name`, if this is an object that has it.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The numbers of an array that holds nothing else.
  public var numbers: [Double]? {
    guard case .array(let values) = self else { return nil }
    var numbers: [Double] = []
    numbers.reserveCapacity(values.count)
    for value in values {
      guard case .number(let number) = value else { return nil }
      numbers.append(number)
    }
    return numbers
  }
}

/// One member of an object.
public struct JSONMember: Sendable, Equatable {
  public var name: String
  public var value: JSONValue

  public init(name: String, value: JSONValue) {
    self.name = name
    self.value = value
  }
}

/// What a document with points, prices and options holds.
public struct JSONDocument: Sendable, Equatable {
  /// `points`, or `path`, its other name; or the document itself when it is an array.
  public var points: PointTable?
  /// Where they stand: a JSON Pointer, empty when the document is the array.
  public var pointsPointer = ""
  /// `tangents`, in the forms of points.
  public var tangents: PointTable?
  /// `prices`; `null` is NaN.
  public var prices: [Double]?
  /// `series`; `null` is NaN.
  public var series: [[Double]]?
  /// All other members in the order of the text.
  public var options: [JSONMember] = []

  public init() {}

  /// The option called `name`.
  public subscript(name: String) -> JSONValue? { options.first { $0.name == name }?.value }
}

/// Reads a JSON document with points and options in one pass, the numbers straight into arrays.
///
/// - Shape: an object whose `points` (or `path`) are `[[x,y],…]`, `[{"x":…,"y":…},…]` or `[1,2,…]`, of 1 to 4
///   coordinates each, the same for all; or such an array alone. `null` for a point or a coordinate is a gap.
///   When all points are null, or there are none, `dimensions` is 1.
/// - Memory: the result and `bufferBytes`, which grows to 1 MiB for a longer number.
public struct JSONReader: Sendable {
  private let bufferBytes: Int

  public init(bufferBytes: Int = 1 << 18) { self.bufferBytes = bufferBytes }

  /// - Throws: `FormatError.json` with byte offset, line, column and JSON Pointer; `.source` from the source.
  public func read(from source: inout some ByteSource & ~Copyable) throws(FormatError) -> JSONDocument {
    var parser = JSONParser(bufferBytes: bufferBytes)
    return try parser.document(from: &source)
  }

  /// A document whose bytes are in memory: they are read where they lie, and a number may be of any length.
  ///
  /// - Throws: `FormatError.json`.
  public static func read(_ bytes: [UInt8]) throws(FormatError) -> JSONDocument {
    var parser = JSONParser(whole: bytes)
    var nothing = ArraySource([])
    return try parser.document(from: &nothing)
  }

  /// Any one JSON value whose bytes are in memory: a number or text may be of any length.
  ///
  /// - Throws: `FormatError.json`.
  public static func readValue(_ bytes: [UInt8]) throws(FormatError) -> JSONValue {
    var parser = JSONParser(whole: bytes)
    var nothing = ArraySource([])
    try parser.skipByteOrderMark(from: &nothing)
    let value = try parser.value(depth: 1, from: &nothing)
    try parser.end(from: &nothing)
    return value
  }

  /// Any one JSON value.
  public func readValue(from source: inout some ByteSource & ~Copyable) throws(FormatError) -> JSONValue {
    var parser = JSONParser(bufferBytes: bufferBytes)
    try parser.skipByteOrderMark(from: &source)
    let value = try parser.value(depth: 1, from: &source)
    try parser.end(from: &source)
    return value
  }
}
