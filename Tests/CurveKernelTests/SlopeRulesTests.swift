import CurveKernel
import Testing

/// Slope kinds against a second way to the same numbers.
@Suite struct SlopeRulesTests {
  /// 1,000 heights from a linear congruence, seed 1.
  static let heights: [Double] = {
    var state: UInt64 = 1
    return (0..<1000).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) * 0x1p-20
    }
  }()

  @Test(arguments: SlopeKind.open.filter { $0.options.parameterization == .x })
  func `uniform is x at 0, 1, 2 … to the bit`(kind: SlopeKind) {
    var uniform = kind.options
    uniform.parameterization = .uniform
    for count in [2, 3, 4, 5, 30, 1000] {
      let heights = Self.heights.prefix(count)
      let one = FittedCurve(uniform, heights.map { [$0] }, extra: [0.5, -2])
      let two = FittedCurve(
        kind.options, heights.enumerated().map { [Double($0.offset), $0.element] }, extra: [1, 0.5, 1, -2])
      for i in 0..<(count - 1) {
        for row in 0..<4 {
          #expect(one.coefficients[4 * i + row] == two.coefficients[8 * i + 2 * row + 1])
        }
      }
    }
  }

  @Test(arguments: SlopeKind.measured.filter { !$0.options.isClosed && $0.options.boundary != .clamped })
  func `chordal and centripetal are x along the summed steps`(kind: SlopeKind) {
    let points = stride(from: 0, to: 60, by: 3).map { Array(Self.heights[$0..<($0 + 3)]) }
    var t = 0.0
    var rows = [[t] + points[0]]
    for (a, b) in zip(points, points.dropFirst()) {
      let length = zip(a, b).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
      t += kind.options.parameterization == .chordal ? length : length.squareRoot()
      rows.append([t] + b)
    }
    var alongX = kind.options
    alongX.parameterization = .x
    let (got, want) = (FittedCurve(kind.options, points), FittedCurve(alongX, rows))
    for i in 0..<got.segments {
      for (a, b) in zip(got.position(i, 0.375), want.position(i, 0.375).dropFirst()) {
        #expect(abs(a - b) < 1e-12)
      }
    }
  }

  @Test func `a long ring is C2 all the way round`() {
    var options = FitOptions(.cubic)
    options.isClosed = true
    let curve = FittedCurve(options, Self.heights.map { [$0] })
    for i in 0..<1000 {
      let (left, right) = (curve.jet(i, 1, 0), curve.jet((i + 1) % 1000, 0, 0))
      #expect(abs(left.d1 - right.d1) < 1e-12)
      #expect(abs(left.d2 - right.d2) < 1e-11)
    }
  }

  // The first would be 6.5; the third has the other sign.
  @Test(
    arguments: zip(
      [[0, 1, -9], [0, 1, 0.5], [0, 1, 5], [0, 1, 2.5], [0, 0, 4], [0, 1, 1]], [3, 1.75, 0, 0.75, 0, 1.5]))
  func `pchip ends follow their parabola, within its sign and three secants`(y: [Double], slope: Double) {
    let options = FitOptions(.monotone)
    let ahead = FittedCurve(options, y.map { [$0] })
    let back = FittedCurve(options, y.reversed().map { [-$0] })
    #expect(ahead.jet(0, 0, 0).d1 == slope)
    #expect(back.jet(1, 1, 0).d1 == slope)
  }

  @Test func `akima takes the mean of the outer secants where two lines meet, and follows a line`() {
    let options = FitOptions(.akima)
    let corner = FittedCurve(options, [0, 1, 2, 3, 2, 1, 0].map { [$0] })
    #expect(corner.jet(3, 0, 0).d1 == 0)
    #expect(corner.jet(1, 0.5, 0).d1 == 1)
    var ring = options
    ring.isClosed = true
    let square = FittedCurve(ring, [0, 1, 2, 3, 2, 1].map { [$0] })
    #expect(square.jet(0, 0, 0).d1 == 0)
    #expect(square.jet(4, 0.25, 0).d1 == -1)
  }
}
