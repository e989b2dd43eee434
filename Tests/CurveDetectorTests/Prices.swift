import CurveDetector
import Foundation

/// Numbers that look random and are the same everywhere (SplitMix64).
struct Dice {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  /// In 0 ..< 1.
  mutating func uniform() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }

  mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * uniform() }

  /// Box and Muller's.
  mutating func normal() -> Double {
    (-2 * log(1 - uniform())).squareRoot() * cos(2 * .pi * uniform())
  }
}

/// Series with a known curve in them, 100 plus the curve with a standard deviation of 2.
enum Prices {
  static let parameters: [Pattern: [Double]] = [
    .linear: [], .parabolic: [0.4], .exponential: [3], .logarithmic: [30], .oscillating: [4, 0.2, 0.5],
    .sigmoid: [0.45, 16], .step: [0.6],
  ]

  static func shape(_ pattern: Pattern, _ q: [Double], _ u: Double) -> Double {
    switch pattern {
    case .none: 0
    case .linear: u
    case .parabolic: (u - q[0]) * (u - q[0])
    case .exponential: exp(q[0] * u)
    case .logarithmic: log1p(q[0] * u)
    case .oscillating: exp(-q[2] * u) * sin(2 * .pi * (q[0] * u + q[1]))
    case .sigmoid: 1 / (1 + exp(-q[1] * (u - q[0])))
    case .step: u >= q[0] ? 1 : 0
    }
  }

  static func curve(
    _ pattern: Pattern, _ q: [Double], count: Int, decibel: Double, sign: Double = 1, _ dice: inout Dice
  ) -> [Double] {
    let f = (0..<count).map { shape(pattern, q, Double($0) / Double(count - 1)) }
    let mean = f.reduce(0, +) / Double(count)
    let spread = (f.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)).squareRoot()
    let noise = pow(10, -decibel / 20)
    return f.map { 100 + 2 * (sign * ($0 - mean) / spread + noise * dice.normal()) }
  }

  /// Parameters as the patterns' definitions draw them.
  static func draw(_ pattern: Pattern, count: Int, _ dice: inout Dice) -> [Double] {
    switch pattern {
    case .none, .linear: []
    case .parabolic: [dice.uniform(0.2, 0.8)]
    case .exponential: [dice.uniform(1.5, 6) * (dice.uniform() < 0.5 ? -1 : 1)]
    case .logarithmic: [exp(dice.uniform(log(8), log(100)))]
    case .oscillating:
      [dice.uniform(2, max(2.01, min(12, Double(count) / 8))), dice.uniform(), dice.uniform(-1, 1)]
    case .sigmoid: [dice.uniform(0.3, 0.7), dice.uniform(10, 25)]
    case .step: [dice.uniform(0.2, 0.8)]
    }
  }

  static func walk(count: Int, _ dice: inout Dice) -> [Double] {
    var price = 100.0
    return (0..<count).map { _ in
      price += dice.normal()
      return price
    }
  }
}
