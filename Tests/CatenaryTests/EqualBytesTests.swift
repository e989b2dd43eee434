import Catenary
import Testing

/// Every backend, CPU build, thread count and tiling gives the same bytes.
@Suite struct EqualBytesTests {
  static let engines: [(String, Engine)] = {
    var all = [("vector unit", Engine(threads: 1)), ("2 threads", Engine(threads: 2))]
    for threads in [1, 2] {
      if let wasm = try? Engine(backend: .wasm, threads: threads) {
        all.append(("wasm, \(threads) threads", wasm))
      }
    }
    return all
  }()

  static let kinds: [CurveKind] = [
    .linear(), .step(.after), .step(.before), .step(.middle), .catmullRom(),
    .catmullRom(alpha: 0.5, tension: 0.2, ends: .reflect), .catmullRom(alpha: 0.37), .catmullRom(alpha: 1),
    .cardinal(tension: 0.3), .kochanekBartels(tension: 0.1, continuity: -0.3, bias: 0.4, ends: .reflect),
    .bezier, .quadraticBezier, .cubic(), .cubic(boundary: .clamped()), .cubic(boundary: .notAKnot),
    .cubic(parameterization: .chordal), .cubic(parameterization: .centripetal), .cubic(parameterization: .x),
    .monotone(), .monotone(.steffen, parameterization: .uniform), .akima(),
    .interpolatingBSpline(degree: 2), .interpolatingBSpline(degree: 4, parameterization: .chordal),
    .interpolatingBSpline(degree: 5), .interpolatingBSpline(degree: 5, parameterization: .centripetal),
    .smoothing(), .smoothing(lambda: 3),
    .smoothing(lambda: 0, parameterization: .uniform), .smoothing(lambda: 1e9, parameterization: .chordal),
    .smoothing(parameterization: .centripetal),
    .makima(parameterization: .chordal), .bSpline(), .bSpline(degree: 1, knots: .uniform),
    .bSpline(degree: 2),
    .bSpline(degree: 4), .bSpline(degree: 5, knots: .given((0..<31).map { Double($0 * $0) / 100 })),
    .nurbs(weights: (0..<25).map { 1 + Double($0 % 5) }),
    .nurbs(degree: 5, weights: (0..<25).map { 1 + Double($0 % 3) }, knots: .given((0..<31).map { sqrt($0) })),
  ]

  private static func sqrt(_ i: Int) -> Double { Double(i).squareRoot() }
  static let samplings: [Sampling] = [
    .samplesPerSegment(1), .samplesPerSegment(7), .samplesPerSegment(16), .count(1000), .count(57),
    .count(41, spacing: .arcLength),
    .at([0, 0.25, 3, 17.5, 2.125, 24, 23.999]),
  ]

  @Test(arguments: kinds) func `a kind is the same everywhere`(kind: CurveKind) throws {
    try compare(kind, Float.self)
    try compare(kind, Double.self)
  }

  /// A parameter that the kind has.
  func onCurve(_ t: Double, _ kind: CurveKind, _ last: Double) -> Double {
    switch kind {
    case .bezier, .quadraticBezier: min(t / 3, last / 3)
    case .bSpline(_, .uniform): max(t, 1)
    case .bSpline(_, .given), .nurbs(_, _, .given): 2.25 + t / 10
    case .bSpline, .nurbs: t * 20 / 25
    default: t
    }
  }

  func compare<S: CurveScalar & BitwiseCopyable & BinaryFloatingPoint>(_ kind: CurveKind, _: S.Type) throws {
    for dimensions in 1...4 {
      if dimensions == 1, case .cubic(_, .x?) = kind { continue }
      let numbers = (0..<25 * dimensions).map { i -> S in
        i % dimensions == 0 ? S(i / dimensions) : S((i * 7919) % 31) / 3
      }
      let curve = try Curve(kind, coordinates: numbers, dimensions: dimensions)
      let last = (try? curve.points(.at([25]))) == nil ? 24.0 : 25.0
      for sampling in Self.samplings {
        for derivative in 0...2 {
          var sampling = sampling
          if case .at(let all) = sampling { sampling = .at(all.map { onCurve($0, kind, last) }) }
          let expected = try curve.points(sampling, derivative: derivative)
          let isFinite = expected.allSatisfy { $0.isFinite }
          #expect(isFinite)
          for (name, engine) in Self.engines {
            let got = try engine.render(curve, sampling, derivative: derivative)
            let isSame = got == expected
            let what = "\(kind.name) \(dimensions)-D \(sampling) derivative \(derivative): \(name)"
            #expect(isSame, "\(what)")
            let prepared = try engine.prepare(curve.shape, as: S.self, sampling, derivative: derivative)
            var drawn = [S](repeating: 0, count: prepared.count * dimensions)
            var room = drawn.mutableSpan
            try prepared.draw(0..<prepared.count, into: &room)
            let isDrawn = drawn == expected
            #expect(isDrawn, "\(what), from its shape")
          }
        }
      }
    }
  }

  @Test(
    arguments: [
      CurveKind.catmullRom(), .cubic(), .bSpline(degree: 2), .bSpline(degree: 5), .nurbs(degree: 1),
      .nurbs(degree: 2, weights: [1, 2, 3, 4, 5, 6]),
    ], [false, true])
  func `the fewest points are the same everywhere`(kind: CurveKind, closed: Bool) throws {
    let points: [SIMD2<Float>] = [[0, 1], [2, -1], [3, 5], [7, 0], [8, 8], [1, 9]]
    for count in 1...6 {
      guard let curve = try? Curve(kind, points: Array(points.prefix(count)), closed: closed) else {
        continue
      }
      for derivative in 0...2 {
        let expected = try curve.points(.samplesPerSegment(5), derivative: derivative)
        for (name, engine) in Self.engines {
          let got = try engine.render(curve, .samplesPerSegment(5), derivative: derivative)
          #expect(got == expected, "\(count) points: \(name)")
        }
      }
    }
  }
}
