import CurveKernel
import Testing

/// What returns to its beginning goes round again.
@Suite struct RoundTripTests {
  typealias Point = SIMD2<Double>

  @Test(arguments: AnyKind.closable.filter { $0.stride == 1 })
  func `a closed curve goes through its points again, for ever`(kind: AnyKind) throws {
    let predicted = try kind.closed().predicted(horizon: 60_001)
    for i in predicted.indices where predicted[i] != AnyKind.ring[i % 12] {
      Issue.record("point \(i) is \(predicted[i])")
      break
    }
  }

  @Test func `a circle stays a circle`() throws {
    let diagonal = 0.5.squareRoot()
    let circle: [Point] = [
      [1, 0], [diagonal, diagonal], [0, 1], [-diagonal, diagonal], [-1, 0], [-diagonal, -diagonal], [0, -1],
      [diagonal, -diagonal],
    ]
    let curve = try Curve(.cubic(), points: circle, closed: true)
    #expect(try curve.predicted(horizon: 20) == circle + circle + circle.prefix(4))
    let damped = try curve.predicted(horizon: 1000, extrapolation: .damped)
    #expect(damped.allSatisfy { abs($0.x) < 10 && abs($0.y) < 10 })
  }

  @Test(arguments: [("bezier", 3), ("quadratic-bezier", 2)])
  func `a closed Bezier curve takes a part of a segment for each control point`(name: String, degree: Int)
    throws
  {
    let kind = try #require(AnyKind.all.first { $0.name == name })
    let curve = try kind.closed()
    let round = try curve.points(.at((0..<12).map { Double($0) / Double(degree) }))
    #expect(difference(try curve.predicted(horizon: 24), round + round) <= 1e-14)
  }

  @Test(arguments: 1...5)
  func `a closed B-spline is predicted where each point weighs most`(degree: Int) throws {
    let ring = AnyKind.ring
    for kind in [CurveKind.bSpline(degree: degree), .nurbs(degree: degree, weights: ring.map { _ in 2 })] {
      let predicted = try Curve(kind, points: ring, closed: true).predicted(horizon: 24)
      // The weights of the points on both sides there, from the uniform basis functions' values.
      let weights: [[Double]] = [
        [], [1], [1 / 8, 6 / 8], [1 / 6, 4 / 6], [1 / 384, 76 / 384, 230 / 384],
        [1 / 120, 26 / 120, 66 / 120],
      ]
      let own = weights[degree]
      let expected = (0..<24).map { i in
        own.indices.reduce(Point()) { sum, k in
          let away = own.count - 1 - k
          let (before, after) = (ring[(i + 24 - away) % 12], ring[(i + away) % 12])
          return sum + own[k] * (away == 0 ? before : before + after)
        }
      }
      #expect(difference(predicted, expected) <= 1e-14 * 16)
    }
  }

  @Test(arguments: [Parameterization.uniform, .chordal, .centripetal])
  func `a periodic spline goes on behind the point that repeats its first`(along: Parameterization) throws {
    let points: [Point] = [[0, 0], [2, 1], [3, -1], [1, -2], [0, 0]]
    let curve = try Curve(.cubic(boundary: .periodic, parameterization: along), points: points)
    #expect(try curve.predicted(horizon: 9) == points[1...] + points[1...] + [points[1]])
  }

  @Test func `with x the ordinates repeat and x goes on`() throws {
    let points: [Point] = [[10, 1], [11, 3], [13, -2], [14, 0], [14.5, 1]]
    let curve = try Curve(.cubic(boundary: .periodic, parameterization: .x), points: points)
    let predicted = try curve.predicted(horizon: 27)
    #expect(predicted.map(\.x) == (1...27).map { 14.5 + 0.5 * Double($0) })
    let expected = try curve.points(.at((1...27).map { 10 + 0.5 * Double($0 % 9) }))
    #expect(predicted.map(\.y) == expected.map(\.y))
  }

  @Test func `behind a gap the last piece goes round, at its own parameters`() throws {
    let points: [Point] = [
      [5, 5], [6, 6], [5, 5], [.nan, 0], [0, 0], [2, 1], [3, -1], [0, 0],
    ]
    let curve = try Curve(.cubic(boundary: .periodic), points: points, gaps: .break)
    #expect(try curve.predicted(horizon: 4) == [[2, 1], [3, -1], [0, 0], [2, 1]])
  }

  @Test func `in Float the points are those of Double, rounded once`() throws {
    let ring = AnyKind.ring.map { SIMD2<Float>($0) }
    let curve = try Curve(.bezier, points: ring, closed: true)
    let double = try Curve(.bezier, points: AnyKind.ring, closed: true).predicted(horizon: 24)
    #expect(try curve.predicted(horizon: 24) == double.map { SIMD2<Float>($0) })
  }
}
