import Catenary

/// The same work in WebAssembly: the kernel alone (compare `kernel/draw-…` under `CATENARY_CPU=baseline`), a call
/// that draws one point, whole calls with 64 points, and large results.
let wasmBenchmarks: [Benchmark] = [
  draw("catmull-rom", .catmullRom(), 64), draw("catmull-rom", .catmullRom(), 1001),
  draw("natural-cubic", .cubic(), 1001), callOnly, small(isNew: false), small(isNew: true),
  large(1001, threads: 1), large(100_001, threads: 1), large(100_001, threads: 2),
]

/// Drawing in the guest's memory, where streams are read.
private func draw(_ name: String, _ kind: CurveKind, _ count: Int) -> Benchmark {
  let points = (count - 1) * 16 + 1
  return Benchmark("wasm/draw-\(name)-f32x2/\(points)", items: points, bytes: points * 8) {
    let curve = try Curve(kind, points: floats(count))
    let drawing = try GuestDrawing(curve, .samplesPerSegment(16), Engine(backend: .wasm, threads: 1))
    return { try drawing.draw(0..<points) }
  }
}

private let callOnly = Benchmark("wasm/call/1", items: 1) {
  let curve = try Curve(.catmullRom(), points: floats(64))
  let drawing = try GuestDrawing(curve, .samplesPerSegment(16), Engine(backend: .wasm, threads: 1))
  return { try drawing.draw(1008..<1009) }
}

private func small(isNew: Bool) -> Benchmark {
  Benchmark("wasm/\(isNew ? "curve-render" : "render")-catmull-rom/64", items: 1) {
    let points = floats(64)
    let engine = try Engine(backend: .wasm, threads: 1)
    let made = try Curve(.catmullRom(), points: points)
    var buffer = [SIMD2<Float>](repeating: .zero, count: 1009)
    return {
      let curve = isNew ? try Curve(.catmullRom(), points: points) : made
      var span = buffer.mutableSpan
      try engine.render(curve, .samplesPerSegment(16), into: &span)
      keep(buffer[1008])
    }
  }
}

private func large(_ count: Int, threads: Int) -> Benchmark {
  let points = (count - 1) * 16 + 1
  return Benchmark("wasm/render-\(threads)-threads/\(points)", items: points, bytes: points * 8) {
    let curve = try Curve(.catmullRom(), points: floats(count))
    let engine = try Engine(backend: .wasm, threads: threads)
    var buffer = [SIMD2<Float>](repeating: .zero, count: points)
    return {
      var span = buffer.mutableSpan
      try engine.render(curve, .samplesPerSegment(16), into: &span)
      keep(buffer[points - 1])
    }
  }
}
