/// Decimals close enough together that rounding to them does not show: a millionth of a range apart, or less.
struct DecimalGrid {
  /// A power of ten that a Double holds exactly; nil where none is large enough.
  private let scale: Double?

  /// - Parameter range: from the least to the greatest value; where it is zero, nothing is rounded.
  init(range: Double) {
    var power = 1.0
    while power * range < 1e6 && power < 1e22 { power *= 10 }
    scale = power * range >= 1e6 ? power : nil
  }

  /// The nearest of them; `value` itself where it would need more than fifteen digits.
  func rounded(_ value: Double) -> Double {
    guard let scale, (value * scale).magnitude < 1e15 else { return value }
    // A number so large has no room for a fraction; its sign leaves no −0.
    return (value * scale + 0x1.8p52 - 0x1.8p52) / scale
  }
}
