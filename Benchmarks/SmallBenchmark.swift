import Catenary

/// What a curve of 64 points costs as a whole: 1,009 points of f32, new curve or not, new array or not.
let smallBenchmarks: [Benchmark] =
  [("catmull-rom", CurveKind.catmullRom()), ("natural-cubic", .cubic())].flatMap { name, kind in
    [
      small("curve", name) { points, _ in keep(try Curve(kind, points: points)) },
      small("curve-render-array", name) { points, engine in
        keep(try engine.render(try Curve(kind, points: points), .samplesPerSegment(16)))
      },
      reused("render", name, kind, isNew: false), reused("curve-render", name, kind, isNew: true),
    ]
  }

private let samples = 63 * 16 + 1

private func small(
  _ verb: String, _ kind: String, _ body: @escaping @Sendable ([SIMD2<Float>], Engine) throws -> Void
) -> Benchmark {
  Benchmark("library/\(verb)-\(kind)/64", items: 1) {
    let (points, engine) = (floats(64), Engine(threads: 1))
    return { try body(points, engine) }
  }
}

private func reused(_ verb: String, _ name: String, _ kind: CurveKind, isNew: Bool) -> Benchmark {
  Benchmark("library/\(verb)-\(name)/64", items: 1) {
    let (points, engine) = (floats(64), Engine(threads: 1))
    let made = try Curve(kind, points: points)
    var buffer = [SIMD2<Float>](repeating: .zero, count: samples)
    return {
      let curve = isNew ? try Curve(kind, points: points) : made
      var span = buffer.mutableSpan
      try engine.render(curve, .samplesPerSegment(16), into: &span)
      keep(buffer[samples - 1])
    }
  }
}
