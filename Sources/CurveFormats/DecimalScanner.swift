/// What keeps a text from being a decimal number.
enum DecimalFault: Equatable {
  case noDigits, leadingZero, noFraction, noExponent
  /// Larger than the largest Double.
  case tooLarge
}

/// A number and the index behind it; with a fault, the index of the fault.
struct ScannedDecimal {
  var value: Double
  var next: Int
  var fault: DecimalFault?
}

/// Reads the decimal number at the front of `bytes[start..<end]`, correctly rounded.
///
/// - Shape: `strict` takes the grammar of RFC 8259; otherwise also `+1`, `.5`, `5.` and leading zeros.
/// - Source: exact powers of ten after W. D. Clinger, 1990, where digits and exponent are small; then `nearestBits`;
///   then, for more than 19 digits near a tie, exact comparison.
@inline(__always)
func scanDecimal(_ bytes: Span<UInt8>, from start: Int, to end: Int, strict: Bool) -> ScannedDecimal {
  var p = start
  let isNegative = p < end && bytes[p] == UInt8(ascii: "-")
  if isNegative || !strict && p < end && bytes[p] == UInt8(ascii: "+") { p += 1 }
  let firstDigit = p
  var mantissa: UInt64 = 0
  scanDigits(bytes, &p, end, &mantissa)
  var digitCount = p - firstDigit
  if strict {
    if digitCount == 0 { return ScannedDecimal(value: 0, next: p, fault: .noDigits) }
    if digitCount > 1, bytes[firstDigit] == UInt8(ascii: "0") {
      return ScannedDecimal(value: 0, next: firstDigit, fault: .leadingZero)
    }
  }
  var exponent = 0
  if p < end, bytes[p] == UInt8(ascii: ".") {
    let fraction = p + 1
    p = fraction
    scanEights(bytes, &p, end, &mantissa)
    scanDigits(bytes, &p, end, &mantissa)
    exponent = fraction - p
    if strict, exponent == 0 { return ScannedDecimal(value: 0, next: p, fault: .noFraction) }
    digitCount -= exponent
  }
  if digitCount == 0 { return ScannedDecimal(value: 0, next: start, fault: .noDigits) }
  let lastDigit = p
  if p < end, bytes[p] | 0x20 == UInt8(ascii: "e") {
    let (power, next) = scanExponent(bytes, from: p + 1, to: end)
    if next > 0 {
      exponent += power
      p = next
    } else if strict {
      return ScannedDecimal(value: 0, next: -next, fault: .noExponent)
    }
  }
  let magnitude =
    digitCount <= 19
    ? decimalValue(mantissa, exponent)
    : manyDigitValue(bytes, firstDigit..<lastDigit, exponent)
  let fault: DecimalFault? = magnitude == .infinity ? .tooLarge : nil
  return ScannedDecimal(value: isNegative ? -magnitude : magnitude, next: p, fault: fault)
}

@inline(__always)
private func scanDigits(_ bytes: Span<UInt8>, _ p: inout Int, _ end: Int, _ mantissa: inout UInt64) {
  while p < end {
    let digit = bytes[p] &- UInt8(ascii: "0")
    guard digit < 10 else { return }
    mantissa = mantissa &* 10 &+ UInt64(truncatingIfNeeded: digit)
    p += 1
  }
}

/// Eight digits at a time.
@inline(__always)
private func scanEights(_ bytes: Span<UInt8>, _ p: inout Int, _ end: Int, _ mantissa: inout UInt64) {
  while end - p >= 8 {
    let eight = loadEight(bytes, at: p)
    let isDigits =
      ((eight &+ 0x4646_4646_4646_4646) | (eight &- 0x3030_3030_3030_3030)) & 0x8080_8080_8080_8080 == 0
    guard isDigits else { return }
    mantissa = mantissa &* 100_000_000 &+ joined(eight &- 0x3030_3030_3030_3030)
    p += 8
  }
}

/// The exponent behind an `e` and the index after it; minus the index of the missing digit when there is none.
private func scanExponent(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> (power: Int, next: Int) {
  var p = start
  let isNegative = p < end && bytes[p] == UInt8(ascii: "-")
  if isNegative || p < end && bytes[p] == UInt8(ascii: "+") { p += 1 }
  let first = p
  var power = 0
  while p < end, bytes[p] &- UInt8(ascii: "0") < 10 {
    // Far beyond any Double, and far from overflow: whatever digits follow change nothing.
    if power < 1 << 40 { power = power * 10 + Int(bytes[p] &- UInt8(ascii: "0")) }
    p += 1
  }
  return p == first ? (0, -p) : (isNegative ? -power : power, p)
}

/// `digits · 10^exponent`, correctly rounded.
@inline(__always)
func decimalValue(_ digits: UInt64, _ exponent: Int) -> Double {
  // Both factors are exact below these bounds, so that one operation rounds once.
  if digits <= 1 << 53, exponent >= -22, exponent <= 22 {
    let value = Double(Int64(bitPattern: digits))
    if exponent == 0 { return value }
    return exponent < 0 ? value / exactPowersOfTen[-exponent] : value * exactPowersOfTen[exponent]
  }
  return Double(bitPattern: nearestBits(digits, exponent: exponent))
}

let exactPowersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
  1e19, 1e20,
  1e21, 1e22,
]
