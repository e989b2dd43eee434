import CurveKernel
import Testing

/// Boxes, tangents, curvature and nearest points, against dense samples and closed forms.
@Suite struct MeasurePlacesTests {
  @Test(arguments: ArcLengthTests.kinds)
  func `positions are those that are drawn`(kind: AnyKind) throws {
    let curve = try kind.open()
    let measure = try CurveMeasure(curve)
    let (first, last) = curve.shape.parameterRange
    for i in 0...50 {
      let t = min(first + (last - first) * Double(i) / 50, last)
      let (a, b) = (try measure.position(at: t), try curve.points(.at([t]))[0])
      #expect(difference([SIMD2(a[0], a[1])], [b]) <= 2e-15 * 12)
    }
  }

  @Test(arguments: ArcLengthTests.kinds)
  func `the box holds all samples, tightly`(kind: AnyKind) throws {
    let curve = try kind.open()
    let box = try CurveMeasure(curve).boundingBox
    let samples = try curve.points(.samplesPerSegment(2000))
    for k in 0..<2 {
      let (low, high) = (samples.map { $0[k] }.min()!, samples.map { $0[k] }.max()!)
      #expect(box.min[k] <= low + 1e-14 && box.min[k] >= low - 1e-5, "\(box.min[k]) \(low)")
      #expect(box.max[k] >= high - 1e-14 && box.max[k] <= high + 1e-5)
    }
  }

  @Test(arguments: ArcLengthTests.kinds)
  func `no sample is nearer than the nearest point`(kind: AnyKind) throws {
    let curve = try kind.open()
    let measure = try CurveMeasure(curve)
    if case .step = kind.kind() { return }
    let samples = try curve.points(.samplesPerSegment(4000))
    var random = Lehmer(7)
    for _ in 0..<20 {
      let query = SIMD2(random.next(in: -5...14), random.next(in: -4...6))
      let found = try measure.nearest(to: [query.x, query.y])
      let least = samples.map { (($0 - query) * ($0 - query)).sum() }.min()!.squareRoot()
      #expect(found.distance <= least * (1 + 1e-14) + 1e-14)
      #expect(found.distance >= least - 1e-2)
      let gap = SIMD2(found.point[0], found.point[1]) - query
      #expect(abs((gap * gap).sum().squareRoot() - found.distance) <= 1e-14 * 14)
      let there = try measure.position(at: found.parameter)
      #expect(difference([SIMD2(there[0], there[1])], [SIMD2(found.point[0], found.point[1])]) <= 1e-13)
    }
  }

  @Test(arguments: ArcLengthTests.kinds)
  func `a point of the curve is its own nearest point`(kind: AnyKind) throws {
    let measure = try CurveMeasure(kind.open())
    for i in 0...20 {
      let point = try measure.position(atDistance: min(measure.length * Double(i) / 20, measure.length))
      #expect(try measure.nearest(to: point).distance <= 1e-14 * 12)
    }
  }

  @Test(arguments: ArcLengthTests.kinds)
  func `tangents and curvature are those of the derivatives`(kind: AnyKind) throws {
    let curve = try kind.open()
    let measure = try CurveMeasure(curve)
    if case .step = kind.kind() { return }
    let (from, to) = curve.shape.parameterRange
    for i in 0..<40 {
      let t = from + (to - from) * (Double(i) + 0.3) / 40
      let first = try curve.points(.at([t]), derivative: 1)[0]
      let second = try curve.points(.at([t]), derivative: 2)[0]
      let speed = (first * first).sum().squareRoot()
      guard speed > 1e-9 else { continue }
      let tangent = try measure.tangent(at: t)
      #expect(difference([SIMD2(tangent[0], tangent[1])], [first / speed]) <= 1e-11)
      #expect(try measure.normal(at: t) == [-tangent[1], tangent[0]])
      let bend = (first.x * second.y - first.y * second.x) / (speed * speed * speed)
      let curvature = try #require(try measure.curvature(at: t))
      #expect(abs(curvature - bend) <= 1e-9 * (1 + abs(bend)), "\(t) \(curvature) \(bend)")
    }
  }

  @Test func `at a cusp the tangent is the way out, and there is no curvature`() throws {
    let cusp = try CurveMeasure(
      Curve(.bezier, points: [[0, 0], [100, 100], [0, 100], [100, 0]] as [SIMD2<Double>]))
    #expect(try cusp.tangent(at: 0.5) == [0, -1])
    #expect(try cusp.curvature(at: 0.5) == nil)
    // Both handles drawn in: the end tangents are the chord's.
    let still = try CurveMeasure(
      Curve(.bezier, points: [[0, 0], [0, 0], [3, 4], [3, 4]] as [SIMD2<Double>]))
    #expect(try still.tangent(at: 0) == [0.6, 0.8])
    #expect(try still.tangent(at: 1) == [0.6, 0.8])
    #expect(try still.curvature(at: 1) == nil)
    #expect(try still.curvature(at: 0.5) == 0)
  }

  @Test func `where points are given twice the tangent is the way on, at the end the way in`() throws {
    let curve = try Curve(
      .linear(), points: [[0, 0], [0, 0], [0, 2], [0, 2], [2, 2], [2, 2]] as [SIMD2<Double>])
    let measure = try CurveMeasure(curve)
    #expect(try measure.tangent(at: 0.5) == [0, 1])
    #expect(try measure.tangent(at: 2.5) == [1, 0])
    #expect(try measure.tangent(at: 5) == [1, 0])
    #expect(try measure.curvature(at: 0.5) == nil)
  }

  @Test func `three dimensions have curvature without a sign, one has none of it`() throws {
    // A circle of radius 2 in a tilted plane, by its quarter as a rational curve of degree 2.
    let half = 0.5.squareRoot()
    let axis: SIMD3<Double> = [0, 2 * half, 2 * half]
    let circle = try CurveMeasure(
      Curve(.nurbs(degree: 2, weights: [1, half, 1]), points: [[2, 0, 0], [2, 0, 0] + axis, axis]))
    #expect(abs(try #require(try circle.curvature(at: 0.3)) - 0.5) <= 1e-14)
    #expect(throws: CurveError.self) { try circle.normal(at: 0) }
    #expect(try CurveMeasure(Curve(.cubic(), points: [0.0, 2, 1])).curvature(at: 0.5) == 0)
  }

  @Test func `the centre of a circle is as far from all of it`() throws {
    let half = 0.5.squareRoot()
    let measure = try CurveMeasure(
      Curve(
        .nurbs(degree: 2, weights: [1, half, 1]), points: [[1, 0], [1, 1], [0, 1]] as [SIMD2<Double>]))
    #expect(abs(try measure.nearest(to: [0, 0]).distance - 1) <= 1e-15)
    let beside = try measure.nearest(to: [1e-9, 0]).distance
    #expect(abs(beside - (1 - 1e-9)) <= 1e-15)
    #expect(abs(try measure.nearest(to: [2, 2]).parameter - 0.5) <= 1e-14)
  }

  @Test func `of 100,000 segments the nearest is found`() throws {
    let points = (0..<100_000).map { (i: Int) -> SIMD2<Double> in
      let (x, y) = (Double(i % 317), Double(i / 317))
      return SIMD2(x, y + Double(i * 7919 % 100) / 250)
    }
    let measure = try CurveMeasure(Curve(.linear(), points: points))
    for i in [0, 5_000, 77_777, 99_999] {
      let found = try measure.nearest(to: [points[i].x, points[i].y])
      #expect(found.distance <= 1e-12)
    }
  }

  @Test func `a query of other dimensions or with NaN is refused`() throws {
    let measure = try CurveMeasure(Curve(.linear(), points: [[0, 0], [1, 1]] as [SIMD2<Double>]))
    #expect(throws: CurveError.wrongDimensions(3)) { try measure.nearest(to: [1, 2, 3]) }
    #expect(throws: CurveError.notFinite(index: 0)) { try measure.nearest(to: [1, .nan]) }
    #expect(throws: CurveError.self) { try measure.position(at: .nan) }
    #expect(throws: CurveError.outside(index: 0, value: 2, first: 0, last: 1)) {
      try measure.position(at: 2)
    }
    #expect(throws: CurveError.self) { try measure.parameter(atDistance: .nan) }
    #expect(throws: CurveError.self) { try measure.parameter(atDistance: -1) }
  }

  @Test func `however far from the origin, differences count`() throws {
    for x in [1e130, 1e300, -1e300] {
      let points: [SIMD2<Double>] = [[x, 0], [x, 1], [x, 3]]
      let curve = try Curve(.linear(parameterization: .uniform), points: points)
      let measure = try CurveMeasure(curve)
      #expect(measure.length == 3)
      #expect(try measure.nearest(to: [x, 2]).point == [x, 2])
      #expect(try curve.points(.count(4, spacing: .arcLength)) == [[x, 0], [x, 1], [x, 2], [x, 3]])
    }
    let tiny = try CurveMeasure(
      Curve(.linear(parameterization: .uniform), points: [[1, 1e-200], [1, 2e-200]] as [SIMD2<Double>]))
    #expect(try tiny.nearest(to: [2, 0]).distance == 1)
    #expect(try tiny.nearest(to: [0, 0]).distance == 1)
  }

  @Test func `tangents of many equal points are found at once`() throws {
    let count = 200_000
    var points = [SIMD2<Double>](repeating: [3, 4], count: count)
    points[count - 1] = [6, 8]
    let measure = try CurveMeasure(Curve(.linear(parameterization: .uniform), points: points))
    for i in 0..<20_000 { #expect(try measure.tangent(at: Double(i)) == [0.6, 0.8]) }
    let still = try CurveMeasure(
      Curve(
        .linear(parameterization: .uniform), points: [SIMD2<Double>](repeating: [3, 4], count: count)))
    for i in 0..<20_000 { #expect(try still.tangent(at: Double(i)) == [0, 0]) }
  }
}

/// Numbers that look random and are the same each time.
struct Lehmer {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 2 &+ 1 }

  mutating func next(in range: ClosedRange<Double>) -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return range.lowerBound + (range.upperBound - range.lowerBound) * Double(state >> 11) * 0x1p-53
  }
}
