import CurveDetector
import Testing

/// Pieces of a series that are level, or too short for what the statistics were fitted on.
@Suite struct SmallPieceTests {
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
      let prices = SegmentationTests.series(
        patterns.map { ($0, Prices.draw($0, count: length, &dice), length, 1) }, noise: 0.05, &dice)
      short += try ClassicalDetector.detect(prices).curves.filter { $0.end - $0.start < 16 }
    }
    #expect(!short.isEmpty)
    for curve in short { #expect(curve.confidence > 0 && curve.confidence < 0.5, "\(curve)") }
  }
}
