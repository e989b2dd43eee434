import Catenary
import Foundation
import Testing

/// The classical detector on series whose curve is known.
@Suite struct ClassicalDetectorTests {
  static let curves = Pattern.allCases.filter { $0 != .none }

  @Test(arguments: curves, [20.0, 60])
  func `each pattern is found with its parameters`(pattern: Pattern, decibel: Double) throws {
    for count in [90, 180, 1000] {
      var dice = Dice(seed: UInt64(count))
      let q = try #require(Prices.parameters[pattern])
      for sign in [1.0, -1] {
        let prices = Prices.curve(pattern, q, count: count, decibel: decibel, sign: sign, &dice)
        let found = try ClassicalDetector.detect(prices)
        #expect(found.pattern == pattern)
        #expect(found.confidence > 0.5)
        let curve = found.curves[0]
        #expect(curve.start == 0 && curve.end == count && found.curves.count == 1)
        #expect(curve.r2 > 0.95)
        try check(curve, q, count, sign)
      }
    }
  }

  private func check(_ curve: DetectedCurve, _ q: [Double], _ count: Int, _ sign: Double) throws {
    func near(_ name: String, _ truth: Double, _ tolerance: Double) throws {
      #expect(abs(try #require(curve[name]) - truth) <= tolerance, "\(name) \(curve[name] ?? .nan)")
    }
    switch curve.pattern {
    case .parabolic: try near("vertex", q[0], 0.03)
    case .exponential: try near("rate", q[0], 0.15 * abs(q[0]))
    case .logarithmic: try near("gain", q[0], 0.5 * q[0])
    case .oscillating: try near("cycles", q[0], 0.03 * q[0])
    case .sigmoid: try near("midpoint", q[0], 0.02)
    case .step: try near("at", (q[0] * Double(count - 1)).rounded(.up), 1)
    // A line with a standard deviation of 2 rises by 2·√12.
    case .linear: try near("slope", sign * 2 * 12.0.squareRoot(), 0.5)
    case .none: break
    }
    if curve.pattern != .oscillating { #expect(curve["direction"] == sign) }
  }

  @Test(arguments: [(16, 30), (32, 20), (64, 12), (128, 10), (256, 6), (1024, 4)])
  func `of 200 random walks few are claimed`(count: Int, most: Int) throws {
    var dice = Dice(seed: 7)
    var claimed = 0
    for _ in 0..<200 {
      let found = try ClassicalDetector.detect(Prices.walk(count: count, &dice))
      if found.pattern != .none, found.confidence >= 0.5 { claimed += 1 }
    }
    #expect(claimed <= most, "\(claimed)")
  }

  @Test func `macro-F1 over white noise of 0 to 30 dB is above nine tenths`() throws {
    var dice = Dice(seed: 11)
    var (hits, found, truth) = ([Pattern: Double](), [Pattern: Double](), [Pattern: Double]())
    for round in 0..<50 {
      for pattern in Pattern.allCases {
        let count = Int(exp(dice.uniform(log(24), log(400))))
        let q = Prices.draw(pattern, count: count, &dice)
        let prices =
          pattern == .none
          ? Prices.walk(count: count, &dice)
          : Prices.curve(pattern, q, count: count, decibel: [0, 5, 10, 20, 30][round % 5], &dice)
        let answer = try ClassicalDetector.detect(prices).pattern
        truth[pattern, default: 0] += 1
        found[answer, default: 0] += 1
        if answer == pattern { hits[pattern, default: 0] += 1 }
      }
    }
    let scores = Pattern.allCases.map {
      2 * hits[$0, default: 0] / (found[$0, default: 0] + truth[$0, default: 0])
    }
    let score = scores.reduce(0, +) / 8
    #expect(score >= 0.9, "\(score)")
  }

  @Test(arguments: curves)
  func `scale and shift change nothing but prices`(pattern: Pattern) throws {
    var dice = Dice(seed: 5)
    let q = try #require(Prices.parameters[pattern])
    let prices = Prices.curve(pattern, q, count: 200, decibel: 15, &dice)
    let found = try ClassicalDetector.detect(prices)
    for (scale, shift) in [(1e-3, 0.0), (7.3, 12_345), (1e6, -4e7), (1, 1e6), (1e290, 0), (1e-300, 0)] {
      let other = try ClassicalDetector.detect(prices.map { scale * $0 + shift })
      #expect(other.pattern == found.pattern)
      #expect(other.curves.map(\.start) == found.curves.map(\.start))
      #expect(abs(other.confidence - found.confidence) < 0.01)
      for parameter in other.curves[0].parameters { #expect(parameter.value.isFinite) }
    }
  }

  @Test func `many at once, on any number of threads, give the answers that each has alone`() throws {
    var dice = Dice(seed: 3)
    let series = Self.curves.flatMap { pattern in
      [40, 300].map { Prices.curve(pattern, Prices.parameters[pattern] ?? [], count: $0, decibel: 8, &dice) }
    }
    let alone = try series.map { try ClassicalDetector.detect($0) }
    for threads in [1, 2, 5] {
      let engine = Engine(threads: threads)
      #expect(try engine.detect(series: series, source: .classical).map { try $0.get() } == alone)
      #expect(try engine.detect(series[3], source: .classical) == alone[3])
    }
    #expect(Engine(threads: 2).detect(series: []).isEmpty)
  }

  @Test(arguments: curves)
  func `control points give the fitted curve back within a hundredth of its range`(pattern: Pattern) throws {
    var dice = Dice(seed: 9)
    let (count, q) = (500, try #require(Prices.parameters[pattern]))
    let prices = Prices.curve(pattern, q, count: count, decibel: 90, &dice)
    let points = try ClassicalDetector.detect(prices).curves[0].controlPoints
    #expect(points.count <= 256)
    let kind: CurveKind =
      pattern == .step
      ? .step(.after, parameterization: .x) : .cubic(boundary: .notAKnot, parameterization: .x)
    let curve = try Curve(kind, points: points)
    let range = (prices.max() ?? 0) - (prices.min() ?? 0)
    for drawn in try Engine(threads: 1).render(curve, .samplesPerSegment(32)) {
      let i = min(Int(drawn.x), count - 2)
      // Between the two prices of a jump anything is right.
      if pattern == .step, abs(prices[i + 1] - prices[i]) > 1 { continue }
      let share = drawn.x - Double(i)
      let price = prices[i] * (1 - share) + prices[i + 1] * share
      #expect(abs(drawn.y - price) < 0.01 * range)
    }
  }
}
