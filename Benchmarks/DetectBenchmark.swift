import Catenary

/// What one window costs: the network's parts, then a whole answer with and without it.
let detectBenchmarks: [Benchmark] = [64, 256, 1024, 4096].flatMap { count in
  stages(count) + [
    detection("curve", count, .onnx) { u, noise in u * u + 0.1 * noise },
    detection("noise", count, .onnx) { _, noise in noise },
    detection("curve", count, .classical) { u, noise in u * u + 0.1 * noise },
    detection("noise", count, .classical) { _, noise in noise },
  ]
}

private func prices(_ count: Int, _ price: (Double, Double) -> Double) -> [Double] {
  var state: UInt64 = 1
  return (0..<count).map { i in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return 100 + price(Double(i) / Double(count - 1), Double(state >> 40) / Double(1 << 24) - 0.5)
  }
}

private func detection(
  _ name: String, _ count: Int, _ source: Detection.Source,
  _ price: @escaping @Sendable (Double, Double) -> Double
) -> Benchmark {
  Benchmark("library/detect-\(name)-\(source.rawValue)/\(count)", items: 1) {
    let (prices, engine) = (prices(count, price), Engine(threads: 1))
    if source == .onnx, let reason = engine.warmModels().reason { throw MissingModel(reason: reason) }
    return { keep(try engine.detect(prices, source: source)) }
  }
}

private func stages(_ count: Int) -> [Benchmark] {
  func stage(
    _ name: String, _ body: @escaping @Sendable (inout NetworkStages) throws -> Void
  ) -> Benchmark {
    Benchmark("detector/\(name)/\(count)", items: 1) {
      var stages = try NetworkStages(prices(count) { u, noise in u * u + 0.1 * noise }, ModelCache(.builtIn))
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

private struct MissingModel: Error, CustomStringConvertible {
  let reason: String
  var description: String { reason }
}
