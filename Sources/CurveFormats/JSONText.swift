/// JSON text made piece by piece in memory: no spaces, the shortest digits that read back, strings as UTF-8.
///
/// - Shape: a number that is not finite is `null`, as JSON has none. Commas come by themselves; that each member has a name,
///   and none twice, is the caller's part.
/// - Memory: the whole text.
public struct JSONText: Sendable {
  private var text = TextBuffer(bytes: 4096)
  /// Whether a value stands before, which a comma must part from the next.
  private var followsValue = false

  public init() {}

  /// The text of one value.
  public init(_ value: JSONValue) { add(value) }

  /// Hands the text and a line feed to `sink`.
  ///
  /// - Throws: what the sink throws.
  public consuming func writeLine(to sink: inout some ByteSink & ~Copyable) throws(FormatError) {
    text.grow(1)
    text.append(UInt8(ascii: "\n"))
    try text.send(to: &sink)
  }

  /// An object of the members that `members` adds.
  public mutating func addObject(_ members: (inout JSONText) -> Void) {
    add(between: UInt8(ascii: "{"), UInt8(ascii: "}"), members)
  }

  /// An array of the values that `values` adds.
  public mutating func addArray(_ values: (inout JSONText) -> Void) {
    add(between: UInt8(ascii: "["), UInt8(ascii: "]"), values)
  }

  /// The name of the member whose value is added next.
  public mutating func name(_ name: String) {
    add(name)
    text.grow(1)
    text.append(UInt8(ascii: ":"))
    followsValue = false
  }

  public mutating func add(_ number: Double) {
    separate()
    append(number)
  }

  /// A string in quotes: what JSON does not allow in one is escaped (RFC 8259, section 7).
  public mutating func add(_ string: String) {
    separate()
    text.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      text.grow(8)
      append(escaped: byte)
    }
    text.grow(1)
    text.append(UInt8(ascii: "\""))
  }

  /// An array of arrays of two numbers each.
  public mutating func add(points: [SIMD2<Double>]) {
    addArray { out in
      for point in points {
        out.separate()
        out.text.append(UInt8(ascii: "["))
        out.append(point.x)
        out.text.append(UInt8(ascii: ","))
        out.append(point.y)
        out.text.append(UInt8(ascii: "]"))
      }
    }
  }

  public mutating func add(_ value: JSONValue) {
    switch value {
    case .number(let number): add(number)
    case .string(let string): add(string)
    case .null: add(word: "null")
    case .bool(let flag): add(word: flag ? "true" : "false")
    case .array(let values): addArray { for value in values { $0.add(value) } }
    case .object(let members):
      addObject {
        for member in members {
          $0.name(member.name)
          $0.add(member.value)
        }
      }
    }
  }

  /// Makes room for two numbers and what stands around them; writes the comma before, where one belongs.
  @inline(__always)
  private mutating func separate() {
    text.grow(2 * TextBuffer.longestNumber + 4)
    if followsValue { text.append(UInt8(ascii: ",")) }
    followsValue = true
  }

  private mutating func append(_ number: Double) {
    number.isFinite ? text.append(number) : text.append("null")
  }

  private mutating func add(word: String) {
    separate()
    text.append(word)
  }

  @inline(__always)
  private mutating func add(between open: UInt8, _ close: UInt8, _ values: (inout JSONText) -> Void) {
    separate()
    text.append(open)
    followsValue = false
    values(&self)
    text.grow(1)
    text.append(close)
    followsValue = true
  }

  private mutating func append(escaped byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      text.append(UInt8(ascii: "\\"))
      text.append(byte)
    case 0..<0x20:
      text.append("\\u00")
      for digit in [byte >> 4, byte & 15] {
        text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
      }
    default: text.append(byte)
    }
  }
}
