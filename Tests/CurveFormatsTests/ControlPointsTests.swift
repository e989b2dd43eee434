import CurveKernel
import Testing

@testable import CurveFormats

/// Control points and their polygon in a picture.
@Suite struct ControlPointsTests {
  /// The paths that are drawn before the curve: no dearer line than a pixel.
  private func polygon<Element: CurveElement & BitwiseCopyable>(
    _ curve: Curve<Element>
  ) throws -> [[DrawnSVG.Part]] {
    try DrawnSVG(curve) { $0.showsPoints = true }.paths.dropLast()
  }

  @Test(arguments: [CurveKind.bezier, .quadraticBezier, .bSpline(), .nurbs(degree: 2)])
  func `points beside the curve are joined to a polygon, each a dot`(kind: CurveKind) throws {
    let curve = try Curve(kind, points: SVGCurveTests.zigzag)
    let svg = try DrawnSVG(curve) { $0.showsPoints = true }
    #expect(ends(try #require(svg.paths.first)) == svg.circles)
    #expect(svg.circles.count == 7)
  }

  @Test(arguments: [
    CurveKind.catmullRom(), .cubic(), .linear(), .hermite(tangents: [[1, 1], [1, 0], [0, 1]]),
  ])
  func `points on the curve are dots alone`(kind: CurveKind) throws {
    let curve = try Curve(kind, points: Array(SVGCurveTests.zigzag.prefix(3)))
    #expect(try polygon(curve).isEmpty)
    #expect(try DrawnSVG(curve) { $0.showsPoints = true }.circles.count == 3)
    #expect(try DrawnSVG(curve).circles.isEmpty)
  }

  @Test func `a ring's polygon closes; a gap breaks it; a derivative has none`() throws {
    let closed = try Curve(.bSpline(), points: SVGCurveTests.zigzag, closed: true)
    #expect(try polygon(closed)[0].last == .close)
    var points = SVGCurveTests.zigzag + [[.nan, 0]] + SVGCurveTests.zigzag
    points[7].y = .nan
    let broken = try polygon(Curve(.bSpline(), points: points, gaps: .break))[0]
    #expect(broken.filter { if case .move = $0 { true } else { false } }.count == 2)
    let derivative = try DrawnSVG(closed, derivative: 1) { $0.showsPoints = true }
    #expect(derivative.circles.isEmpty && derivative.paths.count == 1)
  }

  /// Where the control points of 1-D curves stand.
  @Test(
    arguments: [
      (CurveKind.bezier, [0, 1.0 / 3, 2.0 / 3, 1]), (.quadraticBezier, [0, 0.5, 1]),
      (.bSpline(degree: 3), [0, 1.0 / 3, 1, 5.0 / 3, 2]),
      (.bSpline(degree: 2, knots: .uniform), [1.5, 2.5, 3.5]),
      (.nurbs(degree: 1, knots: .given([0, 0, 3, 5, 5])), [0, 3, 5]), (.linear(), [0, 1, 2]),
    ] as [(CurveKind, [Double])])
  func `over the parameter each control point stands at its own`(kind: CurveKind, places: [Double]) throws {
    let values = (0..<places.count).map(Double.init)
    let line = try PictureCurve.lines(of: Curve(kind, points: values))[0]
    for (i, place) in places.enumerated() {
      #expect(
        abs(line.controlPoints.point(i).x - place) < 1e-15 && line.controlPoints.point(i).y == values[i])
    }
  }

  @Test func `a closed B-spline's points stand where the curve is nearest to them`() throws {
    let line = try PictureCurve.lines(
      of: Curve(.bSpline(degree: 3), points: [5, 1, 2, 3] as [Double], closed: true))[0]
    #expect((0..<4).map { line.controlPoints.point($0).x } == [3, 0, 1, 2])
  }
}
