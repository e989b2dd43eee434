import Catenary
import Testing

/// A flattened curve has the same bytes everywhere, whole or streamed.
@Suite struct FlattenBytesTests {
  static let kinds: [CurveKind] = [
    .linear(), .step(), .step(.middle, parameterization: .uniform), .catmullRom(),
    .cubic(parameterization: .x),
    .bezier, .bSpline(degree: 5), .nurbs(weights: (0..<13).map { 1 + Double($0 % 5) }),
    .interpolatingBSpline(degree: 4),
  ]

  /// In f32 the last tolerance is drawn in Double and rounded.
  @Test(arguments: kinds) func `a flattened kind is the same everywhere`(kind: CurveKind) throws {
    for tolerance in [0.05, 3e-4] {
      try compare(kind, tolerance, Float.self)
      try compare(kind, tolerance, Double.self)
    }
  }

  @Test func `a flattened curve of many tiles, with gaps, is the same everywhere`() throws {
    var points = (0..<15_001).map { i in SIMD2<Float>(Float(i) / 16, Float(i * 7919 % 31)) }
    for i in [5, 6, 7_000, 7_002, 14_999] { points[i] = SIMD2(.nan, 0) }
    let curve = try Curve(.catmullRom(), points: points, gaps: .break)
    for tolerance in [0.5, 0.02] {
      let expected = try curve.points(.tolerance(tolerance))
      for (name, engine) in EqualBytesTests.engines {
        #expect(try engine.elementCount(curve, .tolerance(tolerance)) == expected.count)
        var streamed: [SIMD2<Float>] = []
        try engine.render(curve, .tolerance(tolerance)) { tile in
          for i in tile.elements.indices { streamed.append(tile.elements[i]) }
        }
        let whole = try engine.render(curve, .tolerance(tolerance))
        let isSame = same(streamed, expected) && same(whole, expected)
        #expect(isSame, "\(tolerance): \(name)")
      }
    }
  }

  private func same(_ a: [SIMD2<Float>], _ b: [SIMD2<Float>]) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { $0.x.bitPattern == $1.x.bitPattern && $0.y.bitPattern == $1.y.bitPattern }
  }

  private func compare<S: CurveScalar & BitwiseCopyable & BinaryFloatingPoint>(
    _ kind: CurveKind, _ tolerance: Double, _: S.Type
  ) throws {
    for dimensions in 2...3 {
      let numbers = (0..<13 * dimensions).map { i -> S in
        i % dimensions == 0 ? S(i / dimensions) : S((i * 7919) % 31) / 3
      }
      let curve = try Curve(kind, coordinates: numbers, dimensions: dimensions)
      for derivative in 0...1 {
        let expected = try curve.points(.tolerance(tolerance), derivative: derivative)
        for (name, engine) in EqualBytesTests.engines {
          let got = try engine.render(curve, .tolerance(tolerance), derivative: derivative)
          #expect(Roads.sameBytes(got, expected), "\(kind.name) \(dimensions)-D \(tolerance): \(name)")
        }
      }
    }
  }
}
