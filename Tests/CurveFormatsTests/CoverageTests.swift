import CurveKernel
import Testing

@testable import CurveFormats

/// What strokes and dots cover, against mathematics.
@Suite struct CoverageTests {
  @Test(arguments: [0.6, 1, 2.5, 4, 11.3, 40]) func `a dot covers the area of its circle`(radius: Double)
    throws
  {
    let painted = try Painted(100, 100) { $0.dot([50.3, 49.8], radius: radius, PictureColour(0)) }
    let area = Double.pi * radius * radius
    // Chords lie up to a 50th of a pixel inside; opacities are rounded to 255ths.
    #expect(abs(painted.area - area) < 0.02 * 2 * Double.pi * radius + 0.05)
    #expect(painted.area < area + 0.05)
  }

  @Test func `pixels hold what an upright line covers of them, to the 255th`() throws {
    let painted = try Painted(12, 8) { stroke([[4.25, 1.5], [4.25, 6]], width: 1.5, on: $0) }
    // From 3.5 to 5 across, from 1.5 to 6 down.
    for (x, share) in [(2, 0.0), (3, 0.5), (4, 1), (5, 0)] {
      for (y, height) in [(0, 0.0), (1, 0.5), (2, 1), (5, 1), (6, 0)] {
        #expect(painted.opacity(x, y) == Int((share * height * 255).rounded()), "\(x),\(y)")
      }
    }
  }

  @Test(arguments: [0.1, 0.5, 1, 2.7])
  func `the edge of a slanted line has the opacity of the area beside it`(
    slope: Double
  ) throws {
    // So wide that its lower right border is the only one in the middle of the picture.
    let length = (1 + slope * slope).squareRoot()
    let normal = SIMD2(slope, -1) / length
    let through = SIMD2(50.37, 49.82)
    let along = SIMD2(1, slope) / length
    let painted = try Painted(100, 100) { canvas in
      let middle = through + 200 * normal
      stroke([middle - 400 * along, middle + 400 * along], width: 400, on: canvas)
    }
    for x in 45..<55 {
      for y in 20..<80 {
        let exact = Self.shareAbove(slope, through.y + (Double(x) - through.x) * slope - Double(y))
        #expect(abs(Double(painted.opacity(x, y)) - 255 * exact) <= 2, "\(x),\(y)")
      }
    }
  }

  /// The area of a unit square above the line from height `at` at its left side, y downwards: its mean height, cut to the
  /// square.
  private static func shareAbove(_ slope: Double, _ at: Double) -> Double {
    // The integral of max(0, y) is y²/2.
    func half(_ y: Double) -> Double { y > 0 ? y * y / 2 : 0 }
    return (half(at + slope) - half(at) - half(at + slope - 1) + half(at - 1)) / slope
  }

  @Test(arguments: PictureStyle.Join.allCases) func `a corner covers the area that its join says`(
    join: PictureStyle.Join
  ) throws {
    let painted = try Painted(60, 60) {
      stroke([[10, 50], [10, 10], [50, 10]], width: 6, join: join, on: $0)
    }
    // Two arms of 40 and 37 by 6 beyond the inner corner, and what the join adds outside.
    let outside = [PictureStyle.Join.miter: 9, .bevel: 4.5, .round: Double.pi * 9 / 4]
    let area = 40 * 6 + 40 * 6 - 9 + (outside[join] ?? 0)
    #expect(abs(painted.area - area) < 0.15)
  }

  @Test(arguments: PictureStyle.Cap.allCases) func `an end covers the area that its cap says`(
    cap: PictureStyle.Cap
  ) throws {
    let painted = try Painted(60, 30) { stroke([[15.5, 14.2], [40, 16]], width: 7, cap: cap, on: $0) }
    let more = [PictureStyle.Cap.butt: 0, .square: 49, .round: Double.pi * 49 / 4]
    let length = (24.5 * 24.5 + 1.8 * 1.8).squareRoot()
    #expect(abs(painted.area - (7 * length + (more[cap] ?? 0))) < 0.4)
  }

  @Test func `a ring covers the area between its borders, wherever it begins`() throws {
    let square: [SIMD2<Double>] = [[10, 10], [50, 10], [50, 50], [10, 50]]
    for first in 0..<4 {
      let points = Array(square[first...] + square[..<first])
      for points in [points, points.reversed()] {
        let painted = try Painted(60, 60) { stroke(points, width: 6, closed: true, on: $0) }
        #expect(abs(painted.area - (46 * 46 - 34 * 34)) < 0.01)
      }
    }
  }

  @Test func `where a stroke crosses itself it neither cancels nor counts twice`() throws {
    let half = PictureColour(0x204060, alpha: 128)
    let loop: [SIMD2<Double>] = [[5, 30], [55, 30], [55, 5], [30, 5], [30, 55]]
    for points in [loop, loop.reversed()] {
      let painted = try Painted(60, 60) { stroke(points, width: 8, half, on: $0) }
      #expect(painted.colour(30, 30) == [0x20, 0x40, 0x60, 128])
      #expect(painted.colour(10, 30) == painted.colour(30, 30))
      #expect(painted.colour(30, 50) == painted.colour(30, 30))
    }
    // There and back again.
    let back = try Painted(60, 20) { stroke([[10, 10], [50, 10], [10, 10]], width: 6, half, on: $0) }
    #expect(abs(back.area - 240 * 128.0 / 255) < 0.01)
  }

  @Test func `lines that cover one pixel twice cover it as much as their union, to a quarter`() throws {
    // Each alone covers the upper 0.4 of row 10; together no more.
    let painted = try Painted(60, 20) { canvas in
      canvas.beginPath(PicturePen(colour: PictureColour(0), width: 2.4, cap: .butt, join: .miter))
      for _ in 0..<3 {
        canvas.move(to: [10, 9.2])
        canvas.line(to: [50, 9.2])
      }
      canvas.endPath()
    }
    #expect(painted.opacity(30, 9) == 255)
    #expect(painted.opacity(30, 10) <= 128)
  }

  @Test func `a path of very many edges is painted as one of few`() throws {
    let half = PictureColour(0xC03030, alpha: 100)
    // A circle of 26,000 short lines beside one of few.
    func circle(_ count: Int) -> [SIMD2<Double>] {
      var p = SIMD2(1.0, 0.0)
      let step = 2 * Double.pi / Double(count)
      let (c, s) = (1 - step * step / 2, step - step * step * step / 6)
      return (0...count).map { _ in
        p = SIMD2(p.x * c - p.y * s, p.x * s + p.y * c)
        p /= (p * p).sum().squareRoot()
        return 40 * p + [50, 50]
      }
    }
    let many = try Painted(100, 100) { stroke(circle(26_000), width: 9, half, on: $0) }
    let few = try Painted(100, 100) { stroke(circle(400), width: 9, half, on: $0) }
    var worst = 0
    for i in many.bitmap.pixels.indices {
      worst = max(worst, abs(Int(many.bitmap.pixels[i] >> 24) - Int(few.bitmap.pixels[i] >> 24)))
    }
    // At the cut two round ends lie in each other.
    #expect(worst <= 6)
    #expect(many.opacity(50 + 40, 50) == 100)
  }

  @Test func `rules of one pixel fall on whole pixels`() throws {
    for place in [7.0, 7.3, 7.99] {
      let painted = try Painted(20, 20) { stroke([[place, 2.4], [place, 15.6]], width: 1, on: $0) }
      #expect(painted.opacity(7, 9) == 255 && painted.opacity(6, 9) == 0 && painted.opacity(8, 9) == 0)
      let curve = try Painted(20, 20) { stroke([[7, 2], [7, 15]], width: 1, cap: .round, on: $0) }
      #expect(curve.opacity(6, 9) == 128 && curve.opacity(7, 9) == 128)
    }
  }

  @Test func `colours are laid over each other as SVG says`() throws {
    let white = PictureColour(0xFFFFFF)
    let painted = try Painted(20, 20, background: white) { canvas in
      stroke([[0, 10], [20, 10]], width: 20, PictureColour(0x000000, alpha: 51), on: canvas)
    }
    #expect(painted.colour(10, 10) == [204, 204, 204, 255])
    let clear = try Painted(20, 20) { canvas in
      stroke([[0, 10], [20, 10]], width: 20, PictureColour(0xFF0000, alpha: 128), on: canvas)
      stroke([[0, 10], [20, 10]], width: 20, PictureColour(0x0000FF, alpha: 128), on: canvas)
    }
    // 128/255 of blue over as much of what red left.
    #expect(clear.colour(10, 10) == [85, 0, 170, 192])
    #expect(try Painted(16, 16) { _ in }.colour(3, 3) == [0, 0, 0, 0])
  }
}
