/// Draws a picture as pixels and writes them as PNG.
///
/// - Memory: four bytes a pixel, and a few megabytes; a path of very many parts takes one byte a pixel more.
/// - Numbers: square roots and whole numbers, so that the pixels are the same everywhere; their compression is zlib's.
public final class PNGCanvas<Sink: ByteSink>: PictureCanvas {
  public private(set) var sink: Sink
  private(set) var bitmap: Bitmap?
  private var raster = CoverageRaster(width: 1, height: 1)
  private var stroker = Stroker(PicturePen(colour: .transparent, width: 1, cap: .butt, join: .miter))
  private var colour = PictureColour.transparent
  /// Whether lines are rules, such as axes and their marks: one pixel wide, they fall on whole pixels.
  private var isRuled = false
  /// What a path whose edges did not fit at once has covered so far.
  private var covered: [UInt8] = []
  private var texts: [(keyword: String, text: String)] = []

  /// Pixels that a picture may have: 128 MiB.
  public static var mostPixels: Int { PictureStyle.mostPixels }

  public init(to sink: Sink) { self.sink = sink }

  public func begin(_ style: PictureStyle, title: String, summary: String) throws(FormatError) {
    guard style.width * style.height <= Self.mostPixels else {
      throw .tooManyPixels(width: style.width, height: style.height, most: Self.mostPixels)
    }
    bitmap = Bitmap(width: style.width, height: style.height, style.background)
    raster = CoverageRaster(width: style.width, height: style.height)
    texts = [("Title", title), ("Description", summary)]
  }

  public func beginPath(_ pen: PicturePen) {
    stroker = Stroker(pen)
    colour = pen.colour
    isRuled = pen.width == 1 && pen.cap == .butt && pen.join == .miter
  }

  public func move(to point: SIMD2<Double>) {
    stroker.move(to: place(point), &raster)
    makeRoom()
  }

  public func line(to point: SIMD2<Double>) {
    stroker.line(to: place(point), &raster)
    makeRoom()
  }

  public func cubic(_ first: SIMD2<Double>, _ second: SIMD2<Double>, to end: SIMD2<Double>) {
    stroker.cubic(Self.sane(first), Self.sane(second), to: Self.sane(end), &raster)
    makeRoom()
  }

  public func close() {
    stroker.close(&raster)
    makeRoom()
  }

  public func endPath() {
    stroker.finish(&raster)
    fill()
  }

  public func dot(_ centre: SIMD2<Double>, radius: Double, _ colour: PictureColour) {
    let c = Self.sane(centre)
    let corners: [SIMD2<Double>] = [[1, 0], [0, -1], [-1, 0], [0, 1], [1, 0]]
    for (from, to) in zip(corners, corners.dropFirst()) { Stroker.arc(c, radius, from, to, &raster) }
    self.colour = colour
    fill()
  }

  public func text(
    _ text: String, at place: SIMD2<Double>, _ anchor: PictureAnchor, size: Double, _ colour: PictureColour
  ) {
    self.colour = colour
    stroker = Stroker(StrokeFont.pen(size: size, colour))
    StrokeFont.trace(text, at: Self.sane(place), anchor, size: size) { part in
      switch part {
      case .move(let p): stroker.move(to: p, &raster)
      case .line(let p): stroker.line(to: p, &raster)
      case .curve(let c, let p): stroker.quadratic(c, to: p, &raster)
      case .close: stroker.close(&raster)
      }
      makeRoom()
    }
    endPath()
  }

  public func finish() throws(FormatError) {
    guard let bitmap else { return }
    var writer = PNGWriter(to: sink)
    try writer.write(bitmap, texts: texts)
    sink = writer.sink
  }
}

extension PictureStyle {
  /// Bytes that a picture of this size takes at most while it is drawn as PNG, beside its curves: four for each pixel and
  /// one for what a long path has covered, half a one for where a thinned path has been (`Thinning`), and 4 MiB of edges,
  /// rows and compressed bytes.
  public var pngMemory: Int {
    let pixels = width * height
    return 5 * pixels + (pixels <= Thinning.mostInkedPixels ? pixels / 2 : 0) + 4 << 20
  }
}

extension PNGCanvas {
  /// A place that can be drawn at: NaN is no place, and what is far away is far enough.
  private static func sane(_ p: SIMD2<Double>) -> SIMD2<Double> {
    let far = SIMD2<Double>(repeating: 1e6)
    let near = p.replacing(with: 0, where: p .!= p)
    return pointwiseMin(pointwiseMax(near, -far), far)
  }

  private func place(_ p: SIMD2<Double>) -> SIMD2<Double> {
    let near = Self.sane(p)
    return isRuled ? near.rounded(.down) + 0.5 : near
  }

  /// Sets what the edges enclose aside when they have become many.
  private func makeRoom() {
    guard raster.isFull else { return }
    stroker.cut(&raster)
    cover()
  }

  /// Paints what the edges enclose.
  private func fill() {
    if !covered.isEmpty {
      cover()
      return paintCovered()
    }
    let colour = colour
    raster.sweep { row, first, coverage in bitmap?.paint(row, first, coverage, colour) }
  }

  /// Sets the edges' coverage aside: what lies in several parts of a path is painted once.
  private func cover() {
    let width = raster.width
    if covered.isEmpty { covered = Array(repeating: 0, count: width * raster.height) }
    raster.sweep { row, first, coverage in
      let place = row * width + first
      for i in coverage.indices { covered[place + i] = max(covered[place + i], coverage[i]) }
    }
  }

  private func paintCovered() {
    for row in 0..<raster.height {
      let pixels = row * raster.width..<(row + 1) * raster.width
      bitmap?.paint(row, 0, covered.span.extracting(pixels), colour)
    }
    covered = []
  }
}
