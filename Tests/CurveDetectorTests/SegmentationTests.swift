import Catenary
import CurveDetector
import Testing

/// Series of several curves: what they are cut into.
@Suite struct SegmentationTests {
  /// Pieces of unit height, each from where the last ended plus a jump, under white noise.
  static func series(
    _ pieces: [(pattern: Pattern, q: [Double], length: Int, sign: Double)], jumps: [Double] = [],
    noise: Double, _ dice: inout Dice
  ) -> [Double] {
    var (level, values) = (0.0, [Double]())
    for (i, piece) in pieces.enumerated() {
      let f = (0..<piece.length).map {
        Prices.shape(piece.pattern, piece.q, Double($0) / Double(piece.length - 1))
      }
      let (low, high) = (f.min() ?? 0, f.max() ?? 1)
      if i > 0, i <= jumps.count { level += jumps[i - 1] }
      let start = level
      for value in f { values.append(start + piece.sign * (value - f[0]) / max(high - low, 1e-9)) }
      level = values[values.count - 1]
    }
    return values.map { 100 + 5 * ($0 + noise * dice.normal()) }
  }

  private func edges(_ found: Detection) -> [Int] { found.curves.dropFirst().map(\.start) }

  @Test(arguments: [0.001, 0.03], [120, 300, 1500])
  func `up and down again is two lines with their edge`(noise: Double, count: Int) throws {
    var dice = Dice(seed: UInt64(count))
    let half = count / 2
    let prices = Self.series(
      [(.linear, [], half, 1), (.linear, [], count - half, -1)], noise: noise, &dice)
    let found = try ClassicalDetector.detect(prices)
    #expect(found.curves.map(\.pattern) == [.linear, .linear])
    let edge = try #require(edges(found).first)
    #expect(abs(edge - half) <= max(2, count / 50), "\(edge)")
    #expect(found.curves[0]["direction"] == 1 && found.curves[1]["direction"] == -1)
  }

  @Test(arguments: [100, 400, 3000])
  func `curves follow each other, cover the series, and no two neighbours are none`(count: Int) throws {
    var dice = Dice(seed: 21)
    for _ in 0..<20 {
      let patterns = (0..<3).map { _ in Pattern.allCases[Int(dice.uniform(0, 6))] }
      let prices = Self.series(
        patterns.map { ($0, Prices.draw($0, count: count / 3, &dice), count / 3, 1) }, noise: 0.03, &dice)
      let found = try ClassicalDetector.detect(prices)
      #expect(found.curves.first?.start == 0 && found.curves.last?.end == prices.count)
      for (a, b) in zip(found.curves, found.curves.dropFirst()) {
        #expect(a.end == b.start)
        #expect(a.pattern != .none || b.pattern != .none)
      }
      if found.curves.count > 1 { #expect(!found.curves.contains { $0.pattern == .step }) }
    }
  }

  /// A curve of a pattern, then a line that falls; every second time from a jump.
  @Test(
    arguments: [Pattern.parabolic, .exponential, .logarithmic, .oscillating, .sigmoid, .linear],
    [0.01, 0.04])
  func `a curve before a line is found with its edge, clean and noisy`(pattern: Pattern, noise: Double)
    throws
  {
    var dice = Dice(seed: 31)
    var found = 0
    for round in 0..<20 {
      let count = 60 + 20 * round
      let q = Prices.draw(pattern, count: count, &dice)
      let prices = Self.series(
        [(pattern, q, count, 1), (.linear, [], count, -1)], jumps: round % 2 == 0 ? [] : [-0.7], noise: noise,
        &dice)
      let curves = try ClassicalDetector.detect(prices).curves
      if curves.contains(where: {
        $0.pattern == pattern && $0.start == 0 && abs($0.end - count) <= max(2, count / 25)
      }) {
        found += 1
      }
    }
    #expect(found >= 10, "\(found) of 20")
  }

  @Test(arguments: [48, 256, 1000])
  func `a single curve stays one`(count: Int) throws {
    var dice = Dice(seed: 41)
    for pattern in ClassicalDetectorTests.curves {
      for decibel in [10.0, 20, 40] {
        let q = Prices.draw(pattern, count: count, &dice)
        let found = try ClassicalDetector.detect(
          Prices.curve(pattern, q, count: count, decibel: decibel, &dice))
        #expect(found.curves.count == 1, "\(pattern) \(decibel)")
      }
    }
  }

  @Test(arguments: [64, 300, 2000])
  func `random walks are not cut into curves over half of them`(count: Int) throws {
    var dice = Dice(seed: 43)
    var claimed = 0
    for _ in 0..<60 {
      let curves = try ClassicalDetector.detect(Prices.walk(count: count, &dice)).curves
      if curves.contains(where: {
        $0.pattern != .none && $0.confidence >= 0.5 && 2 * ($0.end - $0.start) >= count
      }) {
        claimed += 1
      }
    }
    #expect(claimed <= 5, "\(claimed) of 60")
  }

  @Test func `scale, shift, company and threads change neither edges nor patterns`() throws {
    var dice = Dice(seed: 47)
    let prices = Self.series(
      [(.linear, [], 90, 1), (.oscillating, [3, 0, 0.3], 120, 1), (.exponential, [-3], 80, -1)], noise: 0.02,
      &dice)
    let alone = try ClassicalDetector.detect(prices)
    #expect(alone.curves.count > 1)
    for (scale, shift) in [(1e-3, 0.0), (7.3, 12_345), (1e6, -4e7), (1e290, 0)] {
      let other = try ClassicalDetector.detect(prices.map { scale * $0 + shift })
      #expect(other.curves.map(\.start) == alone.curves.map(\.start))
      #expect(other.curves.map(\.pattern) == alone.curves.map(\.pattern))
      for (a, b) in zip(other.curves, alone.curves) { #expect(abs(a.confidence - b.confidence) < 0.01) }
    }
    let engine = Engine(threads: 3)
    let many = engine.detect(series: [prices, Array(prices.reversed()), prices], source: .classical)
    #expect(try many[0].get() == alone && many[2].get() == alone)
  }

  @Test(arguments: [15, 16, 31, 32, 33, 64, 200, 5000])
  func `flat stretches, a spike, a monstrous outlier and stairs are answered whole`(count: Int) throws {
    let flat = (0..<count).map { $0 < count / 3 ? Double($0) : 5 }
    var spike = [Double](repeating: 5, count: count)
    spike[count / 2] = 6
    var outlier = (0..<count).map { Double($0) }
    outlier[count / 3] = 1e6 * Double(count)
    for prices in [flat, spike, outlier, (0..<count).map { Double($0 * 5 / count) }] {
      let found = try ClassicalDetector.detect(prices)
      #expect(found.curves.first?.start == 0 && found.curves.last?.end == count)
      for curve in found.curves {
        #expect((0...1).contains(curve.confidence) && curve.rmse.isFinite && curve.r2.isFinite)
      }
    }
  }

  @Test func `the edge between half a million prices and more is found among them`() throws {
    var dice = Dice(seed: 53)
    let prices = Self.series(
      [(.linear, [], 500_000, 1), (.linear, [], 700_000, -1)], noise: 0.02, &dice)
    let found = try ClassicalDetector.detect(prices)
    #expect(found.curves.map(\.pattern) == [.linear, .linear])
    #expect(abs(found.curves[0].end - 500_000) < 6_000, "\(found.curves[0].end)")
  }
}
