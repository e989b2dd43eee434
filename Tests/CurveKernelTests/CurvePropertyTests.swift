import CurveKernel
import Testing

/// What holds for whole curves of every kind, whatever their numbers.
@Suite struct CurvePropertyTests {
  /// Two ways to one number differ by the roundings on both, about twenty each, of numbers as large as the curve.
  static let slack = 64 * 0x1p-53

  @Test(arguments: AnyKind.all)
  func `a curve passes through its points, to the bit`(kind: AnyKind) throws {
    let through = Swift.stride(from: 0, to: 13, by: kind.stride).map { AnyKind.points[$0] }
    for samples in [1, 2, 5, 16] {
      let drawn = try kind.open().points(.samplesPerSegment(samples))
      #expect(drawn.count == 12 / kind.stride * samples + 1)
      #expect(Swift.stride(from: 0, to: drawn.count, by: samples).map { drawn[$0] } == through)
    }
  }

  @Test(arguments: AnyKind.closable)
  func `a closed curve passes through its points and ends with the bytes that it began with`(
    kind: AnyKind
  ) throws {
    let drawn = try kind.closed().points(.samplesPerSegment(4))
    #expect(drawn.count == 12 / kind.stride * 4 + 1)
    let through = Swift.stride(from: 0, to: 12, by: kind.stride).map { AnyKind.ring[$0] }
    #expect(Swift.stride(from: 0, to: drawn.count - 1, by: 4).map { drawn[$0] } == through)
    // A zero of either sign, too.
    for zero in [0.0, -0.0] {
      var ring = AnyKind.ring
      ring[0] = [zero, zero]
      for sampling in [Sampling.samplesPerSegment(3), .count(31)] {
        let wide = try kind.closed(ring).points(sampling)
        #expect(bits(wide[0]) == bits(wide[wide.count - 1]))
        let tangents = AnyKind.ringTangents
        let narrow = try Curve(
          kind.kind(tangents), points: ring.map { SIMD2<Float>($0) }, closed: true
        ).points(sampling)
        #expect(bits(SIMD2<Double>(narrow[0])) == bits(SIMD2<Double>(narrow[narrow.count - 1])))
      }
    }
  }

  @Test func `a ring that begins at minus zero ends there, too`() throws {
    // All coefficients are negative: at u = 0 their sum is minus zero.
    let curve = try Curve(
      .hermite(tangents: [[-1], [-6], [0]]), points: [-0.0, -3, -1] as [Double], closed: true)
    for sampling in [Sampling.samplesPerSegment(2), .count(7), .at([0, 3])] {
      let drawn = try curve.points(sampling)
      #expect(drawn[0].bitPattern == drawn[drawn.count - 1].bitPattern)
    }
  }

  func bits(_ p: SIMD2<Double>) -> [UInt64] { [p.x.bitPattern, p.y.bitPattern] }

  @Test(arguments: AnyKind.all)
  func `twice the samples keep every old one, to the bit`(kind: AnyKind) throws {
    let narrow = try Curve(kind.kind(), points: AnyKind.points.map { SIMD2<Float>($0) })
    for samples in [1, 3, 8, 33, 250] {
      let (few, many) = (Sampling.samplesPerSegment(samples), Sampling.samplesPerSegment(2 * samples))
      let curve = try kind.open()
      #expect(try everySecond(curve.points(many)) == curve.points(few))
      #expect(try everySecond(narrow.points(many)) == narrow.points(few))
    }
  }

  func everySecond<T>(_ all: [T]) -> [T] { stride(from: 0, to: all.count, by: 2).map { all[$0] } }

  @Test(arguments: AnyKind.all.filter { !$0.isByX })
  func `a count of segments times S plus one is S samples a segment, to the bit`(kind: AnyKind) throws {
    let curve = try kind.open()
    for samples in [1, 3, 7, 16, 100] {
      let count = Sampling.count(12 / kind.stride * samples + 1)
      #expect(try curve.points(count) == curve.points(.samplesPerSegment(samples)))
    }
  }

  @Test(arguments: AnyKind.all.filter(\.isByX))
  func `a count along x is evenly spaced in x`(kind: AnyKind) throws {
    let drawn = try kind.open().points(.count(301))
    #expect(drawn.count == 301)
    for (i, p) in drawn.enumerated() {
      #expect(abs(p.x - (-3 + 15 * Double(i) / 300)) <= Self.slack * 15)
    }
    #expect(drawn.last == AnyKind.points.last)
  }

  @Test(arguments: AnyKind.all)
  func `a count of two is both ends, and one sample a segment the points`(kind: AnyKind) throws {
    let curve = try kind.open()
    #expect(try curve.points(.count(2)) == [AnyKind.points[0], AnyKind.points[12]])
    #expect(try curve.points(.samplesPerSegment(1)).count == 12 / kind.stride + 1)
  }

  @Test(arguments: AnyKind.all)
  func `a curve run backwards is the same curve`(kind: AnyKind) throws {
    let (points, tangents) = backwards(AnyKind.points, AnyKind.tangents, byX: kind.isByX)
    // An odd number of samples: none on the switch of a step.
    let there = try kind.open().points(.samplesPerSegment(7))
    var home = try Array(
      Curve(reversed(kind.kind(tangents)), points: points).points(.samplesPerSegment(7)).reversed())
    if kind.isByX { home = home.map { [-$0.x, $0.y] } }
    #expect(difference(there, home) <= Self.slack * largest(there))
  }

  @Test(arguments: AnyKind.closable)
  func `a ring run backwards is the same ring`(kind: AnyKind) throws {
    let (points, tangents) = backwards(AnyKind.ring, AnyKind.ringTangents, byX: false)
    let there = try kind.closed().points(.samplesPerSegment(7))
    let turned = Array(points.suffix(1) + points.dropLast())
    let slopes = Array(tangents.suffix(1) + tangents.dropLast())
    let home = try Curve(reversed(kind.kind(slopes)), points: turned, closed: true)
      .points(.samplesPerSegment(7))
    #expect(difference(there, home.reversed()) <= Self.slack * largest(there))
  }

  func backwards(
    _ points: [SIMD2<Double>], _ tangents: [[Double]], byX: Bool
  ) -> ([SIMD2<Double>], [[Double]]) {
    let turned = tangents.reversed().map { $0.map { -$0 } }
    return (points.reversed().map { byX ? [-$0.x, $0.y] : $0 }, turned)
  }

  /// The kind of the curve run backwards: continuity and bias change sign, a step before is one after.
  func reversed(_ kind: CurveKind) -> CurveKind {
    switch kind {
    case .kochanekBartels(let t, let c, let b, let ends):
      .kochanekBartels(tension: t, continuity: c, bias: -b, ends: ends)
    case .step(.before, let p): .step(.after, parameterization: p)
    case .step(.after, let p): .step(.before, parameterization: p)
    default: kind
    }
  }

  @Test(arguments: AnyKind.all, 0..<4)
  func `the curve of moved points is the moved curve`(kind: AnyKind, number: Int) throws {
    let map = Self.maps(kind.moves)[number % Self.maps(kind.moves).count]
    let tangents = AnyKind.tangents.map { t in
      let moved = map.turned([t[0], t[1]])
      return [moved.x, moved.y]
    }
    let moved = try Curve(kind.kind(tangents), points: AnyKind.points.map(map.moved))
      .points(.samplesPerSegment(8))
    let expected = try kind.open().points(.samplesPerSegment(8)).map(map.moved)
    #expect(difference(moved, expected) <= 4 * Self.slack * largest(expected))
  }

  struct Map: Sendable {
    var x, y: SIMD2<Double>
    var shift: SIMD2<Double>
    func turned(_ p: SIMD2<Double>) -> SIMD2<Double> { [(x * p).sum(), (y * p).sum()] }
    func moved(_ p: SIMD2<Double>) -> SIMD2<Double> { turned(p) + shift }
  }

  static func maps(_ moves: AnyKind.Moves) -> [Map] {
    let both = [
      Map(x: [0.5, 0], y: [0, 0.5], shift: [-3, 100]), Map(x: [1, 0], y: [0, 1], shift: [17, -4]),
    ]
    return switch moves {
    case .affinely:
      both + [
        Map(x: [2, -1.5], y: [0.75, 3], shift: [1, 2]), Map(x: [0, 4], y: [0.125, 0], shift: [-9, 0]),
      ]
    case .byShearAlongX:
      both + [
        Map(x: [3, 0], y: [-1.25, 7], shift: [5, -2]), Map(x: [0.1, 0], y: [0.3, -0.7], shift: [0, 1]),
      ]
    case .bySimilarity:
      both + [
        Map(x: [0.6, -0.8], y: [0.8, 0.6], shift: [2, 3]), Map(x: [-5, 12], y: [12, 5], shift: [1, 0]),
      ]
    case .axisByAxis:
      // Distances stay in proportion: both axes by as much, either way.
      both + [Map(x: [3, 0], y: [0, -3], shift: [5, -2]), Map(x: [0.1, 0], y: [0, 0.1], shift: [0, 1])]
    }
  }

  @Test(arguments: AnyKind.columnwise)
  func `each axis may be scaled for itself`(kind: AnyKind) throws {
    let map = Map(x: [0.25, 0], y: [0, -40], shift: [3, 9])
    let moved = try kind.open(AnyKind.points.map(map.moved)).points(.samplesPerSegment(8))
    let expected = try kind.open().points(.samplesPerSegment(8)).map(map.moved)
    #expect(difference(moved, expected) <= 4 * Self.slack * largest(expected))
  }

  @Test(arguments: AnyKind.all.filter { !$0.name.hasPrefix("step") })
  func `derivatives are what differences tend to`(kind: AnyKind) throws {
    let curve = try kind.open()
    let last = kind.isByX ? 12 : Double(12 / kind.stride)
    let first = kind.isByX ? -3.0 : 0
    // Not at joints, where the second derivative may jump.
    let places = (0..<97).map { first + (last - first) * (Double($0) + 0.37) / 97.3 }
      .filter { t in !joints(kind).contains { abs($0 - t) < 2e-4 } }
    let step = 1e-4
    for order in 1...2 {
      let below = try curve.points(.at(places.map { $0 - step }), derivative: order - 1)
      let above = try curve.points(.at(places.map { $0 + step }), derivative: order - 1)
      let slopes = zip(below, above).map { ($1 - $0) / (2 * step) }
      let drawn = try curve.points(.at(places), derivative: order)
      // Off by step²/6 of the third derivative, some hundred times the first, and by roundings over the step.
      #expect(difference(drawn, slopes) <= 1e-5 * max(1, largest(drawn)))
    }
  }

  func joints(_ kind: AnyKind) -> [Double] {
    kind.isByX ? AnyKind.points.map(\.x) : (0...12).map(Double.init)
  }

  @Test(arguments: [StepPlacement.after, .before, .middle], [nil, Parameterization.x])
  func `a step has no slope, but x runs on`(placement: StepPlacement, along: Parameterization?) throws {
    let curve = try Curve(.step(placement, parameterization: along), points: AnyKind.points)
    for order in 1...2 {
      let drawn = try curve.points(.samplesPerSegment(5), derivative: order)
      let expected = SIMD2<Double>(along == .x && order == 1 ? 1 : 0, 0)
      #expect(drawn.allSatisfy { $0 == expected })
    }
  }

  @Test func `duplicated ends with alpha have half the tangent of their chord`() throws {
    for (alpha, tension) in [(0.5, 0.0), (1, 0), (0.37, 0.25), (1, -1), (0, 0.5)] {
      let curve = try Curve(.catmullRom(alpha: alpha, tension: tension), points: AnyKind.points)
      let ends = try curve.points(.at([0, 12]), derivative: 1)
      let p = AnyKind.points
      let expected = [(1 - tension) / 2 * (p[1] - p[0]), (1 - tension) / 2 * (p[12] - p[11])]
      #expect(difference(ends, expected) <= Self.slack * largest(expected))
    }
  }
}
