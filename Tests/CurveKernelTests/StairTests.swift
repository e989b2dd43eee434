import CurveKernel
import Testing

/// A flattened step curve is the staircase: two points a jump.
@Suite struct StairTests {
  static let points: [SIMD2<Double>] = [[0.1, 5], [0.4, 7], [1.5, -2]]

  static func expected(_ placement: StepPlacement) -> [SIMD2<Double>] {
    switch placement {
    case .after: [[0.1, 5], [0.4, 5], [0.4, 7], [1.5, 7], [1.5, -2]]
    case .before: [[0.1, 5], [0.1, 7], [0.4, 7], [0.4, -2], [1.5, -2]]
    case .middle: [[0.1, 5], [0.25, 5], [0.25, 7], [0.95, 7], [0.95, -2], [1.5, -2]]
    }
  }

  @Test(arguments: StepPlacement.allCases) func `by x the corners have the points' own coordinates`(
    placement: StepPlacement
  ) throws {
    let kind = CurveKind.step(placement, parameterization: .x)
    for tolerance in [1e-9, 0.1, 1000] {
      let drawn = try Curve(kind, points: Self.points).points(.tolerance(tolerance))
      #expect(drawn == Self.expected(placement))
    }
    let floats = try Curve(kind, points: Self.points.map { SIMD2<Float>($0) }).points(.tolerance(1e-3))
    #expect(
      floats.allSatisfy { p in
        Self.expected(placement).contains { difference([SIMD2<Double>(p)], [$0]) < 1e-6 }
      })
    // Both points of a jump have the very same x.
    for i in floats.indices.dropFirst() {
      #expect(floats[i].x == floats[i - 1].x || floats[i].y == floats[i - 1].y)
    }
  }

  @Test(arguments: StepPlacement.allCases)
  func `the first coordinate runs, whatever the parameter`(placement: StepPlacement) throws {
    let p = Self.points
    let stairs = try Curve(.step(placement, parameterization: .x), points: p).points(.tolerance(0.1))
    for parameterization in [Parameterization.uniform, .chordal] {
      let curve = try Curve(.step(placement, parameterization: parameterization), points: p)
      #expect(try curve.points(.tolerance(0.1)) == stairs)
    }
    let values = try Curve(.step(placement), points: p.map(\.y)).points(.tolerance(0.1))
    #expect(values == stairs.map(\.y))
  }

  @Test func `a closed staircase ends where it begins`() throws {
    let p = Self.points
    let drawn = try Curve(.step(), points: p, closed: true).points(.tolerance(0.1))
    #expect(
      drawn == [
        p[0], [p[1].x, p[0].y], p[1], [p[2].x, p[1].y], p[2], [p[0].x, p[2].y], p[0],
      ])
  }

  @Test func `gaps part staircases, lone points stay`() throws {
    let nan = SIMD2<Double>(.nan, .nan)
    let points = [[0, 1], [1, 2], nan, [2, 9], nan, nan, [3, 4], [4, 5]] as [SIMD2<Double>]
    let drawn = try Curve(.step(parameterization: .x), points: points, gaps: .break).points(.tolerance(0.1))
    let expected: [SIMD2<Double>] = [[0, 1], [1, 1], [1, 2], nan, [2, 9], nan, [3, 4], [4, 4], [4, 5]]
    #expect(drawn.count == expected.count)
    #expect(zip(drawn, expected).allSatisfy { $0 == $1 || $0.x.isNaN && $1.x.isNaN && $0.y.isNaN })
  }

  @Test(arguments: StepPlacement.allCases) func `derivatives come in as many rows as corners`(
    placement: StepPlacement
  ) throws {
    let curve = try Curve(.step(placement, parameterization: .x), points: Self.points)
    let corners = try curve.points(.tolerance(0.1)).count
    #expect(
      try curve.points(.tolerance(0.1), derivative: 1) == [SIMD2<Double>](repeating: [1, 0], count: corners))
    #expect(
      try curve.points(.tolerance(0.1), derivative: 2) == [SIMD2<Double>](repeating: .zero, count: corners))
  }
}
