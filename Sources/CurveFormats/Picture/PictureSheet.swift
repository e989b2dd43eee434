/// Several pictures on one canvas, in rows and columns.
public struct PictureSheet {
  public var panels: [Picture]
  /// Of the whole; each panel has it with its own size.
  public var style: PictureStyle

  public init(_ panels: [Picture], style: PictureStyle) { (self.panels, self.style) = (panels, style) }

  /// Whether every panel has at least 16 pixels in width and height.
  public static func hasRoom(for count: Int, _ style: PictureStyle) -> Bool {
    let grid = PictureGrid(count: count, style)
    return min(grid.width, grid.height) >= PictureStyle.sides.lowerBound
  }

  /// Draws all panels.
  ///
  /// - Throws: what the canvas throws, and what those throw who make the curves' points.
  public func draw(on canvas: some PictureCanvas) throws {
    if panels.count == 1, var only = panels.first {
      only.style = style
      return try only.draw(on: canvas)
    }
    let grid = PictureGrid(count: panels.count, style)
    var whole = style
    whole.hasLabels = true
    let headings = panels.map(\.heading)
    let more = headings.count > 4 ? " and \(headings.count - 3) more" : ""
    let title = headings.prefix(more.isEmpty ? 4 : 3).joined(separator: ", ") + more
    let summary = "\(panels.count) panels: " + panels.prefix(16).map(\.title).joined(separator: "; ")
    try canvas.begin(whole, title: title, summary: summary + (panels.count > 16 ? "; …" : "."))
    for (index, panel) in panels.enumerated() {
      var panel = panel
      panel.style = style
      (panel.style.width, panel.style.height, panel.style.margin) = (grid.width, grid.height, grid.margin)
      try panel.draw(on: PanelCanvas(canvas, at: grid.corner(index)))
    }
    try canvas.finish()
  }
}

/// Equal panels, whose empty sides overlap: one column as long as each has the height of some lines of text, then as many
/// columns as it takes.
struct PictureGrid {
  private let columns: Int
  /// Pixels of each panel, its empty sides included.
  let width, height: Int
  let margin: Double

  init(count: Int, _ style: PictureStyle) {
    let least = 10 * style.textSize
    var columns = 1
    func share(_ side: Int, _ parts: Int, _ margin: Double) -> Double {
      (Double(side) + Double(parts - 1) * margin) / Double(parts)
    }
    func rows() -> Int { (count + columns - 1) / columns }
    while columns < count, share(style.height, rows(), style.emptySides) < least,
      share(style.width, columns + 1, style.emptySides) >= share(style.height, rows(), style.emptySides)
    {
      columns += 1
    }
    // In narrow panels the empty sides shrink, as they do in small pictures.
    let side = min(Double(style.width) / Double(columns), Double(style.height) / Double(rows()))
    margin = min(style.emptySides, side / 8)
    self.columns = columns
    (width, height) = (Int(share(style.width, columns, margin)), Int(share(style.height, rows(), margin)))
  }

  /// Where a panel's upper left corner is.
  func corner(_ index: Int) -> SIMD2<Double> {
    let (row, column) = index.quotientAndRemainder(dividingBy: columns)
    return SIMD2(Double(column) * (Double(width) - margin), Double(row) * (Double(height) - margin))
  }
}

/// A part of a canvas; the whole begins and ends elsewhere.
private final class PanelCanvas<Canvas: PictureCanvas>: PictureCanvas {
  private let canvas: Canvas
  private let corner: SIMD2<Double>

  init(_ canvas: Canvas, at corner: SIMD2<Double>) { (self.canvas, self.corner) = (canvas, corner) }

  func begin(_ style: PictureStyle, title: String, summary: String) {}
  func finish() {}
  func beginPath(_ pen: PicturePen) throws(FormatError) { try canvas.beginPath(pen) }
  func move(to point: SIMD2<Double>) throws(FormatError) { try canvas.move(to: corner + point) }
  func line(to point: SIMD2<Double>) throws(FormatError) { try canvas.line(to: corner + point) }
  func cubic(_ first: SIMD2<Double>, _ second: SIMD2<Double>, to end: SIMD2<Double>) throws(FormatError) {
    try canvas.cubic(corner + first, corner + second, to: corner + end)
  }
  func close() throws(FormatError) { try canvas.close() }
  func endPath() throws(FormatError) { try canvas.endPath() }
  func dot(_ centre: SIMD2<Double>, radius: Double, _ colour: PictureColour) throws(FormatError) {
    try canvas.dot(corner + centre, radius: radius, colour)
  }
  func text(
    _ text: String, at place: SIMD2<Double>, _ anchor: PictureAnchor, size: Double, _ colour: PictureColour
  ) throws(FormatError) {
    try canvas.text(text, at: corner + place, anchor, size: size, colour)
  }
}
