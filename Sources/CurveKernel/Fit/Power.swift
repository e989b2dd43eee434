/// `base` to the power `exponent`, from the four operations and the square root alone, so that every build gives
/// the same bits. Relative error below 4·2⁻⁵³ for `exponent` in 0…1.
///
/// base = m·2ᵉ with m in √½…√2: base^x = 2^(x·e)·exp(x·ln m). x·e is split exactly, ln m comes from its
/// atanh series, the exponential from its Taylor series on |y| ≤ ln 2.
/// - Precondition: `base` is positive. An infinite one stays so, whatever the exponent.
func power(_ base: Double, _ exponent: Double) -> Double {
  if exponent == 1 || base == .infinity { return base }
  if exponent == 0.5 { return base.squareRoot() }
  if exponent == 0 { return 1 }
  var mantissa = base.significand
  var binary = Double(base.exponent)
  if mantissa > 1.4142135623730951 {
    mantissa /= 2
    binary += 1
  }
  // x·e = whole + rest: the upper 27 bits of x times e are exact.
  let upper = Double(Float(exponent))
  let product = upper * binary
  let whole = (product + 0x1.8p52) - 0x1.8p52  // the nearest integer, without a library call
  let rest = (product - whole) + (exponent - upper) * binary
  let y = exponent * logarithm(mantissa) + rest * 0x1.62e42fefa39efp-1
  return scaled(exponential(y), by: Int(whole))
}

/// ln m for m in √½…√2: 2·atanh((m − 1)/(m + 1)).
private func logarithm(_ m: Double) -> Double {
  let z = (m - 1) / (m + 1)
  let square = z * z
  // |z| ≤ 0.1716: the term z²³/23 is below 2⁻⁶⁰.
  var sum = 1.0 / 23
  var odd = 21.0
  while odd >= 3 {
    sum = sum * square + 1 / odd
    odd -= 2
  }
  return 2 * (z + z * square * sum)
}

/// eʸ for |y| ≤ 1 by its Taylor series; the term y²⁰/20! is below 2⁻⁶¹.
private func exponential(_ y: Double) -> Double {
  var sum = 1.0
  var n = 19.0
  while n >= 1 {
    sum = 1 + y / n * sum
    n -= 1
  }
  return sum
}

/// `value`·2ⁿ in steps that no exponent overflows.
func scaled(_ value: Double, by n: Int) -> Double {
  Double(sign: .plus, exponent: n, significand: value)
}
