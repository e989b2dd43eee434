/// The bits of the Double nearest to `digits · 10^exponent`, ties to even; those of infinity when it is too large.
///
/// - Shape: any 64-bit `digits`; the product with 128 bits of a power of five decides every case.
/// - Source: D. Lemire, "Number parsing at a gigabyte per second", 2021; that no fallback is needed for 64-bit digits:
///   N. Mushtak, D. Lemire, "Fast number parsing without fallback", 2023.
func nearestBits(_ digits: UInt64, exponent: Int) -> UInt64 {
  guard digits != 0, exponent >= PowersOfFive.least else { return 0 }
  guard exponent <= 308 else { return Double.infinity.bitPattern }
  let zeros = digits.leadingZeroBitCount
  let (high, low) = product(digits << UInt64(zeros), exponent)
  let upper = Int(high >> 63)
  let shift = UInt64(upper + 64 - 52 - 3)
  var mantissa = high >> shift
  // floor(log2(10^exponent)) in fixed point, then the biased exponent.
  var power = ((152_170 + 65_536) * exponent) >> 16 + 63 + upper - zeros + 1023
  if power <= 0 { return subnormalBits(mantissa, power: power) }
  // Exactly halfway happens only in this range of exponents, and only when the dropped bits are all zero.
  if low <= 1, exponent >= -4, exponent <= 23, mantissa & 3 == 1, mantissa << shift == high { mantissa &= ~1 }
  mantissa = (mantissa + (mantissa & 1)) >> 1
  if mantissa >= 2 << 52 {
    mantissa = 1 << 52
    power += 1
  }
  guard power < 0x7FF else { return Double.infinity.bitPattern }
  return mantissa & ~(1 << 52) | UInt64(power) << 52
}

/// The upper 128 bits of `digits · 5^exponent`, the second half of the power brought in only where it can matter.
@inline(__always)
private func product(_ digits: UInt64, _ exponent: Int) -> (high: UInt64, low: UInt64) {
  let index = 2 * (exponent - PowersOfFive.least)
  let words = PowersOfFive.words
  var (high, low) = digits.multipliedFullWidth(by: words[index])
  let precisionMask = UInt64.max >> 55
  if high & precisionMask == precisionMask {
    let second = digits.multipliedFullWidth(by: words[index + 1]).high
    low = low &+ second
    if second > low { high &+= 1 }
  }
  return (high, low)
}

/// Numbers below 2^-1022: fewer bits of the mantissa remain.
private func subnormalBits(_ mantissa: UInt64, power: Int) -> UInt64 {
  let shift = 1 - power
  guard shift < 64 else { return 0 }
  let kept = mantissa >> UInt64(shift)
  // When rounding reaches 2^52 the sum is the first normal number, its exponent bits being the carry.
  return (kept + (kept & 1)) >> 1
}
