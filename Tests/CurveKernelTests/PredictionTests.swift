import CurveKernel
import Testing

/// Each kind goes on by its own mathematics.
@Suite struct PredictionTests {
  typealias Point = SIMD2<Double>

  /// Last point and tangent a step, drawn by the curve itself.
  static func end(_ curve: Curve<Point>) throws -> (point: Point, tangent: Point) {
    let last = curve.shape.parameterRange.last
    let step = curve.shape.isByX ? AnyKind.points[12].x - AnyKind.points[11].x : 1
    return (
      try curve.points(.at([last]))[0], try curve.points(.at([last]), derivative: 1)[0] * step
    )
  }

  static let smooth =
    AnyKind.all.filter { kind in
      ["monotone", "steffen", "akima", "makima", "hermite"].contains { kind.name.hasPrefix($0) }
        || (kind.name.hasPrefix("cubic") && !kind.name.contains("not-a-knot")
          && kind.name != "cubic centripetal")
    } + smoothing

  static let smoothing = [
    AnyKind("smoothing x", .byShearAlongX) { _ in .smoothing(lambda: 0.3, parameterization: .x) },
    AnyKind("smoothing", .affinely) { _ in .smoothing(lambda: 0.3, parameterization: .uniform) },
    AnyKind("smoothing auto", .affinely) { _ in .smoothing(parameterization: .chordal) },
  ]

  @Test(arguments: smooth)
  func `what is built from slopes goes on along its end tangent`(kind: AnyKind) throws {
    let curve = try kind.open()
    let (point, tangent) = try Self.end(curve)
    let expected = (1...40).map { point + Double($0) * tangent }
    #expect(difference(try curve.predicted(horizon: 40), expected) <= 1e-12)
  }

  @Test(arguments: [
    CurveKind.linear(), .linear(parameterization: .chordal), .catmullRom(), .catmullRom(alpha: 0.5),
    .catmullRom(alpha: 1, tension: 0.3, ends: .reflect), .cardinal(tension: 1), .cardinal(tension: 3),
    .kochanekBartels(tension: 0.5, continuity: -1, bias: 1), .bezier, .quadraticBezier, .bSpline(),
    .bSpline(degree: 5, knots: .uniform), .nurbs(degree: 2, weights: AnyKind.points.map { 13 - $0.x }),
  ])
  func `an end tangent on the last leg goes on along it, a leg a step`(kind: CurveKind) throws {
    let predicted = try Curve(kind, points: AnyKind.points).predicted(horizon: 3)
    #expect(predicted == [[14.5, 2.25], [17, 4], [19.5, 5.75]])
  }

  @Test func `the straight polygon of a uniform B-spline is its own curve, knot by knot`() throws {
    // Five legs more: behind the last given point nothing but the straight legs reaches the curve.
    let points = AnyKind.points
    let predicted = try Curve(.bSpline(knots: .uniform), points: points).predicted(horizon: 5)
    let longer = try Curve(.bSpline(knots: .uniform), points: points + predicted)
    // The curve at knot j is next to point j − 2.
    #expect(difference(try longer.points(.at([15, 16, 17])), Array(predicted.prefix(3))) <= 1e-14)
  }

  @Test func `a straight line in x, y follows the last step of x`() throws {
    let curve = try Curve(.linear(parameterization: .x), points: [[0, 0], [1, 5], [4, 2]] as [Point])
    #expect(try curve.predicted(horizon: 2) == [[7, -1], [10, -4]])
  }

  @Test(arguments: StepPlacement.allCases)
  func `a step holds its last value`(placement: StepPlacement) throws {
    let points: [Point] = [[0, 3], [1, 5], [3, 4]]
    #expect(try Curve(.step(placement), points: points).predicted(horizon: 2) == [[3, 4], [3, 4]])
    let along = try Curve(.step(placement, parameterization: .x), points: points)
    #expect(try along.predicted(horizon: 2) == [[5, 4], [7, 4]])
  }

  @Test(arguments: [Parameterization.uniform, .x])
  func `a not-a-knot spline goes on as its last cubic`(along: Parameterization) throws {
    func cubic(_ t: Double) -> Point { [t, ((t - 3) * t + 2) * t - 7] }
    let curve = try Curve(
      .cubic(boundary: .notAKnot, parameterization: along), points: (0..<9).map { cubic(Double($0)) })
    let predicted = try curve.predicted(horizon: 50)
    let expected = (9..<59).map { cubic(Double($0)) }
    #expect(difference(predicted, expected) <= 1e-12 * largest(expected))
  }

  @Test(arguments: 1...5, [Parameterization.uniform, .x])
  func `an interpolating B-spline goes on as its last polynomial`(degree: Int, along: Parameterization) throws
  {
    let kind = CurveKind.interpolatingBSpline(degree: degree, parameterization: along)
    let curve = try Curve(kind, points: AnyKind.points)
    // A second method: Lagrange's polynomial through points of the last half segment. Three steps on, seven half
    // segments, it weighs their rounding some 10⁷ times for degree 5.
    let isX = along == .x
    let (from, to) = isX ? (AnyKind.points[11].x, AnyKind.points[12].x) : (11, 12)
    let places = (0...degree).map { 0.5 + 0.5 * Double($0) / Double(degree) }
    let values = try curve.points(.at(places.map { $0 == 1 ? to : from + (to - from) * $0 }))
    let expected = (1...3).map { s in
      places.indices.reduce(Point()) { sum, i in
        let weight = places.indices.reduce(1.0) { product, j in
          j == i ? product : product * (1 + Double(s) - places[j]) / (places[i] - places[j])
        }
        return sum + values[i] * weight
      }
    }
    let slack = [0, 1e-14, 1e-13, 1e-11, 1e-9, 1e-7][degree]
    #expect(difference(try curve.predicted(horizon: 3), expected) <= slack * largest(expected))
  }

  @Test(arguments: 1...5) func `a polynomial of its degree goes on as itself`(degree: Int) throws {
    func value(_ t: Double) -> Point {
      [t, (0...degree).reduce(0) { $0 * (t - 4) / 2 + Double(3 - $1) }]
    }
    for along in [Parameterization.uniform, .x] {
      let curve = try Curve(
        .interpolatingBSpline(degree: degree, parameterization: along),
        points: (0..<9).map { value(Double($0)) })
      let expected = (9..<29).map { value(Double($0)) }
      #expect(difference(try curve.predicted(horizon: 20), expected) <= 1e-9 * largest(expected))
    }
  }

  @Test(arguments: AnyKind.all) func `linear and spline look at the points alone`(kind: AnyKind) throws {
    let along = kind.isByX ? Parameterization.x : kind.kind().parameterization ?? .uniform
    let curve = try kind.open()
    let linear = try Curve(.linear(parameterization: along), points: AnyKind.points).predicted(horizon: 9)
    #expect(try curve.predicted(horizon: 9, extrapolation: .linear) == linear)
    let spline = try Curve(
      .cubic(boundary: .notAKnot, parameterization: along), points: AnyKind.points
    ).predicted(horizon: 9)
    #expect(try curve.predicted(horizon: 9, extrapolation: .spline) == spline)
  }

  @Test func `a monotone curve does not turn beyond its end`() throws {
    var random = Random(seed: 7)
    for _ in 0..<200 {
      var x = 0.0
      let points = (0..<6).map { _ in
        x += Double.random(in: 0.1...2, using: &random)
        return Point(x, Double(Int.random(in: -3...3, using: &random)))
      }
      for method in MonotoneMethod.allCases {
        let predicted = try Curve(.monotone(method), points: points).predicted(horizon: 1)
        let (before, after) = (points[5].y - points[4].y, predicted[0].y - points[5].y)
        #expect(before * after >= 0)
        #expect(before != 0 || after == 0)
      }
    }
  }

  @Test(arguments: AnyKind.all.filter { $0.moves != .axisByAxis && $0.moves != .bySimilarity })
  func `the prediction of moved points is the prediction, moved`(kind: AnyKind) throws {
    // Along x only ordinates may be mixed with x; scaling both axes is fair to all.
    let shear: (Point) -> Point = { [2 * $0.x - 5, 3 * $0.x - 0.5 * $0.y + 1] }
    let tangents = AnyKind.tangents.map { [2 * $0[0], 3 * $0[0] - 0.5 * $0[1]] }
    let plain = try kind.open()
    let moved = try Curve(kind.kind(tangents), points: AnyKind.points.map(shear))
    for way in [Extrapolation.curve, .linear, .spline] {
      let expected = try plain.predicted(horizon: 8, extrapolation: way).map(shear)
      let predicted = try moved.predicted(horizon: 8, extrapolation: way)
      #expect(difference(predicted, expected) <= 1e-11 * largest(expected), "\(way)")
    }
  }
}
