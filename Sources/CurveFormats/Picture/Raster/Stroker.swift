/// The outline of a line drawn with a pen, as edges of a raster: points come one by one, nothing of the line is kept.
///
/// Along the line two borders are drawn half a width away, one forwards and one backwards; at each turn the outer one goes
/// round, over a corner or straight, and the inner one through the point where the borders cross or, where a part is too
/// short for that, by way of the line's own point. All outlines wind the same way, so that coverage adds up and never
/// cancels.
///
/// - Source: the offsetting that PostScript and SVG 1.1 (section 11.4) define; arcs by halving, with square roots alone, so that
///   every machine makes the same points.
struct Stroker {
  private let half: Double
  private let cap: PictureStyle.Cap
  private let join: PictureStyle.Join
  /// Where the line is, and its last part's direction and length; no part yet: no direction.
  private var place = SIMD2<Double>.zero
  private var direction = SIMD2<Double>.zero
  private var length = 0.0
  /// Where the line began.
  private var start = SIMD2<Double>.zero
  /// Where the present outline began, and how.
  private var begin = SIMD2<Double>.zero
  private var firstDirection = SIMD2<Double>.zero
  private var firstCap = PictureStyle.Cap.butt
  private var isDown = false
  private var isClosed = false
  private var isCut = false
  /// How far the borders are drawn: forwards at the side that the direction turns to by a quarter, backwards at the other.
  private var forwards = SIMD2<Double>.zero
  private var backwards = SIMD2<Double>.zero

  /// Pixels that an arc's chords may be off it, and a curve's off the curve.
  static var tolerance: Double { 0.02 }
  private static var miterLimit: Double { 4 }

  init(_ pen: PicturePen) { (half, cap, join) = (pen.width / 2, pen.cap, pen.join) }

  mutating func move(to p: SIMD2<Double>, _ raster: inout CoverageRaster) {
    finish(&raster)
    (place, start, isDown) = (p, p, true)
  }

  mutating func line(to p: SIMD2<Double>, isSmooth: Bool = false, _ raster: inout CoverageRaster) {
    let step = p - place
    let size = (step * step).sum().squareRoot()
    guard size > 1e-6 else { return }
    let next = step / size
    if length > 0 {
      turn(to: next, size, join: isSmooth ? .round : join, &raster)
    } else {
      (begin, firstDirection, firstCap) = (place, next, cap)
      (forwards, backwards) = (place + Stroker.side(next) * half, place - Stroker.side(next) * half)
    }
    (place, direction, length) = (p, next, size)
  }

  /// By as many chords as keep within the tolerance (Wang's bound).
  mutating func cubic(
    _ p1: SIMD2<Double>, _ p2: SIMD2<Double>, to p3: SIMD2<Double>, _ raster: inout CoverageRaster
  ) {
    let p0 = place
    let (a, b) = (p0 - 2 * p1 + p2, p1 - 2 * p2 + p3)
    let bend = max((a * a).sum(), (b * b).sum()).squareRoot()
    let count = max(1, min(4096, (0.75 * bend / Self.tolerance).squareRoot().rounded(.up)))
    for i in 1..<max(Int(count), 1) {
      let t = Double(i) / count
      let s = 1 - t
      let near = (s * s * s) * p0 + (3 * s * s * t) * p1
      line(to: near + (3 * s * t * t) * p2 + (t * t * t) * p3, isSmooth: i > 1, &raster)
    }
    line(to: p3, isSmooth: count > 1, &raster)
  }

  /// By its middle control point.
  mutating func quadratic(_ p1: SIMD2<Double>, to p2: SIMD2<Double>, _ raster: inout CoverageRaster) {
    cubic(place + (p1 - place) * (2 / 3), p2 + (p1 - p2) * (2 / 3), to: p2, &raster)
  }

  /// Ends the outline here, so that the edges so far enclose what they cover, and begins another one: both have round ends, which
  /// lie in each other. A ring that was cut is not joined where it closes, but ends round.
  mutating func cut(_ raster: inout CoverageRaster) {
    guard length > 0 else { return }
    end(with: .round, &raster)
    (begin, firstDirection, firstCap, isCut) = (place, direction, .round, true)
    let side = Stroker.side(direction) * half
    (forwards, backwards) = (place + side, place - side)
  }

  mutating func close(_ raster: inout CoverageRaster) {
    line(to: start, &raster)
    guard length > 0 else { return }
    place = start
    if isCut { end(with: .round, &raster) } else { turn(to: firstDirection, 0, join: join, &raster) }
    // What follows without a move begins where this ended.
    (length, isClosed, isCut) = (0, true, false)
  }

  /// Ends the line with its caps; a line of one point is a dot, a square or nothing, as the cap says.
  mutating func finish(_ raster: inout CoverageRaster) {
    if length > 0 { end(with: cap, &raster) } else if isDown, !isClosed { dot(&raster) }
    (isDown, length, isClosed, isCut) = (false, 0, false, false)
  }

  private func end(with cap: PictureStyle.Cap, _ raster: inout CoverageRaster) {
    let side = Stroker.side(direction) * half
    raster.add(forwards, place + side)
    raster.add(place - side, backwards)
    add(cap, place, direction, &raster)
    add(firstCap, begin, -firstDirection, &raster)
  }

  private func dot(_ raster: inout CoverageRaster) {
    guard cap != .butt else { return }
    add(cap, place, [1, 0], &raster)
    add(cap, place, [-1, 0], &raster)
  }

  private static func side(_ direction: SIMD2<Double>) -> SIMD2<Double> { SIMD2(-direction.y, direction.x) }

  /// Round the end of a line that ran in a direction.
  private func add(
    _ cap: PictureStyle.Cap, _ p: SIMD2<Double>, _ direction: SIMD2<Double>, _ raster: inout CoverageRaster
  ) {
    let side = Stroker.side(direction)
    switch cap {
    case .butt: raster.add(p + half * side, p - half * side)
    case .round:
      Stroker.arc(p, half, side, direction, &raster)
      Stroker.arc(p, half, direction, -side, &raster)
    case .square:
      let (from, to) = (p + half * (side + direction), p + half * (direction - side))
      raster.add(p + half * side, from)
      raster.add(from, to)
      raster.add(to, p - half * side)
    }
  }

  /// Chords of the arc about `p` between two directions less than half a turn apart.
  static func arc(
    _ p: SIMD2<Double>, _ radius: Double, _ from: SIMD2<Double>, _ to: SIMD2<Double>,
    _ raster: inout CoverageRaster
  ) {
    let sum = from + to
    let size = (sum * sum).sum().squareRoot()
    if radius * (1 - size / 2) < tolerance { return raster.add(p + radius * from, p + radius * to) }
    let middle = sum / size
    arc(p, radius, from, middle, &raster)
    arc(p, radius, middle, to, &raster)
  }
}

extension Stroker {
  /// Draws the borders up to the present point and round it.
  private mutating func turn(
    to next: SIMD2<Double>, _ nextLength: Double, join: PictureStyle.Join, _ raster: inout CoverageRaster
  ) {
    let (side, nextSide) = (Stroker.side(direction), Stroker.side(next))
    let (dot, cross) = ((direction * next).sum(), (side * next).sum())
    // Which side is inside the turn.
    let sign: Double = cross > 0 ? 1 : -1
    let room = min(length, nextLength) / 2
    var inner: [SIMD2<Double>]
    // The last turn of a ring has no room: its first part is drawn already.
    if room > 0, dot > -0.99, half * abs(cross) <= (1 + dot) * room {
      inner = [place + (side + nextSide) * (sign * half / (1 + dot))]
    } else {
      inner = [place + side * (sign * half), place, place + nextSide * (sign * half)]
    }
    var outer = [place - side * (sign * half)]
    if join == .miter, 2 <= Stroker.miterLimit * Stroker.miterLimit * (1 + dot) {
      outer.append(place - (side + nextSide) * (sign * half / (1 + dot)))
    }
    let isRound = join == .round && half * (1 - dot) > 2 * Stroker.tolerance
    let (ahead, back) = sign > 0 ? (inner, outer) : (outer, inner)
    for p in ahead { goForwards(to: p, &raster) }
    for p in back { goBackwards(to: p, &raster) }
    let end = place - nextSide * (sign * half)
    if isRound { round(-sign * side, direction, -sign * nextSide, sign > 0, &raster) }
    if sign > 0 {
      if isRound { backwards = end } else { goBackwards(to: end, &raster) }
    } else {
      if isRound { forwards = end } else { goForwards(to: end, &raster) }
    }
  }

  /// The arc outside a turn, halved where the turn is a whole one.
  private func round(
    _ from: SIMD2<Double>, _ middle: SIMD2<Double>, _ to: SIMD2<Double>, _ isBackwards: Bool,
    _ raster: inout CoverageRaster
  ) {
    var parts = [(from, to)]
    if (from * to).sum() < -0.5 { parts = [(from, middle), (middle, to)] }
    for (a, b) in parts {
      if isBackwards {
        Stroker.arc(place, half, b, a, &raster)
      } else {
        Stroker.arc(place, half, a, b, &raster)
      }
    }
  }

  private mutating func goForwards(to p: SIMD2<Double>, _ raster: inout CoverageRaster) {
    raster.add(forwards, p)
    forwards = p
  }

  private mutating func goBackwards(to p: SIMD2<Double>, _ raster: inout CoverageRaster) {
    raster.add(p, backwards)
    backwards = p
  }
}
