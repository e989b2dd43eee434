import Testing

@testable import CurveDetector

/// Series that are hardly series, and the six metrics.
@Suite struct DegenerateTests {
  @Test func `the metrics are what one works out by hand`() throws {
    // Mean 2, variance 2/3: z = −√1.5, 0, √1.5; nothing is curved.
    let line = try ClassicalDetector.detect([1, 2, 3]).metrics
    let root = 1.5.squareRoot()
    #expect(abs(line.drift - 2 * root) < 1e-15)
    #expect(abs(line.decay - 2 * root / 3) < 1e-15)
    #expect(line.curvature < 1e-15)
    #expect(line.conflict == 1)
    #expect(abs(line.entropy - 2 * root / 3) < 1e-15)
    // z = −1, 1, −1, 1: the second differences are −4 and 4.
    let zigzag = try ClassicalDetector.detect([5, 7, 5, 7]).metrics
    #expect(zigzag.drift == 2 && zigzag.decay == 1 && zigzag.curvature == 4)
    #expect(zigzag.conflict == 1 && zigzag.entropy == 1 && zigzag.tension == 1)
    // Mean 5, deviation 2: z = −1.5, −0.5, −0.5, −0.5, 0, 0, 1, 2, its second differences −1, 0, 0.5, −0.5, 1, 0.
    let eight = try ClassicalDetector.detect([2, 4, 4, 4, 5, 5, 7, 9]).metrics
    #expect(eight.drift == 3.5 && eight.decay == 0.75 && eight.curvature == 0.5)
    #expect(eight.conflict == 1 && eight.entropy == 0.75 && eight.tension == 0.5)
    // Deviation 5: z = −0.2, 1.4, −1.4, 0.2; second differences −4.4 and 4.4.
    let four = try ClassicalDetector.detect([9, 17, 3, 11]).metrics
    for (found, truth) in [
      (four.drift, 0.4), (four.decay, 0.8), (four.curvature, 4.4), (four.conflict, 0.8),
      (four.entropy, 0.8), (four.tension, 1),
    ] { #expect(abs(found - truth) < 1e-14) }
    // A way back up has the same numbers but for the drift's sign.
    let back = try ClassicalDetector.detect([11, 3, 17, 9]).metrics
    #expect(abs(back.drift + 0.4) < 1e-14 && back.conflict == four.conflict)
    // 0, 1, …, 9 with a price missing is the line; mean 4.5, variance 8.25.
    let hole = try ClassicalDetector.detect([0, 1, 2, .nan, 4, 5, 6, 7, 8, 9]).metrics
    #expect(abs(hole.drift - 9 / 8.25.squareRoot()) < 1e-14)
    #expect(abs(hole.decay - 2.5 / 8.25.squareRoot()) < 1e-14 && hole.curvature < 1e-14)
    // Two prices, and one.
    let two = try ClassicalDetector.detect([3, 1]).metrics
    #expect(two.drift == -2 && two.decay == 1 && two.curvature == 0 && two.tension == 0)
    #expect(try ClassicalDetector.detect([3]).metrics == ClassicalDetector.detect([8, 8]).metrics)
  }

  @Test(arguments: ["7", "1 2", "42 42 42 42 42 42 42 42 42 42 42 42 42 42 42 42 42", "1 2 3 4 5 6 7 8 9"])
  func `few or equal prices are one none`(text: String) throws {
    let prices = text.split(separator: " ").compactMap { Double($0) }
    let found = try ClassicalDetector.detect(prices)
    #expect(found.pattern == .none)
    #expect(found.curves.map(\.end) == [prices.count])
    #expect(found.curves[0].pattern == .none && found.curves[0].controlPoints.isEmpty)
    #expect(found.metrics.drift.isFinite && found.curves[0].rmse.isFinite)
  }

  @Test(arguments: [16, 17, 64, 65, 257, 1024]) func `prices that jump to and fro are no curve`(count: Int)
    throws
  {
    // The network alone is sure of a sigmoid: it saw no noise like that.
    let prices = (0..<count).map { 100 + Double(1 - 2 * ($0 % 2)) }
    let models = ModelCache(.builtIn)
    for found in [try ClassicalDetector.detect(prices), try NetworkDetector.detect(prices, models)] {
      #expect(found.pattern == .none && found.confidence <= 1 && found.confidence > 0.3)
      #expect(found.curves.map(\.pattern) == [.none])
    }
  }

  @Test func `a stretch that its curve does not explain has none, and is one with its neighbours`() {
    // Noise of its own kind in three pieces, the second taken for a line.
    let z = (0..<96).map { Double(1 - 2 * ($0 % 2)) }
    var segmentation = Segmentation(z, nil)
    segmentation.segments = [(0..<32, Pattern.none), (32..<64, .linear), (64..<96, .none)].map {
      Segment($0.0, of: z, as: $0.1, nil)
    }
    #expect(segmentation.told().map(\.range) == [0..<96])
    #expect(segmentation.told()[0].pattern == .none)
  }

  @Test func `a constant series has no metrics`() throws {
    let metrics = try ClassicalDetector.detect([Double](repeating: 1e300, count: 20)).metrics
    #expect(metrics.drift == 0 && metrics.decay == 0 && metrics.curvature == 0)
  }

  @Test func `missing prices inside are filled, others are refused with their place`() throws {
    var prices = (0..<40).map { 100 + Double($0) }
    let whole = try ClassicalDetector.detect(prices)
    for hole in [3, 4, 20, 38] { prices[hole] = .nan }
    #expect(try ClassicalDetector.detect(prices).pattern == whole.pattern)
    prices[10] = .nan
    #expect(throws: DetectionError.tooManyMissing(missing: 5, count: 40)) {
      try ClassicalDetector.detect(prices)
    }
    prices[39] = .nan
    #expect(throws: DetectionError.missingEnd(index: 39)) { try ClassicalDetector.detect(prices) }
    prices[0] = .nan
    #expect(throws: DetectionError.missingEnd(index: 0)) { try ClassicalDetector.detect(prices) }
    prices[5] = -.infinity
    #expect(throws: DetectionError.infinite(index: 5)) { try ClassicalDetector.detect(prices) }
    #expect(throws: DetectionError.noPrices) { try ClassicalDetector.detect([]) }
    #expect(throws: DetectionError.noPrices) { try ClassicalDetector.detect([.nan, .nan]) }
  }

  @Test func `absurd magnitudes are judged like any`() throws {
    for scale in [1e300, 1e-300, 1.7e306] {
      let prices = (0..<100).map { scale * Double($0 % 100 + 1) }
      let found = try ClassicalDetector.detect(prices)
      #expect(found.pattern == .linear, "\(scale)")
      for point in found.curves[0].controlPoints { #expect(point.y.isFinite) }
    }
    let both = (0..<64).map { $0 < 32 ? -1.7e308 : 1.7e308 }
    #expect(try ClassicalDetector.detect(both).pattern == .step)
  }
}
