extension JSONParser {
  /// The whole text: an object with points and options, or an array of points.
  mutating func document(from source: inout some ByteSource & ~Copyable) throws(FormatError) -> JSONDocument {
    try skipByteOrderMark(from: &source)
    var document = JSONDocument()
    switch try peek(from: &source) {
    case UInt8(ascii: "["): document.points = try points(depth: 1, from: &source)
    case UInt8(ascii: "{"): try members(into: &document, from: &source)
    case nil: throw error(.truncated)
    default: throw error(.notADocument)
    }
    try end(from: &source)
    return document
  }

  private mutating func members(
    into document: inout JSONDocument, from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) {
    var names: Set<String> = []
    try open(depth: 1)
    var isFirst = true
    while let name = try nextMember(isFirst: isFirst, names: &names, from: &source) {
      isFirst = false
      path.append(.member(name))
      try member(name, into: &document, from: &source)
      path.removeLast()
    }
  }

  private mutating func member(
    _ name: String, into document: inout JSONDocument, from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) {
    switch name {
    case "points", "path":
      if document.points != nil { throw error(.alias(name, of: name == "path" ? "points" : "path")) }
      document.points = try points(depth: 2, from: &source)
      document.pointsPointer = "/" + name
    case "tangents": document.tangents = try points(depth: 2, from: &source)
    case "prices": document.prices = try numbers(depth: 2, from: &source)
    case "series": document.series = try series(from: &source)
    default:
      let value = try value(depth: 2, from: &source)
      document.options.append(JSONMember(name: name, value: value))
    }
  }

  private mutating func series(
    from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) -> [[Double]] {
    var series: [[Double]] = []
    try openArray("an array of arrays of numbers", depth: 2, from: &source)
    while try nextElement(isFirst: series.isEmpty, from: &source) {
      path.append(.index(series.count))
      series.append(try numbers(depth: 3, from: &source))
      path.removeLast()
    }
    return series
  }

  /// An array of numbers and nulls.
  private mutating func numbers(
    depth: Int, from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) -> [Double] {
    var numbers: [Double] = []
    try openArray("an array of numbers", depth: depth, from: &source)
    while try nextElement(isFirst: numbers.isEmpty, from: &source) {
      window.position = scanPoints(
        window.storage.span, from: window.position, to: window.end, form: .numbers, into: &numbers)
      path.append(.index(numbers.count))
      numbers.append(try coordinate(from: &source))
      path.removeLast()
    }
    return numbers
  }

  mutating func openArray(
    _ what: String, depth: Int, from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) {
    guard try next(from: &source) == UInt8(ascii: "[") else { throw error(.expected(what)) }
    try open(depth: depth)
  }

  /// A number, or NaN for `null`.
  mutating func coordinate(from source: inout some ByteSource & ~Copyable) throws(FormatError) -> Double {
    switch try next(from: &source) {
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number(from: &source)
    case UInt8(ascii: "n"):
      try literal("null", from: &source)
      return .nan
    default: throw error(.expected("a number, or null for a gap"))
    }
  }
}
