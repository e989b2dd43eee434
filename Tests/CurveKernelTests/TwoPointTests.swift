import CurveKernel
import Testing

@Suite struct TwoPointTests {
  @Test(arguments: [
    CurveKind.linear(), .catmullRom(), .catmullRom(alpha: 0.5), .cardinal(), .kochanekBartels(), .cubic(),
    .cubic(parameterization: .chordal), .monotone(), .monotone(.steffen), .akima(),
    .makima(parameterization: .centripetal),
  ])
  func `a closed curve of two points goes there and back on the same way`(kind: CurveKind) throws {
    let ends: [SIMD2<Double>] = [[0, 0], [4, 2]]
    let points = try Curve(kind, points: ends, closed: true).points(.samplesPerSegment(4))
    #expect([points[0], points[4], points[8]] == [ends[0], ends[1], ends[0]])
    #expect(points[2] == [2, 1])
    #expect(points == points.reversed())
  }
}
