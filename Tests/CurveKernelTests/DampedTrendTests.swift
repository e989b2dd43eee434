import CurveKernel
import Testing

/// Gardner & McKenzie's damped trend against hand-worked values and their own recursion.
@Suite struct DampedTrendTests {
  /// The recursion as the paper writes it, S(t) = A·y(t) + (1 − A)(S(t−1) + φ·T(t−1)) with A = 1,
  /// T(t) = B·(S(t) − S(t−1)) + (1 − B)·φ·T(t−1).
  static func recursion(_ y: [Double], _ w: DampedTrend.Weights) -> (trend: Double, squares: Double) {
    var (level, trend, squares) = (y[1], y[1] - y[0], 0.0)
    for value in y.dropFirst(2) {
      let forecast = level + w.phi * trend
      squares += (value - forecast) * (value - forecast)
      trend = w.beta * (value - level) + (1 - w.beta) * w.phi * trend
      level = value
    }
    return (trend, squares)
  }

  static func trend(_ y: [Double]) -> DampedTrend {
    DampedTrend(values: y.span, steps: [Double](repeating: 1, count: y.count - 1).span)
  }

  static func noisy(_ count: Int, seed: UInt64) -> [Double] {
    var random = Random(seed: seed)
    var (y, slope) = (100.0, 1.0)
    return (0..<count).map { _ in
      slope = 0.9 * slope + Double.random(in: -0.5...0.5, using: &random)
      y += slope
      return y + Double.random(in: -1...1, using: &random)
    }
  }

  @Test func `a trend that halves goes on halving`() throws {
    // Steps 8, 4, 2, so that φ = 1/2: 14 + 1, 14 + 1 + 1/2, …, towards 16.
    let predicted = try Curve(.linear(), points: [0, 8, 12, 14] as [Double])
      .predicted(horizon: 60, extrapolation: .damped)
    #expect(predicted.prefix(4) == [15, 15.5, 15.75, 15.875])
    #expect(predicted.last == 16)
  }

  @Test func `growth that accelerates goes on straight`() throws {
    let predicted = try Curve(.linear(), points: [0, 1, 4, 9, 16] as [Double])
      .predicted(horizon: 3, extrapolation: .damped)
    #expect(predicted == [23, 30, 37])
  }

  @Test(arguments: [3, 4, 5, 12, 100, 256], [1, 2] as [UInt64])
  func `the trend is the recursion's`(count: Int, seed: UInt64) throws {
    let y = Self.noisy(count, seed: seed)
    let fitted = Self.trend(y)
    let (trend, _) = Self.recursion(y, fitted.weights)
    #expect(abs(fitted.trend - trend) <= 1e-12 * 100)
    let predicted = try Curve(.akima(), points: y).predicted(horizon: 50, extrapolation: .damped)
    var (sum, power) = (0.0, 1.0)
    for s in 0..<50 {
      power *= fitted.weights.phi
      sum += power
      #expect(abs(predicted[s] - (y[count - 1] + sum * trend)) <= 1e-10)
    }
  }

  @Test(arguments: [5, 30, 200]) func `no weights of the grid are better`(count: Int) {
    for seed in 3...5 as ClosedRange<UInt64> {
      let y = Self.noisy(count, seed: seed)
      let least = Self.recursion(y, Self.trend(y).weights).squares
      for i in 1...10 {
        for j in 1...10 {
          let weights = DampedTrend.Weights(beta: Double(i) / 10, phi: Double(j) / 10)
          #expect(least <= Self.recursion(y, weights).squares * (1 + 1e-9))
        }
      }
    }
  }

  @Test func `weights between the grid's are found`() {
    // φ = 0.93 without noise: the error vanishes there and nowhere else.
    var (y, step) = ([0.0], 1.0)
    for _ in 0..<40 {
      y.append(y[y.count - 1] + step)
      step *= 0.93
    }
    #expect(abs(Self.trend(y).weights.phi - 0.93) <= 0.1 / 1024)
  }

  @Test func `only the last 256 values count`() {
    let y = Self.noisy(256, seed: 9)
    let far = Self.noisy(1000, seed: 10).map { 50 * $0 }
    #expect(Self.trend(far + y) == Self.trend(y))
  }

  @Test func `a larger unit changes nothing but the unit`() {
    let y = Self.noisy(20, seed: 4)
    let plain = Self.trend(y)
    for exponent in [-1000, -300, 300, 1000] {
      let unit = Double(sign: .plus, exponent: exponent, significand: 1)
      let scaled = Self.trend(y.map { $0 * unit })
      #expect(scaled.weights == plain.weights)
      #expect(scaled.trend == plain.trend * unit)
    }
  }

  @Test func `with uneven x the trend is per unit of x, the damping per point`() throws {
    // Slopes 8, 4, 2 over steps 1, 2, 1: φ = 1/2 again.
    let points: [SIMD2<Double>] = [[0, 0], [1, 8], [3, 16], [4, 18]]
    let predicted = try Curve(.linear(parameterization: .x), points: points)
      .predicted(horizon: 3, extrapolation: .damped)
    #expect(predicted == [[5, 19], [6, 19.5], [7, 19.75]])
  }

  @Test func `each coordinate has a trend of its own`() throws {
    let points: [SIMD2<Double>] = [[0, 0], [1, 8], [2, 12], [3, 14]]
    let predicted = try Curve(.catmullRom(), points: points).predicted(horizon: 3, extrapolation: .damped)
    #expect(predicted == [[4, 15], [5, 15.5], [6, 15.75]])
  }
}
