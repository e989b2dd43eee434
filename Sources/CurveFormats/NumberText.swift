/// Text on its way to a sink: numbers and letters gathered in one buffer that is sent when it is full.
struct TextBuffer {
  private(set) var bytes: [UInt8]
  private(set) var count = 0
  /// Decimals of the number before, tried first for the next; 0 where it had too many digits.
  private var places = 0
  /// No number is written with more bytes than this.
  static let longestNumber = 32

  init(bytes size: Int = 1 << 16) {
    bytes = [UInt8](repeating: 0, count: max(size, 2 * Self.longestNumber))
  }

  /// Sends what is gathered when less than `room` bytes are free.
  @inline(__always)
  mutating func makeRoom(_ room: Int, _ sink: inout some ByteSink & ~Copyable) throws(FormatError) {
    if bytes.count - count < room { try send(to: &sink) }
  }

  mutating func send(to sink: inout some ByteSink & ~Copyable) throws(FormatError) {
    guard count > 0 else { return }
    let length = count
    count = 0
    try CurveFormats.write(bytes.span.extracting(0..<length), to: &sink)
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    bytes[count] = byte
    count += 1
  }

  mutating func append(_ text: some StringProtocol) {
    for byte in text.utf8 { append(byte) }
  }

  /// The shortest digits that read back. Finite numbers only.
  mutating func append(_ value: Double) {
    if value.sign == .minus { append(UInt8(ascii: "-")) }
    let size = value.magnitude
    if size < 0x1p53 {
      // Comparing keeps clear of libm, which `UInt64(exactly:)` would call.
      let whole = UInt64(size)
      if Double(whole) == size { return appendPadded(whole, digits: digitCount(whole)) }
    }
    if places > 0, let decimal = ShortestDecimal(size, places: places) {
      append(decimal)
      return
    }
    let decimal = append(ShortestDecimal(size))
    let isShort = decimal.digits < 1_000_000_000_000_000 && (-22..<0).contains(decimal.exponent)
    places = isShort ? -decimal.exponent : 0
  }

  /// The shortest digits that read back as a Float. Finite numbers only.
  mutating func append(_ value: Float) {
    if value.sign == .minus { append(UInt8(ascii: "-")) }
    let size = value.magnitude
    if size < 0x1p24 {
      let whole = UInt64(size)
      if Float(whole) == size { return appendPadded(whole, digits: digitCount(whole)) }
    }
    append(ShortestDecimal(size))
  }

  /// Plain from 1e-6 to below 1e21, else with an exponent: the notation of ECMAScript's Number::toString.
  ///
  /// - Returns: the decimal as written, without zeros at its end.
  @discardableResult
  private mutating func append(_ decimal: ShortestDecimal) -> ShortestDecimal {
    var decimal = decimal
    decimal.dropZeros()
    let (digits, exponent) = (decimal.digits, decimal.exponent)
    let length = digitCount(digits)
    let point = length + exponent
    switch point {
    case ...(-6): appendScientific(digits, length, point - 1)
    case ...0:
      append(UInt8(ascii: "0"))
      append(UInt8(ascii: "."))
      appendPadded(digits, digits: length - point)
    case ..<length: appendFixed(digits, fraction: length - point, length)
    case ...21:
      appendPadded(digits, digits: length)
      for _ in 0..<exponent { append(UInt8(ascii: "0")) }
    default: appendScientific(digits, length, point - 1)
    }
    return decimal
  }

  /// `digits` with a point before the last `fraction` of them.
  private mutating func appendFixed(_ digits: UInt64, fraction: Int, _ length: Int) {
    let power = powersOfTen[fraction]
    let whole = digits / power
    appendPadded(whole, digits: length - fraction)
    append(UInt8(ascii: "."))
    appendPadded(digits - whole * power, digits: fraction)
  }

  private mutating func appendScientific(_ digits: UInt64, _ length: Int, _ exponent: Int) {
    if length > 1 {
      appendFixed(digits, fraction: length - 1, length)
    } else {
      appendPadded(digits, digits: 1)
    }
    append(UInt8(ascii: "e"))
    append(UInt8(ascii: exponent < 0 ? "-" : "+"))
    let size = UInt64(exponent.magnitude)
    appendPadded(size, digits: digitCount(size))
  }

  /// `value` in decimal, filled with zeros in front.
  mutating func appendPadded(_ value: UInt64, digits: Int) {
    let start = count
    count += digits
    // One look at the array for all of them.
    var room = bytes.mutableSpan
    var (left, place) = (value, start + digits)
    while place > start + 1 {
      place -= 2
      let hundredth = left / 100
      let pair = UInt8(truncatingIfNeeded: left &- hundredth &* 100)
      let ten = pair / 10
      room[place] = UInt8(ascii: "0") &+ ten
      room[place + 1] = UInt8(ascii: "0") &+ (pair &- ten &* 10)
      left = hundredth
    }
    if place > start { room[place - 1] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: left % 10) }
  }
}

/// How many decimal digits `value` has; 1 for zero.
@inline(__always)
func digitCount(_ value: UInt64) -> Int {
  // 1233/4096 is a little above log10(2): right, or one too many.
  let most = ((64 &- (value | 1).leadingZeroBitCount) &* 1233) >> 12
  return most &+ (value | 1 >= powersOfTen[most] ? 1 : 0)
}

/// Every power of ten that 64 bits hold.
private let powersOfTen: [UInt64] = [
  1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
  100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
  10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
]
