import Catenary

/// What one window costs the classical detector: the verdict, the fit, the report.
let detectBenchmarks: [Benchmark] = [64, 256, 1024, 4096].flatMap { count in
  [
    detection("curve", count) { u, noise in u * u + 0.1 * noise },
    detection("noise", count) { _, noise in noise },
  ]
}

private func detection(
  _ name: String, _ count: Int, _ price: @escaping @Sendable (Double, Double) -> Double
) -> Benchmark {
  Benchmark("library/detect-\(name)/\(count)", items: 1) {
    var state: UInt64 = 1
    let prices = (0..<count).map { i in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return 100 + price(Double(i) / Double(count - 1), Double(state >> 40) / Double(1 << 24) - 0.5)
    }
    let engine = Engine(threads: 1)
    return { keep(try engine.detect(prices)) }
  }
}
