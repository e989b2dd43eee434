/// Curves and how to draw them: what an SVG writer draws, and what any other canvas can draw.
///
/// Curves in the plane keep their shape: a unit is as long in x as in y, unless that would leave less than a twentieth of
/// the picture's height or width to the curve, or one of the axes has dates. Functions fill the picture. y grows upwards.
public struct Picture {
  public var curves: [PictureCurve]
  public var style: PictureStyle
  public var x = PictureAxis()
  public var y = PictureAxis()

  public init(_ curves: [PictureCurve], style: PictureStyle = PictureStyle()) {
    (self.curves, self.style) = (curves, style)
  }

  /// Draws everything, without holding any of it.
  ///
  /// - Throws: what the canvas throws, and what those throw who make the curves' points.
  public func draw(on canvas: some PictureCanvas) throws {
    let traced = try curves.map { try $0.traced() }
    let layout = PictureLayout(self, traced)
    try canvas.begin(style, title: title, summary: summary(layout, traced))
    try layout.drawAxes(on: canvas)
    for (i, curve) in curves.enumerated() {
      if style.showsPoints { try drawPolygon(of: curve, layout, on: canvas) }
      try draw(curve, traced[i], style.stroke(i), layout, on: canvas)
      if style.showsPoints { try drawPoints(of: curve, style.stroke(i), layout, on: canvas) }
    }
    try layout.drawLegend(on: canvas)
    try canvas.finish()
  }

  private func draw<Canvas: PictureCanvas>(
    _ curve: PictureCurve, _ traced: TracedCurve, _ colour: PictureColour, _ layout: PictureLayout,
    on canvas: Canvas
  ) throws {
    guard !traced.bounds.isEmpty else { return }
    // A curve that is all one point has no length that a pen could draw.
    if traced.bounds.low == traced.bounds.high {
      try canvas.dot(layout.pixel(traced.bounds.low), radius: style.dotRadius, colour)
      return
    }
    let thinning = Thinning(style, count: traced.count, isFunction: curve.isFunction)
    var pen = CanvasPen(canvas, x: layout.x, y: layout.y, thinning)
    try canvas.beginPath(style.pen(colour))
    try curve.outline.trace(&pen)
    try pen.finish()
    try canvas.endPath()
    var dots = DotPen(canvas: canvas, x: layout.x, y: layout.y, radius: style.dotRadius, colour: colour)
    if curve.hasLonePoints { try curve.outline.trace(&dots) }
  }
}

/// One axis of a picture.
public struct PictureAxis: Sendable, Equatable {
  /// What it counts; empty where that is not known.
  public var name = ""
  /// Whether it counts seconds since 1970-01-01 UTC.
  public var isDate = false

  public init(name: String = "", isDate: Bool = false) { (self.name, self.isDate) = (name, isDate) }
}

/// A line of a picture.
public struct PictureCurve {
  /// What the legend calls it.
  public var name: String
  /// Whether y is a function of x.
  public let isFunction: Bool
  let outline: any PictureOutline
  let controlPoints: ControlPoints
  let hasLonePoints: Bool

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
  private var title: String {
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

extension PictureAxis {
  /// A value for people: four digits, or a day.
  func text(_ value: Double) -> String {
    if isDate, value > -62_135_596_800, value < 253_402_300_800 {
      return CivilDate(seconds: value).text(withYear: true)
    }
    guard value != 0 else { return "0" }
    let decimal = ShortestDecimal(abs(value))
    var (digits, exponent) = (decimal.digits, decimal.exponent)
    while digits >= 10_000 {
      (digits, exponent) = ((digits + 5) / 10, exponent + 1)
    }
    let size = Int(digits) * (value < 0 ? -1 : 1)
    return AxisTicks.label(size, exponent, axisSize: abs(value))
  }
}
