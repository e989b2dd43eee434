/// How a picture looks. The values are in range: whoever takes them from users checks them first.
public struct PictureStyle: Sendable, Equatable {
  /// Pixels: 16 to 16384.
  public var width = 800, height = 500
  /// Empty pixels at each side, below half the smaller one; nil: 20, in pictures under 200 pixels a tenth.
  public var margin: Double?
  /// Colours of the curves, taken in turn; none: the palette's.
  public var strokes: [PictureColour] = []
  /// Pixels: above 0 and up to 100.
  public var strokeWidth = 2.0
  public var background = PictureColour.transparent
  public var cap = Cap.round
  public var join = Join.round
  /// Control points as dots; of Bézier and B-spline kinds their polygon, too.
  public var showsPoints = false
  public var hasAxes = false
  public var hasLegend = false
  /// Whether something else is written.
  var hasLabels = false

  public init() {}

  /// How a line ends.
  public enum Cap: String, Sendable, CaseIterable { case butt, round, square }
  /// How a line turns.
  public enum Join: String, Sendable, CaseIterable { case miter, round, bevel }

  public static let sides = 16...16384
  /// Of a picture made of pixels: 128 MiB.
  public static let mostPixels = 1 << 25
  public static let widestStroke = 100.0

  /// Pixels left empty at each side.
  public var emptySides: Double { margin ?? min(20, Double(min(width, height)) / 10) }

  /// The colour of curve `index`.
  public func stroke(_ index: Int) -> PictureColour {
    let colours = strokes.isEmpty ? PictureStyle.palette : strokes
    return colours[index % colours.count]
  }

  /// Told apart by colour-blind eyes, too, and with a contrast of 3:1 or more both on white and on near-black, since a
  /// picture without background stands on either.
  static let palette = [0x2F7ED8, 0xD9730D, 0x1F9D61, 0xD6467E, 0x8A63D2, 0x0F97A8, 0xA87A00]
    .map { PictureColour($0) }

  /// Text, axes and control polygons: as far from white as from black.
  public static let ink = PictureColour(0x7A7F87)

  /// Pixels of text: 12 at usual sizes, growing with the root of the picture.
  var textSize: Double {
    let side = Double(min(width, height))
    return min(32, max(9, 12 * (side / 500).squareRoot()))
  }

  /// The radius of a control point's dot.
  var dotRadius: Double { PictureStyle.dotRadius(strokeWidth) }

  /// The same beside a line of another width.
  static func dotRadius(_ width: Double) -> Double { 1.25 * width + 1.5 }

  func pen(_ colour: PictureColour, width: Double? = nil) -> PicturePen {
    PicturePen(colour: colour, width: width ?? strokeWidth, cap: cap, join: join)
  }
}

/// What draws a line.
public struct PicturePen: Sendable, Equatable {
  public var colour: PictureColour
  /// Pixels.
  public var width: Double
  public var cap: PictureStyle.Cap
  public var join: PictureStyle.Join
}
