import Foundation
import Testing

@testable import CurveDetector

/// The quick search among the shapes against regressions on all of them, written out.
@Suite struct ShapeSearchTests {
  /// What AR(1) noise of this correlation leaves white.
  private static func whitened(_ f: [Double], _ rho: Double) -> [Double] {
    f.indices.map { $0 == 0 ? f[0] * (1 - rho * rho).squareRoot() : f[$0] - rho * f[$0 - 1] }
  }

  private static func product(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// `a` without its share of `b`.
  private static func without(_ a: [Double], _ b: [Double]) -> [Double] {
    let share = product(a, b) / product(b, b)
    return zip(a, b).map { $0 - share * $1 }
  }

  /// What some shapes together explain of z, a constant taken out of all.
  private static func gain(_ z: [Double], _ shapes: [[Double]], _ rho: Double) -> Double {
    let one = whitened(z.map { _ in 1 }, rho)
    let y = without(whitened(z, rho), one)
    var basis: [[Double]] = []
    for shape in shapes {
      basis.append(basis.reduce(without(whitened(shape, rho), one)) { without($0, $1) })
    }
    return basis.reduce(0) { $0 + product($1, y) * product($1, y) / product($1, $1) }
  }

  private static func row(_ shapes: ShapeDictionary, _ row: Int) -> [Double] {
    (0..<shapes.cells).map { shapes.rows[row * shapes.blocks + $0 / 8][$0 % 8] }
  }

  /// All rows of a pattern, oscillations by their sines.
  private static func candidates(_ shapes: ShapeDictionary, _ pattern: Pattern) -> [Int] {
    shapes.entries.indices.filter {
      shapes.entries[$0].pattern == pattern && ($0 < shapes.firstPair || ($0 - shapes.firstPair) % 2 == 0)
    }
  }

  private static func explained(_ z: [Double], _ shapes: ShapeDictionary, _ row: Int, _ rho: Double) -> Double
  {
    gain(
      z,
      row < shapes.firstPair ? [Self.row(shapes, row)] : [Self.row(shapes, row), Self.row(shapes, row + 1)],
      rho)
  }

  @Test(arguments: [16, 41, 66])
  func `the row found explains as much as the best of all`(cells: Int) throws {
    let shapes = ShapeDictionary.of(cells: cells)
    var dice = Dice(seed: 11)
    let curves = Pattern.allCases.filter { $0 != .none }
    for (round, truth) in (curves + [.none]).enumerated() {
      let q = Prices.draw(truth, count: cells, &dice)
      let prices =
        truth == .none
        ? Prices.walk(count: cells, &dice)
        : Prices.curve(truth, q, count: cells, decibel: 5 * Double(round), &dice)
      let z = zScored(prices)
      let found = shapes.search.best(z, besides: besides(z))
      for (place, rho) in ShapeDictionary.correlations.enumerated() {
        for pattern in curves where pattern != .oscillating || truth == .oscillating {
          let best = Self.candidates(shapes, pattern).map { Self.explained(z, shapes, $0, rho) }.max() ?? 0
          let row = found[place * 7 + pattern.index]
          #expect(shapes.entries[row].pattern == pattern)
          #expect(
            Self.explained(z, shapes, row, rho) > best - 2e-5 * Double(cells), "\(truth) \(pattern) \(rho)")
        }
      }
    }
  }

  @Test func `the likelihood of a shape is that of a regression on it`() throws {
    var dice = Dice(seed: 12)
    let z = zScored(Prices.curve(.sigmoid, [0.45, 16], count: 41, decibel: 10, &dice))
    let (shapes, likelihoods) = (ShapeDictionary.of(cells: 41), Likelihoods(z))
    for pattern in Pattern.allCases where pattern != .none {
      var best = -Double.infinity
      for rho in ShapeDictionary.correlations {
        let total = Self.gain(z, [z], rho)
        for row in Self.candidates(shapes, pattern) {
          let rest = total - Self.explained(z, shapes, row, rho)
          best = max(best, -41 / 2 * log(rest / 41) + 0.5 * log(1 - rho * rho))
        }
      }
      // Damped oscillations are looked for near the best undamped ones only.
      let few = pattern == .oscillating ? 0.5 : 1e-6
      #expect(likelihoods.values[pattern.index] <= best + 1e-6, "\(pattern)")
      #expect(likelihoods.values[pattern.index] > best - few, "\(pattern)")
    }
  }
}
