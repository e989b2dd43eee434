/// A stretch of x that a picture tells apart: a bar above the curves, its label above the bar, and thin lines where it
/// begins and ends.
public struct PictureSpan: Sendable, Equatable {
  /// In the units of x.
  public var low, high: Double
  public var label: String
  public var colour: PictureColour
  /// Whether it has bar and lines; else its label stands alone.
  public var isMarked: Bool

  public init(_ low: Double, _ high: Double, label: String, colour: PictureColour, isMarked: Bool = true) {
    (self.low, self.high, self.label) = (low, high, label)
    (self.colour, self.isMarked) = (colour, isMarked)
  }
}

/// Where the labels and bars of spans go: above the curves, so that they cover none.
struct SpanBand {
  struct Label: Equatable {
    var span: Int
    var text: String
    var centre: Double
    /// Counted upwards from the bars.
    var row: Int
  }

  private(set) var labels: [Label] = []
  private(set) var rows = 0
  private let size: Double
  private let hasBars: Bool

  /// Labels in as few rows as hold them without touching, the widest spans first; at most four, a quarter of the height and
  /// half of what the margins leave; what has no room then is left out.
  ///
  /// - Parameter most: rows that there may be; nil: as the height allows.
  init(
    _ spans: [PictureSpan], _ style: PictureStyle, _ x: PixelScale, left: Double, right: Double, most: Int?
  ) {
    size = style.textSize
    hasBars = spans.contains(where: \.isMarked)
    let room = min(Double(style.height) / 4, Double(style.height) / 2 - style.emptySides)
    let most = most ?? (spans.isEmpty ? 0 : min(4, Int(room / (1.35 * size))))
    guard most > 0, right - left >= 3 * size else { return }
    func pixels(_ span: PictureSpan) -> (Double, Double) {
      (max(x.pixel(span.low), left), min(x.pixel(span.high), right))
    }
    let widths = spans.map { span in
      let (low, high) = pixels(span)
      return high - low
    }
    var taken = [[(low: Double, high: Double)]](repeating: [], count: most)
    let order = spans.indices.sorted { (widths[$0], $1) > (widths[$1], $0) }
    for index in order where !spans[index].label.isEmpty {
      let text = shortened(spans[index].label, to: right - left, size: size)
      let half = textWidth(text, size: size) / 2
      let (low, high) = pixels(spans[index])
      let centre = max(min((low + high) / 2, right - half), left + half)
      let edges = (low: centre - half - 0.4 * size, high: centre + half + 0.4 * size)
      let row = taken.firstIndex { row in !row.contains { $0.low < edges.high && edges.low < $0.high } }
      guard let row else { continue }
      taken[row].append(edges)
      labels.append(Label(span: index, text: text, centre: centre, row: row))
      rows = max(rows, row + 1)
    }
    labels.sort { $0.span < $1.span }
  }

  /// Pixels that it takes from the picture.
  var height: Double { Double(rows) * 1.35 * size + (hasBars ? barHeight + 0.3 * size : 0) }

  var barHeight: Double { hasBars ? max(2, 0.25 * size) : 0 }

  /// The base line of a row, from the upper edge of the curves' rectangle.
  func base(_ row: Int) -> Double { -(barHeight + 0.65 * size + Double(row) * 1.35 * size) }
}

extension PictureLayout {
  /// Thin lines where marked spans begin and end inside the picture; of lines that would lie within two pixels one.
  func drawBorders(of spans: [PictureSpan], on canvas: some PictureCanvas) throws(FormatError) {
    let places = Set(spans.filter(\.isMarked).flatMap { [$0.low, $0.high] }.map { x.pixel($0) }).sorted()
    var next = x.pixel(x.range.low) + 0.5
    let end = x.pixel(x.range.high) - 0.5
    var drawn: [Double] = []
    for place in places where place >= next && place <= end {
      drawn.append(place)
      next = place + 2
    }
    guard !drawn.isEmpty else { return }
    let pen = PicturePen(colour: PictureStyle.ink.faded(to: 128), width: 1, cap: .butt, join: .miter)
    try canvas.beginPath(pen)
    for place in drawn { try line(SIMD2(place, top), SIMD2(place, bottom), on: canvas) }
    try canvas.endPath()
  }

  /// Bars and labels above the curves.
  func drawBand(of spans: [PictureSpan], on canvas: some PictureCanvas) throws(FormatError) {
    let height = band.barHeight
    for span in spans where span.isMarked {
      let (low, high) = (max(x.pixel(span.low), left), min(x.pixel(span.high), right))
      // A little air between two bars, where there is room for it.
      let air = min(1, (high - low) / 4)
      guard high > low else { continue }
      try canvas.beginPath(PicturePen(colour: span.colour, width: height, cap: .butt, join: .miter))
      let y = top - 0.3 * style.textSize - height / 2
      try line(SIMD2(low + air, y), SIMD2(high - air, y), on: canvas)
      try canvas.endPath()
    }
    for label in band.labels {
      let place = SIMD2(label.centre, top + band.base(label.row))
      try canvas.text(
        label.text, at: place, .middle, size: style.textSize, spans[label.span].colour)
    }
  }
}
