import CurveKernel
import Testing

@Suite struct CurveTests {
  let square: [SIMD2<Double>] = [[0, 0], [1, 2], [3, 1], [4, 4]]

  @Test func `samples per segment pass through every control point`() throws {
    let curve = try Curve(.catmullRom(), points: square)
    let points = try curve.points(.samplesPerSegment(16))
    #expect(points.count == 49)
    #expect([points[0], points[16], points[32], points[48]] == square)
  }

  @Test func `count of segments times S plus one gives the same bytes as S a segment`() throws {
    let curve = try Curve(.catmullRom(alpha: 0.5), points: square)
    #expect(try curve.points(.count(3 * 7 + 1)) == curve.points(.samplesPerSegment(7)))
  }

  @Test func `gaps break the curve and stand as NaN between the pieces`() throws {
    let points: [SIMD2<Float>] = [
      [0, 0], [1, 1], [.nan, 0], [.nan, .nan], [2, 2], [.nan, 1], [3, 3], [4, 5],
    ]
    let result = try Curve(.linear(), points: points, gaps: .break).points(.samplesPerSegment(2))
    #expect(result.map(\.x.isNaN) == [false, false, false, true, false, true, false, false, false])
    #expect(result.last == [4, 5])
    #expect(result[3].y.bitPattern == 0x7FC0_0000)
  }
}
