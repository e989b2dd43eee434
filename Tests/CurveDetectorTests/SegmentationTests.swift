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

  /// A piece that is flat but for rounding, between two lines.
  private static func withLevel(_ count: Int) -> [Double] {
    let third = Double(count / 3)
    return (0..<count).map { 100 + min(Double($0), third) / third + max(Double($0) - 2 * third, 0) / third }
  }

  @Test(arguments: [96, 300, 1500]) func `a level piece is none, in whatever units`(count: Int) throws {
    let prices = Self.withLevel(count)
    let found = try ClassicalDetector.detect(prices)
    #expect(found.curves.map(\.pattern) == [.linear, .none, .linear])
    for (scale, shift) in [(1e-3, 0.0), (3.7, 1000), (1, 1e6)] {
      let other = try ClassicalDetector.detect(prices.map { scale * $0 + shift })
      #expect(other.curves.map(\.pattern) == found.curves.map(\.pattern))
      #expect(other.curves.map(\.start) == found.curves.map(\.start))
      for (one, two) in zip(found.curves, other.curves) {
        #expect(abs(one.confidence - two.confidence) < 0.01)
      }
    }
  }

  @Test func `pieces of fewer than 16 prices are told with no more confidence than is measured`() throws {
    var dice = Dice(seed: 5)
    var short: [DetectedCurve] = []
    for round in 0..<400 {
      let (pieces, length) = (2 + round % 2, Int(dice.uniform(16, 40)))
      let patterns = (0..<pieces).map { _ in Pattern.allCases[Int(dice.uniform(0, 6))] }
      let prices = Self.series(
        patterns.map { ($0, Prices.draw($0, count: length, &dice), length, 1) }, noise: 0.05, &dice)
      short += try ClassicalDetector.detect(prices).curves.filter { $0.end - $0.start < 16 }
    }
    #expect(!short.isEmpty)
    for curve in short { #expect(curve.confidence > 0 && curve.confidence < 0.5, "\(curve)") }
  }
}
