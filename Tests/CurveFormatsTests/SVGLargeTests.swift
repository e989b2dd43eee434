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
