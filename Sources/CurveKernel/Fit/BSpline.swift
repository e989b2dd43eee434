// Approximating B-splines: each knot span is a polynomial, told in Bernstein form by knot insertion.

/// - Source: de Boor, "A Practical Guide to Splines" (1978), chapter X; Boehm & Prautzsch 1985 for the insertion.
/// - Shape: degree 1 to 3: a cubic each, always positions; degree 4 and 5: two entries each (`QuinticBasis`), the derivative
///   per unit of the knots where `derivative` asks for one.
func bSplineSegments(
  _ ring: Ring, _ points: Span<Double>, _ options: FitOptions, _ extra: Span<Double>, _ scratch: Span<Double>,
  derivative: Int, _ segments: Range<Int>, _ out: inout MutableSpan<Double>
) {
  let degree = Int(options.degree)
  var writer = SegmentWriter(dimensions: ring.dimensions)
  for i in segments {
    let span = KnotSpan(options, pointCount: ring.count, extra: extra, spans: scratch, segment: i)
    for k in 0..<ring.dimensions {
      var control = Six(repeating: 0)
      for j in 0...degree { control[j] = points[ring.offset(span.firstPoint &+ j) &+ k] }
      let b = span.bernstein(control)
      if degree <= 3 {
        let c = elevated(b, from: degree, to: 3)
        writer.hermite(&out, k, c[0], c[3], 3 * (c[1] - c[0]), 3 * (c[3] - c[2]))
      } else {
        writer.quintic(&out, k, b, degree: degree, derivative: derivative, step: span.step)
      }
    }
    writer.next()
    if degree > 3 { writer.next() }
  }
}

extension SegmentWriter {
  /// A polynomial of degree 5 or less from its Bernstein coefficients, or its derivative, as `QuinticBasis` has it.
  @inline(__always)
  func quintic(
    _ out: inout MutableSpan<Double>, _ k: Int, _ bernstein: Six, degree: Int, derivative: Int, step: Double
  ) {
    var (b, n) = (bernstein, degree)
    for _ in 0..<derivative {
      b = differentiated(b, degree: n, step: step)
      n &-= 1
    }
    b = elevated(b, from: n, to: 5)
    let rise = b[5] - b[0]
    @inline(__always) func bend(_ i: Int, _ binomial: Double) -> Double {
      binomial * ((b[i] - b[0]) - rise * (Double(i) / 5))
    }
    put(&out, k, c: rise, b: bend(1, 5), a: bend(4, 5), d: b[0])
    var second = self
    second.next()
    second.put(&out, k, c: bend(2, 10), b: bend(3, 10), a: 0, d: 0)
  }
}
