import Catenary

/// A Catmull-Rom curve of 100,001 points, x = i and y = sin 0.1 i, flattened into a buffer that is used again, its vertices
/// counted each time, too. In f32 a tolerance of 0.001 is refused: half an ulp of x is 0.004 there.
let flattenBenchmarks: [Benchmark] =
  [1, 2].flatMap { threads in
    [
      flatten(0.1, threads, float), flatten(0.01, threads, float), flatten(0.1, threads, double),
      flatten(0.01, threads, double), flatten(0.001, threads, double), flatten(0.0001, threads, double),
    ]
  } + [plan(0.1), plan(0.001), plan(0.0001), goldenChords]

private func flatten<Point: CurveElement & BitwiseCopyable>(
  _ tolerance: Double, _ threads: Int, _ point: @escaping @Sendable (SIMD2<Double>) -> Point
) -> Benchmark {
  let scalar = MemoryLayout<Point>.size == 8 ? "f32" : "f64"
  let count = (try? vertices(tolerance)) ?? 1
  return Benchmark(
    "library/flatten-\(scalar)-\(tolerance)-\(threads)-threads/100000", items: count,
    bytes: count * MemoryLayout<Point>.size
  ) {
    let curve = try Curve(.catmullRom(), points: waves().map(point))
    let engine = Engine(threads: threads)
    var buffer = [Point](repeating: .origin, count: try engine.elementCount(curve, .tolerance(tolerance)))
    return {
      var span = buffer.mutableSpan
      try engine.render(curve, .tolerance(tolerance), into: &span)
      keep(buffer[buffer.count - 1])
    }
  }
}

/// The golden cubics at 1, 0.1 and 0.01: an item is a chord, so that `items` tells how many there are.
private let goldenChords: Benchmark = {
  @Sendable func curve(_ c: [Double]) throws -> Curve<SIMD2<Double>> {
    try Curve(.bezier, points: (0..<4).map { SIMD2(c[2 * $0], c[2 * $0 + 1]) })
  }
  let engine = Engine(threads: 1)
  @Sendable func chords() throws -> Int {
    var chords = 0
    for cubic in goldenCubics {
      for tolerance in [1, 0.1, 0.01] {
        chords += try engine.render(try curve(cubic), .tolerance(tolerance)).count - 1
      }
    }
    return chords
  }
  return Benchmark("library/flatten-golden-cubics/39", items: (try? chords()) ?? 1) { { keep(try chords()) } }
}()

/// Counting alone: what a stream waits for before its first tile.
private func plan(_ tolerance: Double) -> Benchmark {
  Benchmark("kernel/flatten-plan-f64-\(tolerance)/100000", items: 100_000) {
    let curve = try Curve(.catmullRom(), points: waves())
    return { keep(try SamplePlan(.tolerance(tolerance), curve.shape, curve.fitted).count) }
  }
}

private func vertices(_ tolerance: Double) throws -> Int {
  try Engine(threads: 1).elementCount(try Curve(.catmullRom(), points: waves()), .tolerance(tolerance))
}

private func float(_ p: SIMD2<Double>) -> SIMD2<Float> { SIMD2<Float>(p) }
private func double(_ p: SIMD2<Double>) -> SIMD2<Double> { p }

/// y = sin 0.1 i, by turning a unit vector: benchmarks need no libm.
private func waves() -> [SIMD2<Double>] {
  let (cosine, sine) = (0.9950041652780258, 0.09983341664682815)
  var (c, s) = (1.0, 0.0)
  return (0...100_000).map { i in
    defer { (c, s) = (c * cosine - s * sine, s * cosine + c * sine) }
    return SIMD2(Double(i), s)
  }
}
