import Catenary
import Foundation
import Testing

/// The same prices give the same answer: in other units, alone or among others, on any thread.
@Suite struct InvarianceTests {
  /// Who judges; without ONNX Runtime both are the statistics.
  static let sources: [Detection.Source] = [.classical, .onnx]

  private static let engine = Engine(threads: 1)

  /// The answer to each series alone.
  static let alone = Dictionary(
    uniqueKeysWithValues: sources.map { source in
      (source, series.map { prices in try? engine.detect(prices, source: source) })
    })

  static func detect(_ prices: [Double], _ source: Detection.Source) throws -> Detection {
    try engine.detect(prices, source: source)
  }

  /// Each pattern, walks, and series that are one curve after another, about a level of 100.
  static let series: [[Double]] = {
    var dice = Dice(seed: 77)
    var list: [[Double]] = []
    for (pattern, count, decibel) in [
      (Pattern.linear, 24, 15.0), (.parabolic, 130, 20), (.exponential, 64, 5), (.logarithmic, 300, 15),
      (.oscillating, 90, 10), (.sigmoid, 40, 20), (.step, 50, 5),
    ] {
      list.append(
        Prices.curve(pattern, Prices.parameters[pattern] ?? [], count: count, decibel: decibel, &dice))
    }
    for count in [20, 90] { list.append(Prices.walk(count: count, &dice)) }
    for count in [60, 90] {
      let parts = [Pattern.linear, .oscillating, .exponential].map { pattern in
        Prices.curve(pattern, Prices.parameters[pattern] ?? [], count: count, decibel: 20, &dice)
      }
      list.append(parts.flatMap(\.self))
    }
    return list
  }()

  /// Scales and shifts, the shift in units of the scaled prices' own deviation of 2: enough digits remain.
  static let maps: [(scale: Double, shift: Double)] = [
    (1e-6, 0), (1e-3, 5), (7.3, 12_345), (1e3, -4e5), (1e6, 0), (1e6, 3e8), (1e290, 0),
    (1e-290, 0),
    // 100,000 moving by half a per cent.
    (62.5, 93_750), (1, 99_900), (1, -1e7),
  ]

  @Test(arguments: sources, maps)
  func `scale and shift change prices and nothing else`(
    source: Detection.Source, map: (scale: Double, shift: Double)
  ) throws {
    for (index, prices) in Self.series.enumerated() {
      let found = try #require(Self.alone[source]?[index])
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

  @Test(arguments: sources, [-30, 40])
  func `a scale that changes no digit changes no digit`(source: Detection.Source, power: Int) throws {
    let scale = Double(sign: .plus, exponent: power, significand: 1)
    for (index, prices) in Self.series.enumerated() {
      let found = try #require(Self.alone[source]?[index])
      let other = try Self.detect(prices.map { scale * $0 }, source)
      #expect(other.confidence == found.confidence && other.metrics == found.metrics)
      #expect(other.curves.map(\.r2) == found.curves.map(\.r2))
      #expect(other.curves.map { $0.rmse / scale } == found.curves.map(\.rmse))
    }
  }

  @Test func `upside down the statistics find the same curve the other way`() throws {
    for (index, prices) in Self.series.enumerated() {
      let found = try #require(Self.alone[.classical]?[index])
      let other = try Self.detect(prices.map { 200 - $0 }, .classical)
      #expect(other.pattern == found.pattern && abs(other.confidence - found.confidence) < 0.01)
      #expect(other.curves.map(\.start) == found.curves.map(\.start))
      for (one, two) in zip(found.curves, other.curves) where one.pattern != .oscillating {
        #expect(two["direction"] == one["direction"].map { -$0 })
      }
    }
  }

  @Test(arguments: sources, [1, 3])
  func `in a batch, in any order, on any number of threads, answers have the same bits as alone`(
    source: Detection.Source, threads: Int
  ) throws {
    let alone = try #require(Self.alone[source])
    let engine = Engine(threads: threads)
    #expect(engine.detect(series: Self.series, source: source).map { try? $0.get() } == alone)
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
    let alone = try #require(Self.alone[source])
    let engine = Engine(threads: 2)
    await withTaskGroup(of: (Int, Detection?).self) { group in
      for round in 0..<2 {
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
    for (index, place) in [(0, 0), (2, 1), (4, 2), (5, 3)] {
      #expect(try answers[index].get() == Self.alone[source]?[place])
    }
  }
}
