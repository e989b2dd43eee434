/// Text on its way to a sink: numbers and letters gathered in one buffer that is sent when it is full.
struct TextBuffer {
  private(set) var bytes: [UInt8]
  private(set) var count = 0
  /// Decimals of the number before, tried first for the next; 0 where it had too many digits.
  private var places = 0
  /// No number is written with more bytes than this, those included that are written over again.
  static let longestNumber = 32

  init(bytes size: Int = 1 << 16) {
    bytes = [UInt8](repeating: 0, count: max(size, 2 * Self.longestNumber))
  }

  /// Sends what is gathered when less than `room` bytes are free.
  @inline(__always)
  mutating func makeRoom(_ room: Int, _ sink: inout some ByteSink & ~Copyable) throws(FormatError) {
    if bytes.count - count < room { try send(to: &sink) }
  }

  /// Grows when less than `room` bytes are free, where no sink takes what is gathered before the end.
  @inline(__always)
  mutating func grow(_ room: Int) {
    guard bytes.count - count < room else { return }
    bytes.append(contentsOf: repeatElement(0, count: max(room, bytes.count)))
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
      // Comparing keeps clear of libm, which `Int64(exactly:)` would call; signed numbers convert in one instruction.
      let whole = Int64(size)
      if Double(whole) == size { return appendWhole(UInt64(bitPattern: whole)) }
      if places > 0, places <= 8, size >= 1e-6, size < 1e7, appendPlain(size, UInt64(bitPattern: whole)) {
        return
      }
    }
    if places > 8 || places > 0 && size >= 1e7, let decimal = ShortestDecimal(size, places: places) {
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
      if Float(whole) == size { return appendWhole(whole) }
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

  /// A number below 10⁷ that has no more decimals than the one before, up to eight.
  ///
  /// - Parameter whole: the number without its fraction, which is not 0.
  /// - Returns: false, and nothing written, where it is no such number.
  @inline(__always)
  private mutating func appendPlain(_ size: Double, _ whole: UInt64) -> Bool {
    guard let decimal = ShortestDecimal(size, places: places) else { return false }
    // No decimal of fifteen digits below a whole number reads as that number or one above it: both have the same whole part.
    let fraction = decimal.digits &- whole &* powersOfTen[places]
    let (before, count) = withoutZeros(whole)
    // Less than eight digits and the point.
    put(before | (UInt64(UInt8(ascii: ".") ^ UInt8(ascii: "0")) << UInt64(8 * count)), count + 1)
    let behind = eightDigits(fraction &* powersOfTen[8 - places])
    // The last digit is the highest byte: zeros at the end are left out.
    put(behind, 8 - behind.leadingZeroBitCount / 8)
    return true
  }

  /// `value` in decimal.
  private mutating func appendWhole(_ value: UInt64) {
    guard value < 100_000_000 else { return appendPadded(value, digits: digitCount(value)) }
    let (digits, count) = withoutZeros(value)
    put(digits, count)
  }

  /// `value` in decimal, filled with zeros in front.
  mutating func appendPadded(_ value: UInt64, digits: Int) {
    guard digits > 8 else { return put(eightDigits(value) >> UInt64(8 * (8 - digits)), digits) }
    let high = value / 100_000_000
    appendPadded(high, digits: digits - 8)
    put(eightDigits(value - high * 100_000_000), 8)
  }

  /// The first `length` of eight characters, each without the bits of the character 0. All eight are written: the next
  /// characters go over what is too much.
  @inline(__always)
  private mutating func put(_ digits: UInt64, _ length: Int) {
    let start = count
    count += length
    var room = bytes.mutableSpan
    storeEight(digits ^ 0x3030_3030_3030_3030, into: &room, at: start)
  }
}

/// The digits of a number below 10⁸, one a byte, the first in the lowest: halved into fours, pairs and ones by reciprocals
/// that are exact for so few digits.
@inline(__always)
func eightDigits(_ value: UInt64) -> UInt64 {
  let high = value / 10_000
  let fours = high | (value &- high &* 10_000) << 32
  let hundreds = ((fours &* 10_486) >> 20) & 0x0000_007F_0000_007F
  let pairs = hundreds | (fours &- hundreds &* 100) << 16
  let tens = ((pairs &* 103) >> 10) & 0x000F_000F_000F_000F
  return tens | (pairs &- tens &* 10) << 8
}

/// The digits of a number below 10⁸, the first in the lowest byte, and how many they are: 1 of zero.
@inline(__always)
private func withoutZeros(_ value: UInt64) -> (digits: UInt64, count: Int) {
  let digits = eightDigits(value)
  // Zeros in front are the lowest bytes; of 0 itself the last one stays.
  let zeros = min(digits.trailingZeroBitCount / 8, 7)
  return (digits >> UInt64(truncatingIfNeeded: 8 &* zeros), 8 &- zeros)
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
