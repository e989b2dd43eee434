/// Catmull-Rom splines with alpha above 0: knot steps |P(i+1) − P(i)|^alpha, the tangents of the non-uniform
/// three-point form times (1 − tension).
///
/// A zero-length segment is its point; the neighbours of a real one are the nearest distinct points, so that
/// repeated points never divide by zero. An end without neighbour takes its reflection, or, with `duplicate`,
/// the tangent (1 − tension)/2 of its chord, as for alpha 0.
/// - Source: Barry & Goldman, "A recursive evaluation algorithm for a class of Catmull-Rom splines" (1988).
func nonUniformCatmullRomSegments(
  _ ring: Ring, _ points: Span<Double>, _ options: FitOptions, _ segments: Range<Int>,
  _ out: inout MutableSpan<Double>
) {
  var writer = SegmentWriter(dimensions: ring.dimensions)
  var last = KnotStep(from: -1, to: -1, length: 0)
  var lastNext = last
  func step(_ i: Int, _ j: Int) -> KnotStep {
    if last.from == i, last.to == j { return last }
    if lastNext.from == i, lastNext.to == j { return lastNext }
    return KnotStep(from: i, to: j, length: power(distance(ring, points, i, j), options.alpha))
  }
  for i in segments {
    let j = i &+ 1
    if ring.same(points, i, j) {
      let o = ring.offset(i)
      for k in 0..<ring.dimensions { writer.put(&out, k, c: 0, b: 0, a: 0, d: points[o &+ k]) }
    } else {
      let middle = step(i, j)
      let before = neighbour(ring, points, of: i, by: -1).map { step($0, i) }
      let after = neighbour(ring, points, of: j, by: 1).map { step(j, $0) }
      catmullRomSegment(ring, points, options, before, middle, after, writer, &out)
      last = middle
      lastNext = after ?? middle
    }
    writer.next()
  }
}

/// A pair of distinct neighbours and the knot step between them.
private struct KnotStep: BitwiseCopyable {
  let from, to: Int
  let length: Double
}

/// The nearest point of another place; nil beyond the end of an open curve.
private func neighbour(_ ring: Ring, _ points: Span<Double>, of i: Int, by step: Int) -> Int? {
  var j = i
  for _ in 0..<ring.count {
    j &+= step
    if ring.isClosed {
      j = j < 0 ? j &+ ring.count : j >= ring.count ? j &- ring.count : j
    } else if j < 0 || j >= ring.count {
      return nil
    }
    if !ring.same(points, i, j) { return j }
  }
  return nil
}

@inline(__always)
private func catmullRomSegment(
  _ ring: Ring, _ points: Span<Double>, _ options: FitOptions, _ before: KnotStep?, _ middle: KnotStep,
  _ after: KnotStep?, _ writer: SegmentWriter, _ out: inout MutableSpan<Double>
) {
  let keep = 1 - options.tension
  let start = before.map { StepRatios($0.length, middle.length) }
  let end = after.map { StepRatios($0.length, middle.length) }
  let (o1, o2) = (ring.offset(middle.from), ring.offset(middle.to))
  for k in 0..<ring.dimensions {
    let (p1, p2) = (points[o1 &+ k], points[o2 &+ k])
    let rise = p2 - p1
    var (m1, m2) = (keep / 2 * rise, keep / 2 * rise)
    if let before, let start {
      let p0 = points[ring.offset(before.from) &+ k]
      m1 = keep * start.tangent(rise, other: p1 - p0, whole: p2 - p0)
    } else if options.ends == .reflect {
      m1 = keep * rise
    }
    if let after, let end {
      let p3 = points[ring.offset(after.to) &+ k]
      m2 = keep * end.tangent(rise, other: p3 - p2, whole: p3 - p1)
    } else if options.ends == .reflect {
      m2 = keep * rise
    }
    writer.hermite(&out, k, p1, p2, m1, m2)
  }
}

/// A segment's knot step t against its neighbour's, s: t/s and t/(s + t).
///
/// Ratios, and not t·(x/s): a small coordinate beside a large step must not vanish on the way.
private struct StepRatios: BitwiseCopyable {
  let toOther, toWhole: Double

  @inline(__always) init(_ s: Double, _ t: Double) { (toOther, toWhole) = (t / s, t / (s + t)) }

  /// The derivative at the middle of three points per unit of the segment: t·(other/s − whole/(s + t) + rise/t).
  @inline(__always) func tangent(_ rise: Double, other: Double, whole: Double) -> Double {
    other * toOther - whole * toWhole + rise
  }
}

/// The Euclidean distance of two points, without overflow or underflow on the way.
func distance(_ ring: Ring, _ points: Span<Double>, _ i: Int, _ j: Int) -> Double {
  let (a, b) = (ring.offset(i), ring.offset(j))
  var largest = 0.0
  for k in 0..<ring.dimensions { largest = max(largest, abs(points[b &+ k] - points[a &+ k])) }
  if ring.dimensions == 1 || largest == 0 || !(largest < .infinity) { return largest }
  let isTame = largest > 0x1p-400 && largest < 0x1p400
  let scale = isTame ? 1 : largest
  var sum = 0.0
  for k in 0..<ring.dimensions {
    let difference = (points[b &+ k] - points[a &+ k]) / scale
    sum += difference * difference
  }
  return scale * sum.squareRoot()
}
