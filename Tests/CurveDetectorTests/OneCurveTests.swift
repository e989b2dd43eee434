import Catenary
import Foundation
import Testing

@testable import CurveDetector

/// What the network says of edges: most series of one curve need not be cut at all.
@Suite(.needsOnnxRuntime) struct OneCurveTests {
  static let models = ModelCache(.builtIn)

  static func proposals(_ prices: [Double]) throws -> Proposals {
    try NetworkDetector.proposals(try PreparedSeries(prices).z, models)
  }

  @Test func `edges are expected where curves meet, and hardly where there is one`() throws {
    var dice = Dice(seed: 31)
    let curves = Pattern.allCases.filter { $0 != .none }
    var (ones, several) = (0, 0)
    for round in 0..<70 {
      let pattern = curves[round % 7]
      let q = Prices.draw(pattern, count: 300, &dice)
      let one = Prices.curve(pattern, q, count: 300, decibel: 20, &dice)
      if try Self.proposals(one).isOneCurve { ones += 1 }
      // A rise, an oscillation and a fall, one going on where the other ends.
      let wave = Prices.curve(.oscillating, [3, 0, 0], count: 120, decibel: 20, &dice)
      let rise = Prices.curve(.linear, [], count: 90, decibel: 20, &dice)
      let fall = Prices.curve(.linear, [], count: 90, decibel: 20, sign: -1, &dice)
      let (top, end) = (rise[89] - wave[0], rise[89] - wave[0] + wave[119] - fall[0])
      if try Self.proposals(rise + wave.map { $0 + top } + fall.map { $0 + end }).isOneCurve { several += 1 }
    }
    #expect(ones >= 66, "\(ones)")
    #expect(several <= 1, "\(several)")
  }

  @Test func `a series without edges is one curve in the answer`() throws {
    var dice = Dice(seed: 37)
    let engine = Engine(threads: 1)
    for _ in 0..<20 {
      let prices = Prices.walk(count: 400, &dice)
      guard try Self.proposals(prices).isOneCurve else { continue }
      let found = try engine.detect(prices)
      #expect(found.curves.count == 1 && found.curves[0].pattern == found.pattern)
    }
  }
}

/// What the statistics say of it, without a network.
@Suite struct ClearCurveTests {
  private static func isClear(_ prices: [Double], _ pattern: Pattern) throws -> Bool? {
    let z = try PreparedSeries(prices).z
    let likelihoods = Likelihoods(z)
    let chances = likelihoods.probabilities
    guard chances.max() == chances[pattern.index] else { return nil }
    let start = pattern == .none ? .zero : likelihoods.starts[pattern.index]
    let model = fitShape(pattern, start: start, to: z.span, points: 256)
    return OneCurve(pattern: pattern, confidence: chances[pattern.index], model: model, z: z).isClear
  }

  @Test func `most single curves are clear, those with a bend too many are not`() throws {
    var dice = Dice(seed: 41)
    let curves = Pattern.allCases.filter { $0 != .none }
    var (clear, seen, bent) = (0, 0, 0)
    for round in 0..<70 {
      let pattern = curves[round % 7]
      let q = Prices.draw(pattern, count: 300, &dice)
      if let isClear = try Self.isClear(
        Prices.curve(pattern, q, count: 300, decibel: 15, &dice), pattern)
      {
        seen += 1
        if isClear { clear += 1 }
      }
      // A line that turns steeper at two thirds, taken for one line.
      let bend = (0..<300).map {
        Double(min($0, 200)) / 300 + 6 * Double(max($0 - 200, 0)) / 300 + 0.02 * dice.normal()
      }
      let z = try PreparedSeries(bend).z
      let line = fitShape(.linear, start: .zero, to: z.span)
      if OneCurve(pattern: .linear, confidence: 0.9, model: line, z: z).isClear { bent += 1 }
    }
    #expect(seen >= 60 && Double(clear) >= 0.75 * Double(seen), "\(clear) of \(seen)")
    #expect(bent == 0)
  }

  @Test func `without a curve nothing is clear`() throws {
    var dice = Dice(seed: 43)
    #expect(try Self.isClear(Prices.walk(count: 400, &dice), .none) != true)
  }
}
