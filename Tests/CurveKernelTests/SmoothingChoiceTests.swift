import CurveKernel
import Testing

/// λ by generalised cross-validation.
@Suite struct SmoothingChoiceTests {
  static func first(_ i: Int) -> Double { Double(abs(i % 20 - 10)) + Double(i * 7919 % 31) / 15.5 }
  static func second(_ i: Int) -> Double {
    Double(abs((i + 3) % 14 - 7)) / 2 + Double(i * 104_729 % 37) / 74
  }
  static func spread(_ i: Int) -> Double { Double(i) + Double(i * i % 7) / 10 }

  /// What SciPy 1.17.1 chooses for these, as `make_smoothing_spline(x, y)` passes it on:
  ///   x = arange(61.), or with gaps i + i·i % 7 / 10;
  ///   first: y = abs(i % 20 − 10) + i·7919 % 31 / 15.5, second: y = abs((i + 3) % 14 − 7)/2 + i·104729 % 37 / 74.
  /// SciPy places λ within 1e-5 of its least value.
  @Test(arguments: [
    (false, [first], 2.373181), (false, [second], 0.985925), (true, [first], 2.275912),
    (true, [second], 0.225307),
  ])
  func `it chooses what SciPy chooses`(isSpread: Bool, y: [@Sendable (Int) -> Double], lambda: Double) throws
  {
    let points = (0...60).map { SIMD2(isSpread ? Self.spread($0) : Double($0), y[0]($0)) }
    let curve = try Curve(.smoothing(), points: points)
    #expect(abs((curve.lambda ?? .nan) - lambda) < 2e-5)
    guard !isSpread else { return }
    // A 1-D curve counts its index.
    let flat = try Curve(.smoothing(), points: points.map(\.y))
    #expect(abs((flat.lambda ?? .nan) - lambda) < 2e-5)
  }

  /// The least of n·RSS/(n − tr A)² summed over both columns, by dense eigenvalues in NumPy 2.4.6.
  @Test(arguments: [(false, 1.9404262527), (true, 1.8797438287)])
  func `one lambda serves all columns`(isSpread: Bool, lambda: Double) throws {
    let points = (0...60).map {
      SIMD3(isSpread ? Self.spread($0) : Double($0), Self.first($0), Self.second($0))
    }
    let curve = try Curve(.smoothing(), points: points)
    #expect(abs((curve.lambda ?? .nan) - lambda) < 1e-5)
  }

  @Test func `a given lambda is reported, other kinds have none`() throws {
    let points: [SIMD2<Double>] = [[0, 1], [1, 3], [2, 0]]
    #expect(try Curve(.smoothing(lambda: 0.25), points: points).lambda == 0.25)
    #expect(try Curve(.cubic(), points: points).lambda == nil)
  }

  @Test func `the same curve after a gap, or a turn of the plane, chooses the same`() throws {
    let points = (0...60).map { SIMD2(Self.first($0), Self.second($0)) }
    let kind = CurveKind.smoothing(parameterization: .uniform)
    let alone = try #require(Curve(kind, points: points).lambda)
    let twice = try Curve(kind, points: points + [[.nan, 0]] + points.map { $0 + [3, 1] }, gaps: .break)
    let turned = try Curve(
      kind, points: points.map { SIMD2(0.6 * $0.x - 0.8 * $0.y, 0.8 * $0.x + 0.6 * $0.y) })
    let scaled = try Curve(kind, points: points.map { $0 * [1e200, 1e200] })
    for other in [twice, turned, scaled] { #expect(abs((other.lambda ?? .nan) / alone - 1) < 1e-5) }
  }

  @Test func `points that coincide are several observations`() throws {
    // Each point twice, at half the distance of influence: by the definition, with every point counted.
    let points = (0...40).map { SIMD2(Double($0 * 3) / 2, Self.first($0)) }
    let kind = CurveKind.smoothing(parameterization: .chordal)
    let lambda = try #require(Curve(kind, points: points.flatMap { [$0, $0] }).lambda)
    #expect(lambda > 0 && lambda.isFinite)
    // No residual lies between equal points, so that the least sum fits them closer than once each.
    let once = try #require(Curve(kind, points: points).lambda)
    #expect(lambda < 2 * once)
  }

  static let exact: [(String, @Sendable (Int) -> Double)] = [
    ("line", { 3 - 0.7 * Double($0) }), ("constant", { _ in 4.25 }), ("zero", { _ in 0 }),
    ("far line", { 1.7e9 + 86_400 * Double($0) }), ("huge", { 1e300 * Double($0 % 5) }),
    ("tiny", { 1e-300 * Double($0 % 5) }), ("parabola", { Double($0 * $0) / 90 }),
    ("denormal", { Double.leastNonzeroMagnitude * Double($0 % 3) }),
    ("alternating", { $0 % 2 == 0 ? 1 : -1 }),
  ]

  @Test(arguments: exact.indices, [2, 3, 4, 5, 30])
  func `data without noise give a sane lambda and a curve`(index: Int, count: Int) throws {
    let (name, y) = Self.exact[index]
    let points = (0..<count).map { SIMD2(Double($0), y($0)) }
    let curve = try Curve(.smoothing(), points: points)
    let lambda = try #require(curve.lambda)
    #expect(lambda >= 0 && lambda.isFinite, "\(name)")
    let drawn = try curve.points(.samplesPerSegment(4))
    #expect(drawn.allSatisfy { $0.x.isFinite && $0.y.isFinite }, "\(name)")
    guard ["line", "constant", "zero", "far line", "parabola"].contains(name), count > 4 || name != "parabola"
    else { return }
    // What has no noise keeps its points; a parabola, whose ends the natural spline straightens, nearly.
    let largest = points.map { abs($0.y) }.max() ?? 0
    let slack = (name == "parabola" ? 1e-6 : 1e-13) * largest
    for (i, p) in points.enumerated() { #expect(abs(drawn[4 * i].y - p.y) <= slack, "\(name)") }
    guard name != "parabola", count > 2 else { return }
    #expect(lambda > 1, "\(name): as smooth as can be")
  }

  @Test(arguments: [1e-100, 1e-20, 1, 1e20, 1e90])
  func `lambda follows the unit of x`(unit: Double) throws {
    let points = (0...60).map { SIMD2(Double($0) * unit, Self.first($0)) }
    let lambda = try #require(Curve(.smoothing(), points: points).lambda)
    #expect(abs(lambda / unit / unit / unit / 2.373181 - 1) < 1e-5)
  }
}
