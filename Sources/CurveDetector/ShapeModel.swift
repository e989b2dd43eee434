import Glibc

/// A shape with its parameters: linear ones first, then those that bend it. Unused lanes are zero.
///
/// - Shape: offset, scale; oscillating: offset, sine, cosine. Then vertex; rate; ln of the gain; cycles, damping;
///   midpoint, steepness; for a step the share of u at which it jumps.
struct ShapeModel {
  let pattern: Pattern
  var p = SIMD8<Double>()

  var linearCount: Int { pattern == .none ? 1 : pattern == .oscillating ? 3 : 2 }
  var count: Int {
    switch pattern {
    case .none: 1
    case .linear, .step: 2
    case .parabolic, .exponential, .logarithmic: 3
    case .sigmoid: 4
    case .oscillating: 5
    }
  }

  /// - Parameter start: the bending parameters to begin with.
  init(_ pattern: Pattern, start: SIMD2<Double>) {
    self.pattern = pattern
    p[linearCount] = start.x
    p[linearCount + 1] = start.y
  }

  /// The value at one place; of many `ShapeBasis` is quicker.
  func value(_ u: Double) -> Double {
    switch pattern {
    case .none: return p[0]
    case .linear: return p[0] + p[1] * u
    case .parabolic: return p[0] + p[1] * (u - p[2]) * (u - p[2])
    // From the end where it is largest, so that the scale stays near 1.
    case .exponential: return p[0] + p[1] * exp(p[2] * (p[2] > 0 ? u - 1 : u))
    case .logarithmic: return p[0] + p[1] * log1p(exp(p[2]) * max(u, 0))
    case .oscillating:
      let angle = 2 * .pi * p[3] * u
      return p[0] + exp(-p[4] * u) * (p[1] * sin(angle) + p[2] * cos(angle))
    case .sigmoid: return p[0] + p[1] / (1 + exp(-p[3] * (u - p[2])))
    case .step: return p[0] + (u >= p[2] ? p[1] : 0)
    }
  }

  /// Keeps the bending parameters somewhat around what the patterns are defined for.
  mutating func clamp() {
    func limit(_ i: Int, _ low: Double, _ high: Double) { p[i] = min(max(p[i], low), high) }
    switch pattern {
    case .parabolic: limit(2, 0.05, 0.95)
    case .exponential: p[2] = p[2] < 0 ? min(max(p[2], -12), -0.3) : min(max(p[2], 0.3), 12)
    case .logarithmic: limit(2, 0, 6.2)
    case .oscillating:
      limit(3, 1, 40)
      limit(4, -3, 3)
    case .sigmoid:
      limit(2, 0.1, 0.9)
      limit(3, 4, 80)
    case .none, .linear, .step: break
    }
  }
}
