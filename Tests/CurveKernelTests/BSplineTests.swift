import CurveKernel
import Testing

/// B-splines and NURBS against the recursion that defines them, and against curves known exactly.
@Suite struct BSplineTests {
  /// N_{i,p}(t) by the Cox–de Boor recursion, right-hand spans counting except at the end.
  static func basis(_ i: Int, _ p: Int, _ t: Double, _ knots: [Double], end: Double) -> Double {
    if p == 0 {
      let isLast = t == end && knots[i] < end && knots[i + 1] == end
      return knots[i] <= t && t < knots[i + 1] || isLast ? 1 : 0
    }
    func part(_ numerator: Double, _ denominator: Double, _ i: Int) -> Double {
      denominator == 0 ? 0 : numerator / denominator * basis(i, p - 1, t, knots, end: end)
    }
    return part(t - knots[i], knots[i + p] - knots[i], i)
      + part(knots[i + p + 1] - t, knots[i + p + 1] - knots[i + 1], i + 1)
  }

  /// The point at `t`, by the definition.
  static func point(
    _ points: [SIMD2<Double>], _ weights: [Double], _ p: Int, _ knots: [Double], _ t: Double
  ) -> SIMD2<Double> {
    var (sum, weight) = (SIMD2<Double>(), 0.0)
    for i in points.indices {
      let b = basis(i, p, t, knots, end: knots[points.count]) * weights[i]
      sum += points[i] * b
      weight += b
    }
    return sum / weight
  }

  static func clamped(_ n: Int, _ p: Int) -> [Double] {
    (0...(n + p)).map { Double(min(max($0 - p, 0), n - p)) }
  }

  static func given(_ n: Int, _ p: Int, _ random: inout Random) -> [Double] {
    var knots = (0...(n + p)).map { _ in Double.random(in: -4...4, using: &random) }.sorted()
    // A knot of the highest multiplicity that keeps the curve in one piece, and clamped ends.
    for i in 0...p { (knots[i], knots[n + i]) = (knots[p], knots[n]) }
    if n > 2 * p + 2 { for i in 1..<p { knots[p + 1 + i] = knots[p + 1] } }
    return knots
  }

  @Test(arguments: 1...5) func `a B-spline is what the recursion says`(degree: Int) throws {
    var random = Random(seed: UInt64(degree))
    let points = AnyKind.points
    let n = points.count
    let ones = [Double](repeating: 1, count: n)
    let weights = (0..<n).map { _ in Double.random(in: 0.2...5, using: &random) }
    let uniform = (0...(n + degree)).map(Double.init)
    let drawn = Self.given(n, degree, &random)
    for (vector, knots) in [
      (KnotVector.clampedUniform, Self.clamped(n, degree)), (.uniform, uniform), (.given(drawn), drawn),
      (.given(uniform), uniform),
    ] {
      let (first, last) = (knots[degree], knots[n])
      let places = (0...60).map { $0 == 60 ? last : first + (last - first) * Double($0) / 60 }
      let plain = try Curve(.bSpline(degree: degree, knots: vector), points: points)
      let rational = try Curve(.nurbs(degree: degree, weights: weights, knots: vector), points: points)
      for (curve, own) in [(plain, ones), (rational, weights)] {
        let expected = places.map { Self.point(points, own, degree, knots, $0) }
        #expect(difference(try curve.points(.at(places)), expected) <= 1e-13 * largest(points))
        #expect(difference(try curve.points(.count(61)), expected) <= 1e-13 * largest(points))
        let breaks = knots[degree...n].reduce(into: [Double]()) { if $0.last != $1 { $0.append($1) } }
        let even = try curve.points(.samplesPerSegment(3))
        #expect(even.count == (breaks.count - 1) * 3 + 1)
        for (i, p) in even.enumerated() {
          let (s, u) = (min(i / 3, breaks.count - 2), i == even.count - 1 ? 1 : Double(i % 3) / 3)
          let t = i == even.count - 1 ? last : breaks[s] + (breaks[s + 1] - breaks[s]) * u
          let expected = Self.point(points, own, degree, knots, t)
          #expect(difference([p], [expected]) <= 1e-12 * largest(points))
        }
      }
    }
  }

  @Test(arguments: 1...5) func `derivatives are what differences tend to`(degree: Int) throws {
    var random = Random(seed: UInt64(90 + degree))
    let knots = Self.given(13, degree, &random)
    let weights = (0..<13).map { _ in Double.random(in: 0.5...2, using: &random) }
    let inner = knots.filter { $0 > knots[0] && $0 < knots[13] }
    let places = (0..<97).map { knots[0] + (knots[13] - knots[0]) * (Double($0) + 0.37) / 97.3 }
      .filter { t in !inner.contains { abs($0 - t) < 2e-4 } }
    for kind in [
      CurveKind.bSpline(degree: degree, knots: .given(knots)),
      .nurbs(degree: degree, weights: weights, knots: .given(knots)),
    ] {
      let curve = try Curve(kind, points: AnyKind.points)
      for order in 1...2 {
        let (above, below) = (
          try curve.points(.at(places.map { $0 + 1e-5 }), derivative: order - 1),
          try curve.points(.at(places.map { $0 - 1e-5 }), derivative: order - 1)
        )
        let drawn = try curve.points(.at(places), derivative: order)
        let differences = zip(above, below).map { ($0 - $1) / 2e-5 }
        #expect(difference(drawn, differences) <= 1e-5 * (1 + largest(drawn)), "\(kind.name) \(order)")
      }
    }
  }

  @Test(arguments: 1...5) func `the end has the derivatives of the last segment`(degree: Int) throws {
    let weights = (0..<13).map { 1 + Double($0 % 3) }
    for kind in [CurveKind.bSpline(degree: degree), .nurbs(degree: degree, weights: weights)] {
      let curve = try Curve(kind, points: AnyKind.points)
      let last = Double(13 - degree)
      for order in 1...2 {
        let drawn = try curve.points(.at([last, last - 1e-9]), derivative: order)
        #expect(difference([drawn[0]], [drawn[1]]) <= 1e-6 * (1 + largest(drawn)))
      }
    }
  }

  @Test func `a clamped B-spline of one span is the Bézier curve`() throws {
    let points = Array(AnyKind.points.prefix(4))
    let bezier = try Curve(.bezier, points: points).points(.count(33))
    let spline = try Curve(.bSpline(), points: points).points(.count(33))
    #expect(difference(bezier, spline) <= CurvePropertyTests.slack * largest(points))
    let three = Array(points.prefix(3))
    let quadratic = try Curve(.quadraticBezier, points: three).points(.count(33))
    let second = try Curve(.bSpline(degree: 2), points: three).points(.count(33))
    #expect(difference(quadratic, second) <= CurvePropertyTests.slack * largest(three))
  }

  @Test(arguments: 1...5) func `clamped curves begin and end at their end points, to the bit`(degree: Int)
    throws
  {
    let ends = [AnyKind.points[0], AnyKind.points[12]]
    let weights = AnyKind.points.indices.map { 0.3 + Double($0) }
    for kind in [CurveKind.bSpline(degree: degree), .nurbs(degree: degree, weights: weights)] {
      #expect(try Curve(kind, points: AnyKind.points).points(.count(2)) == ends)
    }
  }

  @Test(arguments: 1...5) func `a closed B-spline is the uniform one of its points and the first ones again`(
    degree: Int
  ) throws {
    let ring = AnyKind.ring
    let long = ring + ring.prefix(degree)
    let weights = ring.indices.map { 1 + Double($0 % 4) }
    let longWeights = weights + weights.prefix(degree)
    for (closed, open) in [
      (CurveKind.bSpline(degree: degree), CurveKind.bSpline(degree: degree, knots: .uniform)),
      (
        .nurbs(degree: degree, weights: weights),
        .nurbs(degree: degree, weights: longWeights, knots: .uniform)
      ),
    ] {
      let round = try Curve(closed, points: ring, closed: true)
      let straight = try Curve(open, points: long)
      let drawn = try round.points(.samplesPerSegment(5))
      #expect(drawn.count == 12 * 5 + 1)
      #expect(drawn[0] == drawn[60])
      #expect(difference(drawn, try straight.points(.samplesPerSegment(5))) <= 1e-14 * largest(ring))
      // Its parameter runs from 0, that of the open one from knot `degree`.
      let places = [0, 0.5, 7.25, 12]
      let shifted = places.map { $0 + Double(degree) }
      #expect(
        difference(try round.points(.at(places)), try straight.points(.at(shifted))) <= 1e-14 * largest(ring))
    }
  }

  @Test func `four rational arcs are a circle`() throws {
    let h = 0.5.squareRoot()
    let points: [SIMD2<Double>] = [
      [1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1], [0, -1], [1, -1], [1, 0],
    ]
    let kind = CurveKind.nurbs(
      degree: 2, weights: [1, h, 1, h, 1, h, 1, h, 1],
      knots: .given([0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 4]))
    let circle = try Curve(kind, points: points)
    for p in try circle.points(.samplesPerSegment(17)) { #expect(abs((p * p).sum() - 1) <= 1e-15) }
    let narrow = try Curve(kind, points: points.map { SIMD2<Float>($0) }).points(.samplesPerSegment(17))
    for p in narrow { #expect(abs((p * p).sum() - 1) <= 4 * Float(1).ulp) }
    // The tangent stands at right angles, the curvature is 1.
    let (places, d1, d2) = (
      try circle.points(.count(41)), try circle.points(.count(41), derivative: 1),
      try circle.points(.count(41), derivative: 2)
    )
    for i in places.indices {
      #expect(abs((places[i] * d1[i]).sum()) <= 1e-14)
      let speed = (d1[i] * d1[i]).sum().squareRoot()
      #expect(abs((d1[i].x * d2[i].y - d1[i].y * d2[i].x) / (speed * speed * speed) - 1) <= 1e-12)
    }
  }

  @Test(arguments: 1...5) func `equal weights are no weights`(degree: Int) throws {
    let plain = try Curve(.bSpline(degree: degree), points: AnyKind.points).points(.count(200))
    for weight in [1, 3.7, 1e-300, 1e300] {
      let kind = CurveKind.nurbs(degree: degree, weights: [Double](repeating: weight, count: 13))
      let drawn = try Curve(kind, points: AnyKind.points).points(.count(200))
      #expect(difference(plain, drawn) <= 1e-14 * largest(plain))
    }
  }

  @Test(arguments: 1...5) func `gaps break a spline into splines of their own`(degree: Int) throws {
    var points = AnyKind.points
    points[6] = [.nan, 0]
    let curve = try Curve(.bSpline(degree: degree), points: points, gaps: .break)
    let (first, second) = (Array(points[0..<6]), Array(points[7...]))
    let left = try Curve(.bSpline(degree: degree), points: first).points(.samplesPerSegment(3))
    let right = try Curve(.bSpline(degree: degree), points: second).points(.samplesPerSegment(3))
    let drawn = try curve.points(.samplesPerSegment(3))
    #expect(Array(drawn.prefix(left.count)) == left && Array(drawn.suffix(right.count)) == right)
    #expect(drawn.count == left.count + 1 + right.count && drawn[left.count].x.isNaN)
    // The second piece's parameter begins at its first point.
    #expect(
      try curve.points(.at([0, 7, 7.5]))
        == [first[0], second[0], right[0]].enumerated().map { i, p in
          i < 2 ? p : try Curve(.bSpline(degree: degree), points: second).points(.at([0.5]))[0]
        })
  }

  @Test(arguments: ExtremeTests.sets.indices, 1...5)
  func `finite numbers give finite curves or an error`(number: Int, degree: Int) {
    let points = ExtremeTests.sets[number].points
    let weights = points.indices.map { $0 % 2 == 0 ? 1 : 1e28 }
    let knots = BSplineTests.clamped(13, degree).map { $0 * 1e300 }
    for kind in [
      CurveKind.bSpline(degree: degree), .bSpline(degree: degree, knots: .uniform),
      .bSpline(degree: degree, knots: .given(knots)), .nurbs(degree: degree),
      .nurbs(degree: degree, weights: weights),
      .nurbs(degree: degree, weights: weights, knots: .given(knots)),
    ] {
      for closed in [false, true] {
        check(kind, points, closed)
        check(kind, points.map { SIMD2<Float>($0 * [1e-262, 1e-262]) }, closed)
      }
    }
  }

  func check<E: CurveElement & BitwiseCopyable & SIMD>(_ kind: CurveKind, _ points: [E], _ closed: Bool)
  where E.Scalar: BinaryFloatingPoint {
    guard let curve = try? Curve(kind, points: points, closed: closed) else { return }
    for derivative in 0...2 {
      for sampling in [Sampling.samplesPerSegment(3), .count(40)] {
        guard let drawn = try? curve.points(sampling, derivative: derivative) else { continue }
        for p in drawn { for k in p.indices { #expect(p[k].isFinite, "\(kind) \(derivative)") } }
      }
    }
  }

  @Test func `knots and weights that make no curve are refused`() {
    func refused(_ kind: CurveKind, _ error: CurveError, closed: Bool = false) {
      #expect(throws: error) { try Curve(kind, points: Array(AnyKind.points.prefix(4)), closed: closed) }
    }
    refused(
      .bSpline(degree: 0), .optionOutOfRange(name: "degree", value: 0, range: "a whole number from 1 to 5"))
    refused(
      .bSpline(degree: 6), .optionOutOfRange(name: "degree", value: 6, range: "a whole number from 1 to 5"))
    refused(.bSpline(degree: 4), .tooFewPoints(kind: "b-spline", count: 4, needed: 5, from: 0))
    refused(.bSpline(degree: 2, knots: .given([0, 1])), .wrongKnots(count: 2, points: 4, degree: 2))
    refused(
      .bSpline(degree: 2, knots: .given([0, 0, 0, .infinity, 1, 1, 1])),
      .badKnot(index: 3, value: .infinity, before: nil))
    refused(
      .bSpline(degree: 2, knots: .given([0, 0, 1, 0.5, 1, 1, 1])),
      .badKnot(index: 3, value: 0.5, before: 1))
    refused(
      .bSpline(degree: 1, knots: .given([0, 1, 2, 2, 3, 4])), .repeatedKnot(index: 3, value: 2, most: 1))
    refused(
      .bSpline(degree: 2, knots: .given([0, 0, 0, 0, 1, 1, 1])), .repeatedKnot(index: 3, value: 0, most: 3))
    refused(
      .bSpline(degree: 2, knots: .given([0, 1, 2, 2, 2, 3, 4])), .emptyKnots(degree: 2, value: 2))
    refused(.nurbs(degree: 2, weights: [1, 1]), .wrongWeights(count: 2, needed: 4))
    for weight in [0, -1, Double.infinity] {
      refused(.nurbs(degree: 2, weights: [1, 1, weight, 1]), .badWeight(index: 2, value: weight))
    }
    refused(
      .nurbs(degree: 2, weights: [1, 1, 1e30, 1]), .weightsTooFar(least: 1, most: 1e30, isMeasured: false))
    let closedKnots = CurveError.optionMismatch(
      name: "knots", reason: "of a closed curve are uniform: leave them out, or leave closed out")
    refused(.bSpline(degree: 2, knots: .given([0, 0, 0, 1, 2, 2, 2])), closedKnots, closed: true)
  }
}
