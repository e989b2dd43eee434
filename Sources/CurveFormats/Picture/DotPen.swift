/// Draws the pieces that are one point.
struct DotPen<Canvas: PictureCanvas>: OutlinePen {
  let canvas: Canvas
  let x, y: PixelScale
  let radius: Double
  let colour: PictureColour

  func move(to p: SIMD2<Double>) {}
  func line(to p: SIMD2<Double>) {}
  func cubic(_ first: SIMD2<Double>, _ second: SIMD2<Double>, to end: SIMD2<Double>) {}
  func quintic(_ curve: PlaneQuintic) {}
  func join(_ p: SIMD2<Double>) {}
  func close() {}
  func dot(_ p: SIMD2<Double>) throws(FormatError) {
    try canvas.dot(SIMD2(x.pixel(p.x), y.pixel(p.y)), radius: radius, colour)
  }
}
