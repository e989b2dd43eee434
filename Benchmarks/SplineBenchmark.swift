import Catenary

/// A natural cubic spline through 100,000 points, solve included, and 1.6 million samples of it: the work of
/// `scipy.interpolate.CubicSpline(t, points, bc_type="natural")(u)`.
let splineBenchmarks: [Benchmark] = [1, 2].flatMap { threads in
  [spline(threads, floats), spline(threads, doubles)]
}

private func spline<Point: CurveElement & BitwiseCopyable>(
  _ threads: Int, _ wave: @escaping @Sendable (Int) -> [Point]
) -> Benchmark {
  let scalar = MemoryLayout<Point>.size == 8 ? "f32" : "f64"
  let samples = 99_999 * 16 + 1
  return Benchmark(
    "library/natural-cubic-\(scalar)-\(threads)-threads/100000", items: samples,
    bytes: samples * MemoryLayout<Point>.size
  ) {
    let (points, engine) = (wave(100_000), Engine(threads: threads))
    var buffer = [Point](repeating: .origin, count: samples)
    return {
      let curve = try Curve(.cubic(), points: points)
      var span = buffer.mutableSpan
      try engine.render(curve, .samplesPerSegment(16), into: &span)
      keep(buffer[samples - 1])
    }
  }
}
