/// Curves and how to draw them: what an SVG writer draws, and what any other canvas can draw.
///
/// Curves in the plane keep their shape: a unit is as long in x as in y, unless that would leave less than a twentieth of
/// the picture's height or width to the curve, or one of the axes has dates. Functions fill the picture. y grows upwards.
public struct Picture {
  public var curves: [PictureCurve]
  public var style: PictureStyle
  public var x = PictureAxis()
  public var y = PictureAxis()
  /// What stands above everything; empty: nothing.
  public var heading = ""
  /// Stretches of x, in order.
  public var spans: [PictureSpan] = []

  public init(_ curves: [PictureCurve], style: PictureStyle = PictureStyle()) {
    (self.curves, self.style) = (curves, style)
  }

  /// Draws everything, without holding any of it.
  ///
  /// - Throws: what the canvas throws, and what those throw who make the curves' points.
  public func draw(on canvas: some PictureCanvas) throws {
    let traced = try curves.map { try $0.traced() }
    let layout = PictureLayout(self, traced)
    var style = style
    style.hasLabels = !spans.isEmpty || !heading.isEmpty
    try canvas.begin(style, title: title, summary: summary(layout, traced))
    try layout.drawAxes(on: canvas)
    try layout.drawBorders(of: spans, on: canvas)
    for (i, curve) in curves.enumerated() {
      let pen = pen(of: i)
      if style.showsPoints { try drawPolygon(of: curve, layout, on: canvas) }
      try draw(curve, traced[i], pen, layout, on: canvas)
      if style.showsPoints { try drawPoints(of: curve, pen, layout, on: canvas) }
    }
    try layout.drawBand(of: spans, on: canvas)
    try layout.drawLegend(on: canvas)
    try canvas.finish()
  }

  private func draw<Canvas: PictureCanvas>(
    _ curve: PictureCurve, _ traced: TracedCurve, _ look: PicturePen, _ layout: PictureLayout,
    on canvas: Canvas
  ) throws {
    let radius = PictureStyle.dotRadius(look.width)
    guard !traced.bounds.isEmpty else { return }
    // A curve that is all one point has no length that a pen could draw.
    if traced.bounds.low == traced.bounds.high {
      try canvas.dot(layout.pixel(traced.bounds.low), radius: radius, look.colour)
      return
    }
    let thinning = Thinning(style, count: traced.count, isFunction: curve.isFunction)
    var pen = CanvasPen(canvas, x: layout.x, y: layout.y, thinning)
    try canvas.beginPath(look)
    try curve.outline.trace(&pen)
    try pen.finish()
    try canvas.endPath()
    var dots = DotPen(canvas: canvas, x: layout.x, y: layout.y, radius: radius, colour: look.colour)
    if curve.hasLonePoints { try curve.outline.trace(&dots) }
  }
}

/// A line of a picture.
public struct PictureCurve {
  /// What the legend calls it.
  public var name: String
  /// Its own colour and width in pixels, where they are not the style's.
  public var colour: PictureColour?
  public var strokeWidth: Double?
  /// Whether y is a function of x.
  public let isFunction: Bool
  let outline: any PictureOutline
  let controlPoints: ControlPoints
  let hasLonePoints: Bool

  init(
    name: String, isFunction: Bool, outline: any PictureOutline, controlPoints: ControlPoints,
    hasLonePoints: Bool
  ) {
    (self.name, self.isFunction, self.outline) = (name, isFunction, outline)
    (self.controlPoints, self.hasLonePoints) = (controlPoints, hasLonePoints)
  }

  /// Goes over the curve once.
  func traced() throws -> TracedCurve {
    var pen = BoundsPen()
    try outline.trace(&pen)
    return TracedCurve(bounds: pen.bounds, count: pen.count)
  }
}

/// What the first look at a curve found.
struct TracedCurve {
  var bounds: PictureBounds
  /// Its points and segments.
  var count: Int
}

extension Picture {
  /// What curve `i` is drawn with.
  func pen(of i: Int) -> PicturePen {
    style.pen(curves[i].colour ?? style.stroke(i), width: curves[i].strokeWidth)
  }

  var title: String {
    let names = curves.map(\.name)
    guard names.count > 4 else { return names.joined(separator: ", ") }
    return names.prefix(3).joined(separator: ", ") + " and \(names.count - 3) more"
  }

  /// What a picture's alternative text says.
  private func summary(_ layout: PictureLayout, _ traced: [TracedCurve]) -> String {
    let bounds = traced.reduce(into: PictureBounds()) { $0.extend(to: $1.bounds) }
    let points = curves.reduce(0) { max($0, $1.controlPoints.count) }
    var words = curves.count == 1 ? "A curve" : "\(curves.count) curves"
    if points > 0 { words += " of \(points) control points" }
    if bounds.isEmpty { return words + "." }
    words += "; \(x.name.isEmpty ? "x" : x.name) from \(x.text(bounds.low.x)) to \(x.text(bounds.high.x))"
    return words
      + ", \(y.name.isEmpty ? "y" : y.name) from \(y.text(bounds.low.y)) to \(y.text(bounds.high.y))."
  }
}
