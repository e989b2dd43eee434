import CurveKernel
import Testing

@testable import CurveFormats

/// Pictures of what is hard to show: nothing in the file is NaN, and all of it lies in the picture.
@Suite struct SVGDegenerateTests {
  static let tiny = Double.leastNormalMagnitude / 256

  static let hard: [[SIMD2<Double>]] = [
    [[5, 5], [5, 5], [5, 5]], [[0, 0], [0, 0]], [[0, 3], [1, 3], [2, 3]], [[3, 0], [3, 1]],
    [[-1e300, 1e300], [0, 0], [1e300, -1e300]], [[tiny, 0], [2 * tiny, 5 * tiny]],
    [[0, 0], [.leastNonzeroMagnitude, .leastNonzeroMagnitude]], [[1.7e9, 1], [1.7e9 + 1e-6, 2]],
    [[1e16, 0], [1e16 + 2, 1]],
    [[-1e307, -1e307], [1e307, 1e307]], [[0, 0], [1e9, 1e-9]], [[1e300, 1e300], [1e300, 1e300]],
  ]

  @Test(arguments: hard) func `every number of the file is one, inside the picture`(
    points: [SIMD2<Double>]
  ) throws {
    for kind in [CurveKind.linear(), .catmullRom(), .nurbs(degree: 1), .bSpline(degree: 1)] {
      for (width, height) in [(800, 500), (16, 16), (16384, 16)] {
        let svg = try DrawnSVG(Curve(kind, points: points)) {
          ($0.width, $0.height, $0.margin) = (width, height, nil)
          ($0.hasAxes, $0.hasLegend, $0.showsPoints) = (true, true, true)
        }
        let text = svg.text.lowercased()
        #expect(!text.contains("\"nan") && !text.contains(" nan") && !text.contains("inf"))
        #expect(svg.paths.count + svg.circles.count > 0)
        for p in svg.paths.flatMap(ends) + svg.circles {
          #expect(p.x >= 0 && p.x <= Double(width) && p.y >= 0 && p.y <= Double(height), "\(points) \(p)")
        }
      }
    }
  }

  @Test func `a curve that is all one point is a dot in the middle`() throws {
    let svg = try DrawnSVG(Curve(.catmullRom(), points: [[7, 7], [7, 7]] as [SIMD2<Double>]))
    #expect(svg.circles == [[400, 250]])
    #expect(svg.paths.isEmpty)
  }

  @Test func `a stroke wider than the picture and a small picture with everything still draw`() throws {
    let curve = try Curve(.catmullRom(), points: SVGCurveTests.zigzag)
    let svg = try DrawnSVG(curve) {
      ($0.width, $0.height, $0.strokeWidth) = (16, 16, 100)
      ($0.hasAxes, $0.hasLegend, $0.showsPoints) = (true, true, true)
    }
    #expect(svg.paths[0].count == 7)
  }

  @Test func `plane curves keep their shape unless nothing would be left of it`() throws {
    let square = try DrawnSVG(Curve(.linear(), points: [[0, 0], [1, 0], [1, 1]] as [SIMD2<Double>])).paths[0]
    #expect(ends(square) == [[151, 499], [649, 499], [649, 1]])
    let flat = try DrawnSVG(Curve(.linear(), points: [[0, 0], [1, 1], [9000, 0]] as [SIMD2<Double>])).paths[0]
    #expect(ends(flat).map(\.y) == [499, 1, 499])
    let function = try DrawnSVG(
      Curve(.linear(parameterization: .x), points: [[0, 0], [1, 1]] as [SIMD2<Double>])
    ).paths[0]
    #expect(ends(function) == [[1, 499], [799, 1]])
  }
}
