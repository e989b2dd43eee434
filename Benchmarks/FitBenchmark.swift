import Catenary

/// From points to a checked, fitted curve: nanoseconds a control point of each kind.
let fitBenchmarks: [Benchmark] = [
  fit("linear", .linear()), fit("step", .step()), fit("catmull-rom", .catmullRom()),
  fit("catmull-rom-centripetal", .catmullRom(alpha: 0.5)), fit("cardinal", .cardinal(tension: 0.3)),
  fit("kochanek-bartels", .kochanekBartels(tension: 0.1, continuity: 0.2, bias: 0.3)),
  fit("hermite", .hermite(tangents: [[Double]](repeating: [1, 0], count: points))),
  fit("bezier", .bezier), fit("quadratic-bezier", .quadraticBezier),
  fit("cubic-natural", .cubic()), fit("cubic-not-a-knot", .cubic(boundary: .notAKnot)),
  fit("cubic-clamped", .cubic(boundary: .clamped())), fit("cubic-closed", .cubic(), closed: true),
  fit("cubic-chordal", .cubic(parameterization: .chordal)), fit("cubic-x", .cubic(parameterization: .x)),
  fit("monotone", .monotone()), fit("akima", .akima()), fit("makima", .makima()),
  fit("interpolating-2", .interpolatingBSpline(degree: 2)),
  fit("interpolating-5", .interpolatingBSpline(degree: 5)),
  noisy("smoothing", .smoothing(lambda: 10), 100_000), noisy("smoothing-auto", .smoothing(), 10_000),
]

private let points = 10_003

private func fit(_ name: String, _ kind: CurveKind, closed: Bool = false) -> Benchmark {
  // Closed and Bézier curves need their own numbers of points.
  let count = kind == .bezier ? points / 3 * 3 + 1 : points
  return Benchmark("library/fit-\(name)/\(count)", items: count) {
    let points = floats(count)
    return { keep(try Curve(kind, points: points, closed: closed)) }
  }
}

/// A wave with noise, as its peer in `peers.py` has it.
private func noisy(_ name: String, _ kind: CurveKind, _ count: Int) -> Benchmark {
  Benchmark("library/fit-\(name)/\(count)", items: count) {
    let points = floats(count).enumerated().map { i, p in SIMD2(p.x, p.y + Float(i * 7919 % 31) / 155) }
    return { keep(try Curve(kind, points: points)) }
  }
}
