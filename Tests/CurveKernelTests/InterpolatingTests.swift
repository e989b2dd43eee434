import CurveKernel
import Testing

/// B-splines through the points.
@Suite struct InterpolatingTests {
  /// x rises unevenly.
  static let x = [-2, -1.75, -0.5, 0.25, 0.5, 1.5, 2, 3.25, 3.5]

  @Test(arguments: 1...5, Parameterization.allCases)
  func `a polynomial of the degree is itself, from degree plus one points on`(
    degree: Int, p: Parameterization
  ) throws {
    // Along the parameter; for distances a line, the only curve that is polynomial in them.
    let power = p == .x || p == .uniform ? degree : 1
    func height(_ t: Double) -> Double { (0..<power).reduce(1) { sum, k in sum * (t - Double(k) / 2) } }
    for count in (degree + 1)...9 {
      let knots = p == .uniform || p == .centripetal ? (0..<count).map { Double($0) / 4 } : Self.x
      let points = knots.prefix(count).map { SIMD2($0, height($0)) }
      let curve = try Curve(.interpolatingBSpline(degree: degree, parameterization: p), points: points)
      let drawn = try curve.points(.samplesPerSegment(7))
      let largest = drawn.map { abs($0.y) }.max() ?? 0
      for q in drawn { #expect(abs(q.y - height(q.x)) <= 64 * 0x1p-53 * max(1, largest)) }
    }
  }

  @Test(arguments: [2, 4, 5], [Parameterization.uniform, .x])
  func `its derivatives up to the degree less one join at the knots`(degree: Int, p: Parameterization) throws
  {
    let points = Self.x.enumerated().map { SIMD2($0.element, Double($0.offset * 5 % 7)) }
    let curve = try Curve(.interpolatingBSpline(degree: degree, parameterization: p), points: points)
    // The knots are points for an odd degree, middles for an even one.
    for i in 0..<8 {
      let whole = p == .x ? Self.x[i] : Double(i)
      let next = p == .x ? Self.x[i + 1] : Double(i + 1)
      let knot = degree % 2 == 0 ? (whole + next) / 2 : whole
      guard i > 0 else { continue }
      for order in 0...min(2, degree - 1) {
        let near = try curve.points(.at([knot - 1e-9, knot + 1e-9]), derivative: order)
        #expect(abs(near[0].y - near[1].y) <= 1e-4, "order \(order) at \(knot)")
      }
    }
  }

  @Test(arguments: [2, 4, 5], [Parameterization.chordal, .centripetal])
  func `repeated points are one, and too few of them lower the degree`(degree: Int, p: Parameterization)
    throws
  {
    let kind = CurveKind.interpolatingBSpline(degree: degree, parameterization: p)
    let q = AnyKind.points
    let once = try Curve(kind, points: q).points(.samplesPerSegment(4))
    let twice = try Curve(kind, points: q.flatMap { [$0, $0] }).points(.samplesPerSegment(4))
    for i in 0..<12 {
      #expect(twice[8 * i..<8 * i + 4].allSatisfy { $0 == q[i] })
      #expect(Array(twice[8 * i + 4..<8 * i + 8]) == Array(once[4 * i..<4 * i + 4]))
    }
    // Two places are a line, one stays.
    let line = try Curve(kind, points: q[0..<2].flatMap { [$0, $0, $0] }).points(.samplesPerSegment(2))
    #expect(difference([line[5]], [(q[0] + q[1]) / 2]) < 1e-15)
    let still = [SIMD2<Double>](repeating: q[3], count: 6)
    for derivative in 0...2 {
      let drawn = try Curve(kind, points: still).points(.samplesPerSegment(3), derivative: derivative)
      #expect(drawn.allSatisfy { $0 == (derivative == 0 ? q[3] : [0, 0]) })
    }
  }

  @Test(arguments: 1...5)
  func `fewer points than degree plus one are refused, and so is a ring`(degree: Int) {
    let kind = CurveKind.interpolatingBSpline(degree: degree)
    #expect(
      throws: CurveError.tooFewPoints(
        kind: "interpolating-b-spline", count: degree, needed: degree + 1, from: 0)
    ) { try Curve(kind, points: Array(AnyKind.points.prefix(degree))) }
    #expect(throws: CurveError.self) { try Curve(kind, points: AnyKind.ring, closed: true) }
  }

  @Test(arguments: [0, 6])
  func `a degree outside 1 to 5 is refused`(degree: Int) {
    #expect(throws: CurveError.self) {
      try Curve(.interpolatingBSpline(degree: degree), points: AnyKind.points)
    }
  }

  @Test func `a far origin costs no digits`() throws {
    for degree in [2, 4, 5] {
      let kind = CurveKind.interpolatingBSpline(degree: degree, parameterization: .x)
      let near = try Curve(kind, points: AnyKind.points)
      // Both shifts are exact for these points: not a bit of the shape changes.
      let points = AnyKind.points.map { $0 + [0x1p30, 0x1p40] }
      for derivative in 1...2 {
        let far = try Curve(kind, points: points).points(.samplesPerSegment(4), derivative: derivative)
        #expect(try far == near.points(.samplesPerSegment(4), derivative: derivative))
      }
    }
  }
}
