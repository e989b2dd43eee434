/// A mark of an axis.
struct AxisTick: Equatable {
  var value: Double
  var label: String
}

/// Marks at round numbers or dates.
enum AxisTicks {
  /// Marks at multiples of 1, 2 or 5 times a power of ten, at most `count` steps apart.
  ///
  /// Values and labels come from the same whole number of steps: no label shows a rounding, and no step is so small beside
  /// the numbers that marks would be moved to the next Double.
  static func numbers(_ range: AxisRange, count: Int) -> [AxisTick] {
    let largest = max(abs(range.low), abs(range.high))
    let least = max(range.reach / Double(count) * 2, largest.ulp * 4)
    guard count > 0, let step = DecimalStep(atLeast: least) else { return [] }
    let (first, last) = (range.low / step.value, range.high / step.value)
    guard abs(first) < 1e16, abs(last) < 1e16 else { return [] }
    let slack = max(1e-9, max(abs(first), abs(last)) * 4e-16)
    let (from, to) = ((first - slack).rounded(.up), (last + slack).rounded(.down))
    guard from <= to else { return [] }
    // Digits that tell a mark from the next one: written with a power of ten, many of them cannot be read.
    let isPlain = largest >= 1e9 && largest < 1e16 && largest >= step.value * 1e4
    return (Int(from)...Int(to)).map { k in
      let (digits, exponent) = (k * step.digit, step.exponent)
      let value = Double("\(digits)e\(exponent)") ?? 0
      return AxisTick(value: value, label: label(digits, exponent, axisSize: largest, isPlain: isPlain))
    }
  }

  /// `digits · 10^exponent` as all labels of an axis are written whose largest number is `axisSize`.
  ///
  /// - Parameter isPlain: whether large numbers have all their digits instead of a power of ten.
  static func label(_ digits: Int, _ exponent: Int, axisSize: Double, isPlain: Bool = false) -> String {
    if digits == 0 { return "0" }
    let hasPower = axisSize < 1e-3 || axisSize >= 1e9 && !isPlain
    let sign = digits < 0 ? "−" : ""
    var (size, exponent) = (digits.magnitude, exponent)
    while size.isMultiple(of: 10), exponent < 0 || hasPower {
      (size, exponent) = (size / 10, exponent + 1)
    }
    let text = String(size)
    if hasPower {
      let power = exponent + text.count - 1
      let mantissa = text.count == 1 ? text : text.prefix(1) + "." + text.dropFirst()
      return power == 0 ? sign + mantissa : "\(sign)\(mantissa)×10\(superscript(power))"
    }
    if exponent >= 0 { return sign + grouped(text + String(repeating: "0", count: exponent), axisSize) }
    let padded = String(repeating: "0", count: max(0, 1 - exponent - text.count)) + text
    return sign + grouped(String(padded.dropLast(-exponent)), axisSize) + "." + padded.suffix(-exponent)
  }

  /// Whole digits with a comma before each three, on axes that reach ten thousand.
  private static func grouped(_ digits: String, _ axisSize: Double) -> String {
    guard axisSize >= 10_000 else { return digits }
    var text = ""
    for (i, digit) in digits.enumerated() {
      if i > 0, (digits.count - i).isMultiple(of: 3) { text += "," }
      text.append(digit)
    }
    return text
  }

  private static func superscript(_ number: Int) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return (number < 0 ? "⁻" : "")
      + String(String(number.magnitude).utf8.map { digits[Int($0 - UInt8(ascii: "0"))] })
  }
}

/// 1, 2 or 5 times a power of ten.
private struct DecimalStep {
  let digit, exponent: Int
  let value: Double

  /// The smallest that is not below `least`; nil where there is none in Double.
  init?(atLeast least: Double) {
    guard least > 0, least.isFinite else { return nil }
    let decimal = ShortestDecimal(least)
    let power = digitCount(decimal.digits) + decimal.exponent - 1
    for (digit, exponent) in [(1, power), (2, power), (5, power), (1, power + 1)] {
      if let value = Double("\(digit)e\(exponent)"), value >= least, value.isFinite {
        (self.digit, self.exponent, self.value) = (digit, exponent, value)
        return
      }
    }
    return nil
  }
}
