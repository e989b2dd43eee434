import CurveKernel
import Testing

/// Smoothing splines of numbers at the ends of their range, and of any number of columns.
@Suite struct SmoothingExtremeTests {
  static let kinds: [CurveKind] = Parameterization.allCases.flatMap { p in
    [nil, 0, 1e-300, 1, 1e300].map { .smoothing(lambda: $0, parameterization: p) }
  }

  @Test(arguments: kinds)
  func `finite numbers give finite numbers or an error`(kind: CurveKind) {
    for set in ExtremeTests.sets {
      check(kind, set.points, set.name)
      check(kind, set.points.map { SIMD2<Float>($0 * [1e-262, 1e-262]) }, "\(set.name) Float")
      let floats = set.points.map { SIMD2<Float>($0) }
      if floats.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) { check(kind, floats, "\(set.name) as Float") }
    }
  }

  func check<S: BinaryFloatingPoint & CurveScalar & BitwiseCopyable>(
    _ kind: CurveKind, _ points: [SIMD2<S>], _ name: String
  ) {
    let flat = points.flatMap { [$0.x, $0.y] }
    guard let curve = try? Curve(kind, coordinates: flat, dimensions: 2) else { return }
    #expect(curve.lambda?.isFinite == true, "\(name)")
    for derivative in 0...2 {
      guard let drawn = try? curve.points(.samplesPerSegment(3), derivative: derivative) else { continue }
      let isFinite = drawn.allSatisfy(\.isFinite)
      #expect(isFinite, "\(name), derivative \(derivative)")
    }
  }

  @Test func `ordinates however large or small are smoothed, scaled`() throws {
    for kind in [CurveKind.smoothing(), .smoothing(lambda: 0.25)] {
      let plain = try Curve(kind, points: AnyKind.points).points(.samplesPerSegment(4))
      for power in [-900, -500, 900] {
        let unit: SIMD2<Double> = [1, Double(sign: .plus, exponent: power, significand: 1)]
        let drawn = try Curve(kind, points: AnyKind.points.map { $0 * unit }).points(.samplesPerSegment(4))
        #expect(difference(drawn.map { $0 / unit }, plain) == 0, "2^\(power)")
      }
    }
  }

  @Test(arguments: [Parameterization.uniform, .x], [0, 0.5, 1e4])
  func `a column's curve does not depend on its company`(p: Parameterization, lambda: Double) throws {
    let kind = CurveKind.smoothing(lambda: lambda, parameterization: p)
    let points = (0..<13).map { i in
      SIMD4(AnyKind.points[i].x, AnyKind.points[i].y, Double(i * 5 % 7), Double(i * 3 % 11))
    }
    let all = try Curve(kind, points: points).points(.samplesPerSegment(5))
    for k in 1...3 {
      let alone = try Curve(kind, points: points.map { SIMD2($0.x, $0[k]) }).points(.samplesPerSegment(5))
      #expect(alone.map(\.y) == all.map { $0[k] })
    }
    let three = try Curve(kind, points: points.map { SIMD3($0.x, $0.y, $0.z) }).points(.samplesPerSegment(5))
    #expect(three.map(\.z) == all.map(\.z))
  }

  @Test(arguments: Parameterization.allCases)
  func `derivatives are what differences tend to`(p: Parameterization) throws {
    let curve = try Curve(.smoothing(lambda: 0.3, parameterization: p), points: AnyKind.points)
    let (first, last) = p == .x ? (-3.0, 12.0) : (0, 12)
    let joints = p == .x ? AnyKind.points.map(\.x) : (0...12).map { Double($0) }
    let places = (0..<97).map { first + (last - first) * (Double($0) + 0.37) / 97.3 }
      .filter { t in !joints.contains { abs($0 - t) < 2e-4 } }
    for order in 1...2 {
      let below = try curve.points(.at(places.map { $0 - 1e-4 }), derivative: order - 1)
      let above = try curve.points(.at(places.map { $0 + 1e-4 }), derivative: order - 1)
      let slopes = zip(below, above).map { ($1 - $0) / 2e-4 }
      let drawn = try curve.points(.at(places), derivative: order)
      #expect(difference(drawn, slopes) <= 1e-6 * max(1, largest(drawn)))
    }
  }
}
