import Glibc

/// What the linear parameters of a shape multiply, at places evenly apart, eight at a time.
///
/// - Source: exponentials and oscillations by recurrence, e^{k(u + h)} = e^{ku}·e^{kh}, anew every 512 blocks, so that
///   rounding stays below 10⁻¹².
struct ShapeBasis {
  /// Of block b lane j: u = first + (8b + j)·step.
  let first, step: Double
  let blocks: Int
  private(set) var f: [SIMD8<Double>]
  /// The cosine where f is a sine; else unused.
  private(set) var g: [SIMD8<Double>] = []

  private static let lanes: SIMD8<Double> = [0, 1, 2, 3, 4, 5, 6, 7]
  private static let run = 512

  /// - Parameter count: values; the last block goes on beyond them.
  init(first: Double, step: Double, count: Int) {
    (self.first, self.step, blocks) = (first, step, (count + 7) / 8)
    f = [SIMD8<Double>](repeating: .zero, count: blocks)
  }

  @inline(__always)
  func u(_ block: Int) -> SIMD8<Double> { (Self.lanes + Double(8 * block)) * step + first }

  /// The shape's values in a block, once `fill` has seen the model.
  @inline(__always)
  func value(_ model: ShapeModel, _ block: Int) -> SIMD8<Double> {
    let value = f[block] * model.p[1] + model.p[0]
    return model.pattern == .oscillating ? value + g[block] * model.p[2] : value
  }

  mutating func fill(_ model: ShapeModel) {
    let p = model.p
    switch model.pattern {
    // Its scale is zero.
    case .none: break
    case .linear: for block in 0..<blocks { f[block] = u(block) }
    case .parabolic:
      for block in 0..<blocks {
        let t = u(block) - p[2]
        f[block] = t * t
      }
    case .exponential: fillExponentials(p[2], p[2] > 0 ? 1 : 0)
    case .logarithmic:
      let gain = exp(p[2])
      for block in 0..<blocks {
        let u = u(block)
        for lane in 0..<8 { f[block][lane] = log1p(gain * max(u[lane], 0)) }
      }
    case .oscillating: fillWaves(2 * .pi * p[3], -p[4])
    case .sigmoid:
      fillExponentials(-p[3], p[2])
      for block in 0..<blocks { f[block] = 1 / (1 + f[block]) }
    case .step:
      for block in 0..<blocks {
        f[block] = .zero
        f[block].replace(with: 1, where: u(block) .>= p[2])
      }
    }
  }

  /// e^{rate·(u − origin)}.
  private mutating func fillExponentials(_ rate: Double, _ origin: Double) {
    let ends = [first, first + Double(8 * blocks) * step].map { abs(rate * ($0 - origin)) }
    guard max(ends[0], ends[1]) < 600 else {
      for block in 0..<blocks {
        let u = u(block)
        for lane in 0..<8 { f[block][lane] = exp(rate * (u[lane] - origin)) }
      }
      return
    }
    let one = exp(rate * step)
    let two = one * one
    let four = two * two
    let shares: SIMD8<Double> = [1, one, two, two * one, four, four * one, four * two, four * two * one]
    for start in stride(from: 0, to: blocks, by: Self.run) {
      var block = shares * exp(rate * (first + Double(8 * start) * step - origin))
      for i in start..<min(start + Self.run, blocks) {
        f[i] = block
        block *= four * four
      }
    }
  }

  /// e^{rate·u}·sin(turn·u), and with the cosine.
  private mutating func fillWaves(_ turn: Double, _ rate: Double) {
    if g.isEmpty { g = f }
    // e^{(rate + i·turn)·step} and its powers.
    let one = wave(turn * step, rate * step)
    let two = product(one, one)
    let four = product(two, two)
    let three = product(two, one)
    let powers = [
      SIMD2(1, 0), one, two, three, four, product(four, one), product(four, two), product(four, three),
    ]
    var (real, imaginary) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
    for lane in 0..<8 { (real[lane], imaginary[lane]) = (powers[lane].x, powers[lane].y) }
    let eight = product(four, four)
    for start in stride(from: 0, to: blocks, by: Self.run) {
      let u = first + Double(8 * start) * step
      let origin = wave(turn * u, rate * u)
      var c = real * origin.x - imaginary * origin.y
      var s = real * origin.y + imaginary * origin.x
      for i in start..<min(start + Self.run, blocks) {
        (f[i], g[i]) = (s, c)
        (c, s) = (c * eight.x - s * eight.y, c * eight.y + s * eight.x)
      }
    }
  }
}

/// e^{rate + i·angle}: real, imaginary.
private func wave(_ angle: Double, _ rate: Double) -> SIMD2<Double> {
  SIMD2(cos(angle), sin(angle)) * exp(rate)
}

private func product(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> SIMD2<Double> {
  [a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x]
}
