/// What a picture is drawn on: a file of vector graphics, or pixels. Everything is in pixels, y downwards.
///
/// The calls come in the order `begin`, any number of shapes, `finish`. A path is `beginPath`, then moves, lines and
/// cubics, then `endPath`; nothing else comes between.
public protocol PictureCanvas: AnyObject {
  /// - Shape: `title` names the picture, `summary` tells those who cannot see it what it shows.
  func begin(_ style: PictureStyle, title: String, summary: String) throws(FormatError)
  func beginPath(_ pen: PicturePen) throws(FormatError)
  func move(to point: SIMD2<Double>) throws(FormatError)
  func line(to point: SIMD2<Double>) throws(FormatError)
  /// A cubic Bézier curve from the last point.
  func cubic(_ first: SIMD2<Double>, _ second: SIMD2<Double>, to end: SIMD2<Double>) throws(FormatError)
  /// Back to the last move's point.
  func close() throws(FormatError)
  func endPath() throws(FormatError)
  /// A filled circle.
  func dot(_ centre: SIMD2<Double>, radius: Double, _ colour: PictureColour) throws(FormatError)
  /// One line of text, standing on its base line.
  func text(
    _ text: String, at place: SIMD2<Double>, _ anchor: PictureAnchor, size: Double, _ colour: PictureColour
  ) throws(FormatError)
  func finish() throws(FormatError)
}

/// Which part of a text stands at its place.
public enum PictureAnchor: String, Sendable { case start, middle, end }
