/// Takes a curve part by part, in the units of its data.
protocol OutlinePen {
  mutating func move(to p: SIMD2<Double>) throws(FormatError)
  mutating func line(to p: SIMD2<Double>) throws(FormatError)
  /// A cubic Bézier curve from the last point.
  mutating func cubic(
    _ first: SIMD2<Double>, _ second: SIMD2<Double>, to end: SIMD2<Double>
  ) throws(FormatError)
  mutating func quintic(_ curve: PlaneQuintic) throws(FormatError)
  /// The next part begins here: where the last one ended, or the curve jumps.
  mutating func join(_ p: SIMD2<Double>) throws(FormatError)
  mutating func close() throws(FormatError)
  /// A piece that is one point.
  mutating func dot(_ p: SIMD2<Double>) throws(FormatError)
}

/// A line of a picture that can be traced any number of times, with the same result each time.
protocol PictureOutline {
  /// - Throws: what the pen throws, and what those throw who make the curve's points.
  func trace(_ pen: inout some OutlinePen) throws
}

/// A cubic Bézier curve in the plane.
struct PlaneCubic {
  var p0, p1, p2, p3: SIMD2<Double>

  init(_ p0: SIMD2<Double>, _ p1: SIMD2<Double>, _ p2: SIMD2<Double>, _ p3: SIMD2<Double>) {
    (self.p0, self.p1, self.p2, self.p3) = (p0, p1, p2, p3)
  }

  func point(at u: Double) -> SIMD2<Double> {
    let v = 1 - u
    let ends = v * v * v * p0 + u * u * u * p3
    return ends + 3 * u * v * (v * p1 + u * p2)
  }

  /// The parameters between the ends where a coordinate turns: roots of d0·(1−u)² + 2·d1·u·(1−u) + d2·u².
  func turns(_ axis: Int) -> [Double] {
    var (d0, d1, d2) = (p1[axis] - p0[axis], p2[axis] - p1[axis], p3[axis] - p2[axis])
    let size = max(abs(d0), abs(d1), abs(d2))
    guard size > 0, size.isFinite else { return [] }
    (d0, d1, d2) = (d0 / size, d1 / size, d2 / size)
    // A·u² + 2·B·u + d0 with the root that does not cancel first (Numerical Recipes, section 5.6).
    let (a, b) = (d0 - 2 * d1 + d2, d1 - d0)
    let square = b * b - a * d0
    guard square >= 0 else { return [] }
    let root = square.squareRoot()
    let q = -(b + (b < 0 ? -root : root))
    return [q / a, d0 / q].filter { $0 > 0 && $0 < 1 }
  }
}
