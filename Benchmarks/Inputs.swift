import Catenary

/// Inputs of all sizes are the same wave.
func floats(_ count: Int) -> [SIMD2<Float>] {
  (0..<count).map { SIMD2(Float($0), Float(sine(0.1 * Double($0)))) }
}

func doubles(_ count: Int) -> [SIMD2<Double>] {
  (0..<count).map { SIMD2(Double($0), sine(0.1 * Double($0))) }
}

/// A sine good enough to draw: benchmarks need no libm.
private func sine(_ x: Double) -> Double {
  let turns = x / 6.283185307179586
  let t = (turns - turns.rounded(.down)) * 2 - 1  // −1…1
  let parabola = 4 * t * (1 - abs(t))
  return -(0.225 * (parabola * abs(parabola) - parabola) + parabola)
}

/// Every benchmark, in the order of the table.
let benchmarks: [Benchmark] =
  drawBenchmarks + renderBenchmarks + smallBenchmarks + detectBenchmarks + splineBenchmarks + fitBenchmarks
  + sampleBenchmarks + flattenBenchmarks + formatBenchmarks + wasmBenchmarks + measureBenchmarks
  + pictureBenchmarks + registryBenchmarks
