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

  /// The value at u, and its derivatives by the parameters.
  @inline(__always)
  func evaluate(_ u: Double) -> (value: Double, slopes: SIMD8<Double>) {
    switch pattern {
    case .none: return (p[0], [1, 0, 0, 0, 0, 0, 0, 0])
    case .linear: return (p[0] + p[1] * u, [1, u, 0, 0, 0, 0, 0, 0])
    case .parabolic:
      let t = u - p[2]
      return (p[0] + p[1] * t * t, [1, t * t, -2 * p[1] * t, 0, 0, 0, 0, 0])
    case .exponential:
      // From the end where it is largest, so that the scale stays near 1.
      let t = p[2] > 0 ? u - 1 : u
      let e = exp(p[2] * t)
      return (p[0] + p[1] * e, [1, e, p[1] * t * e, 0, 0, 0, 0, 0])
    case .logarithmic:
      let cu = exp(p[2]) * max(u, 0)
      let f = log1p(cu)
      return (p[0] + p[1] * f, [1, f, p[1] * cu / (1 + cu), 0, 0, 0, 0, 0])
    case .oscillating:
      let (angle, e) = (2 * .pi * p[3] * u, exp(-p[4] * u))
      let (s, c) = (e * sin(angle), e * cos(angle))
      let wave = p[1] * s + p[2] * c
      return (p[0] + wave, [1, s, c, 2 * .pi * u * (p[1] * c - p[2] * s), -u * wave, 0, 0, 0])
    case .sigmoid:
      let f = 1 / (1 + exp(-p[3] * (u - p[2])))
      let slope = p[1] * f * (1 - f)
      return (p[0] + p[1] * f, [1, f, -p[3] * slope, (u - p[2]) * slope, 0, 0, 0, 0])
    case .step:
      let f = u >= p[2] ? 1.0 : 0
      return (p[0] + p[1] * f, [1, f, 0, 0, 0, 0, 0, 0])
    }
  }

  func value(_ u: Double) -> Double { evaluate(u).value }

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
