/// From Double coefficients to the table of one output type: where everything is rounded, once.
///
/// - Shape: the table has one entry a segment and one more, the end point (`d`; the rest 0), so that sample
///   `segmentCount · samples` is like any other.
/// - Derivatives: `derivative` 1 or 2 lowers the derivative instead, per unit of u, or of x where x is the parameter.
/// - Returns: false when a coefficient is too large for the output type: sums of four of them must stay finite.
@inline(__always)
func lowerBody<B: Block>(
  _: B.Type, _ options: FitOptions, points: Span<Double>, dimensions: Int, extra: Span<Double>,
  scratch: Span<Double>, derivative: Int, limit: Double, block: inout MutableSpan<Double>,
  into table: inout MutableSpan<Segment<B.Row>>
) -> Bool {
  let count = points.count / dimensions
  let segments = Fit.segmentCount(options, pointCount: count)
  let perBlock = block.count / (4 &* dimensions)
  guard segments >= 0, table.count > segments, perBlock > 0 else { return false }
  var largest = 0.0
  var end = B.row { _ in 0 }
  var first = 0
  while first < segments {
    let next = min(first &+ perBlock, segments)
    Fit.coefficients(
      options, points: points, dimensions: dimensions, extra: extra, scratch: scratch, segments: first..<next,
      into: &block)
    if derivative > 0 {
      differentiate(options, points, dimensions, first..<next, derivative, &block)
    }
    for i in first..<next {
      let base = (i &- first) &* 4 &* dimensions
      let d3 = base &+ 3 &* dimensions
      for k in base..<(base &+ 4 &* dimensions) { largest = max(largest, magnitude(block[k])) }
      table[i] = Segment(
        c: B.row { $0 < dimensions ? block[base &+ $0] : 0 },
        b: B.row { $0 < dimensions ? block[base &+ dimensions &+ $0] : 0 },
        a: B.row { $0 < dimensions ? block[base &+ 2 &* dimensions &+ $0] : 0 },
        d: B.row { $0 < dimensions ? block[d3 &+ $0] : 0 })
      if i == segments &- 1, derivative > 0 {
        end = B.row { k in
          guard k < dimensions else { return 0 }
          let (c, b, a) = (
            block[base &+ k], block[base &+ dimensions &+ k], block[base &+ 2 &* dimensions &+ k]
          )
          return ((c + b) + a) + block[d3 &+ k]
        }
      }
    }
    first = next
  }
  if derivative == 0 {
    let last = options.isClosed ? 0 : points.count &- dimensions
    for k in 0..<dimensions { largest = max(largest, magnitude(points[last &+ k])) }
    end = B.row { $0 < dimensions ? points[last &+ $0] : 0 }
  }
  let zero = B.row { _ in 0 }
  table[segments] = Segment(c: zero, b: zero, a: zero, d: end)
  return largest <= limit
}

/// |x|, and infinity for NaN, which a comparison would lose.
@inline(__always) private func magnitude(_ x: Double) -> Double { x == x ? abs(x) : .infinity }

/// The derivative of d + c·u + b·u² + a·u³, in place.
private func differentiate(
  _ options: FitOptions, _ points: Span<Double>, _ dimensions: Int, _ segments: Range<Int>, _ order: Int,
  _ block: inout MutableSpan<Double>
) {
  let isX = options.parameterization == .x
  for i in segments {
    let base = (i &- segments.lowerBound) &* 4 &* dimensions
    let h = isX ? points[(i &+ 1) &* dimensions] - points[i &* dimensions] : 1
    for k in 0..<dimensions {
      let (pc, pb, pa) = (base &+ k, base &+ dimensions &+ k, base &+ 2 &* dimensions &+ k)
      let isFlat = options.family == .step && !(isX && k == 0)
      let (c, b, a) = isFlat ? (0, 0, 0) : (block[pc], block[pb], block[pa])
      block[pa] = 0
      if order == 1 {
        block[pc] = 2 * b / h
        block[pb] = 3 * a / h
        block[pa &+ dimensions] = c / h
      } else {
        block[pc] = 6 * a / h / h
        block[pb] = 0
        block[pa &+ dimensions] = 2 * b / h / h
      }
    }
  }
}
