/// Where everything of a picture goes.
struct PictureLayout {
  let style: PictureStyle
  private let xAxis, yAxis: PictureAxis
  private let names: [String]
  private let pens: [PicturePen]
  private let heading: String
  /// The rectangle that the axes span.
  private(set) var left, top, right, bottom: Double
  private(set) var x, y: PixelScale
  private var xTicks: [AxisTick] = []
  private var yTicks: [AxisTick] = []
  private var legend: PictureLegend
  private(set) var band: SpanBand
  /// Where the legend, the heading and the spans' band end.
  private var head = 0.0

  init(_ picture: Picture, _ traced: [TracedCurve]) {
    (style, xAxis, yAxis) = (picture.style, picture.x, picture.y)
    names = picture.curves.map(\.name)
    (pens, heading) = (picture.curves.indices.map { picture.pen(of: $0) }, picture.heading)
    let empty = picture.style.emptySides
    (left, top) = (empty, empty)
    (right, bottom) = (Double(picture.style.width) - empty, Double(picture.style.height) - empty)
    legend = PictureLegend(names, picture.style, width: right - left)
    top += legend.height
    let range = PictureLayout.range(picture, traced)
    (x, y) = (PixelScale(range.x, from: 0, to: 1), PixelScale(range.y, from: 1, to: 0))
    let first = left + (style.hasAxes ? 4 * style.textSize : 0)
    band = SpanBand(
      picture.spans, style, PixelScale(range.x.widened(isDate: false), from: first, to: right), left: first,
      right: right, most: nil)
    if hasHeading { top += 1.5 * style.textSize }
    top += band.height
    head = top
    if style.hasAxes { makeRoomForLabels(range, picture) }
    (x, y) = scales(range, picture)
    band = SpanBand(picture.spans, style, x, left: left, right: right, most: band.rows)
    guard style.hasAxes else { return }
    // Beside huge numbers a mark may be rounded out of a small range.
    xTicks = ticksOfX().filter { x.pixel($0.value) >= left - 0.01 && x.pixel($0.value) <= right + 0.01 }
    yTicks = ticksOfY().filter { y.pixel($0.value) >= top - 0.01 && y.pixel($0.value) <= bottom + 0.01 }
  }

  func pixel(_ p: SIMD2<Double>) -> SIMD2<Double> { SIMD2(x.pixel(p.x), y.pixel(p.y)) }

  /// The data that the picture shows.
  private static func range(_ picture: Picture, _ traced: [TracedCurve]) -> (x: AxisRange, y: AxisRange) {
    var bounds = PictureBounds()
    for (curve, found) in zip(picture.curves, traced) {
      bounds.extend(to: found.bounds)
      if picture.style.showsPoints { bounds.extend(to: curve.controlPoints.bounds) }
    }
    if bounds.isEmpty { bounds.extend(to: .zero) }
    return (AxisRange(bounds.low.x, bounds.high.x), AxisRange(bounds.low.y, bounds.high.y))
  }

  /// The data on the pixels inside the axes, no stroke cut off.
  private func scales(_ range: (x: AxisRange, y: AxisRange), _ picture: Picture) -> (PixelScale, PixelScale) {
    let inset = max(style.strokeWidth / 2, hasDots(picture) ? style.dotRadius : 0)
    let (fromX, toX) = PictureLayout.shrunk(left, right, by: inset)
    let (fromY, toY) = PictureLayout.shrunk(top, bottom, by: inset)
    let isFunction = picture.curves.allSatisfy(\.isFunction) && !picture.curves.isEmpty
    let pad = style.hasAxes ? 0.04 : 0
    let isFlat = range.x.isFlat && range.y.isFlat
    if !isFunction, !xAxis.isDate, !yAxis.isDate, !isFlat {
      let x = PixelScale(range.x.padded(by: pad), from: fromX, to: toX)
      let y = PixelScale(range.y.padded(by: pad), from: toY, to: fromY)
      let units = max(x.unitsPerPixel, y.unitsPerPixel)
      // A picture of a curve that has no height, or none to be seen beside its width.
      let hasShape = min(x.unitsPerPixel, y.unitsPerPixel) * 20 >= units
      if hasShape || range.x.isFlat || range.y.isFlat {
        return (x.scaled(toUnitsPerPixel: units), y.scaled(toUnitsPerPixel: units))
      }
    }
    let padX = isFunction ? 0 : pad
    return (
      PixelScale(range.x.widened(isDate: xAxis.countsSeconds).padded(by: padX), from: fromX, to: toX),
      PixelScale(range.y.widened(isDate: yAxis.isDate).padded(by: pad), from: toY, to: fromY)
    )
  }

  private func hasDots(_ picture: Picture) -> Bool {
    style.showsPoints || picture.curves.contains(where: \.hasLonePoints)
  }

  /// Moved towards each other, but never past their middle.
  private static func shrunk(_ from: Double, _ to: Double, by inset: Double) -> (Double, Double) {
    let half = max((to - from) / 2 - inset, 0.5)
    return ((from + to) / 2 - half, (from + to) / 2 + half)
  }
}

extension PictureLayout {
  private var size: Double { style.textSize }
  private var line: Double { 1.5 * size }

  /// Leaves space for the labels; in a picture that is too small for them there are none.
  private mutating func makeRoomForLabels(_ range: (x: AxisRange, y: AxisRange), _ picture: Picture) {
    bottom -= line + (xAxis.name.isEmpty ? 0 : line)
    if !yAxis.name.isEmpty { top += line }
    guard bottom - top >= 2 * size else { return withoutLabels() }
    // The marks of y depend on the scale, which in the plane depends on the width that their labels leave.
    let outer = left
    for _ in 0..<2 {
      (x, y) = scales(range, picture)
      left = outer + (ticksOfY().map { textWidth($0.label, size: size) }.max() ?? 0) + 0.7 * size
    }
    if right - left < 3 * size { withoutLabels() }
  }

  private mutating func withoutLabels() {
    let empty = style.emptySides
    (left, top) = (empty, head)
    (right, bottom) = (Double(style.width) - empty, Double(style.height) - empty)
  }

  /// Whether the labels have their room.
  private var hasLabels: Bool { left > style.emptySides }

  /// A mark for every three lines of text; closer ones where there would not be two: one number alone tells no scale.
  private func ticksOfY() -> [AxisTick] {
    // Thick strokes leave the data less than all.
    let most = Int((y.pixel(y.range.low) - y.pixel(y.range.high)) / (1.5 * size))
    var count = max(bottom - top > 4 * size ? 2 : 1, Int((bottom - top) / (2.8 * size)))
    count = min(count, max(most, 1))
    var ticks = yAxis.ticks(y.range, count: count)
    while ticks.count < 2, count < most {
      count += 1
      ticks = yAxis.ticks(y.range, count: count)
    }
    return most < 1 ? Array(ticks.prefix(1)) : ticks
  }

  /// As many as their labels leave room for; where there would not be two, closer ones if they fit.
  private func ticksOfX() -> [AxisTick] {
    let usual = max(2, Int((right - left) / (5 * size)))
    let counts = (1...usual).reversed() + (usual + 1...2 * usual)
    var few: [AxisTick]?
    for gap in [size, 0.6 * size] {
      for count in counts {
        let ticks = xAxis.ticks(x.range, count: count)
        if overlap(ticks, gap: gap) { continue }
        if ticks.count >= 2 { return ticks }
        few = few ?? ticks
      }
    }
    if let few { return few }
    // Values that crowd: those marks that have room.
    let ticks = xAxis.ticks(x.range, count: 1)
    return xAxis.values.isEmpty ? ticks : spaced(ticks)
  }

  private func overlap(_ ticks: [AxisTick], gap: Double) -> Bool {
    var end = -Double.infinity
    for tick in ticks {
      let half = textWidth(tick.label, size: size) / 2
      let centre = labelCentre(tick)
      if centre - half < end + gap { return true }
      end = centre + half
    }
    return false
  }

  /// Below its mark, or as near as keeps the label inside the picture.
  private func labelCentre(_ tick: AxisTick) -> Double {
    let half = textWidth(tick.label, size: size) / 2
    return max(min(x.pixel(tick.value), Double(style.width) - half), half)
  }
}

extension PictureLayout {
  /// Marks from left to right without those that would touch the one before.
  private func spaced(_ ticks: [AxisTick]) -> [AxisTick] {
    ticks.reduce(into: []) { kept, tick in
      if !overlap(kept.suffix(1) + [tick], gap: size) { kept.append(tick) }
    }
  }

  /// Whether the picture has room for its heading.
  private var hasHeading: Bool { !heading.isEmpty && Double(style.height) >= 5 * size }

  /// Thin lines at the marks, stronger ones at the left and the bottom, and the labels.
  func drawAxes(on canvas: some PictureCanvas) throws(FormatError) {
    guard style.hasAxes else { return }
    let ink = PictureStyle.ink
    let (across, up) = (yTicks.map { y.pixel($0.value) }, xTicks.map { x.pixel($0.value) })
    if !across.isEmpty || !up.isEmpty {
      try canvas.beginPath(PicturePen(colour: ink.faded(to: 64), width: 1, cap: .butt, join: .miter))
      for place in across { try line(SIMD2(left, place), SIMD2(right, place), on: canvas) }
      for place in up { try line(SIMD2(place, top), SIMD2(place, bottom), on: canvas) }
      try canvas.endPath()
    }
    try canvas.beginPath(PicturePen(colour: ink, width: 1, cap: .butt, join: .miter))
    try canvas.move(to: SIMD2(left, top))
    try canvas.line(to: SIMD2(left, bottom))
    try canvas.line(to: SIMD2(right, bottom))
    try canvas.endPath()
    if hasLabels { try drawLabels(on: canvas) }
  }

  func line(
    _ from: SIMD2<Double>, _ to: SIMD2<Double>, on canvas: some PictureCanvas
  ) throws(FormatError) {
    try canvas.move(to: from)
    try canvas.line(to: to)
  }

  private func drawLabels(on canvas: some PictureCanvas) throws(FormatError) {
    let ink = PictureStyle.ink
    for tick in yTicks {
      let place = SIMD2(left - 0.5 * size, max(y.pixel(tick.value) + 0.35 * size, 0.75 * size))
      try canvas.text(tick.label, at: place, .end, size: size, ink)
    }
    for tick in xTicks where textWidth(tick.label, size: size) <= Double(style.width) {
      try canvas.text(tick.label, at: SIMD2(labelCentre(tick), bottom + 1.3 * size), .middle, size: size, ink)
    }
    if !xAxis.name.isEmpty {
      let name = shortened(xAxis.name, to: right - left, size: size)
      try canvas.text(name, at: SIMD2((left + right) / 2, bottom + 2.8 * size), .middle, size: size, ink)
    }
    if !yAxis.name.isEmpty {
      let name = shortened(yAxis.name, to: right - style.emptySides, size: size)
      try canvas.text(
        name, at: SIMD2(style.emptySides, top - band.height - 0.7 * size), .start, size: size, ink)
    }
  }

  /// The heading and the legend.
  func drawLegend(on canvas: some PictureCanvas) throws(FormatError) {
    if hasHeading {
      let name = shortened(heading, to: right - style.emptySides, size: size)
      let place = SIMD2(style.emptySides, style.emptySides + legend.height + 0.9 * size)
      try canvas.text(name, at: place, .start, size: size, PictureStyle.ink)
    }
    for entry in legend.entries {
      var place = SIMD2(entry.left, entry.base) + style.emptySides
      if let curve = entry.curve {
        let start = place - SIMD2(0, 0.32 * size)
        var pen = pens[curve]
        pen.width = min(pen.width, 0.6 * size)
        try canvas.beginPath(pen)
        try line(start, start + SIMD2(PictureLegend.swatch * size, 0), on: canvas)
        try canvas.endPath()
        place.x += (PictureLegend.swatch + 0.5) * size
      }
      try canvas.text(entry.name, at: place, .start, size: size, PictureStyle.ink)
    }
  }
}
