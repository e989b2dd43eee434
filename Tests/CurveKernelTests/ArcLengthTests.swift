import CurveKernel
import Testing

/// Lengths and distances along every kind of curve, against sums of chords and closed forms.
@Suite struct ArcLengthTests {
  static let kinds =
    AnyKind.all + [
      AnyKind("b-spline", .affinely) { _ in .bSpline() },
      AnyKind("b-spline 2", .affinely) { _ in .bSpline(degree: 2, knots: .uniform) },
      AnyKind("b-spline 5", .affinely) { _ in .bSpline(degree: 5) },
      AnyKind("nurbs", .affinely) { points in
        .nurbs(degree: 3, weights: (0..<13).map { Double($0 * 7 % 5) + 0.5 })
      },
    ]

  @Test(arguments: kinds)
  func `the length is what sums of chords come to`(kind: AnyKind) throws {
    let curve = try kind.open()
    let measure = try CurveMeasure(curve)
    if case .step = kind.kind() { return }
    // Chords' sums are short by c·h² (+ …): one step of Richardson's extrapolation leaves h⁴.
    let (coarse, fine) = (try chords(curve, 1024), try chords(curve, 2048))
    let limit = fine + (fine - coarse) / 3
    #expect(abs(measure.length - limit) <= 1e-8 * limit, "\(measure.length) \(limit)")
  }

  @Test(arguments: kinds)
  func `evenly spaced points are evenly spaced`(kind: AnyKind) throws {
    let curve = try kind.open()
    let measure = try CurveMeasure(curve)
    let points = try curve.points(.count(41, spacing: .arcLength))
    #expect(points.count == 41)
    #expect(difference([points[0]], try curve.points(.at([curve.first]))) == 0)
    #expect(difference([points[40]], try curve.points(.at([curve.last]))) == 0)
    for (i, point) in points.enumerated() {
      let distance = min(measure.length * Double(i) / 40, measure.length)
      let wanted = try measure.position(atDistance: distance)
      #expect(difference([point], [SIMD2(wanted[0], wanted[1])]) <= 1e-12 * 12, "\(i)")
    }
    if case .step = kind.kind() { return }
    if kind.name == "linear x" { return }  // corners that no parameter tells
    // The length between neighbours, of a cut-out part by sums of its chords.
    for i in 0..<40 {
      let from = try measure.parameter(atDistance: measure.length * Double(i) / 40)
      let to = try measure.parameter(atDistance: min(measure.length * Double(i + 1) / 40, measure.length))
      // A corner between them would spoil the extrapolation.
      guard kind.isByX || from.rounded(.down) == to.rounded(.down) else {
        continue
      }
      let (coarse, fine) = (try chords(curve, 512, from, to), try chords(curve, 1024, from, to))
      let length = fine + (fine - coarse) / 3
      #expect(abs(length - measure.length / 40) <= 2e-7 * measure.length, "\(i) \(length)")
    }
  }

  @Test(arguments: kinds)
  func `the parameter at a distance has that distance`(kind: AnyKind) throws {
    let measure = try CurveMeasure(kind.open())
    for i in 0...97 {
      // Any order.
      let distance = measure.length * Double(i * 61 % 98) / 97.000001
      let parameter = try measure.parameter(atDistance: distance)
      if case .step = kind.kind() { continue }
      #expect(abs(try measure.distance(at: parameter) - distance) <= 1e-12 * measure.length)
    }
  }

  @Test(arguments: AnyKind.closable)
  func `a closed curve has the length of its way round`(kind: AnyKind) throws {
    let curve = try kind.closed()
    if case .step = kind.kind() { return }
    let (coarse, fine) = (try chords(curve, 1024), try chords(curve, 2048))
    let measure = try CurveMeasure(curve)
    #expect(abs(measure.length - (fine + (fine - coarse) / 3)) <= 1e-8 * fine)
    let points = try curve.points(.count(9, spacing: .arcLength))
    #expect(points[0] == points[8])
  }

  @Test func `random cubics, cusps and near cusps among them, are measured the same in parts`() throws {
    var random = Lehmer(11)
    for i in 0..<1500 {
      let p = (0..<4).map { _ in SIMD2(random.next(in: -1...1), random.next(in: -1...1)) }
      var points = p
      // y′ vanishes at some u: P3 follows from the others. Then, nearly so, by ever less.
      if i % 3 > 0 {
        let u = random.next(in: 0.1...0.9)
        let v = 1 - u
        let rest: SIMD2<Double> = (p[1] - p[0]) * (v * v) + (p[2] - p[1]) * (2 * u * v)
        points[3] = p[2] - rest / (u * u)
        if i % 3 == 2 {
          points[3].x += [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-9, 1e-12][i / 3 % 9]
        }
      }
      let curve = try Curve(.bezier, points: points)
      let measure = try CurveMeasure(curve)
      let length = measure.length
      let (head, tail) = try curve.split(at: random.next(in: 0.01...0.99))
      let parts = try CurveMeasure(head).length + CurveMeasure(tail).length
      #expect(abs(parts - length) <= 1e-12 * length, "\(points)")
      for _ in 0..<4 {
        let distance = random.next(in: 0...length)
        let parameter = try measure.parameter(atDistance: distance)
        #expect(abs(try measure.distance(at: parameter) - distance) <= 1e-12 * length, "\(points)")
      }
    }
  }

  @Test func `a quarter circle of rational degree 2 has length π/2`() throws {
    let half = 0.5.squareRoot()
    let curve = try Curve<SIMD2<Double>>(
      .nurbs(degree: 2, weights: [1, half, 1]), points: [[1, 0], [1, 1], [0, 1]])
    let measure = try CurveMeasure(curve)
    #expect(abs(measure.length - .pi / 2) <= 4 * (Double.pi / 2).ulp)
    for i in 0...10 {
      let point = try measure.position(atDistance: measure.length * Double(i) / 10)
      let parameter = try measure.parameter(atDistance: measure.length * Double(i) / 10)
      #expect(abs(point[0] * point[0] + point[1] * point[1] - 1) <= 1e-15)
      #expect(abs(try #require(try measure.curvature(at: parameter)) - 1) <= 1e-13)
    }
    // Even in angle: every chord is as long.
    let points = try curve.points(.count(6, spacing: .arcLength))
    let lengths = zip(points, points.dropFirst()).map { pair in
      let d = pair.0 - pair.1
      return (d.x * d.x + d.y * d.y).squareRoot()
    }
    for length in lengths { #expect(abs(length - lengths[0]) <= 1e-14) }
  }

  @Test func `weights that make a rational curve rush past points lose no length`() throws {
    let curve = try Curve<SIMD2<Double>>(
      .nurbs(degree: 3, weights: [1, 4e3, 0.1, 1]), points: [[0, 0], [10, 0], [10, 10], [0, 10]])
    let measure = try CurveMeasure(curve)
    // All but along the control polygon's first side, then back to the end.
    let (coarse, fine) = (try graded(curve, 20_000), try graded(curve, 40_000))
    #expect(abs(measure.length - (fine + (fine - coarse) / 3)) <= 1e-6 * measure.length)
  }

  @Test func `pieces have their own lengths and their own points`() throws {
    let points: [SIMD2<Double>] = [
      [0, 0], [3, 4], [.nan, 0], [7, 7], [.nan, .nan], [0, 0], [6, 8], [12, 16],
    ]
    let curve = try Curve(.linear(), points: points, gaps: .break)
    let measure = try CurveMeasure(curve)
    #expect(measure.length == 25)
    #expect(measure.segments == 3)
    #expect(measure.boundingBox == BoundingBox(min: [0, 0], max: [12, 16]))
    let drawn = try curve.points(.count(3, spacing: .arcLength))
    #expect(drawn.count == 3 + 1 + 1 + 1 + 3)
    #expect(Array(drawn[0..<3]) == [[0, 0], [1.5, 2], [3, 4]])
    #expect(drawn[3].x.isNaN && drawn[4] == [7, 7] && drawn[5].x.isNaN)
    #expect(Array(drawn[6...]) == [[0, 0], [6, 8], [12, 16]])
    #expect(try measure.position(atDistance: 5 + 10) == [6, 8])
    #expect(try measure.distance(at: 6) == 15)
    #expect(throws: CurveError.inGap(index: 0, value: 2.5)) { try measure.position(at: 2.5) }
  }

  @Test(arguments: [StepPlacement.after, .before, .middle])
  func `a step curve is as long as its staircase, and its points lie on it`(placement: StepPlacement) throws {
    let points: [SIMD2<Double>] = [[0, 0], [2, 3], [4, 1]]
    let curve = try Curve(.step(placement, parameterization: .x), points: points)
    let measure = try CurveMeasure(curve)
    #expect(measure.length == 2 + 3 + 2 + 2)
    let drawn = try curve.points(.count(10, spacing: .arcLength))
    switch placement {
    case .after:
      #expect(
        drawn == [[0, 0], [1, 0], [2, 0], [2, 1], [2, 2], [2, 3], [3, 3], [4, 3], [4, 2], [4, 1]])
    case .before:
      #expect(
        drawn == [[0, 0], [0, 1], [0, 2], [0, 3], [1, 3], [2, 3], [2, 2], [2, 1], [3, 1], [4, 1]])
    case .middle:
      #expect(
        drawn == [[0, 0], [1, 0], [1, 1], [1, 2], [1, 3], [2, 3], [3, 3], [3, 2], [3, 1], [4, 1]])
    }
    for (i, point) in drawn.enumerated() {
      #expect(try measure.position(atDistance: Double(i)) == [point.x, point.y])
    }
    for t in [0, 0.5, 1, 2, 3, 3.9, 4] {
      let sample = try curve.points(.at([t]))[0]
      #expect(try measure.position(at: t) == [sample.x, sample.y], "\(t)")
    }
  }

  @Test func `a curve that is a point has length 0 and all its points there`() throws {
    let points = [SIMD2<Double>](repeating: [3, 4], count: 4)
    for kind in [CurveKind.catmullRom(alpha: 0.5), .cubic(), .linear(), .bezier, .nurbs()] {
      let curve = try Curve(kind, points: points)
      let measure = try CurveMeasure(curve)
      #expect(measure.length == 0)
      #expect(try curve.points(.count(3, spacing: .arcLength)) == [[3, 4], [3, 4], [3, 4]])
      #expect(try measure.position(atDistance: 0) == [3, 4])
      #expect(try measure.tangent(at: 0.5) == [0, 0])
      #expect(try measure.curvature(at: 0.5) == nil)
      #expect(throws: CurveError.self) { try measure.position(atDistance: 1e-300) }
      #expect(try measure.nearest(to: [0, 0]).distance == 5)
    }
  }

  @Test func `one dimension is measured there and back`() throws {
    let curve = try Curve(.linear(), points: [0.0, 3, 1, 1, 5])
    let measure = try CurveMeasure(curve)
    #expect(measure.length == 9)
    #expect(try curve.points(.count(10, spacing: .arcLength)) == [0, 1, 2, 3, 2, 1, 2, 3, 4, 5])
    #expect(try CurveMeasure(Curve(.catmullRom(), points: [0.0, 3, 1, 1, 5])).length >= 9)
  }

  @Test func `three and four dimensions have lengths too`() throws {
    let helix = try Curve(.linear(), points: [[0, 0, 0], [2, 3, 6]] as [SIMD3<Double>])
    #expect(try CurveMeasure(helix).length == 7)
    let four = try Curve(.cubic(), points: [[0, 0, 0, 0], [1, 1, 1, 1]] as [SIMD4<Float>])
    #expect(try CurveMeasure(four).length == 2)
  }

  @Test(arguments: [1e300, 1e200, 1e-200, 1e-300])
  func `curves of any size are measured`(size: Double) throws {
    let unit: [SIMD2<Double>] = [[0, 0], [0.3, 1], [1, 0.25], [0.75, 0.5]]
    let (small, large) = (
      try CurveMeasure(Curve(.cubic(), points: unit)),
      try CurveMeasure(Curve(.cubic(), points: unit.map { $0 * size }))
    )
    #expect(abs(large.length / size - small.length) <= 1e-14 * small.length)
    #expect(abs(large.boundingBox.max[1] / size - small.boundingBox.max[1]) <= 1e-14)
    let (a, b) = (try small.nearest(to: [1, 1]), try large.nearest(to: [size, size]))
    #expect(abs(a.parameter - b.parameter) <= 1e-12)
    #expect(abs(b.distance / size - a.distance) <= 1e-14)
    #expect(try abs(large.curvature(at: 1)! * size - small.curvature(at: 1)!) <= 1e-12)
    #expect(try large.tangent(at: 0.5).allSatisfy(\.isFinite))
    // From far outside, and from nowhere near the curve's own size.
    #expect(try abs(large.nearest(to: [0, -1e305]).distance / 1e305 - 1) <= 1e-4)
  }

  @Test func `a length beyond the range is refused`() throws {
    let points: [SIMD2<Double>] = (0..<40).map { SIMD2(Double($0 % 2) * 1e307, 0) }
    let curve = try Curve(.linear(), points: points)
    #expect(throws: CurveError.tooLarge(isFloat: false)) { try CurveMeasure(curve) }
  }
}

extension Curve {
  fileprivate var first: Double { shape.parameterRange.first }
  fileprivate var last: Double { shape.parameterRange.last }
}

/// The sum of `count` chords between two parameters a segment (or between two given ones).
private func chords(_ curve: Curve<SIMD2<Double>>, _ count: Int) throws -> Double {
  length(try curve.points(.samplesPerSegment(count)))
}

private func chords(
  _ curve: Curve<SIMD2<Double>>, _ count: Int, _ from: Double, _ to: Double
) throws -> Double {
  length(try curve.points(.at((0...count).map { min(from + (to - from) * Double($0) / Double(count), to) })))
}

/// Chords at parameters that crowd at both ends.
private func graded(_ curve: Curve<SIMD2<Double>>, _ count: Int) throws -> Double {
  let (first, last) = (curve.first, curve.last)
  return length(
    try curve.points(
      .at(
        (0...count).map { i in
          let t = Double(i) / Double(count)
          let s = t < 0.5 ? power(2 * t) / 2 : 1 - power(2 - 2 * t) / 2
          return min(first + (last - first) * s, last)
        })))
}

private func power(_ t: Double) -> Double { t * t * t * t * t * t * t * t }

private func length(_ points: [SIMD2<Double>]) -> Double {
  zip(points, points.dropFirst()).reduce(0) { sum, pair in
    let d = pair.0 - pair.1
    return sum + (d.x * d.x + d.y * d.y).squareRoot()
  }
}
