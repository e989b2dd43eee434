import Testing

@testable import CurveDetector

/// Pieces of a series that are level, or too short for what the statistics were fitted on.
@Suite struct SmallPieceTests {
  @Test(arguments: [16, 20, 300]) func `a level piece is surely none, whatever rounding is left in it`(
    count: Int
  ) {
    var dice = Dice(seed: 3)
    for rounding in [0, 1e-15, 1e-9] {
      let z = (0..<count).map { _ in 0.7 + rounding * dice.normal() } + [-3, 2, 4]
      let piece = Segment(0..<count, of: z, nil)
      #expect(piece.pattern == .none && piece.confidence == 1)
    }
  }

  @Test(arguments: 9...15)
  func `a piece of fewer than 16 prices is judged, with no more confidence than is measured`(count: Int) {
    var dice = Dice(seed: UInt64(count))
    let line = (0..<count).map { Double($0) / 8 + 0.02 * dice.normal() }
    let arch = (0..<count).map { i in
      let u = Double(i) / Double(count - 1)
      return 4 * u * (1 - u) + 0.02 * dice.normal()
    }
    for (z, pattern) in [(line, Pattern.linear), (arch, .parabolic)] {
      let piece = Segment(0..<count, of: z, nil)
      #expect(piece.pattern == pattern)
      #expect(piece.confidence > 0 && piece.confidence < 0.5)
    }
  }
}
