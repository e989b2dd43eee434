import CurveKernel
import Testing

/// Points with NaN: where one curve ends and the next begins.
@Suite struct GapTests {
  static let gap: SIMD2<Double> = [.nan, 1]
  static let p = AnyKind.points

  @Test(arguments: AnyKind.ofAnyCount.filter { $0.stride == 1 && $0.name != "hermite" })
  func `each piece is drawn as a curve of its own`(kind: AnyKind) throws {
    let pieces = [Array(Self.p[0..<4]), [Self.p[4]], Array(Self.p[5..<7]), Array(Self.p[7...])]
    // Gaps before, between and behind, one and several.
    let points: [SIMD2<Double>] =
      [Self.gap] + pieces[0] + [Self.gap, Self.gap] + pieces[1] + [[2, .nan]] + pieces[2]
      + [Self.gap, [.nan, .nan]] + pieces[3] + [Self.gap]
    let curve = try Curve(kind.kind(), points: points, gaps: .break)
    #expect(curve.pointCount == points.count)
    for sampling in [Sampling.samplesPerSegment(5), .count(8), .samplesPerSegment(1), .count(2)] {
      var expected: [SIMD2<Double>] = []
      for piece in pieces {
        if !expected.isEmpty { expected.append([.nan, .nan]) }
        expected +=
          piece.count == 1 ? piece : try Curve(kind.kind(), points: piece).points(sampling)
      }
      for derivative in 0...2 {
        let drawn = try curve.points(sampling, derivative: derivative)
        #expect(drawn.count == expected.count)
        #expect(zip(drawn, expected).allSatisfy { $0.x.isNaN == $1.x.isNaN && $0.y.isNaN == $1.y.isNaN })
        if derivative == 0 { #expect(zip(drawn, expected).allSatisfy { $0 == $1 || $1.x.isNaN }) }
      }
    }
  }

  @Test(arguments: [nil, Parameterization.x])
  func `at in a gap gives a NaN point, at the ends of pieces their points`(along: Parameterization?) throws {
    let points: [SIMD2<Double>] = [[0, 5], [1, 6], [2, .nan], [3, 7], [4, .nan], [5, 8], [6, 9]]
    for kind in [CurveKind.linear(parameterization: along), .cubic(parameterization: along)] {
      let curve = try Curve(kind, points: points, gaps: .break)
      let drawn = try curve.points(.at([6, 0, 1.5, 1, 1.0000001, 2, 2.9, 3, 3.5, 4.75, 5, 0.5, 5.5, 4]))
      let y = drawn.map(\.y)
      #expect(y[0] == 9 && y[1] == 5 && y[3] == 6 && y[7] == 7 && y[10] == 8)
      #expect(abs(y[11] - 5.5) < 1e-15 && abs(y[12] - 8.5) < 1e-15)
      for i in drawn.indices {
        let isInGap = [2, 4, 5, 6, 8, 9, 13].contains(i)
        #expect(drawn[i].x.isNaN == isInGap && drawn[i].y.isNaN == isInGap, "\(i)")
        if isInGap { #expect(drawn[i].x.bitPattern == 0x7FF8_0000_0000_0000) }
      }
    }
  }

  @Test func `along x only each piece's own x must rise`() throws {
    let points: [SIMD2<Double>] = [[5, 0], [6, 1], [.nan, .nan], [7, 2], [8, 0]]
    let drawn = try Curve(.monotone(), points: points, gaps: .break).points(.count(3))
    #expect(drawn.map(\.x).filter { !$0.isNaN } == [5, 5.5, 6, 7, 7.5, 8])
    #expect(throws: CurveError.notRising(index: 4)) {
      let points: [SIMD2<Double>] = [[5, 0], [6, 1], [.nan, 0], [8, 2], [8, 0]]
      _ = try Curve(.monotone(), points: points, gaps: .break)
    }
  }

  @Test func `along x a later piece must lie behind the earlier one, so that at finds it`() throws {
    let points: [SIMD2<Double>] = [[5, 0], [6, 1], [.nan, .nan], [1, 2], [2, 0]]
    #expect(throws: CurveError.notRising(index: 3)) { try Curve(.monotone(), points: points, gaps: .break) }
  }

  @Test func `tangents beside a gap stay with their points`() throws {
    let tangents: [[Double]] = [[1, 2], [3, 4], [.nan, .nan], [5, 6], [7, 8]]
    let points: [SIMD2<Double>] = [[0, 0], [1, 1], [.nan, .nan], [2, 0], [3, 1]]
    let curve = try Curve(.hermite(tangents: tangents), points: points, gaps: .break)
    let ends = try curve.points(.at([0, 1, 3, 4]), derivative: 1)
    #expect(ends == [[1, 2], [3, 4], [5, 6], [7, 8]])
  }

  @Test func `pieces too short for their kind are named by their first point`() {
    let points: [Double] = [1, 2, 3, 4, .nan, 5, 6, .nan, 7]
    #expect(throws: CurveError.tooFewPoints(kind: "bezier", count: 2, needed: 4, from: 5)) {
      try Curve(.bezier, points: points, gaps: .break)
    }
    #expect(throws: CurveError.wrongPointCount(kind: "quadratic-bezier", count: 4, rule: "2k + 1", from: 0)) {
      try Curve(.quadraticBezier, points: points, gaps: .break)
    }
  }

  @Test func `lone points may be drawn with any number of samples`() throws {
    let curve = try Curve(.catmullRom(), points: [1, .nan, 2, .nan] as [Float], gaps: .break)
    for sampling in [Sampling.samplesPerSegment(1 << 31), .samplesPerSegment(1), .count(1 << 31), .count(2)] {
      let drawn = try curve.points(sampling)
      #expect(drawn.count == 3 && drawn[0] == 1 && drawn[1].isNaN && drawn[2] == 2)
    }
    #expect(try curve.points(.at([2, 0, 1])).map(\.isNaN) == [false, false, true])
  }
}
