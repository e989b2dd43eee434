import CurveDetector
import Testing

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
