// Uniform splines with local tangents: Catmull-Rom with alpha 0, cardinal, Kochanek-Bartels.

/// - Source: Kochanek & Bartels, "Interpolating splines with local tension, continuity, and bias control" (1984).
///   Continuity and bias 0 make it the cardinal spline, m = (1 − tension)·(P(i+1) − P(i−1))/2; tension 0, too,
///   the uniform Catmull-Rom spline.
func kochanekBartelsSegments(
  _ ring: Ring, _ points: Span<Double>, _ options: FitOptions, _ segments: Range<Int>,
  _ out: inout MutableSpan<Double>
) {
  switch ring.dimensions {
  case 1: rows(Double.self, ring, points, options, segments, &out)
  case 2: rows(SIMD2<Double>.self, ring, points, options, segments, &out)
  case 3: rows(ColumnPair<SIMD2<Double>, Double>.self, ring, points, options, segments, &out)
  default: rows(ColumnPair<SIMD2<Double>, SIMD2<Double>>.self, ring, points, options, segments, &out)
  }
}

/// What the chords before and after a point weigh in its tangents.
private struct TangentWeights: BitwiseCopyable {
  let leaving, arriving: (before: Double, after: Double)

  init(_ options: FitOptions) {
    let (t, c, b) = (1 - options.tension, options.continuity, options.bias)
    leaving = (t * (1 + b) * (1 + c) / 2, t * (1 - b) * (1 - c) / 2)
    arriving = (t * (1 + b) * (1 - c) / 2, t * (1 - b) * (1 + c) / 2)
  }

  /// Both chords weigh the same, arriving and leaving.
  var isCardinal: Bool { leaving == arriving && leaving.before == leaving.after }
}

@inline(__always)
private func rows<Row: Columns>(
  _: Row.Type, _ ring: Ring, _ points: Span<Double>, _ options: FitOptions, _ segments: Range<Int>,
  _ out: inout MutableSpan<Double>
) {
  guard !segments.isEmpty else { return }
  let weights = TangentWeights(options)
  let isCardinal = weights.isCardinal
  let reflects = options.ends == .reflect
  let lastOpen = ring.isClosed ? Int.max : ring.count &- 2
  var writer = SegmentWriter(dimensions: ring.dimensions)
  let first = segments.lowerBound
  var p1 = Row.load(points, ring.offset(first))
  var p2 = Row.load(points, ring.offset(first &+ 1))
  var p0 = p1
  if ring.isClosed || first > 0 {
    p0 = Row.load(points, ring.offset(first &- 1))
  } else if reflects {
    p0 = p1.times(2).minus(p2)
  }
  for i in segments {
    var p3 = p2
    if i < lastOpen {
      p3 = Row.load(points, ring.offset(i &+ 2))
    } else if reflects {
      p3 = p2.times(2).minus(p1)
    }
    let rise = p2.minus(p1)
    if isCardinal {
      let weight = weights.leaving.before
      writer.hermite(&out, p1, rise, p2.minus(p0).times(weight), p3.minus(p1).times(weight))
    } else {
      let m0 = p1.minus(p0).times(weights.leaving.before).plus(rise.times(weights.leaving.after))
      let m1 = rise.times(weights.arriving.before).plus(p3.minus(p2).times(weights.arriving.after))
      writer.hermite(&out, p1, rise, m0, m1)
    }
    writer.next()
    (p0, p1, p2) = (p1, p2, p3)
  }
}
