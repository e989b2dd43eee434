import CurveKernel
import Testing

@testable import CurveFormats

/// Many more points than pixels, and paths longer than an XML reader takes.
@Suite struct SVGLargeTests {
  /// A random walk.
  private var walk: [Double] {
    var random = SplitMix(seed: 7)
    var place = 0.0
    return (0..<200_000).map { _ in
      place += Double.random(in: -1...1, using: &random)
      return place
    }
  }

  @Test(arguments: [CurveKind.linear(), .cubic(), .step()])
  func `two hundred thousand points take no more than their pixels, and reach as high in each column`(
    kind: CurveKind
  ) throws {
    let values = walk
    let svg = try DrawnSVG(Curve(kind, points: values))
    #expect(svg.text.utf8.count < 300_000)
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    var columns = [(low: Double, high: Double)](repeating: (.infinity, -.infinity), count: 801)
    for p in ends(svg.paths[0]) {
      // Rounding to hundredths may move a point over the border of its column.
      for column in [Int(p.x - 0.01), Int(p.x + 0.01)] {
        columns[column] = (min(columns[column].low, p.y), max(columns[column].high, p.y))
      }
    }
    var missing = 0
    for (i, value) in values.enumerated() {
      let x = 1 + Double(i) / 199_999 * 798
      let y = 499 - (value - low) / (high - low) * 498
      let column = columns[Int(x)]
      if !(y >= column.low - 0.5 && y <= column.high + 0.5) { missing += 1 }
    }
    #expect(missing == 0)
  }

  @Test(arguments: [CurveKind.linear(), .catmullRom(), .bSpline(degree: 4)])
  func `a scribble over the same pixels is drawn once, and near each of its points`(kind: CurveKind) throws {
    // Ten rounds of a circle, all within half a pixel.
    let points = (0..<40_000).map { (i: Int) -> SIMD2<Double> in
      let (angle, radius) = (Double(i % 4000) / 4000, 10 + Double(i) / 40_000 * 0.02)
      return radius * SIMD2(roundSine(angle + 0.25), roundSine(angle))
    }
    let svg = try DrawnSVG(Curve(kind, points: points, closed: true))
    #expect(svg.text.utf8.count < 150_000)
    let path = ends(svg.paths[0])
    var drawn: Set<SIMD2<Int>> = []
    var last = SIMD2<Double>.zero
    for part in svg.paths[0] {
      guard case .line(let end) = part else {
        if case .move(let begin) = part { last = begin }
        continue
      }
      for i in 0...1000 {
        let p = last + Double(i) / 1000 * (end - last)
        drawn.insert(SIMD2<Int>(Int(p.x), Int(p.y)))
        if (end - last).max() < 1, (end - last).min() > -1 { break }
      }
      last = end
    }
    let low = SIMD2(path.map(\.x).min() ?? 0, path.map(\.y).min() ?? 0)
    let high = SIMD2(path.map(\.x).max() ?? 0, path.map(\.y).max() ?? 0)
    #expect(abs(high.y - low.y - 498) < 1 && abs(high.x - low.x - 498) < 1)
    let around = [-1, 0, 1].flatMap { x in [-1, 0, 1].map { SIMD2(x, $0) } }
    let curve = try Curve(.linear(), points: points)
    for p in try curve.points(.samplesPerSegment(1)) {
      let q = SIMD2(400 + p.x * 249 / 10.02, 250 - p.y * 249 / 10.02)
      let cell = SIMD2<Int>(Int(q.x), Int(q.y))
      let isNear = around.contains { drawn.contains(cell &+ $0) }
      #expect(isNear)
      if !isNear { break }
    }
  }

  /// A sine of so many turns, by its series.
  private func roundSine(_ turns: Double) -> Double {
    let t = (turns - (turns + 0.5).rounded(.down)) * 2 * Double.pi
    var (sum, term) = (t, t)
    for k in 1...12 {
      term *= -t * t / Double((2 * k) * (2 * k + 1))
      sum += term
    }
    return sum
  }

  @Test func `a path is cut before it is too long, and a closed one still closes`() throws {
    var random = SplitMix(seed: 3)
    let points = (0..<200).map { _ in
      SIMD2(Double.random(in: 0...1, using: &random), Double.random(in: 0...1, using: &random))
    }
    let curve = try PictureCurve.lines(of: Curve(.catmullRom(), points: points, closed: true))
    let whole = try DrawnSVG(Picture(curve)).paths
    let cut = try DrawnSVG(Picture(curve), longestPath: 1000).paths
    #expect(whole.count == 1 && cut.count > 5)
    for (a, b) in zip(cut, cut.dropFirst()) { #expect(ends(a).last == ends(b).first) }
    #expect(cut.flatMap { $0.dropFirst() }.count == whole[0].count - 1)
    #expect(ends(cut[cut.count - 1]).last == ends(whole[0]).first)
  }

  @Test func `dots that lie on each other are drawn once`() throws {
    let svg = try DrawnSVG(Curve(.linear(), points: walk)) { $0.showsPoints = true }
    #expect(svg.circles.count > 1000 && svg.circles.count < 100_000)
    let few = try DrawnSVG(Curve(.linear(), points: [1, 1, 1, 2] as [Double])) { $0.showsPoints = true }
    #expect(few.circles.count == 4)
  }
}
