// Rational B-splines (NURBS), span by span.

/// - Source: Piegl & Tiller, "The NURBS Book" (1997), chapter 4: a B-spline of (w·P, w), projected.
/// - Shape: three entries a segment (`RationalBasis`). Points are taken from the segment's first control point and weights
///   in units of the largest one, a power of two, so that neither a far origin nor large weights cost a digit.
func rationalSegments(
  _ ring: Ring, _ points: Span<Double>, _ options: FitOptions, _ extra: Span<Double>, _ scratch: Span<Double>,
  derivative: Int, _ segments: Range<Int>, _ out: inout MutableSpan<Double>
) {
  let degree = Int(options.degree)
  var writer = SegmentWriter(dimensions: ring.dimensions)
  for i in segments {
    let span = KnotSpan(options, pointCount: ring.count, extra: extra, spans: scratch, segment: i)
    var weights = Six(repeating: 0)
    var largest = 0.0
    for j in 0...degree {
      weights[j] = extra[ring.offset(span.firstPoint &+ j) / ring.dimensions]
      largest = max(largest, weights[j])
    }
    let unit = Double(sign: .plus, exponent: -min(max(largest.exponent, -1000), 1000), significand: 1)
    for j in 0...degree { weights[j] *= unit }
    let w = elevated(span.bernstein(weights), from: degree, to: 5)
    for k in 0..<ring.dimensions {
      let reference = points[ring.offset(span.firstPoint) &+ k]
      var control = Six(repeating: 0)
      for j in 0...degree {
        control[j] = (points[ring.offset(span.firstPoint &+ j) &+ k] - reference) * weights[j]
      }
      let n = elevated(span.bernstein(control), from: degree, to: 5)
      writer.rational(&out, k, n, w, reference: reference, scale: derivative == 0 ? nil : 1 / span.step)
    }
    for _ in 0..<3 { writer.next() }
  }
}

extension SegmentWriter {
  /// - Parameter scale: in place of the first point where a derivative is wanted.
  @inline(__always)
  func rational(
    _ out: inout MutableSpan<Double>, _ k: Int, _ n: Six, _ w: Six, reference: Double, scale: Double?
  ) {
    let start = n[0] / w[0]
    @inline(__always) func from(_ i: Int) -> Double { n[i] - w[i] * start }
    put(&out, k, c: from(1), b: from(2), a: from(3), d: scale ?? (reference + start))
    var next = self
    next.next()
    next.put(&out, k, c: from(4), b: from(5), a: w[0], d: w[1])
    next.next()
    next.put(&out, k, c: w[2], b: w[3], a: w[4], d: w[5])
  }
}

/// One coordinate of a rational segment's last coefficients, and what they say of its end.
struct RationalGroup {
  private let n3, n4, n5, w3, w4, w5, d: Double

  init(_ block: Span<Double>, at group: Int, dimensions: Int, coordinate k: Int) {
    @inline(__always) func row(_ i: Int) -> Double { block[group &+ i &* dimensions &+ k] }
    (n3, d, n4, n5) = (row(2), row(3), row(4), row(5))
    (w3, w4, w5) = (row(9), row(10), row(11))
  }

  /// For positions: the curve's point.
  var end: Double { n5 / w5 + d }

  /// For derivatives, as `RationalBasis` at u = 1.
  var endDerivative: Double { slope * d }
  var endSecondDerivative: Double {
    let (rise, weight) = (20 * (n5 - 2 * n4 + n3), 20 * (w5 - 2 * w4 + w3))
    return (rise - n5 / w5 * weight - 2 * slope * (5 * (w5 - w4))) / w5 * d * d
  }

  private var slope: Double { 5 * ((n5 - n4) - n5 / w5 * (w5 - w4)) / w5 }
}
