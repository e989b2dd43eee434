import CurveKernel
import Testing

@testable import CurveFormats

/// Pictures of pixels that have little to show, or too much.
@Suite struct PNGDegenerateTests {
  private static let black = PictureColour(0)

  @Test func `a line without length is the dot or square of its cap`() throws {
    for (cap, area) in [(PictureStyle.Cap.butt, 0), (.square, 36), (.round, Double.pi * 9)] {
      let painted = try Painted(20, 20) { stroke([[10, 10], [10, 10]], width: 6, cap: cap, on: $0) }
      #expect(abs(painted.area - area) < 0.4, "\(cap)")
    }
    let path = try Painted(20, 20) { canvas in
      canvas.beginPath(PicturePen(colour: Self.black, width: 2, cap: .round, join: .round))
      canvas.endPath()
    }
    #expect(path.area == 0)
  }

  @Test func `a cusp and a cubic of one point are drawn`() throws {
    let painted = try Painted(40, 40) { canvas in
      canvas.beginPath(PicturePen(colour: Self.black, width: 3, cap: .round, join: .round))
      canvas.move(to: [5, 30])
      canvas.cubic([45, 0], [-5, 0], to: [35, 30])
      canvas.cubic([35, 30], [35, 30], to: [35, 30])
      canvas.endPath()
    }
    #expect(painted.area > 100 && painted.area < 400)
    #expect(painted.opacity(5, 30) == 255 || painted.opacity(5, 29) == 255)
  }

  @Test(arguments: [1e300, -1e300, .infinity, -.infinity, .nan, .leastNonzeroMagnitude] as [Double])
  func `numbers beyond all pixels end no program and leave the rest of the row alone`(far: Double) throws {
    let places: [[SIMD2<Double>]] = [
      [[10, 10], [far, 10]], [[far, far], [10, 10]], [[10, far], [far, 10]], [[far, 5], [-far, 15]],
    ]
    for points in places {
      for join in PictureStyle.Join.allCases {
        let painted = try Painted(20, 20) { canvas in
          stroke(points, width: 2, cap: .round, join: join, on: canvas)
          canvas.beginPath(PicturePen(colour: Self.black, width: 2, cap: .square, join: join))
          canvas.move(to: points[0])
          canvas.cubic([far, 3], [3, -far], to: points[1])
          canvas.close()
          canvas.endPath()
          canvas.dot(points[0], radius: 3, Self.black)
          canvas.text("far", at: points[0], .middle, size: 12, Self.black)
        }
        #expect(painted.bitmap.pixels.count == 400)
      }
    }
  }

  @Test func `a line that leaves the picture at each side is cut there`() throws {
    let painted = try Painted(30, 20) { stroke([[-1000, 5], [1000, 5]], width: 4, on: $0) }
    #expect(painted.area == 120)
    let slanted = try Painted(30, 20) { stroke([[-985, 1010], [1015, -990]], width: 4, on: $0) }
    for i in 6..<15 { #expect(slanted.opacity(i, 25 - i) == 255 && slanted.opacity(i + 12, 25 - i) == 0) }
    let tall = try Painted(30, 20) { stroke([[-3, -50], [-3, 50]], width: 4, on: $0) }
    #expect(tall.area == 0)
  }

  @Test(arguments: [0.0, 1e-9, 0.01, 100, 1000]) func `a pen is as wide as it is told`(width: Double) throws {
    let painted = try Painted(50, 50) { stroke([[-9, 25], [99, 25]], width: width, on: $0) }
    #expect(abs(painted.area - min(width, 50) * 50) < 0.3)
  }

  @Test func `too many pixels are refused`() throws {
    var style = PictureStyle()
    (style.width, style.height) = (20_000, 20_000)
    let canvas = PNGCanvas(to: ArraySink())
    #expect(throws: FormatError.tooManyPixels(width: 20_000, height: 20_000, most: 1 << 25)) {
      try canvas.begin(style, title: "", summary: "")
    }
    #expect(canvas.sink.bytes.isEmpty)
  }

  @Test func `the smallest sides and one pixel are pictures`() throws {
    for (width, height) in [(1, 1), (1, 300), (300, 1), (16, 16), (17, 33)] {
      let painted = try Painted(width, height) { canvas in
        stroke([[-5, -5], [400, 400]], width: 3, cap: .round, on: canvas)
        canvas.text("Wide 123", at: [0, 10], .start, size: 12, Self.black)
      }
      #expect(painted.bytes.count > 60)
      #expect(painted.opacity(0, 0) == 255)
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>) func `whatever is drawn, nothing outside its bounds is`(
    seed: UInt64
  ) throws {
    var random = SplitMix(seed: seed)
    func place() -> SIMD2<Double> {
      SIMD2(Double.random(in: 20...44, using: &random), Double.random(in: 20...44, using: &random))
    }
    let width = Double.random(in: 0.1...12, using: &random)
    let cap = PictureStyle.Cap.allCases.randomElement(using: &random) ?? .round
    let join = PictureStyle.Join.allCases.randomElement(using: &random) ?? .round
    let painted = try Painted(64, 64) { canvas in
      canvas.beginPath(PicturePen(colour: Self.black, width: width, cap: cap, join: join))
      var last = place()
      canvas.move(to: last)
      for _ in 0..<Int.random(in: 1...200, using: &random) {
        switch Int.random(in: 0...9, using: &random) {
        case 0: canvas.move(to: place())
        case 1: canvas.cubic(place(), place(), to: place())
        case 2: canvas.close()
        case 3: canvas.line(to: last)
        default:
          last = place()
          canvas.line(to: last)
        }
      }
      canvas.endPath()
    }
    // A miter reaches at most four half widths, a square cap the diagonal of one.
    let reach = width / 2 * (join == .miter ? 4 : 1.5) + 1
    for y in 0..<64 {
      for x in 0..<64 where painted.opacity(x, y) > 0 {
        let p = SIMD2(Double(x) + 0.5, Double(y) + 0.5)
        #expect(p.x > 19 - reach && p.x < 45 + reach && p.y > 19 - reach && p.y < 45 + reach)
      }
    }
  }
}
