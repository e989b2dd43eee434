/// Letters as lines, drawn for this program: there is no font to ask for.
///
/// A letter's places are fitted to the pixels: its base line, the tops of small and large letters and its outermost stems fall
/// on middles of pixels, so that text of 9 to 14 pixels is sharp, and all letters of a text are equally far apart. A text is
/// as wide as `textWidth` says, or narrower: what fits its room by that measure fits as drawn.
enum StrokeFont {
  enum Part {
    case move(SIMD2<Double>)
    case line(SIMD2<Double>)
    /// A quadratic Bézier curve by its middle control point.
    case curve(SIMD2<Double>, SIMD2<Double>)
    case close
  }

  static func pen(size: Double, _ colour: PictureColour) -> PicturePen {
    PicturePen(colour: colour, width: max(1, 0.095 * size), cap: .square, join: .round)
  }

  /// Hands out the lines of a text that stands with a part of it at `place`.
  static func trace(
    _ text: String, at place: SIMD2<Double>, _ anchor: PictureAnchor, size: Double, _ body: (Part) -> Void
  ) {
    let grid = LetterGrid(base: place.y, size: size)
    let advances = advances(text, grid, size: size)
    let width = advances.reduce(0, +)
    var left =
      switch anchor {
      case .start: place.x.rounded()
      case .middle: (place.x - width / 2).rounded()
      case .end: (place.x - width).rounded()
      }
    for (scalar, advance) in zip(text.unicodeScalars, advances) {
      Glyph.of(scalar).trace(grid, centre: left + advance / 2, body)
      left += advance
    }
  }

  /// Whole pixels from each letter to the next: its own width and the same gap for all, a fifth of the size, with a pixel's
  /// air at least; digits are equally wide.
  static func advances(_ text: String, _ grid: LetterGrid, size: Double) -> [Double] {
    let scalars = Array(text.unicodeScalars)
    let most = scalars.map { textWidth(String($0), size: size) }
    let gap = max(2, (0.2 * size).rounded())
    var advances = zip(scalars, most).map { scalar, most in
      "0"..."9" ~= scalar || scalar == " "
        ? (most + 0.3).rounded(.down) : grid.width(Glyph.of(scalar).width) + gap
    }
    // Half a gap before the first letter and behind the last one has no ink. Where narrow letters are so many that the text
    // would be too wide, they stand closer.
    var excess = advances.reduce(0, +) - gap + pen(size: size, .transparent).width - most.reduce(0, +)
    for i in advances.indices where excess > 0 && advances[i] > most[i] {
      (advances[i], excess) = (advances[i] - 1, excess - 1)
    }
    return advances
  }
}

/// Where the rows and columns of letters fall.
struct LetterGrid {
  private let base, size: Double
  /// Pixels from the base line to the tops of small and of large letters, and down to the bottoms of hanging ones.
  private let small, large, hanging: Double

  init(base: Double, size: Double) {
    // Lines are drawn along their middles.
    self.base = base.rounded() - 0.5
    self.size = size
    small = (0.43 * size).rounded()
    large = max((0.625 * size).rounded(), small + 1)
    hanging = (0.19 * size).rounded()
  }

  /// Pixels, from a height in which small letters have 8 and large ones 12.
  func y(_ height: Double, isLevel: Bool = false) -> Double {
    let up =
      if height < 0 {
        height / 4 * hanging
      } else if height <= 8 {
        height / 8 * small
      } else {
        small + (height - 8) / 4 * (large - small)
      }
    return base - (isLevel ? up.rounded() : up)
  }

  /// Pixels, from a letter's width in nineteenths of the size.
  func width(_ width: Double) -> Double { (width / 19 * size).rounded() }
}

/// A letter: strokes, each a row of points.
struct Glyph {
  struct Point {
    var x, y: Double
    /// Whether the line only bends towards it.
    var isBend: Bool
  }
  struct Stroke {
    var points: [Point]
    var isClosed: Bool
  }

  let strokes: [Stroke]
  let width: Double

  static func of(_ scalar: Unicode.Scalar) -> Glyph { known[scalar] ?? unknown }

  private static let known: [Unicode.Scalar: Glyph] = all()
  private static let unknown = Glyph("0,0 0,12 6,12 6,0 z")

  /// `x,y` of each point from a letter's left and its base line, `~` before those that are bent towards, `/` between strokes, `z`
  /// behind closed ones.
  init(_ text: String) {
    strokes = text.split(separator: "/").map { part in
      var stroke = Stroke(points: [], isClosed: false)
      for word in part.split(separator: " ") {
        if word == "z" { stroke.isClosed = true }
        let numbers = word.drop { $0 == "~" }.split(separator: ",").compactMap { Double($0) }
        guard numbers.count == 2 else { continue }
        stroke.points.append(Point(x: numbers[0], y: numbers[1], isBend: word.hasPrefix("~")))
      }
      return stroke
    }
    width = strokes.flatMap(\.points).map(\.x).max() ?? 0
  }

  init(_ strokes: [Stroke]) {
    self.strokes = strokes
    width = strokes.flatMap(\.points).map(\.x).max() ?? 0
  }

  /// Drawn smaller and higher.
  func raised() -> Glyph { moved { Point(x: $0.x * 0.62, y: 5.6 + $0.y * 0.56, isBend: $0.isBend) } }

  func moved(_ place: (Point) -> Point) -> Glyph {
    Glyph(strokes.map { Stroke(points: $0.points.map(place), isClosed: $0.isClosed) })
  }

  /// Hands out the letter's lines.
  func trace(_ grid: LetterGrid, centre: Double, _ body: (StrokeFont.Part) -> Void) {
    guard !strokes.isEmpty else { return }
    let pixels = grid.width(width)
    let left = (centre - pixels / 2).rounded(.down) + 0.5
    func place(_ p: Point, isLevel: Bool) -> SIMD2<Double> {
      SIMD2(width > 0 ? left + p.x / width * pixels : left, grid.y(p.y, isLevel: isLevel))
    }
    for stroke in strokes { stroke.trace(place, body) }
  }
}

extension Glyph.Stroke {
  func trace(
    _ place: (Glyph.Point, _ isLevel: Bool) -> SIMD2<Double>, _ body: (StrokeFont.Part) -> Void
  ) {
    // Level lines fall on middles of pixels.
    let places = points.indices.map { i in
      let isLevel = points.indices.contains { abs($0 - i) == 1 && points[$0].y == points[i].y }
      return place(points[i], isLevel)
    }
    let count = points.count
    guard let last = places.last else { return }
    // A ring of bends begins half-way between two of them.
    let start = points[0].isBend ? (last + places[0]) / 2 : places[0]
    body(.move(start))
    if count == 2, places[0] == places[1] { return body(.line(start)) }
    for i in (points[0].isBend ? 0 : 1)..<count {
      guard points[i].isBend else {
        if !points[i - 1].isBend { body(.line(places[i])) }
        continue
      }
      let isLast = i + 1 == count
      let next = isLast ? start : points[i + 1].isBend ? (places[i] + places[i + 1]) / 2 : places[i + 1]
      body(.curve(places[i], next))
    }
    if isClosed { body(.close) }
  }
}
