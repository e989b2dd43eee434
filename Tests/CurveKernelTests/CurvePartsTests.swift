import CurveKernel
import Testing

/// Parts, reversal and affine maps: new curves of the same geometry.
@Suite struct CurvePartsTests {
  static let kinds = ArcLengthTests.kinds

  @Test(arguments: kinds)
  func `a part has the curve's points, and the parts' lengths add up`(kind: AnyKind) throws {
    let curve = try kind.open()
    let measure = try CurveMeasure(curve)
    let (first, last) = curve.shape.parameterRange
    let (from, to) = (first + 0.23 * (last - first), first + 0.71 * (last - first))
    let part = try curve.part(from: from, to: to)
    let own = try CurveMeasure(part)
    let (begin, end) = (try measure.distance(at: from), try measure.distance(at: to))
    #expect(abs(own.length - (end - begin)) <= 1e-12 * measure.length)
    for i in 0...30 {
      // The same distance along both.
      let d = min((end - begin) * Double(i) / 30, own.length)
      let (a, b) = (try own.position(atDistance: d), try measure.position(atDistance: min(begin + d, end)))
      #expect(difference([SIMD2(a[0], a[1])], [SIMD2(b[0], b[1])]) <= 1e-11 * 12, "\(i)")
    }
    let (head, tail) = try curve.split(at: to)
    let lengths = try [head, tail].map { try CurveMeasure($0).length }
    #expect(abs(lengths[0] + lengths[1] - measure.length) <= 1e-12 * measure.length)
    let joint = try (
      CurveMeasure(head).position(atDistance: lengths[0]), CurveMeasure(tail).position(atDistance: 0)
    )
    #expect(difference([SIMD2(joint.0[0], joint.0[1])], [SIMD2(joint.1[0], joint.1[1])]) <= 1e-14 * 12)
  }

  @Test(arguments: kinds)
  func `parts that begin and end at joints keep whole segments`(kind: AnyKind) throws {
    let curve = try kind.open()
    let (first, last) = curve.shape.parameterRange
    let whole = try curve.part(from: first, to: last)
    let (a, b) = (try CurveMeasure(whole), try CurveMeasure(curve))
    #expect(abs(a.length - b.length) <= 1e-13 * b.length)
    #expect(abs(a.boundingBox.max[1] - b.boundingBox.max[1]) <= 1e-14 * 12)
    #expect(try a.position(atDistance: a.length) == b.position(atDistance: b.length))
  }

  @Test(arguments: kinds)
  func `a reversed curve goes back the same way`(kind: AnyKind) throws {
    let curve = try kind.open()
    try expectReversed(curve)
    let twice = try curve.reversed().reversed()
    let (a, b) = (try CurveMeasure(curve), try CurveMeasure(twice))
    for i in 0...20 {
      let d = min(a.length * Double(i) / 20, a.length, b.length)
      let (p, q) = (try a.position(atDistance: d), try b.position(atDistance: d))
      #expect(difference([SIMD2(p[0], p[1])], [SIMD2(q[0], q[1])]) <= 1e-11)
    }
    guard curve.shape.options.parameterization != .x else { return }
    #expect(twice.kind == curve.kind)
    #expect(twice.shape.points == curve.shape.points)
  }

  @Test(arguments: AnyKind.closable + [AnyKind("b-spline", .affinely) { _ in .bSpline(degree: 4) }])
  func `a reversed closed curve goes round the other way`(kind: AnyKind) throws {
    try expectReversed(try kind.closed())
  }

  private func expectReversed(_ curve: Curve<SIMD2<Double>>) throws {
    let (a, b) = (try CurveMeasure(curve), try CurveMeasure(curve.reversed()))
    #expect(abs(a.length - b.length) <= 1e-12 * a.length)
    for i in 0...30 {
      let d = min(a.length * Double(i) / 30, a.length, b.length)
      let (p, q) = (
        try a.position(atDistance: d), try b.position(atDistance: max(0, min(b.length, a.length - d)))
      )
      #expect(difference([SIMD2(p[0], p[1])], [SIMD2(q[0], q[1])]) <= 1e-11 * 12, "\(i)")
    }
  }

  static let maps = [
    AffineMapCase("shear", [[1, 0.5], [-0.25, 2]], [3, -4]),
    AffineMapCase("mirror", [[-1, 0], [0, 1]], [0, 0]),
    AffineMapCase("flat", [[1, 1], [1, 1]], [0, 0.5]),
  ]

  @Test(arguments: kinds, maps)
  func `a mapped curve has the mapped points`(kind: AnyKind, map: AffineMapCase) throws {
    let curve = try kind.open()
    let affine = try AffineMap(matrix: map.matrix, translation: map.translation)
    let (a, b) = (try CurveMeasure(curve), try CurveMeasure(curve.mapped(by: affine)))
    let count = 13 * 40
    let drawn = try curve.points(.count(count + 1))
    // As many points of both, evenly in the segments' own parameters.
    for i in stride(from: 0, through: count, by: 13) {
      let p = drawn[i]
      let q = SIMD2(
        map.matrix[0][0] * p.x + map.matrix[0][1] * p.y + map.translation[0],
        map.matrix[1][0] * p.x + map.matrix[1][1] * p.y + map.translation[1])
      #expect(try b.nearest(to: [q.x, q.y]).distance <= 1e-13 * 30)
    }
    let begin = try a.position(at: curve.shape.parameterRange.first)
    let start = try b.position(atDistance: 0)
    #expect(
      abs(start[0] - (map.matrix[0][0] * begin[0] + map.matrix[0][1] * begin[1] + map.translation[0]))
        <= 1e-13)
    // Moving and turning by a right angle keep lengths.
    let turned = try curve.mapped(by: AffineMap(matrix: [[0, -1], [1, 0]], translation: [100, 0]))
    #expect(abs(try CurveMeasure(turned).length - a.length) <= 1e-12 * a.length)
  }

  @Test func `parts over gaps have the gaps`() throws {
    let points: [SIMD2<Double>] = [
      [0, 0], [1, 2], [.nan, 0], [5, 5], [.nan, 0], [3, 3], [4, 0], [6, 1],
    ]
    let curve = try Curve(.catmullRom(), points: points, gaps: .break)
    let part = try curve.part(from: 0.5, to: 6.25)
    let drawn = try part.points(.samplesPerSegment(1))
    #expect(drawn.filter(\.x.isNaN).count == 2)
    #expect(difference([drawn[0]], try curve.points(.at([0.5]))) <= 1e-15)
    #expect(drawn[3] == [5, 5])
    #expect(difference(Array(drawn.suffix(1)), try curve.points(.at([6.25]))) <= 4e-15)
    #expect(try curve.reversed().points(.at([0]))[0] == [6, 1])
    #expect(throws: CurveError.inGap(index: 1, value: 2.5)) { try curve.part(from: 0, to: 2.5) }
  }

  @Test func `what cannot be a part or a map is refused`() throws {
    let curve = try Curve(.linear(), points: [[0, 0], [1, 1], [2, 0]] as [SIMD2<Double>])
    #expect(throws: CurveError.self) { try curve.part(from: 1, to: 1) }
    #expect(throws: CurveError.outside(index: 1, value: 3, first: 0, last: 2)) {
      try curve.part(from: 1, to: 3)
    }
    #expect(throws: CurveError.self) { try curve.split(at: 0) }
    #expect(throws: CurveError.self) { try AffineMap(matrix: [[1, 0]], translation: [0]) }
    #expect(throws: CurveError.self) { try AffineMap(matrix: [[1, .nan], [0, 1]], translation: [0, 0]) }
    #expect(throws: CurveError.self) { try curve.mapped(by: .scaling([1, 2, 3])) }
    #expect(throws: CurveError.tooLarge(isFloat: false)) { try curve.mapped(by: .scaling([1e308, 1e308])) }
  }

  @Test func `a curve keeps its kind where its mapped points make the mapped curve`() throws {
    let points: [SIMD2<Double>] = [[0, 0], [1, 1], [2, 0], [3, 2]]
    let map = try AffineMap.scaling([2, 3], thenMoving: [1, 1])
    #expect(try Curve(.cubic(), points: points).mapped(by: map).kind == .cubic())
    #expect(try Curve(.catmullRom(alpha: 0.5), points: points).mapped(by: map).kind == .bezier)
    #expect(try Curve(.akima(), points: points).mapped(by: map).kind == .bezier)
    #expect(try Curve(.linear(parameterization: .x), points: points).reversed().kind == .linear())
    let moved = try Curve(.cubic(), points: points).mapped(by: .translation([5, 5]))
    #expect(try moved.points(.at([0]))[0] == [5, 5])
  }
}

struct AffineMapCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let matrix: [[Double]]
  let translation: [Double]

  init(_ name: String, _ matrix: [[Double]], _ translation: [Double]) {
    (testDescription, self.matrix, self.translation) = (name, matrix, translation)
  }
}
