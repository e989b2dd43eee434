/// The value of a number with more than 19 digits, correctly rounded.
///
/// - Shape: `range` holds digits and at most one point; `exponent` counts for the last digit.
func manyDigitValue(_ bytes: Span<UInt8>, _ range: Range<Int>, _ exponent: Int) -> Double {
  let digits = LeadingDigits(bytes, range, keeping: 19)
  let power = exponent + digits.dropped
  let below = nearestBits(digits.value, exponent: power)
  guard digits.droppedSome else { return Double(bitPattern: below) }
  // The digits dropped lie between those kept and those kept plus one: mostly both round alike.
  let above = nearestBits(digits.value + 1, exponent: power)
  guard below != above else { return Double(bitPattern: below) }
  return Double(bitPattern: nearer(below, bytes, range, exponent))
}

/// The first significant digits of a number.
private struct LeadingDigits {
  var value: UInt64 = 0
  /// How many digits came after those kept, and whether any of them is not zero.
  var dropped = 0
  var droppedSome = false

  init(_ bytes: Span<UInt8>, _ range: Range<Int>, keeping limit: Int) {
    var kept = 0
    for i in range where bytes[i] != UInt8(ascii: ".") {
      let digit = UInt64(bytes[i] &- UInt8(ascii: "0"))
      if kept < limit {
        value = value &* 10 &+ digit
        kept += value > 0 ? 1 : 0
      } else {
        dropped += 1
        droppedSome = droppedSome || digit > 0
      }
    }
  }
}

/// `lower` or the next Double, whichever is nearer to the number written; the even one when it lies halfway.
private func nearer(_ lower: UInt64, _ bytes: Span<UInt8>, _ range: Range<Int>, _ exponent: Int) -> UInt64 {
  let (digits, power) = exactDigits(bytes, range, exponent)
  var written = digits
  // Halfway is (2m + 1) · 2^(e - 1) for lower = m · 2^e.
  let biased = Int(lower >> 52)
  let fraction = lower & (1 << 52 - 1)
  let mantissa = biased == 0 ? fraction : fraction | 1 << 52
  var halfway = BigNatural(2 * mantissa + 1)
  let halfwayShift = max(biased, 1) - 1075 - 1 - power
  // Both sides are multiplied until they are whole: by 5^|power|, then by two.
  if power >= 0 { written.multiply(byPowerOfFive: power) } else { halfway.multiply(byPowerOfFive: -power) }
  if halfwayShift >= 0 { halfway.shiftLeft(halfwayShift) } else { written.shiftLeft(-halfwayShift) }
  let side = written.compare(halfway)
  return side < 0 || side == 0 && lower & 1 == 0 ? lower : lower + 1
}

/// All digits as one natural number, and the power of ten that belongs to it.
///
/// No halfway point has more than 767 digits, so beyond 800 it is enough to know that something follows.
private func exactDigits(
  _ bytes: Span<UInt8>, _ range: Range<Int>, _ exponent: Int
) -> (digits: BigNatural, power: Int) {
  var digits = BigNatural(0)
  var (kept, dropped, droppedSome) = (0, 0, false)
  for i in range where bytes[i] != UInt8(ascii: ".") {
    let digit = UInt64(bytes[i] &- UInt8(ascii: "0"))
    if kept < 800 {
      digits.multiply(by: 10, adding: digit)
      kept += digits.words.isEmpty ? 0 : 1
    } else {
      dropped += 1
      droppedSome = droppedSome || digit > 0
    }
  }
  if droppedSome {
    digits.multiply(by: 10, adding: 1)
    dropped -= 1
  }
  return (digits, exponent + dropped)
}
