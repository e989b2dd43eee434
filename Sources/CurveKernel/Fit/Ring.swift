/// The shape of a list of control points: flat and interleaved, read round the ring when the curve is closed.
struct Ring: BitwiseCopyable {
  let dimensions: Int
  let count: Int
  let isClosed: Bool

  /// Where the point at `index` starts; one step beyond the last is the first again.
  @inline(__always) func offset(_ index: Int) -> Int {
    (index >= count ? index &- count : index < 0 ? index &+ count : index) &* dimensions
  }

  /// Whether two points are the same in every coordinate.
  func same(_ points: Span<Double>, _ i: Int, _ j: Int) -> Bool {
    let (a, b) = (offset(i), offset(j))
    for k in 0..<dimensions where points[a &+ k] != points[b &+ k] { return false }
    return true
  }
}

/// Where one segment's coefficients go: all c, all b, all a, all d.
struct SegmentWriter {
  let dimensions: Int
  var base = 0

  /// The cubic from `p0` to `p1` with tangents `m0` and `m1` per unit of u, in coordinate `k`.
  @inline(__always)
  func hermite(
    _ out: inout MutableSpan<Double>, _ k: Int, _ p0: Double, _ p1: Double, _ m0: Double, _ m1: Double
  ) {
    let rise = p1 - p0
    put(&out, k, c: rise, b: m0 - rise, a: rise - m1, d: p0)
  }

  @inline(__always)
  func put(_ out: inout MutableSpan<Double>, _ k: Int, c: Double, b: Double, a: Double, d: Double) {
    let place = base &+ k
    out[place] = c
    out[place &+ dimensions] = b
    out[place &+ 2 &* dimensions] = a
    out[place &+ 3 &* dimensions] = d
  }

  /// The cubic that rises by `rise` from `p0`, with tangents `m0` and `m1` per unit of u, in all coordinates.
  @inline(__always)
  func hermite<Row: Columns>(
    _ out: inout MutableSpan<Double>, _ p0: Row, _ rise: Row, _ m0: Row, _ m1: Row, column: Int = 0
  ) {
    let place = base &+ column
    rise.store(&out, place)
    m0.minus(rise).store(&out, place &+ dimensions)
    rise.minus(m1).store(&out, place &+ 2 &* dimensions)
    p0.store(&out, place &+ 3 &* dimensions)
  }

  @inline(__always) mutating func next() { base &+= 4 &* dimensions }
}

/// The first coordinate where it is the parameter: it runs evenly through every segment.
func evenColumn(
  _ ring: Ring, _ points: Span<Double>, _ segments: Range<Int>, _ out: inout MutableSpan<Double>
) {
  var writer = SegmentWriter(dimensions: ring.dimensions)
  for i in segments {
    let x = points[ring.offset(i)]
    writer.put(&out, 0, c: points[ring.offset(i &+ 1)] - x, b: 0, a: 0, d: x)
    writer.next()
  }
}
