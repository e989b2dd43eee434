import Catenary

/// Whole renderings of a Catmull-Rom curve of f32 points, 16 samples a segment, into a buffer that is used again: one
/// thread and two, from one tile to far beyond the cache.
let renderBenchmarks: [Benchmark] =
  [1001, 8001, 100_001, 2_500_001].flatMap { count -> [Benchmark] in
    [
      render(count, threads: 1), render(count, threads: 2), stream(count, threads: 1),
      stream(count, threads: 2),
    ]
      + (count > 10_000 ? [fill(count, threads: 1), fill(count, threads: 2)] : [])
  }

private func render(_ count: Int, threads: Int) -> Benchmark {
  let points = (count - 1) * 16 + 1
  return Benchmark("library/render-\(threads)-threads/\(points)", items: points, bytes: points * 8) {
    let curve = try Curve(.catmullRom(), points: floats(count))
    let engine = Engine(threads: threads)
    var buffer = [SIMD2<Float>](repeating: .zero, count: points)
    return {
      var span = buffer.mutableSpan
      try engine.render(curve, .samplesPerSegment(16), into: &span)
      keep(buffer[points - 1])
    }
  }
}

private func stream(_ count: Int, threads: Int) -> Benchmark {
  let points = (count - 1) * 16 + 1
  return Benchmark("library/stream-\(threads)-threads/\(points)", items: points, bytes: points * 8) {
    let curve = try Curve(.catmullRom(), points: floats(count))
    let engine = Engine(threads: threads)
    return { try engine.render(curve, .samplesPerSegment(16)) { tile in keep(tile.elements[0]) } }
  }
}

private func fill(_ count: Int, threads: Int) -> Benchmark {
  let points = (count - 1) * 16 + 1
  let name = threads == 1 ? "peer/memset" : "peer/memset-2-threads"
  return Benchmark("\(name)/\(points)", items: points, bytes: points * 8) {
    let bytes = Bytes(points * 8)
    var value: Int32 = 0
    return {
      value = (value + 1) & 127
      if threads == 1 { bytes.fill(value) } else { bytes.fillByTwo(value) }
    }
  }
}
