/// From Double coefficients to the table of one output type: where everything is rounded, once.
///
/// - Shape: the table has one entry a segment and one more, the end point (`d`; the rest 0), so that sample
///   `segmentCount · samples` is like any other. `block` has room for two segments or more.
/// - Derivatives: `derivative` 1 or 2 lowers the derivative instead, per unit of u, or of x where x is the parameter.
/// - Returns: false when a coefficient is too large for the output type: sums of four of them must stay finite.
@inline(__always)
func lowerBody<B: Block>(
  _: B.Type, _ options: FitOptions, points: Span<Double>, dimensions: Int, extra: Span<Double>,
  scratch: Span<Double>, derivative: Int, limit: Double, block: inout MutableSpan<Double>,
  into table: inout MutableSpan<Segment<B.Row>>
) -> Bool {
  let lowering = Lowering(options, pointCount: points.count / dimensions, dimensions, derivative)
  let size = 4 &* dimensions
  let perBlock = block.count / size &- 1
  guard perBlock > 0, table.count > lowering.segments else { return false }
  var isWithin = true
  var first = 0
  repeat {
    let entries = lowering.fill(
      &block, first..<min(first &+ perBlock, lowering.segments), points, extra, scratch)
    for i in 0..<entries {
      let c = i &* size
      let (b, a, d) = (c &+ dimensions, c &+ 2 &* dimensions, c &+ 3 &* dimensions)
      table[first &+ i] = Segment(
        c: B.row { $0 < dimensions ? block[c &+ $0] : 0 }, b: B.row { $0 < dimensions ? block[b &+ $0] : 0 },
        a: B.row { $0 < dimensions ? block[a &+ $0] : 0 }, d: B.row { $0 < dimensions ? block[d &+ $0] : 0 })
    }
    if !areWithin(limit, block.span, entries &* size) { isWithin = false }
    first &+= perBlock
  } while first < lowering.segments
  // A ring ends with the very bytes that it begins with: minus zero, too.
  if options.isClosed, derivative == 0 { table[lowering.segments] = table[0] }
  return isWithin
}

/// What lowering does in Double, whatever the output type.
private struct Lowering {
  let options: FitOptions
  let dimensions, derivative, segments: Int

  init(_ options: FitOptions, pointCount: Int, _ dimensions: Int, _ derivative: Int) {
    (self.options, self.dimensions, self.derivative) = (options, dimensions, derivative)
    segments = pointCount == 1 ? 0 : Fit.segmentCount(options, pointCount: pointCount)
  }

  /// Coefficients of a range of segments, or of their derivative, and behind the last segment the end point.
  /// Returns the number of entries.
  @inline(never)
  func fill(
    _ block: inout MutableSpan<Double>, _ range: Range<Int>, _ points: Span<Double>, _ extra: Span<Double>,
    _ scratch: Span<Double>
  ) -> Int {
    if !range.isEmpty {
      Fit.coefficients(
        options, points: points, dimensions: dimensions, extra: extra, scratch: scratch, segments: range,
        into: &block)
      if derivative > 0 { differentiate(&block, range, points) }
    }
    guard range.upperBound == segments else { return range.count }
    let end = range.count &* 4 &* dimensions
    let last = end &- 4 &* dimensions
    let lastPoint = options.isClosed ? 0 : points.count &- dimensions
    for k in 0..<dimensions {
      let (b, a, d) = (k &+ dimensions, k &+ 2 &* dimensions, k &+ 3 &* dimensions)
      if derivative == 0 {
        block[end &+ d] = points[lastPoint &+ k]
      } else {
        block[end &+ d] = segments == 0 ? 0 : block[last &+ k] + block[last &+ d]
      }
      (block[end &+ k], block[end &+ b], block[end &+ a]) = (0, 0, 0)
    }
    return range.count &+ 1
  }

  /// The derivative of `Segment`'s cubic, in place and in the same form: with y′ = c′·u + b′·q + a′·r + d′,
  /// d′ = c + b, c′ = −(b + a), b′ = a′ = 3(a − b); and again, d″ = 2a − 4b, c″ = 6(b − a), b″ = a″ = 0.
  private func differentiate(_ block: inout MutableSpan<Double>, _ range: Range<Int>, _ points: Span<Double>)
  {
    let isX = options.parameterization == .x
    for i in range {
      let base = (i &- range.lowerBound) &* 4 &* dimensions
      let h = isX ? points[(i &+ 1) &* dimensions] - points[i &* dimensions] : 1
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
