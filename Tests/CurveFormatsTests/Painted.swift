import CurveKernel

@testable import CurveFormats

/// What was painted on a canvas of so many pixels.
struct Painted {
  let bitmap: Bitmap
  let bytes: [UInt8]

  init(
    _ width: Int, _ height: Int, background: PictureColour = .transparent,
    _ paint: (PNGCanvas<ArraySink>) throws -> Void
  ) throws {
    var style = PictureStyle()
    (style.width, style.height, style.background) = (width, height, background)
    let canvas = PNGCanvas(to: ArraySink())
    try canvas.begin(style, title: "", summary: "")
    try paint(canvas)
    try canvas.finish()
    (bitmap, bytes) = (canvas.bitmap ?? Bitmap(width: 1, height: 1, .transparent), canvas.sink.bytes)
  }

  init(_ picture: Picture) throws {
    let canvas = PNGCanvas(to: ArraySink())
    try picture.draw(on: canvas)
    (bitmap, bytes) = (canvas.bitmap ?? Bitmap(width: 1, height: 1, .transparent), canvas.sink.bytes)
  }

  func colour(_ x: Int, _ y: Int) -> [UInt8] { PNGColours.channels(bitmap.pixels[y * bitmap.width + x]) }

  /// 0 to 255.
  func opacity(_ x: Int, _ y: Int) -> Int { Int(colour(x, y)[3]) }

  /// Pixels that are covered, parts of pixels counted as such.
  var area: Double { bitmap.pixels.reduce(0) { $0 + Double($1 >> 24) / 255 } }
}

/// A path through points, drawn with one pen.
func stroke(
  _ points: [SIMD2<Double>], width: Double, cap: PictureStyle.Cap = .butt, join: PictureStyle.Join = .miter,
  _ colour: PictureColour = PictureColour(0), closed: Bool = false, on canvas: PNGCanvas<ArraySink>
) {
  canvas.beginPath(PicturePen(colour: colour, width: width, cap: cap, join: join))
  canvas.move(to: points[0])
  for p in points.dropFirst() { canvas.line(to: p) }
  if closed { canvas.close() }
  canvas.endPath()
}
