import Catenary
import Foundation
import Testing

/// The same prices give the same answer: in other units, alone or among others, on any thread.
@Suite struct InvarianceTests {
  /// Who judges; without ONNX Runtime both are the statistics.
  static let sources: [Detection.Source] = [.classical, .onnx]

  private static let engine = Engine(threads: 1)

  static func detect(_ prices: [Double], _ source: Detection.Source) throws -> Detection {
    try engine.detect(prices, source: source)
  }

  /// Each pattern, walks, and series that are one curve after another, about a level of 100.
  static let series: [[Double]] = {
    var dice = Dice(seed: 77)
    var list: [[Double]] = []
    for pattern in Pattern.allCases where pattern != .none {
      for (count, decibel) in [(24, 15.0), (130, 20), (700, 5)] {
        list.append(
          Prices.curve(pattern, Prices.parameters[pattern] ?? [], count: count, decibel: decibel, &dice))
      }
    }
    for count in [20, 90, 400] { list.append(Prices.walk(count: count, &dice)) }
    for seed in 0..<3 {
      let parts = [Pattern.linear, .oscillating, .exponential].map { pattern in
        Prices.curve(
          pattern, Prices.parameters[pattern] ?? [], count: 80 + 30 * seed, decibel: 20, &dice)
      }
      list.append(parts.flatMap(\.self))
    }
    return list
  }()

  /// Scales and shifts, the shift in units of the scaled prices' own deviation of 2: enough digits remain.
  static let maps: [(scale: Double, shift: Double)] = [
    (1e-6, 0), (1e-3, 5), (0.01, -1), (7.3, 12_345), (1e3, -4e5), (1e6, 0), (1e6, 3e8), (1e290, 0),
    (1e-290, 0),
    // 100,000 moving by half a per cent.
    (62.5, 93_750), (1, 99_900), (1, -1e7),
  ]

  @Test(arguments: sources, maps)
  func `scale and shift change prices and nothing else`(
    source: Detection.Source, map: (scale: Double, shift: Double)
  ) throws {
    for prices in Self.series {
      let found = try Self.detect(prices, source)
      let other = try Self.detect(prices.map { map.scale * $0 + map.shift }, source)
      #expect(other.pattern == found.pattern)
      #expect(abs(other.confidence - found.confidence) < 0.01)
      #expect(other.curves.map(\.start) == found.curves.map(\.start))
      #expect(other.curves.map(\.end) == found.curves.map(\.end))
      #expect(other.curves.map(\.pattern) == found.curves.map(\.pattern))
      for (one, two) in zip(found.curves, other.curves) {
        #expect(abs(two.confidence - one.confidence) < 0.01)
        #expect(abs(two.rmse / map.scale - one.rmse) < 1e-3 * (1 + one.rmse))
        #expect(two.parameters.map(\.name) == one.parameters.map(\.name))
        for parameter in two.parameters { #expect(parameter.value.isFinite) }
      }
    }
  }

  @Test(arguments: sources, [-30, -1, 1, 40])
  func `a scale that changes no digit changes no digit`(source: Detection.Source, power: Int) throws {
    let scale = Double(sign: .plus, exponent: power, significand: 1)
    for prices in Self.series {
      let found = try Self.detect(prices, source)
      let other = try Self.detect(prices.map { scale * $0 }, source)
      #expect(other.confidence == found.confidence && other.metrics == found.metrics)
      #expect(other.curves.map(\.r2) == found.curves.map(\.r2))
      #expect(other.curves.map { $0.rmse / scale } == found.curves.map(\.rmse))
    }
  }

  @Test func `upside down the statistics find the same curve the other way`() throws {
    for prices in Self.series {
      let found = try Self.detect(prices, .classical)
      let other = try Self.detect(prices.map { 200 - $0 }, .classical)
      #expect(other.pattern == found.pattern && abs(other.confidence - found.confidence) < 0.01)
      #expect(other.curves.map(\.start) == found.curves.map(\.start))
      for (one, two) in zip(found.curves, other.curves) where one.pattern != .oscillating {
        #expect(two["direction"] == one["direction"].map { -$0 })
      }
    }
  }

  @Test(arguments: sources, [1, 2, 3, 8])
  func `in a batch, in any order, on any number of threads, answers have the same bits as alone`(
    source: Detection.Source, threads: Int
  ) throws {
    let alone = try Self.series.map { try Self.detect($0, source) }
    let engine = Engine(threads: threads)
    #expect(try engine.detect(series: Self.series, source: source).map { try $0.get() } == alone)
    #expect(
      try engine.detect(series: Self.series.reversed(), source: source).map { try $0.get() }
        == alone.reversed())
    for (prices, answer) in zip(Self.series, alone) {
      #expect(try engine.detect(prices, source: source) == answer)
    }
  }

  @Test(arguments: sources)
  func `tasks that share an engine get the answers that each would have alone`(
    source: Detection.Source
  ) async throws {
    let alone = try Self.series.map { try Self.detect($0, source) }
    let engine = Engine(threads: 2)
    await withTaskGroup(of: (Int, Detection?).self) { group in
      for round in 0..<4 {
        for index in Self.series.indices {
          group.addTask {
            let place = (index * 5 + round) % Self.series.count
            return (place, try? engine.detect(Self.series[place], source: source))
          }
        }
      }
      for await (place, answer) in group { #expect(answer == alone[place]) }
    }
  }

  @Test(arguments: sources)
  func `a series that cannot be judged leaves the others of its batch alone`(source: Detection.Source) throws
  {
    var batch = Array(Self.series.prefix(4))
    batch.insert([1, .infinity], at: 1)
    batch.insert([], at: 3)
    let answers = Engine(threads: 2).detect(series: batch, source: source)
    #expect(throws: DetectionError.infinite(index: 1)) { try answers[1].get() }
    #expect(throws: DetectionError.noPrices) { try answers[3].get() }
    for index in [0, 2, 4, 5] {
      let alone = try Self.detect(batch[index], source)
      #expect(try answers[index].get() == alone)
    }
  }
}
