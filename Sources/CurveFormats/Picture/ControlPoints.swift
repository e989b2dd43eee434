/// A curve's control points in the plane of a picture.
struct ControlPoints {
  /// Flat and interleaved, gaps included.
  let values: [Double]
  let dimensions: Int
  /// The coordinate that is x; nil where the point's number is.
  let xLane: Int?
  let yLane: Int
  /// What their number is counted in where it is x.
  var parameters: [Double]?
  /// Whether they are joined to a polygon: where they lie beside the curve.
  var hasPolygon = false
  var isClosed = false

  static let none = ControlPoints(values: [], dimensions: 1, xLane: nil, yLane: 0)

  var count: Int { values.count / dimensions }

  /// Point `i`; not finite where there is a gap.
  func point(_ i: Int) -> SIMD2<Double> {
    let x = xLane.map { values[i * dimensions + $0] } ?? parameters?[i] ?? Double(i)
    return SIMD2(x, values[i * dimensions + yLane])
  }

  var bounds: PictureBounds {
    var bounds = PictureBounds()
    for i in 0..<count { bounds.extend(to: point(i)) }
    return bounds
  }
}

extension Picture {
  /// A thin line from point to point, where they do not lie on the curve.
  func drawPolygon<Canvas: PictureCanvas>(
    of curve: PictureCurve, _ layout: PictureLayout, on canvas: Canvas
  ) throws {
    let points = curve.controlPoints
    guard points.hasPolygon, points.count > 1 else { return }
    let thinning = Thinning(style, count: points.count, isFunction: curve.isFunction)
    var pen = CanvasPen(canvas, x: layout.x, y: layout.y, thinning)
    let width = min(1, style.strokeWidth)
    try canvas.beginPath(style.pen(PictureStyle.ink.faded(to: 160), width: width))
    var isDown = false
    var last = -Double.infinity
    for i in 0..<points.count {
      let p = points.point(i)
      guard p.x.isFinite, p.y.isFinite else {
        isDown = false
        continue
      }
      // Over the parameter, a ring's polygon goes on at the other side.
      if points.xLane == nil, p.x < last { isDown = false }
      if isDown { try pen.line(to: p) } else { try pen.move(to: p) }
      (isDown, last) = (true, p.x)
    }
    if points.isClosed, isDown { try pen.close() }
    try pen.finish()
    try canvas.endPath()
  }

  /// A dot each; of very many, one where several would lie within half their radius.
  func drawPoints<Canvas: PictureCanvas>(
    of curve: PictureCurve, _ pen: PicturePen, _ layout: PictureLayout, on canvas: Canvas
  ) throws {
    let points = curve.controlPoints
    let radius = PictureStyle.dotRadius(pen.width)
    let cell = Int(radius / 2)
    var drawn = PixelSet(width: style.width, height: style.height, cell: cell)
    let isDense = points.count > 4 * style.width
    for i in 0..<points.count {
      let p = points.point(i)
      guard p.x.isFinite, p.y.isFinite else { continue }
      let q = layout.pixel(p)
      if isDense, !drawn.insert(q) { continue }
      try canvas.dot(q, radius: radius, pen.colour)
    }
  }
}

/// Where dots have been drawn: one bit for each square of a few pixels.
private struct PixelSet {
  private let columns, rows, cell: Int
  private var bits: [UInt64]

  init(width: Int, height: Int, cell least: Int) {
    var cell = max(least, 1)
    while (width / cell + 1) * (height / cell + 1) > 1 << 24 { cell += 1 }
    (columns, rows, self.cell) = (width / cell + 1, height / cell + 1, cell)
    bits = [UInt64](repeating: 0, count: columns * rows / 64 + 1)
  }

  /// Whether it was not yet in.
  mutating func insert(_ q: SIMD2<Double>) -> Bool {
    let column = min(max(Int(q.x) / cell, 0), columns - 1)
    let place = min(max(Int(q.y) / cell, 0), rows - 1) * columns + column
    let bit = UInt64(1) << UInt64(place % 64)
    if bits[place / 64] & bit != 0 { return false }
    bits[place / 64] |= bit
    return true
  }
}
