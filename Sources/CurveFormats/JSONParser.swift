/// A recursive reader of JSON text over a window of bytes. One method per production of RFC 8259.
struct JSONParser: ~Copyable {
  var window: ByteWindow
  /// Where the value being read lies in the document.
  var path: [Step] = []

  static let depthLimit = 64
  static let numberLimit = 1 << 20

  enum Step {
    case member(String)
    case index(Int)
  }

  init(whole bytes: [UInt8]) { window = ByteWindow(whole: bytes) }
  init(bufferBytes: Int) { window = ByteWindow(bytes: bufferBytes, limit: Self.numberLimit) }

  /// The error for a fault at `index` of the window, by default at the byte to be read next.
  func error(_ fault: JSONFault, at index: Int? = nil) -> FormatError {
    .json(fault, pointer: pointer, at: window.place(at: index ?? window.position))
  }

  /// The path as RFC 6901 writes it.
  private var pointer: String {
    var text = ""
    for step in path {
      switch step {
      case .index(let index): text += "/\(index)"
      case .member(let name):
        text += "/"
        for scalar in name.unicodeScalars {
          switch scalar {
          case "~": text += "~0"
          case "/": text += "~1"
          default: text.unicodeScalars.append(scalar)
          }
        }
      }
    }
    return text
  }

  /// The next byte that is not white space, not yet consumed; nil at the end of the text.
  mutating func peek(from source: inout some ByteSource & ~Copyable) throws(FormatError) -> UInt8? {
    while let byte = try window.peek(from: &source) {
      guard isJSONSpace(byte) else { return byte }
      window.position += 1
    }
    return nil
  }

  /// As `peek`, where the text cannot end.
  mutating func next(from source: inout some ByteSource & ~Copyable) throws(FormatError) -> UInt8 {
    guard let byte = try peek(from: &source) else { throw error(.truncated) }
    return byte
  }

  mutating func skipByteOrderMark(from source: inout some ByteSource & ~Copyable) throws(FormatError) {
    guard try window.peek(from: &source) != nil, window.end >= 3 else { return }
    if window.storage[0] == 0xEF, window.storage[1] == 0xBB, window.storage[2] == 0xBF { window.position = 3 }
  }

  /// Nothing but white space may follow.
  mutating func end(from source: inout some ByteSource & ~Copyable) throws(FormatError) {
    if try peek(from: &source) != nil { throw error(.trailingText) }
  }

  mutating func value(
    depth: Int, from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) -> JSONValue {
    switch try next(from: &source) {
    case UInt8(ascii: "{"): return try object(depth: depth, from: &source)
    case UInt8(ascii: "["): return try array(depth: depth, from: &source)
    case UInt8(ascii: "\""): return .string(try string(from: &source))
    case UInt8(ascii: "t"):
      try literal("true", from: &source)
      return .bool(true)
    case UInt8(ascii: "f"):
      try literal("false", from: &source)
      return .bool(false)
    case UInt8(ascii: "n"):
      try literal("null", from: &source)
      return .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number(from: &source))
    default: throw error(.expected("a JSON value (for a gap send null)"))
    }
  }

  private mutating func object(
    depth: Int, from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) -> JSONValue {
    var members: [JSONMember] = []
    var names: Set<String> = []
    try open(depth: depth)
    while let name = try nextMember(isFirst: members.isEmpty, names: &names, from: &source) {
      path.append(.member(name))
      members.append(JSONMember(name: name, value: try value(depth: depth + 1, from: &source)))
      path.removeLast()
    }
    return .object(members)
  }

  private mutating func array(
    depth: Int, from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) -> JSONValue {
    var values: [JSONValue] = []
    try open(depth: depth)
    while try nextElement(isFirst: values.isEmpty, from: &source) {
      path.append(.index(values.count))
      values.append(try value(depth: depth + 1, from: &source))
      path.removeLast()
    }
    return .array(values)
  }

  /// Consumes the bracket of a container at `depth`, 1 being the document itself.
  mutating func open(depth: Int) throws(FormatError) {
    guard depth <= Self.depthLimit else { throw error(.tooDeep(Self.depthLimit)) }
    window.position += 1
  }

  /// Goes to the next element of the array: true with the element to be read, false behind the closing bracket.
  mutating func nextElement(
    isFirst: Bool, from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) -> Bool {
    let byte = try next(from: &source)
    if byte == UInt8(ascii: "]") {
      window.position += 1
      return false
    }
    if isFirst { return true }
    guard byte == UInt8(ascii: ",") else { throw error(.expected("a comma or ] after the value")) }
    window.position += 1
    if try next(from: &source) == UInt8(ascii: "]") { throw error(.expected("a value after the comma")) }
    return true
  }

  /// Goes to the next member of the object: its name with the value to be read, nil behind the closing bracket.
  mutating func nextMember(
    isFirst: Bool, names: inout Set<String>, from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) -> String? {
    var byte = try next(from: &source)
    if byte == UInt8(ascii: "}") {
      window.position += 1
      return nil
    }
    if !isFirst {
      guard byte == UInt8(ascii: ",") else { throw error(.expected("a comma or } after the value")) }
      window.position += 1
      byte = try next(from: &source)
    }
    guard byte == UInt8(ascii: "\"") else { throw error(.expected("a member's name in double quotes")) }
    let name = try string(from: &source)
    guard names.insert(name).inserted else { throw error(.duplicateKey(name), at: window.position - 1) }
    guard try next(from: &source) == UInt8(ascii: ":") else {
      throw error(.expected("a colon after the name"))
    }
    window.position += 1
    return name
  }
}

@inline(__always)
func isJSONSpace(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    || byte == UInt8(ascii: "\t")
}
