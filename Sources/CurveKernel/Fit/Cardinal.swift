// Uniform splines with local tangents: Catmull-Rom with alpha 0, cardinal, Kochanek-Bartels.

/// - Source: Kochanek & Bartels, "Interpolating splines with local tension, continuity, and bias control" (1984).
///   Continuity and bias 0 make it the cardinal spline, m = (1 − tension)·(P(i+1) − P(i−1))/2; tension 0, too,
///   the uniform Catmull-Rom spline.
func kochanekBartelsSegments(
  _ ring: Ring, _ points: Span<Double>, _ options: FitOptions, _ segments: Range<Int>,
  _ out: inout MutableSpan<Double>
) {
  var writer = SegmentWriter(dimensions: ring.dimensions)
  let (t, c, b) = (1 - options.tension, options.continuity, options.bias)
  let leaving = (t * (1 + b) * (1 + c) / 2, t * (1 - b) * (1 - c) / 2)
  let arriving = (t * (1 + b) * (1 - c) / 2, t * (1 - b) * (1 + c) / 2)
  let isCardinal = c == 0 && b == 0
  let reflects = options.ends == .reflect
  for i in segments {
    let isFirst = !ring.isClosed && i == 0
    let isLast = !ring.isClosed && i == ring.count &- 2
    let (o1, o2) = (ring.offset(i), ring.offset(i &+ 1))
    let o0 = isFirst ? o1 : ring.offset(i &- 1)
    let o3 = isLast ? o2 : ring.offset(i &+ 2)
    for k in 0..<ring.dimensions {
      let (p1, p2) = (points[o1 &+ k], points[o2 &+ k])
      let p0 = isFirst && reflects ? 2 * p1 - p2 : points[o0 &+ k]
      let p3 = isLast && reflects ? 2 * p2 - p1 : points[o3 &+ k]
      if isCardinal {
        writer.hermite(&out, k, p1, p2, t / 2 * (p2 - p0), t / 2 * (p3 - p1))
      } else {
        let rise = p2 - p1
        writer.hermite(
          &out, k, p1, p2, leaving.0 * (p1 - p0) + leaving.1 * rise,
          arriving.0 * rise + arriving.1 * (p3 - p2))
      }
    }
    writer.next()
  }
}
