// Curves whose tangents or inner control points are given: Hermite and Bézier.

/// - Shape: one tangent for each point, per unit of u.
func hermiteSegments(
  _ ring: Ring, _ points: Span<Double>, tangents: Span<Double>, _ segments: Range<Int>,
  _ out: inout MutableSpan<Double>
) {
  var writer = SegmentWriter(dimensions: ring.dimensions)
  for i in segments {
    let (from, to) = (ring.offset(i), ring.offset(i &+ 1))
    for k in 0..<ring.dimensions {
      writer.hermite(
        &out, k, points[from &+ k], points[to &+ k], tangents[from &+ k], tangents[to &+ k])
    }
    writer.next()
  }
}

/// Cubic Bézier pieces; neighbours share their end points.
func bezierSegments(
  _ ring: Ring, _ points: Span<Double>, _ segments: Range<Int>, _ out: inout MutableSpan<Double>
) {
  var writer = SegmentWriter(dimensions: ring.dimensions)
  for i in segments {
    let first = 3 &* i
    let (o0, o1) = (ring.offset(first), ring.offset(first &+ 1))
    let (o2, o3) = (ring.offset(first &+ 2), ring.offset(first &+ 3))
    for k in 0..<ring.dimensions {
      let (b0, b1, b2, b3) = (points[o0 &+ k], points[o1 &+ k], points[o2 &+ k], points[o3 &+ k])
      writer.hermite(&out, k, b0, b3, 3 * (b1 - b0), 3 * (b3 - b2))
    }
    writer.next()
  }
}

/// Quadratic Bézier pieces; neighbours share their end points.
func quadraticBezierSegments(
  _ ring: Ring, _ points: Span<Double>, _ segments: Range<Int>, _ out: inout MutableSpan<Double>
) {
  var writer = SegmentWriter(dimensions: ring.dimensions)
  for i in segments {
    let (o0, o1, o2) = (ring.offset(2 &* i), ring.offset(2 &* i &+ 1), ring.offset(2 &* i &+ 2))
    for k in 0..<ring.dimensions {
      let (b0, b1, b2) = (points[o0 &+ k], points[o1 &+ k], points[o2 &+ k])
      writer.hermite(&out, k, b0, b2, 2 * (b1 - b0), 2 * (b2 - b1))
    }
    writer.next()
  }
}
