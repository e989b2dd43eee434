import Catenary
import CurveDetector
internal import Glibc

/// What a window costs: the statistics alone, the network alone, both together, one at a time and in batches; an item is a
/// window, one of each pattern and a walk, the same as in `peers.py`.
let detectBenchmarks: [Benchmark] = [64, 256, 1024, 4096].flatMap { count in
  stages(count) + [
    detection("classical", count) { engine, prices in
      keep(try engine.detect(prices, source: .classical))
    },
    network(count),
    detection("hybrid", count) { engine, prices in keep(try engine.detect(prices, source: .onnx)) },
    batch("classical", .classical, count), batch("hybrid", .onnx, count),
    several("classical", .classical, count), several("hybrid", .onnx, count),
  ]
}

private func detection(
  _ name: String, _ count: Int, _ detect: @escaping @Sendable (Engine, [Double]) throws -> Void
) -> Benchmark {
  Benchmark("detect/\(name)/\(count)", items: 8) {
    let engine = Engine(threads: 1)
    if name == "hybrid" { try needsModel(engine) }
    let all = windows(count)
    return { for prices in all { try detect(engine, prices) } }
  }
}

/// Normalising and the network's part of an answer, without the statistics.
private func network(_ count: Int) -> Benchmark {
  Benchmark("detect/network/\(count)", items: 8) {
    try needsModel(Engine(threads: 1))
    let models = ModelCache(.builtIn)
    let stages = try windows(count).map { try NetworkStages($0, models) }
    return {
      for window in stages {
        keep(try window.normalise())
        keep(try window.propose())
      }
    }
  }
}

/// The parts of that, for one window.
private func stages(_ count: Int) -> [Benchmark] {
  func stage(
    _ name: String, _ body: @escaping @Sendable (inout NetworkStages) throws -> Void
  ) -> Benchmark {
    Benchmark("detect/\(name)/\(count)", items: 1) {
      try needsModel(Engine(threads: 1))
      var stages = try NetworkStages(windows(count)[1], ModelCache(.builtIn))
      return { try body(&stages) }
    }
  }
  return [
    stage("normalise") { keep(try $0.normalise()) },
    stage("network-input") {
      $0.prepare()
      keep($0)
    },
    stage("network-run") { keep(try $0.run()) },
    stage("network-proposals") { keep(try $0.propose()) },
  ]
}

/// 64 windows in one call, on one thread.
private func batch(_ name: String, _ source: Detection.Source, _ count: Int) -> Benchmark {
  Benchmark("detect/batch-\(name)/\(count)", items: 64) {
    let engine = Engine(threads: 1)
    if source == .onnx { try needsModel(engine) }
    let all = (0..<8).flatMap { _ in windows(count) }
    return { keep(engine.detect(series: all, source: source)) }
  }
}

/// A window of three curves, one after another: it is cut.
private func several(_ name: String, _ source: Detection.Source, _ count: Int) -> Benchmark {
  Benchmark("detect/several-\(name)/\(count)", items: 1) {
    let engine = Engine(threads: 1)
    if source == .onnx { try needsModel(engine) }
    let parts = windows(count / 3 + 1)
    let prices = Array([4, 0, 5].flatMap { parts[$0] }.prefix(count))
    return { keep(try engine.detect(prices, source: source)) }
  }
}

private struct NoModel: Error, CustomStringConvertible {
  let description: String
}

private func needsModel(_ engine: Engine) throws {
  let status = engine.warmModels()
  if !status.isWarm { throw NoModel(description: "no model here, so no network: \(status.reason ?? "")") }
}

/// A window of each pattern at 10 dB, and a walk, about a level of 100.
private func windows(_ count: Int) -> [[Double]] {
  var state: UInt64 = 1
  func noise() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (Double(state >> 40) / Double(1 << 24) - 0.5) * 12.0.squareRoot()
  }
  let shapes: [(Double) -> Double] = [
    { $0 }, { ($0 - 0.4) * ($0 - 0.4) }, { exp(3 * $0) }, { log1p(30 * $0) },
    { exp(-0.5 * $0) * sin(2 * .pi * (4 * $0 + 0.2)) }, { 1 / (1 + exp(-16 * ($0 - 0.45))) },
    { $0 < 0.6 ? 0 : 1 },
  ]
  var list = shapes.map { shape in
    let f = (0..<count).map { shape(Double($0) / Double(count - 1)) }
    let mean = f.reduce(0, +) / Double(count)
    let deviation = (f.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)).squareRoot()
    return f.map { 100 + ($0 - mean) / deviation + 0.3162 * noise() }
  }
  var price = 100.0
  list.append(
    (0..<count).map { _ in
      price += noise()
      return price
    })
  return list
}
