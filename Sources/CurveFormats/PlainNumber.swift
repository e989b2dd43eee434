/// A number as most programs write it: a sign, up to seven digits, and a point with up to seven digits.
///
/// No loop over digits and no branch on their count: where runs of them end is seen in sixteen bytes at once, so that the next
/// number can be begun before this one is worked out. Whatever is written otherwise is not taken, and left to `scanDecimal`;
/// what is taken has the same value to the last bit.
struct PlainNumber {
  let value: Double
  /// How many bytes it has; where it is not taken, anything.
  let count: Int
  /// Whether it is such a number, provided that what follows is none of a number's bytes.
  let isTaken: Bool

  /// - Precondition: `nearBytes` lie at `start`.
  /// - Source: digits ÷ 10⁸ with both exact rounds once (W. D. Clinger, 1990).
  @inline(__always)
  init(_ bytes: Span<UInt8>, at start: Int) {
    let (low, high) = (loadEight(bytes, near: start, 0) ^ zeros, loadEight(bytes, near: start, 8) ^ zeros)
    let sign: UInt64 = low & 0xFF == minus ? 0x80 : 0
    var others = notDigits(low) ^ sign
    let point = others.trailingZeroBitCount &>> 3
    var (end, fraction, places) = (point, 0 as UInt64, 1)
    if loadByte(bytes, near: start, point) == UInt8(ascii: ".") {
      others &= others &- 1
      end = others != 0 ? others.trailingZeroBitCount &>> 3 : 8 &+ notDigits(high).trailingZeroBitCount &>> 3
      places = end &- point &- 1
      let eight = loadEight(bytes, near: start, point &+ 1) ^ zeros
      fraction = joined(eight & ((1 &<< UInt64(truncatingIfNeeded: 8 &* places)) &- 1))
    }
    count = end
    let digits = point &- Int(truncatingIfNeeded: sign &>> 7)
    let first = low &>> (sign &>> 4)
    isTaken =
      UInt(bitPattern: digits &- 1) < 7 && UInt(bitPattern: places &- 1) < 7
      && (digits == 1 || first & 0xFF != 0)
    let whole = joined(first &<< UInt64(truncatingIfNeeded: 64 &- 8 &* digits))
    let magnitude = Double(Int64(bitPattern: whole &* 100_000_000 &+ fraction)) / 1e8
    value = Double(bitPattern: magnitude.bitPattern ^ (sign &<< 56))
  }
}

private let zeros: UInt64 = 0x3030_3030_3030_3030
private let minus: UInt64 = 0x2D ^ 0x30

/// The highest bit of each byte that is no digit, bytes less the character 0; exact up to the first of them, since sums
/// carry upwards only.
@inline(__always)
private func notDigits(_ eight: UInt64) -> UInt64 {
  ((eight &+ 0x7676_7676_7676_7676) | eight) & 0x8080_8080_8080_8080
}

/// Eight digits, the first in the lowest byte, as a number: three multiplications add neighbours, then pairs, then fours.
@inline(__always)
func joined(_ digits: UInt64) -> UInt64 {
  let pairs = digits &* 10 &+ (digits >> 8)
  let odd = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
  let even = ((pairs >> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
  return (odd &+ even) >> 32
}
