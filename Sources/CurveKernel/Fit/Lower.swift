/// From Double coefficients to the table of one output type: where everything is rounded, once.
///
/// - Shape: the table has `Basis.entries` entries a segment, and as many more for the end point (`d`; the rest 0), so that
///   sample `segmentCount · samples` is like any other. `block` has room for two segments or more.
/// - Derivatives: `derivative` 1 or 2 lowers the derivative instead, per unit of u, or of x where x is the parameter.
/// - Returns: false when a coefficient is too large for the output type: sums of four of them must stay finite.
@inline(__always)
func lowerBody<B: Block>(
  _: B.Type, _ options: FitOptions, points: Span<Double>, dimensions: Int, extra: Span<Double>,
  scratch: Span<Double>, derivative: Int, limit: Double, block: inout MutableSpan<Double>,
  into table: inout MutableSpan<Segment<B.Row>>
) -> Bool {
  let stride = options.basis(derivative: derivative).entries
  let lowering = Lowering(options, dimensions, derivative, stride, segments: table.count / stride &- 1)
  let size = 4 &* dimensions
  let perBlock = block.count / (size &* stride) &- 1
  guard perBlock > 0, lowering.segments >= 0 else { return false }
  var isWithin = true
  var first = 0
  repeat {
    let entries = lowering.fill(
      &block, first..<min(first &+ perBlock, lowering.segments), points, extra, scratch)
    for i in 0..<entries {
      let c = i &* size
      let (b, a, d) = (c &+ dimensions, c &+ 2 &* dimensions, c &+ 3 &* dimensions)
      table[first &* stride &+ i] = Segment(
        c: B.row { $0 < dimensions ? block[c &+ $0] : 0 }, b: B.row { $0 < dimensions ? block[b &+ $0] : 0 },
        a: B.row { $0 < dimensions ? block[a &+ $0] : 0 }, d: B.row { $0 < dimensions ? block[d &+ $0] : 0 })
    }
    if !areWithin(limit, block.span, entries &* size) { isWithin = false }
    if !lowering.areTame(limit, block.span, entries) { isWithin = false }
    first &+= perBlock
  } while first < lowering.segments
  // A ring ends with the very bytes that it begins with: minus zero, too.
  if options.isClosed, derivative == 0 {
    for k in 0..<stride { table[lowering.segments &* stride &+ k] = table[k] }
  }
  return isWithin
}

/// What lowering does in Double, whatever the output type.
private struct Lowering {
  let options: FitOptions
  let dimensions, derivative, stride, segments: Int

  init(_ options: FitOptions, _ dimensions: Int, _ derivative: Int, _ stride: Int, segments: Int) {
    (self.options, self.dimensions, self.derivative) = (options, dimensions, derivative)
    (self.stride, self.segments) = (stride, segments)
  }

  /// Coefficients of a range of segments (polynomials, where a segment is two), or of their derivative, and behind the
  /// last one the end point. Returns the number of entries.
  @inline(never)
  func fill(
    _ block: inout MutableSpan<Double>, _ range: Range<Int>, _ points: Span<Double>, _ extra: Span<Double>,
    _ scratch: Span<Double>
  ) -> Int {
    if !range.isEmpty {
      Fit.coefficients(
        options, points: points, dimensions: dimensions, extra: extra, scratch: scratch,
        derivative: derivative,
        segments: range, into: &block)
      if derivative > 0, stride == 1 { differentiate(&block, range, points, extra) }
    }
    guard range.upperBound == segments else { return range.count &* stride }
    let group = 4 &* dimensions &* stride
    let end = range.count &* group
    for i in end..<(end &+ group) { block[i] = 0 }
    if stride == 3 {
      rationalEnd(&block, group: group, at: end, points)
      return (range.count &+ 1) &* stride
    }
    let last = end &- group
    let lastPoint = options.isClosed ? 0 : points.count &- dimensions
    let isLastPoint = derivative == 0 && (options.family != .bSpline || endsAtPoint)
    for k in 0..<dimensions {
      let d = k &+ 3 &* dimensions
      if isLastPoint, options.family == .smoothing {
        block[end &+ d] = Smoothing.end(
          options, points: points, dimensions: dimensions, scratch: scratch, k)
      } else if isLastPoint {
        block[end &+ d] = points[lastPoint &+ k]
      } else {
        block[end &+ d] = segments == 0 ? 0 : block[last &+ k] + block[last &+ d]
      }
    }
    return (range.count &+ 1) &* stride
  }

  /// The end of a rational curve, as a group with all weights 1: its point, or a Bernstein sum with the derivative that
  /// the last segment ends with.
  private func rationalEnd(
    _ block: inout MutableSpan<Double>, group: Int, at end: Int, _ points: Span<Double>
  ) {
    let size = 4 &* dimensions
    for k in 0..<dimensions {
      (block[end &+ size &+ 2 &* dimensions &+ k], block[end &+ size &+ 3 &* dimensions &+ k]) = (1, 1)
      for i in 0..<4 { block[end &+ 2 &* size &+ i &* dimensions &+ k] = 1 }
      let place = end &+ 3 &* dimensions &+ k
      block[place] = derivative == 0 ? points[points.count &- dimensions &+ k] : 1
      guard segments > 0 else { continue }
      let last = RationalGroup(block.span, at: end &- group, dimensions: dimensions, coordinate: k)
      switch derivative {
      case 0 where !endsAtPoint: block[place] = last.end
      case 0: break
      case 1: block[end &+ k] = last.endDerivative / 5
      default: block[end &+ dimensions &+ k] = last.endSecondDerivative / 20
      }
    }
  }

  /// The derivative of `Segment`'s cubic, in place and in the same form: with y′ = c′·u + b′·q + a′·r + d′,
  /// d′ = c + b, c′ = −(b + a), b′ = a′ = 3(a − b); and again, d″ = 2a − 4b, c″ = 6(b − a), b″ = a″ = 0.
  private func differentiate(
    _ block: inout MutableSpan<Double>, _ range: Range<Int>, _ points: Span<Double>, _ extra: Span<Double>
  ) {
    let isX = options.parameterization == .x
    for i in range {
      let base = (i &- range.lowerBound) &* 4 &* dimensions
      let h = step(i, points, extra)
      for k in 0..<dimensions {
        let (pc, pb, pa) = (base &+ k, base &+ dimensions &+ k, base &+ 2 &* dimensions &+ k)
        let isFlat = options.family == .step && !(isX && k == 0)
        let (c, b, a) = isFlat ? (0, 0, 0) : (block[pc], block[pb], block[pa])
        if derivative == 1 {
          block[pc] = -(b + a) / h
          block[pb] = 3 * (a - b) / h
          block[pa] = block[pb]
          block[pa &+ dimensions] = (c + b) / h
        } else {
          block[pc] = 6 * (b - a) / h / h
          (block[pb], block[pa]) = (0, 0)
          block[pa &+ dimensions] = (2 * a - 4 * b) / h / h
        }
      }
    }
  }
}

extension Lowering {
  /// Whether a rational curve's derivative, too, stays within ±`limit`, on its way included: weights that differ much make
  /// it larger than any of its coefficients.
  ///
  /// With n and w the largest coefficients, v the least weight and f = n/v: |N′| ≤ 10n, |W′| ≤ 10w, |N″| ≤ 80n, |W″| ≤ 80w,
  /// so that |y′| ≤ 10(n + f·w)/v and |y″| ≤ (80(n + f·w) + 20w·|y′|)/v, times the scale.
  @inline(never)
  func areTame(_ limit: Double, _ block: Span<Double>, _ entries: Int) -> Bool {
    guard stride == 3, derivative > 0 else { return true }
    let group = 12 &* dimensions
    for first in Swift.stride(from: 0, to: entries &* 4 &* dimensions, by: group) {
      for k in 0..<dimensions {
        @inline(__always) func row(_ i: Int) -> Double { block[first &+ i &* dimensions &+ k] }
        let n = max(abs(row(0)), abs(row(1)), abs(row(2)), abs(row(4)), abs(row(5)))
        let w = max(row(6), row(7), row(8), row(9), row(10), row(11))
        let v = min(row(6), row(7), row(8), row(9), row(10), row(11))
        let (sum, scale) = (n + n / v * w, abs(row(3)))
        let slope = 10 * sum / v
        let bend = (80 * sum + 20 * w * slope) / v
        guard slope * scale <= limit, derivative == 1 || (bend <= limit && bend * scale * scale <= limit)
        else {
          return false
        }
      }
    }
    return true
  }

  /// A B-spline ends at its last control point.
  private var endsAtPoint: Bool { segments == 0 || options.knots == .clampedUniform && !options.isClosed }

  /// The parameter's step over a polynomial where derivatives are per unit of it; 1 where they are per u.
  private func step(_ i: Int, _ points: Span<Double>, _ extra: Span<Double>) -> Double {
    if options.hasGivenKnots {
      let breaks = extra.count &- segments &- 1
      return extra[breaks &+ i &+ 1] - extra[breaks &+ i]
    }
    guard options.parameterization == .x else { return options.halves == 2 ? 0.5 : 1 }
    let (segment, halves) = (i / options.halves, Double(options.halves))
    return (points[(segment &+ 1) &* dimensions] - points[segment &* dimensions]) / halves
  }
}

/// Whether none of the numbers of whole segments is beyond ±`limit` or NaN. Four at a time, and no maximum: it would
/// have to choose where this only compares.
@inline(never)
private func areWithin(_ limit: Double, _ numbers: Span<Double>, _ count: Int) -> Bool {
  let (low, high) = (SIMD4<Double>(repeating: -limit), SIMD4<Double>(repeating: limit))
  var areInside = SIMD4<Double>.zero .== .zero
  var i = 0
  while i < count {
    let four = SIMD4(numbers[i], numbers[i &+ 1], numbers[i &+ 2], numbers[i &+ 3])
    areInside .&= four .<= high
    areInside .&= four .>= low
    i &+= 4
  }
  return areInside == SIMDMask(repeating: true)
}
