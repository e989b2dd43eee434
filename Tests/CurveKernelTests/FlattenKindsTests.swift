import CurveKernel
import Testing

/// Flattening for every kind, dimension and scalar.
@Suite struct FlattenKindsTests {
  static let splines: [(String, CurveKind)] =
    (1...5).flatMap { degree -> [(String, CurveKind)] in
      [
        ("b-spline \(degree)", .bSpline(degree: degree)),
        ("nurbs \(degree)", .nurbs(degree: degree, weights: (0..<13).map { [1, 4, 0.125, 30][$0 % 4] })),
      ]
    } + [
      ("b-spline uniform", .bSpline(degree: 4, knots: .uniform)), ("nurbs uniform", .nurbs(knots: .uniform)),
    ]
  static let kinds: [(String, CurveKind)] =
    AnyKind.all.filter { !$0.name.hasPrefix("step") }.map { ($0.name, $0.kind()) } + splines

  @Test func `every kind stays within the tolerance`() throws {
    for (name, kind) in Self.kinds {
      let curve = try Curve(kind, points: AnyKind.points)
      for tolerance in [0.5, 1e-3] {
        let worst = try deviation(curve, curve, tolerance)
        #expect(worst <= tolerance, "\(name) at \(tolerance)")
      }
      // Half an ulp of Float, at 14, is 5e-7; the points are floats.
      let floats = try Curve(kind, points: AnyKind.points.map { SIMD2<Float>($0) })
      for tolerance in [0.05, 2e-4] {
        let worst = try deviation(floats, curve, tolerance)
        #expect(worst <= tolerance, "\(name) in f32 at \(tolerance)")
      }
    }
  }

  @Test func `closed curves end where they begin, within the tolerance`() throws {
    for kind in AnyKind.closable where !kind.name.hasPrefix("step") {
      let curve = try kind.closed()
      let worst = try deviation(curve, curve, 0.001)
      #expect(worst <= 0.001, "\(kind.name)")
      let points = try curve.points(.tolerance(0.001))
      #expect(points.first == points.last)
    }
  }

  @Test(arguments: 1...4) func `every dimension stays within the tolerance`(dimensions: Int) throws {
    var random = Random(seed: UInt64(dimensions))
    for kind in [.catmullRom(), .catmullRom(tension: -6), .bSpline(degree: 5), .nurbs(), .cubic()]
      as [CurveKind]
    {
      let numbers = (0..<13 * dimensions).map { _ in Double(Float.random(in: -9...9, using: &random)) }
      let curve = try Curve<Double>(kind, coordinates: numbers, dimensions: dimensions)
      let floats = try Curve<Float>(kind, coordinates: numbers.map { Float($0) }, dimensions: dimensions)
      for tolerance in [2, 0.01, 2e-4] {
        let worst = try deviation(curve, curve, tolerance)
        #expect(worst <= tolerance, "\(kind.name) at \(tolerance)")
        let error = try deviation(floats, curve, tolerance)
        #expect(error <= tolerance, "\(kind.name) in f32 at \(tolerance)")
      }
    }
  }

  @Test func `the vertices at joints are the control points, to the bit`() throws {
    for kind in [.catmullRom(), .cubic(), .akima(parameterization: .uniform)] as [CurveKind] {
      let points = AnyKind.points.map { SIMD2<Float>($0 / 3) }
      let drawn = try Curve(kind, points: points).points(.tolerance(0.01))
      #expect(points.allSatisfy(drawn.contains))
    }
  }

  @Test func `straight lines are their points`() throws {
    let points = AnyKind.points.map { SIMD2<Float>($0) }
    #expect(try Curve(.linear(), points: points).points(.tolerance(1e-3)) == points)
    let line = (0..<9).map { SIMD2<Double>(Double($0), 3 * Double($0)) }
    #expect(try Curve(.cubic(), points: line).points(.tolerance(1e-9)).count == 9)
  }

  @Test func `derivatives are taken at the same places`() throws {
    let curve = try Curve(.catmullRom(), points: AnyKind.points)
    let plan = try SamplePlan(.tolerance(0.01), curve.shape, curve.fitted)
    var located = [Located](repeating: Located(0, 0), count: plan.count)
    var places = located.mutableSpan
    plan.locate(&places, curve.shape, piece: 0, first: 0)
    let parameters = located.map { Double($0.segment) + $0.u }
    for derivative in 1...2 {
      let drawn = try curve.points(.tolerance(0.01), derivative: derivative)
      let asked = try curve.points(.at(parameters), derivative: derivative)
      #expect(difference(drawn, asked) <= 1e-12)
    }
  }
}

/// The largest distance of densely sampled points of `exact`, a curve of Double, from the chords of another scalar's polyline
/// over the same parameters.
func deviation<A: CurveElement & BitwiseCopyable, B: CurveElement & BitwiseCopyable>(
  _ curve: Curve<A>, _ exact: Curve<B>, _ tolerance: Double
) throws -> Double {
  let d = curve.dimensions
  let vertices = A.flatten(try curve.points(.tolerance(tolerance)))
  let plan = try SamplePlan(.tolerance(tolerance), curve.shape, curve.fitted)
  var located = [Located](repeating: Located(0, 0), count: plan.count)
  var places = located.mutableSpan
  plan.locate(&places, curve.shape, piece: 0, first: 0)
  let each = 100
  let dense = B.flatten(try exact.points(.samplesPerSegment(each)))
  let halves = curve.shape.options.halves
  var worst = 0.0
  var chord = 0
  for i in 0..<dense.count / d {
    let t = Double(i) / Double(each) * Double(halves)
    while chord + 2 < plan.count, Double(located[chord + 1].segment) + located[chord + 1].u < t { chord += 1 }
    var (along, square) = (0.0, 0.0)
    for k in 0..<d {
      let (p, q) = (vertices[chord * d + k], vertices[(chord + 1) * d + k])
      along += (dense[i * d + k] - p) * (q - p)
      square += (q - p) * (q - p)
    }
    let s = square > 0 ? min(1, max(0, along / square)) : 0
    var distance = 0.0
    for k in 0..<d {
      let (p, q) = (vertices[chord * d + k], vertices[(chord + 1) * d + k])
      let e = dense[i * d + k] - (p + s * (q - p))
      distance += e * e
    }
    worst = max(worst, distance)
  }
  return worst.squareRoot()
}
