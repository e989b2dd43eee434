/// Writes a picture as SVG 1.1: one self-contained file without scripts, styles or links.
///
/// - Units: pixels; coordinates are rounded to hundredths, and written with no digit more than they need.
/// - Memory: one buffer of 64 KiB.
public final class SVGCanvas<Sink: ByteSink>: PictureCanvas {
  public private(set) var sink: Sink
  private var text = TextBuffer()
  private var place = HundredthPoint()
  private var start = HundredthPoint()
  private var pen: PicturePen?
  /// Bytes of the path's data; XML readers refuse attributes above ten million.
  private var pathBytes = 0
  private var isCut = false
  private let longestPath: Int

  public convenience init(to sink: Sink) { self.init(to: sink, longestPath: 4_000_000) }

  init(to sink: Sink, longestPath: Int) { (self.sink, self.longestPath) = (sink, longestPath) }

  public func begin(_ style: PictureStyle, title: String, summary: String) throws(FormatError) {
    let (w, h) = (style.width, style.height)
    let font = " font-family=\"system-ui,'Segoe UI',Roboto,Helvetica,Arial,sans-serif\""
    try put(
      """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(w)" height="\(h)" viewBox="0 0 \(w) \(h)" \
      role="img"\(style.hasAxes || style.hasLegend || style.hasLabels ? font : "")>
      <title>\(escaped(title))</title>
      <desc>\(escaped(summary))</desc>

      """)
    guard style.background.alpha > 0 else { return }
    try put("<rect width=\"\(w)\" height=\"\(h)\"\(paint("fill", style.background))/>\n")
  }

  public func beginPath(_ pen: PicturePen) throws(FormatError) {
    self.pen = pen
    isCut = false
    try openPath(pen)
  }

  public func move(to point: SIMD2<Double>) throws(FormatError) {
    try letter("M")
    (place, start, isCut) = (HundredthPoint(point), HundredthPoint(point), false)
    append(place)
  }

  public func line(to point: SIMD2<Double>) throws(FormatError) { try line(to: HundredthPoint(point)) }

  private func line(to next: HundredthPoint) throws(FormatError) {
    if next.y == place.y {
      try letter("H")
      append(next.x)
    } else if next.x == place.x {
      try letter("V")
      append(next.y)
    } else {
      try letter("L")
      append(next)
    }
    place = next
  }

  public func cubic(
    _ first: SIMD2<Double>, _ second: SIMD2<Double>, to end: SIMD2<Double>
  ) throws(FormatError) {
    try letter("C")
    append(HundredthPoint(first))
    append(HundredthPoint(second), spaced: true)
    place = HundredthPoint(end)
    append(place, spaced: true)
  }

  public func close() throws(FormatError) {
    // A path that was cut does not know its first point any more.
    if isCut { return try line(to: start) }
    try letter("Z")
    place = start
  }

  public func endPath() throws(FormatError) {
    pen = nil
    try put("\"/>\n")
  }

  public func dot(
    _ centre: SIMD2<Double>, radius: Double, _ colour: PictureColour
  ) throws(FormatError) {
    let c = HundredthPoint(centre)
    let r = Hundredths(radius).text
    try put("<circle cx=\"\(c.x.text)\" cy=\"\(c.y.text)\" r=\"\(r)\"\(paint("fill", colour))/>\n")
  }

  public func text(
    _ text: String, at place: SIMD2<Double>, _ anchor: PictureAnchor, size: Double, _ colour: PictureColour
  ) throws(FormatError) {
    let p = HundredthPoint(place)
    let anchored = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
    try put(
      "<text x=\"\(p.x.text)\" y=\"\(p.y.text)\"\(anchored) font-size=\"\(Hundredths(size).text)\""
        + "\(paint("fill", colour))>\(escaped(text))</text>\n")
  }

  public func finish() throws(FormatError) {
    try put("</svg>\n")
    try text.send(to: &sink)
  }
}

extension SVGCanvas {
  private func openPath(_ pen: PicturePen) throws(FormatError) {
    let cap = pen.cap == .butt ? "" : " stroke-linecap=\"\(pen.cap.rawValue)\""
    let join = pen.join == .miter ? "" : " stroke-linejoin=\"\(pen.join.rawValue)\""
    let width = " stroke-width=\"\(Hundredths(pen.width).text(atLeast: 1))\""
    try put("<path fill=\"none\"\(paint("stroke", pen.colour))\(width)\(cap)\(join) d=\"")
    pathBytes = 0
  }

  /// Begins a command of a path: in a new element where this one has grown long enough.
  private func letter(_ letter: Unicode.Scalar) throws(FormatError) {
    if pathBytes > longestPath, let pen {
      try put("\"/>\n")
      try openPath(pen)
      if letter != "M" {
        text.append(UInt8(ascii: "M"))
        append(place)
        isCut = true
      }
    }
    try text.makeRoom(256, &sink)
    text.append(UInt8(ascii: letter))
    pathBytes += 40
  }

  private func append(_ point: HundredthPoint, spaced: Bool = false) {
    if spaced { text.append(UInt8(ascii: " ")) }
    append(point.x)
    text.append(UInt8(ascii: " "))
    append(point.y)
  }

  private func append(_ number: Hundredths) { number.append(to: &text) }

  private func put(_ markup: String) throws(FormatError) {
    var rest = markup.utf8[...]
    while !rest.isEmpty {
      try text.makeRoom(256, &sink)
      for byte in rest.prefix(256) { text.append(byte) }
      rest = rest.dropFirst(256)
    }
  }

  /// An attribute with a colour, and one with its opacity where it has one.
  private func paint(_ name: String, _ colour: PictureColour) -> String {
    let opacity = Hundredths(Double(colour.alpha) / 255).text
    return " \(name)=\"\(colour.hexText)\"" + (colour.alpha == 255 ? "" : " \(name)-opacity=\"\(opacity)\"")
  }
}

/// Text with what XML takes for markup escaped, and without what it forbids.
func escaped(_ text: String) -> String {
  var safe = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": safe += "&amp;"
    case "<": safe += "&lt;"
    case ">": safe += "&gt;"
    case "\"": safe += "&quot;"
    case "\t", "\n", "\r": safe += " "
    case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": safe += "\u{FFFD}"
    default: safe.unicodeScalars.append(scalar)
    }
  }
  return safe
}
