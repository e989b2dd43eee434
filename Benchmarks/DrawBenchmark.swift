import Catenary

/// The kernel alone: a fitted table to a buffer that is used again and stays in the cache, one thread. Run under
/// `CATENARY_CPU=baseline` for the portable build.
let drawBenchmarks: [Benchmark] =
  [64, 1001].flatMap { count -> [Benchmark] in
    [
      draw("catmull-rom", .catmullRom(), count, floats),
      draw("natural-cubic", .cubic(), count, floats),
      draw("catmull-rom", .catmullRom(), count, doubles),
      draw("natural-cubic", .cubic(), count, doubles),
      fill(count), copy(count),
    ]
  }

private func draw<Point: CurveElement & BitwiseCopyable>(
  _ name: String, _ kind: CurveKind, _ count: Int, _ wave: @escaping @Sendable (Int) -> [Point]
) -> Benchmark {
  let points = (count - 1) * 16 + 1
  let scalar = MemoryLayout<Point>.size == 8 ? "f32" : "f64"
  return Benchmark(
    "kernel/draw-\(name)-\(scalar)x2/\(points)", items: points, bytes: points * MemoryLayout<Point>.size
  ) {
    let curve = try Curve(kind, points: wave(count))
    let plan = try SamplePlan(.samplesPerSegment(16), curve.shape)
    var buffer = [Point](repeating: .origin, count: points)
    return {
      var span = buffer.mutableSpan
      Engine.drawOnThisThread(curve, plan, into: &span)
      keep(buffer[points - 1])
    }
  }
}

/// As many bytes as the f32 drawings have.
private func fill(_ count: Int) -> Benchmark {
  let points = (count - 1) * 16 + 1
  return Benchmark("peer/memset/\(points)", items: points, bytes: points * 8) {
    let bytes = Bytes(points * 8)
    var value: Int32 = 0
    return {
      value = (value + 1) & 127
      bytes.fill(value)
    }
  }
}

private func copy(_ count: Int) -> Benchmark {
  let points = (count - 1) * 16 + 1
  return Benchmark("peer/memcpy/\(points)", items: points, bytes: points * 8) {
    let (from, to) = (Bytes(points * 8), Bytes(points * 8))
    return { to.copy(from: from) }
  }
}
