import CurveKernel
import Testing

/// Rational curves of very unlike weights: exact where they are drawn, refused where a proof would not hold.
@Suite struct UnevenWeightsTests {
  static let corner: [SIMD2<Double>] = [[0, 0], [0, 1], [1, 1]]

  /// Weights 1, r, r² only change the speed: the curve stays the parabola, here (s², 2s − s²).
  static func parabola<E: CurveElement>(_ ratio: Double, _ points: [E]) throws -> Curve<E> {
    try Curve(.nurbs(degree: 2, weights: [1, ratio, ratio * ratio]), points: points)
  }

  /// The farthest that the parabola runs from the polyline.
  static func deviation(_ polyline: [SIMD2<Double>]) -> Double {
    var (worst, chord) = (0.0, 1)
    for i in 0...20_000 {
      let s = Double(i) / 20_000
      let p = SIMD2(s * s, 2 * s - s * s)
      while chord + 1 < polyline.count, polyline[chord].x < p.x { chord += 1 }
      let (a, way) = (polyline[chord - 1], polyline[chord] - polyline[chord - 1])
      let length = (way * way).sum()
      let t = length > 0 ? min(1, max(0, ((p - a) * way).sum() / length)) : 0
      let gap = p - a - way * t
      worst = max(worst, (gap * gap).sum())
    }
    return worst.squareRoot()
  }

  @Test(arguments: [1, 1e3, 1e5, 1e6, 1e7, 1e8, 1e10, 1e11, 1e12, 0x1p48])
  func `a flattening keeps its tolerance or is refused`(ratio: Double) throws {
    let wide = try Self.parabola(ratio, Self.corner)
    let narrow = try Self.parabola(ratio, Self.corner.map { SIMD2<Float>($0) })
    for polyline in [
      try? wide.points(.tolerance(0.001)), try? narrow.points(.tolerance(0.001)).map { SIMD2<Double>($0) },
    ] {
      if let polyline { #expect(Self.deviation(polyline) <= 0.001) } else { #expect(ratio > 1e5) }
    }
  }

  @Test(arguments: [1, 10, 1e3, 6e4, 1e7, 1e12, 0x1p90]) func `a length is right or refused`(ratio: Double)
    throws
  {
    for weights in [[1, ratio], [ratio, 1]] {
      let line = try Curve(
        .nurbs(degree: 1, weights: weights), points: [[0, 0], [1, 1]] as [SIMD2<Double>])
      guard ratio <= 65536 else {
        let refused = CurveError.weightsTooFar(least: 1, most: ratio, isMeasured: true)
        #expect(throws: refused) { try CurveMeasure(line) }
        #expect(throws: refused) { try line.points(.count(3, spacing: .arcLength)) }
        continue
      }
      #expect(abs(try CurveMeasure(line).length / 2.0.squareRoot() - 1) <= 1e-12)
      let middle = try line.points(.count(3, spacing: .arcLength))[1]
      #expect(abs(middle.x - 0.5) <= 1e-12 && abs(middle.y - 0.5) <= 1e-12)
    }
  }

  @Test(arguments: [10.0, 1000, 1e6], [false, true])
  func `Float is within 2 ulps, whichever end weighs more`(ratio: Double, isFirst: Bool) throws {
    let kind = CurveKind.nurbs(degree: 1, weights: isFirst ? [ratio, 1] : [1, ratio])
    let wide = try Curve(kind, points: [[0, 1], [1, 2]] as [SIMD2<Double>]).points(.count(1001))
    let narrow = try Curve(kind, points: [[0, 1], [1, 2]] as [SIMD2<Float>]).points(.count(1001))
    #expect(difference(wide, narrow.map { SIMD2<Double>($0) }) <= 2 * Double(Float(2).ulp))
  }
}
