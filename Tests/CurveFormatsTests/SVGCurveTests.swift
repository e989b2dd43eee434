import CurveKernel
import Testing

@testable import CurveFormats

/// What the path of a curve is.
@Suite struct SVGCurveTests {
  static let zigzag: [SIMD2<Double>] = [[0, 0], [1, 2], [3, 1], [4, 4], [6, 3], [7, 0.5], [9, 1]]

  /// From the picture's pixels back to the data, for a picture without margin and a stroke of 2.
  private func data(_ p: SIMD2<Double>, _ low: SIMD2<Double>, _ high: SIMD2<Double>) -> SIMD2<Double> {
    let units = max((high.x - low.x) / 798, (high.y - low.y) / 498)
    let centre = (low + high) / 2
    return SIMD2(centre.x + (p.x - 400) * units, centre.y - (p.y - 250) * units)
  }

  @Test func `a small picture, to the letter`() throws {
    let svg = try DrawnSVG(
      Curve(.linear(), points: [[0, 0], [10, 0], [10, 5], [20, 10]] as [SIMD2<Double>])
    ) {
      ($0.width, $0.height) = (42, 22)
      $0.background = PictureColour("white") ?? .transparent
      $0.strokes = [PictureColour(0xFF0000, alpha: 51)]
    }
    #expect(
      svg.text == """
        <svg xmlns="http://www.w3.org/2000/svg" width="42" height="22" viewBox="0 0 42 22" role="img">
        <title>linear</title>
        <desc>A curve of 4 control points; x from 0 to 20, y from 0 to 10.</desc>
        <rect width="42" height="22" fill="#ffffff"/>
        <path fill="none" stroke="#ff0000" stroke-opacity="0.2" stroke-width="2" stroke-linecap="round" \
        stroke-linejoin="round" d="M1 21H21V11L41 1"/>
        </svg>

        """)
  }

  @Test(arguments: [
    CurveKind.catmullRom(alpha: 0.5), .cubic(), .bSpline(), .bSpline(degree: 2), .bezier,
    .kochanekBartels(tension: 0.2, continuity: -0.3, bias: 0.1),
  ])
  func `cubic kinds are drawn by their own segments, to a hundredth of a pixel`(kind: CurveKind) throws {
    let curve = try Curve(kind, points: Self.zigzag)
    let path = try #require(try DrawnSVG(curve).paths.first)
    let samples = try curve.points(.samplesPerSegment(8))
    let segments = (samples.count - 1) / 8
    #expect(path.count == segments + 1)
    // The picture is as wide as the drawn curve: its bounds are found again from many samples.
    let many = try curve.points(.samplesPerSegment(4096))
    let low = many.reduce(many[0]) { SIMD2(min($0.x, $1.x), min($0.y, $1.y)) }
    let high = many.reduce(many[0]) { SIMD2(max($0.x, $1.x), max($0.y, $1.y)) }
    guard case .move(var last) = path[0] else { return #expect(Bool(false)) }
    for k in 0..<segments {
      guard case .cubic(let a, let b, let end) = path[k + 1] else { return #expect(Bool(false)) }
      let piece = PlaneCubic(last, a, b, end)
      for i in 0...8 {
        let off = data(piece.point(at: Double(i) / 8), low, high) - samples[8 * k + i]
        #expect((off * off).sum().squareRoot() < 0.02 * 9 / 798)
      }
      last = end
    }
  }

  @Test func `straight segments are lines, and a step is a staircase of two points a jump`() throws {
    let line = try DrawnSVG(Curve(.linear(), points: Self.zigzag)).paths[0]
    #expect(line.count == 7)
    for part in line.dropFirst() {
      guard case .line = part else { return #expect(Bool(false)) }
    }
    for (placement, count) in [(StepPlacement.after, 13), (.before, 13), (.middle, 19)] {
      let curve = try Curve(.step(placement), points: Self.zigzag)
      let path = ends(try DrawnSVG(curve).paths[0])
      #expect(path.count == count)
      for (p, q) in zip(path, path.dropFirst()) { #expect(p.x == q.x || p.y == q.y) }
      #expect(path[1].x == path[0].x ? placement == .before : path[1].y == path[0].y)
    }
  }

  @Test func `closed curves close their path`() throws {
    for kind in [CurveKind.catmullRom(), .linear(), .bSpline(degree: 5), .nurbs()] {
      let path = try DrawnSVG(Curve(kind, points: Self.zigzag, closed: true)).paths[0]
      #expect(path.last == .close)
      let turn = ends(path)[path.count - 2] - ends(path)[0]
      #expect((turn * turn).sum() <= 4e-4)
    }
    // Over the parameter it goes on to the far end instead.
    let flat = try DrawnSVG(Curve(.catmullRom(), points: [1, 3, 2] as [Double], closed: true)).paths[0]
    #expect(ends(flat).map(\.x).max() == 799)
    #expect(flat.last != .close)
  }

  @Test func `a gap ends one path and a lone point is a dot`() throws {
    let nan = Double.nan
    let points: [SIMD2<Double>] = [[0, 0], [1, 2], [nan, nan], [3, 1], [nan, 0], [4, 4], [6, 3]]
    let svg = try DrawnSVG(Curve(.catmullRom(), points: points, gaps: .break))
    let moves = svg.paths[0].filter { if case .move = $0 { true } else { false } }
    #expect(moves.count == 2)
    #expect(svg.circles.count == 1)
    #expect(!svg.text.contains("nan"))
  }

  @Test func `1-D points are drawn over the parameter, and x against every other coordinate`() throws {
    let flat = ends(try DrawnSVG(Curve(.catmullRom(), points: [1, 3, 2, 5] as [Double])).paths[0])
    #expect(flat.map(\.x) == [1, 267, 533, 799])
    let knots = KnotVector.given([0, 0, 1, 4, 4])
    let spline = ends(
      try DrawnSVG(Curve(.bSpline(degree: 1, knots: knots), points: [1, 3, 2] as [Double])).paths[0])
    #expect(spline.map(\.x) == [1, 200.5, 799])
    let three: [SIMD3<Double>] = [[0, 1, 9], [1, 2, 8], [4, 0, 5]]
    let lines = try DrawnSVG(Curve(.makima(), points: three)).paths
    #expect(lines.map { ends($0).map(\.x) } == [[1, 200.5, 799], [1, 200.5, 799]])
    let lone = try DrawnSVG(Curve(.catmullRom(), points: three))
    #expect(lone.paths.count == 1)
  }

  @Test func `a derivative is drawn over x, and leaves off where it jumps`() throws {
    let points: [SIMD2<Double>] = [[0, 0], [1, 2], [3, 1]]
    let path = try DrawnSVG(Curve(.linear(parameterization: .x), points: points), derivative: 1).paths[0]
    #expect(path == [.move([1, 1]), .line([267, 1]), .move([267, 499]), .line([799, 499])])
  }

  @Test(arguments: [
    CurveKind.bSpline(degree: 4), .bSpline(degree: 5), .nurbs(weights: [1, 1, 9, 1, 0.1, 1, 1]),
    .nurbs(degree: 2),
  ])
  func `other kinds are lines that the curve keeps to within an eighth of a pixel`(kind: CurveKind) throws {
    let curve = try Curve(kind, points: Self.zigzag)
    let path = ends(try DrawnSVG(curve).paths[0])
    let samples = try curve.points(.samplesPerSegment(4000))
    let low = samples.reduce(samples[0]) { SIMD2(min($0.x, $1.x), min($0.y, $1.y)) }
    let high = samples.reduce(samples[0]) { SIMD2(max($0.x, $1.x), max($0.y, $1.y)) }
    let vertices = path.map { data($0, low, high) }
    #expect(vertices.count < 200)
    let pixel = max((high.x - low.x) / 798, (high.y - low.y) / 498)
    for p in stride(from: 0, to: samples.count, by: 37).map({ samples[$0] }) {
      let nearest = zip(vertices, vertices.dropFirst()).map { distance(from: p, to: $0, $1) }.min() ?? 1
      // The eighth, the rounding of coordinates, and that the bounds are found to a thousandth.
      #expect(nearest < (0.125 + 0.02 + 0.8) * pixel)
    }
  }

  private func distance(from p: SIMD2<Double>, to a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double {
    let chord = b - a
    let length = (chord * chord).sum()
    let u = length > 0 ? min(max(((p - a) * chord).sum() / length, 0), 1) : 0
    let off = p - (a + u * chord)
    return (off * off).sum().squareRoot()
  }
}
