/// The pixels of a picture, row by row from above, colours not multiplied by their opacity.
///
/// - Memory: four bytes a pixel.
/// - Blending: of the sRGB values as they are, as SVG and CSS do (source over destination).
struct Bitmap {
  let width, height: Int
  private(set) var pixels: [UInt32]

  init(width: Int, height: Int, _ background: PictureColour) {
    (self.width, self.height) = (width, height)
    pixels = Array(repeating: Bitmap.pixel(background), count: width * height)
  }

  /// Red lowest, opacity highest; what cannot be seen has no colour.
  static func pixel(_ c: PictureColour) -> UInt32 {
    if c.alpha == 0 { return 0 }
    return UInt32(c.red) | UInt32(c.green) << 8 | UInt32(c.blue) << 16 | UInt32(c.alpha) << 24
  }

  /// Lays a colour over the pixels of a row from `first` on, as far as it covers each, 0 to 255.
  mutating func paint(_ row: Int, _ first: Int, _ coverage: Span<UInt8>, _ colour: PictureColour) {
    let place = row * width + first
    let (alpha, opaque) = (UInt32(colour.alpha), Bitmap.pixel(colour))
    var span = pixels.mutableSpan
    for i in coverage.indices where coverage[i] > 0 {
      let share = Bitmap.share(UInt32(coverage[i]) * alpha)
      if share == 255 {
        span[place + i] = opaque
      } else if share > 0 {
        span[place + i] = Bitmap.blended(opaque, share, over: span[place + i])
      }
    }
  }

  /// A 255th, rounded.
  @inline(__always)
  private static func share(_ product: UInt32) -> UInt32 { (product + 127) / 255 }

  @inline(__always)
  private static func blended(_ colour: UInt32, _ alpha: UInt32, over pixel: UInt32) -> UInt32 {
    let (below, rest) = (pixel >> 24, 255 - alpha)
    // Opacities in 255ths of 255ths.
    let (mine, its) = (alpha * 255, below * rest)
    let sum = mine + its
    var mixed = share(sum) << 24
    for shift: UInt32 in [0, 8, 16] {
      let channel = ((colour >> shift & 255) * mine + (pixel >> shift & 255) * its + sum / 2) / sum
      mixed |= channel << shift
    }
    return mixed
  }
}
