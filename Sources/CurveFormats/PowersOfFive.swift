/// The 128 leading bits of powers of five, for turning decimal digits into binary and back.
///
/// Made by exact arithmetic when first used (about 0.1 ms) rather than listed: 1,334 constants that nobody can check by eye.
/// Source: D. Lemire, "Number parsing at a gigabyte per second", 2021, section 5.
enum PowersOfFive {
  static let least = -342
  static let greatest = 324

  /// High and low word of each power from `least` to `greatest`: exact up to 5^55, rounded down beyond and below
  /// 5^-27, rounded up from 5^-27 to 5^-1, as the algorithm wants.
  static let words: [UInt64] = makeWords()

  private static func makeWords() -> [UInt64] {
    var words = [UInt64](repeating: 0, count: 2 * (greatest - least + 1))
    var power = BigNatural(1)
    for exponent in 0...greatest {
      set(&words, exponent, power.top128)
      power.multiply(by: 5)
    }
    // Rounding down by steps gives the same as rounding down once. 5^342 has 795 bits, so 128 good ones remain.
    var inverse = BigNatural(1)
    inverse.shiftLeft(960)
    for exponent in 1 ... -least {
      inverse.divide(by: 5)
      let top = inverse.top128
      set(&words, -exponent, exponent <= 27 ? next(top) : top)
    }
    return words
  }

  private static func set(_ words: inout [UInt64], _ exponent: Int, _ value: (high: UInt64, low: UInt64)) {
    words[2 * (exponent - least)] = value.high
    words[2 * (exponent - least) + 1] = value.low
  }

  private static func next(_ value: (high: UInt64, low: UInt64)) -> (high: UInt64, low: UInt64) {
    let (low, carry) = value.low.addingReportingOverflow(1)
    return (value.high &+ (carry ? 1 : 0), low)
  }

  /// The power rounded up where it is not exact, as writing shortest digits wants it.
  @inline(__always)
  static func roundedUp(_ exponent: Int) -> (high: UInt64, low: UInt64) {
    let value = (words[2 * (exponent - least)], words[2 * (exponent - least) + 1])
    return exponent < -27 || exponent > 55 ? next(value) : value
  }
}
