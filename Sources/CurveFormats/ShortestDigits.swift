/// The shortest decimal that reads back as the same number, and of these the nearest: `digits · 10^exponent`.
struct ShortestDecimal: Equatable {
  var digits: UInt64
  var exponent: Int

  init(digits: UInt64, exponent: Int) { (self.digits, self.exponent) = (digits, exponent) }

  /// Written with `places` decimals, if it has no more of them and no more than fifteen digits.
  ///
  /// Two decimals of up to fifteen digits never read as the same number: the one found is the shortest.
  @inline(__always)
  init?(_ value: Double, places: Int) {
    let power = exactPowersOfTen[places]
    let scaled = value * power
    guard scaled < 1e15 else { return nil }
    let whole = Int64(scaled + 0.5)
    // Both are exact, so the quotient is what the decimal reads as.
    guard Double(whole) / power == value else { return nil }
    self.init(digits: UInt64(bitPattern: whole), exponent: -places)
  }

  /// - Shape: `value` is finite and above zero.
  /// - Source: R. Giulietti, "The Schubfach way to render doubles", 2021.
  init(_ value: Double) {
    let bits = value.bitPattern
    let fraction = bits & (1 << 52 - 1)
    let biased = Int(bits >> 52)
    let boundaries = Boundaries(fraction: fraction, biased: biased, fractionBits: 52, bias: 1075)
    self.init(boundaries) { scale, value in
      let low = scale.low.multipliedFullWidth(by: value).high
      let product = scale.high.multipliedFullWidth(by: value)
      let (sum, carry) = product.low.addingReportingOverflow(low)
      return product.high &+ (carry ? 1 : 0) | (sum > 1 ? 1 : 0)
    }
  }

  /// As for Double: the shortest that reads back as the same Float.
  init(_ value: Float) {
    let bits = UInt64(value.bitPattern)
    let boundaries = Boundaries(
      fraction: bits & (1 << 23 - 1), biased: Int(bits >> 23), fractionBits: 23, bias: 150)
    self.init(boundaries) { scale, value in
      // Sixty-four bits of the power are enough here, rounded up as the whole is.
      let high = scale.low == 0 ? scale.high : scale.high &+ 1
      let product = high.multipliedFullWidth(by: value)
      return product.high | (product.low >> 32 > 1 ? 1 : 0)
    }
  }

  /// Leaves out zeros at the end.
  mutating func dropZeros() {
    // Most numbers that people write have few digits, and eight zeros or more to drop.
    if digits % 100_000_000 == 0 {
      digits /= 100_000_000
      exponent += 8
    }
    while digits % 10 == 0 {
      digits /= 10
      exponent += 1
    }
  }

  /// Chooses among the decimals around the value; `roundToOdd` scales by a power of ten and keeps a sticky last bit.
  @inline(__always)
  private init(_ b: Boundaries, roundToOdd: ((high: UInt64, low: UInt64), UInt64) -> UInt64) {
    let closer = b.lowerIsCloser
    let k = (b.exponent * 1_262_611 - (closer ? 524_031 : 0)) >> 22
    let shift = UInt64(b.exponent + (-k * 1_741_647) >> 19 + 1)
    let scale = PowersOfFive.roundedUp(-k)
    let odd = b.mantissa & 1
    let lower = roundToOdd(scale, (4 * b.mantissa - 2 + (closer ? 1 : 0)) << shift) + odd
    let middle = roundToOdd(scale, (4 * b.mantissa) << shift)
    let upper = roundToOdd(scale, (4 * b.mantissa + 2) << shift) - odd
    let whole = middle / 4
    if whole >= 10 {
      let tens = whole / 10
      let (down, up) = (lower <= 40 * tens, 40 * tens + 40 <= upper)
      if down != up {
        (digits, exponent) = (tens + (up ? 1 : 0), k + 1)
        return
      }
    }
    let (down, up) = (lower <= 4 * whole, 4 * whole + 4 <= upper)
    let half = 4 * whole + 2
    let nearestUp = middle > half || middle == half && whole & 1 == 1
    (digits, exponent) = (whole + ((down != up ? up : nearestUp) ? 1 : 0), k)
  }
}

/// A binary number `mantissa · 2^exponent` and how near its lower neighbour is.
private struct Boundaries {
  var mantissa: UInt64
  var exponent: Int
  var lowerIsCloser: Bool

  @inline(__always)
  init(fraction: UInt64, biased: Int, fractionBits: UInt64, bias: Int) {
    mantissa = biased == 0 ? fraction : fraction | 1 << fractionBits
    exponent = max(biased, 1) - bias
    lowerIsCloser = fraction == 0 && biased > 1
  }
}
