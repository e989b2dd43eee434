// Straight lines and steps.

func linearSegments(
  _ ring: Ring, _ points: Span<Double>, _ segments: Range<Int>, _ out: inout MutableSpan<Double>
) {
  var writer = SegmentWriter(dimensions: ring.dimensions)
  for i in segments {
    let (from, to) = (ring.offset(i), ring.offset(i &+ 1))
    for k in 0..<ring.dimensions {
      let p = points[from &+ k]
      writer.put(&out, k, c: points[to &+ k] - p, b: 0, a: 0, d: p)
    }
    writer.next()
  }
}

/// Steps draw with a basis of their own (`Basis.stepBefore`, `.stepMiddle`): b counts from the switch on, a until it.
/// A curve that holds each value to the next point needs none. With `x` the first coordinate still runs evenly.
func stepSegments(
  _ ring: Ring, _ points: Span<Double>, _ options: FitOptions, _ segments: Range<Int>,
  _ out: inout MutableSpan<Double>
) {
  var writer = SegmentWriter(dimensions: ring.dimensions)
  let runs = options.parameterization == .x ? 1 : 0
  for i in segments {
    let (from, to) = (ring.offset(i), ring.offset(i &+ 1))
    for k in 0..<ring.dimensions {
      let (p, next) = (points[from &+ k], points[to &+ k])
      if k < runs {
        writer.put(&out, k, c: next - p, b: 0, a: 0, d: p)
      } else if options.placement == .after {
        writer.put(&out, k, c: 0, b: 0, a: 0, d: p)
      } else {
        writer.put(&out, k, c: 0, b: next, a: p, d: 0)
      }
    }
    writer.next()
  }
}
