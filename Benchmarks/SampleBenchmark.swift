import Catenary

/// The other ways to sample, on a natural cubic of 1,001 f32 points, 16,001 samples, one thread.
let sampleBenchmarks: [Benchmark] = [
  sample("samples-per-segment", .samplesPerSegment(16)),
  sample("samples-per-segment-7", .samplesPerSegment(7)),
  sample("count", .count(16_001)),
  sample("count-x", .count(16_001), .cubic(parameterization: .x)),
  sample("at-rising", .at((0...16_000).map { Double($0) / 16 })),
  sample("at-shuffled", .at((0...16_000).map { Double($0 * 7919 % 16_001) / 16 })),
  sample("first-derivative", .samplesPerSegment(16), derivative: 1),
  sample("second-derivative", .samplesPerSegment(16), derivative: 2),
]

private func sample(
  _ name: String, _ sampling: Sampling, _ kind: CurveKind = .cubic(), derivative: Int = 0
) -> Benchmark {
  let count = name == "samples-per-segment-7" ? 7001 : 16_001
  return Benchmark("library/sample-\(name)/\(count)", items: count, bytes: count * 8) {
    let curve = try Curve(kind, points: floats(1001))
    let engine = Engine(threads: 1)
    var buffer = [SIMD2<Float>](repeating: .zero, count: count)
    return {
      var span = buffer.mutableSpan
      try engine.render(curve, sampling, derivative: derivative, into: &span)
      keep(buffer[count - 1])
    }
  }
}
