/// What stands before the numbers of an NPY file.
///
/// Source: "The .npy format", NumPy documentation, versions 1.0, 2.0 and 3.0.
struct NPYHeader: Equatable {
  var scalar: ScalarType
  var isBigEndian: Bool
  var isColumnMajor: Bool
  var shape: [Int]

  /// Magic, version and the length of the header in two or four bytes.
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  static let longest = 1 << 16

  /// - Shape: `text` is the dictionary, `offset` its place in the file, for errors.
  init(_ text: [UInt8], offset: Int) throws(FormatError) {
    var parser = NPYHeaderParser(text: text, offset: offset)
    self = try parser.header()
  }

  init(scalar: ScalarType, isBigEndian: Bool, isColumnMajor: Bool, shape: [Int]) {
    (self.scalar, self.isBigEndian) = (scalar, isBigEndian)
    (self.isColumnMajor, self.shape) = (isColumnMajor, shape)
  }

  /// Rows and numbers a row.
  ///
  /// - Throws: when the shape is not one of points, or its bytes cannot be counted.
  func rows(maximum: Int, offset: Int) throws(FormatError) -> (count: Int, dimensions: Int) {
    guard shape.count == 1 || shape.count == 2 else { throw .npy(.shape(shape), offset: offset) }
    let dimensions = shape.count == 2 ? shape[1] : 1
    guard (1...max(1, maximum)).contains(dimensions) else {
      throw .npy(.dimensions(dimensions, maximum: maximum), offset: offset)
    }
    let (bytes, overflow) = shape[0].multipliedReportingOverflow(by: dimensions * scalar.size)
    guard !overflow, bytes < 1 << 56 else { throw .npy(.tooLarge(shape), offset: offset) }
    return (shape[0], dimensions)
  }
}

/// Reads the dictionary: three keys, each once, in any order.
private struct NPYHeaderParser {
  let text: [UInt8]
  let offset: Int
  var position = 0

  init(text: [UInt8], offset: Int) { (self.text, self.offset) = (text, offset) }

  mutating func header() throws(FormatError) -> NPYHeader {
    var dtype: (scalar: ScalarType, isBigEndian: Bool)?
    var isColumnMajor: Bool?
    var shape: [Int]?
    try expect("{")
    while !take("}") {
      let start = position
      let key = try string()
      try expect(":")
      switch key {
      case "descr" where dtype == nil: dtype = try self.dtype()
      case "fortran_order" where isColumnMajor == nil: isColumnMajor = try bool()
      case "shape" where shape == nil: shape = try self.shape()
      default: throw error("the keys descr, fortran_order and shape, each once", at: start)
      }
      if !take(",") {
        try expect("}")
        break
      }
    }
    skipSpace()
    guard position == text.count else { throw error("spaces up to the numbers") }
    guard let dtype, let isColumnMajor, let shape else {
      throw error("the keys descr, fortran_order and shape")
    }
    return NPYHeader(
      scalar: dtype.scalar, isBigEndian: dtype.isBigEndian, isColumnMajor: isColumnMajor, shape: shape)
  }

  private func error(_ expected: String, at index: Int? = nil) -> FormatError {
    .npy(.header(expected), offset: offset + (index ?? position))
  }

  private mutating func skipSpace() {
    while position < text.count, isJSONSpace(text[position]) { position += 1 }
  }

  private mutating func take(_ byte: Character) -> Bool {
    skipSpace()
    guard position < text.count, text[position] == byte.asciiValue else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ byte: Character) throws(FormatError) {
    guard take(byte) else { throw error("\(byte)") }
  }

  /// A string without escapes, in either kind of quotes.
  private mutating func string() throws(FormatError) -> String {
    skipSpace()
    guard position < text.count, text[position] == UInt8(ascii: "'") || text[position] == UInt8(ascii: "\"")
    else { throw error("a string in quotes") }
    guard let end = text[(position + 1)...].firstIndex(of: text[position]) else {
      throw error("a closing quote")
    }
    let string = String(decoding: text[position + 1..<end], as: UTF8.self)
    position = end + 1
    return string
  }

  private mutating func dtype() throws(FormatError) -> (ScalarType, isBigEndian: Bool) {
    skipSpace()
    let start = position
    let isPlain = position < text.count && text[position] != UInt8(ascii: "[")
    guard isPlain else { throw .npy(.dtype("with named fields"), offset: offset + start) }
    let name = try string()
    switch name {
    case "<f4": return (.f32, false)
    case "<f8": return (.f64, false)
    case ">f4": return (.f32, true)
    case ">f8": return (.f64, true)
    default: throw .npy(.dtype(name), offset: offset + start)
    }
  }

  private mutating func bool() throws(FormatError) -> Bool {
    skipSpace()
    for (word, value) in [("True", true), ("False", false)] where text[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return value
    }
    throw error("True or False")
  }

  /// A tuple of whole numbers.
  private mutating func shape() throws(FormatError) -> [Int] {
    var shape: [Int] = []
    try expect("(")
    while !take(")") {
      shape.append(try number())
      if take(",") { continue }
      guard shape.count > 1 else { throw error("a comma after the only number of the shape") }
      try expect(")")
      break
    }
    return shape
  }

  private mutating func number() throws(FormatError) -> Int {
    skipSpace()
    let digits = text[position...].prefix { $0 &- UInt8(ascii: "0") < 10 }
    guard let number = Int(String(decoding: digits, as: UTF8.self)) else {
      throw error("a whole number of the shape that fits 63 bits")
    }
    position += digits.count
    return number
  }
}
