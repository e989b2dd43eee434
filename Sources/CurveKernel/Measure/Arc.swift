/// A row of the table that measures read: every dimension as 4 lanes of Double, those that are not there 0.
public typealias ArcRow = SIMD4<Double>

/// One segment of a curve as its measures need it: Bernstein coefficients, told from the segment's first point.
///
/// y(u) = `origin` + Σ n_i B_i(u) / Σ w_i B_i(u), u in 0…1, of degree 3 or 5; all w_i are 1 unless it is rational. Told from
/// the first point nothing large cancels: a curve at 1.7·10⁹ is measured as well as one at 0. The control points
/// `origin` + n_i / w_i hold the arc in their hull (all w_i > 0), which is what bounds and proofs rest on.
///
/// Source: Farin, Curves and Surfaces for CAGD (2002), chapters 5 and 13.
public struct Arc {
  public let degree: Int
  public let isRational: Bool
  public let dimensions: Int
  public let origin: ArcRow
  /// Numerators w_i (P_i − origin); the first is 0. Behind `degree` nothing.
  public let n: InlineArray<6, ArcRow>
  /// Weights.
  public let w: InlineArray<6, Double>
  /// The numerator's derivative: degree · (n_{i+1} − n_i).
  let e: InlineArray<5, ArcRow>
  /// The denominator's derivative.
  let f: InlineArray<5, Double>

  /// A segment of `Basis.cubic`, a straight line or a Hermite cubic told from its chord.
  @inline(__always)
  public init(cubic s: Segment<ArcRow>, dimensions: Int) {
    let third = 1.0 / 3
    var n = InlineArray<6, ArcRow>(repeating: .zero)
    (n[1], n[2], n[3]) = ((s.c + s.b) * third, (s.c + s.c + s.a) * third, s.c)
    var e = InlineArray<5, ArcRow>(repeating: .zero)
    (e[0], e[1], e[2]) = (s.c + s.b, s.c + (s.a - s.b), s.c - s.a)
    (degree, isRational, self.dimensions, origin) = (3, false, dimensions, s.d)
    (self.n, self.e) = (n, e)
    (w, f) = (InlineArray(repeating: 1), InlineArray(repeating: 0))
  }

  /// A straight line.
  public init(from: ArcRow, to: ArcRow, dimensions: Int) {
    self.init(cubic: Segment(c: to - from, b: .zero, a: .zero, d: from), dimensions: dimensions)
  }

  /// Any arc by its coefficients.
  init(
    degree: Int, isRational: Bool, dimensions: Int, origin: ArcRow, n: InlineArray<6, ArcRow>,
    w: InlineArray<6, Double>
  ) {
    var e = InlineArray<5, ArcRow>(repeating: .zero)
    var f = InlineArray<5, Double>(repeating: 0)
    let factor = Double(degree)
    for i in 0..<degree {
      e[i] = (n[i &+ 1] - n[i]) * factor
      f[i] = (w[i &+ 1] - w[i]) * factor
    }
    (self.degree, self.isRational, self.dimensions, self.origin) = (degree, isRational, dimensions, origin)
    (self.n, self.w, self.e, self.f) = (n, w, e, f)
  }

  /// Two entries of `Basis.quintic`: y = d + c·u + u(1−u)·[e0(1−u)³ + e1·u(1−u)² + e2·u²(1−u) + e3·u³].
  ///
  /// By coefficients of u^i (1−u)^(5−i): c·u gives i·c/5, the bracket times u(1−u) gives e_(i−1) over the binomial.
  public init(quintic s: Segment<ArcRow>, _ t: Segment<ArcRow>, dimensions: Int) {
    let fifth = s.c * 0.2
    var n = InlineArray<6, ArcRow>(repeating: .zero)
    n[1] = fifth + s.b * 0.2
    n[2] = (fifth + fifth) + t.c * 0.1
    n[3] = (s.c - (fifth + fifth)) + t.b * 0.1
    n[4] = (s.c - fifth) + s.a * 0.2
    n[5] = s.c
    self.init(
      degree: 5, isRational: false, dimensions: dimensions, origin: s.d, n: n, w: InlineArray(repeating: 1))
  }

  /// Three entries of `Basis.rational`.
  public init(rational s: Segment<ArcRow>, _ t: Segment<ArcRow>, _ r: Segment<ArcRow>, dimensions: Int) {
    var n = InlineArray<6, ArcRow>(repeating: .zero)
    (n[1], n[2], n[3], n[4], n[5]) = (s.c, s.b, s.a, t.c, t.b)
    var w = InlineArray<6, Double>(repeating: 1)
    (w[0], w[1], w[2], w[3], w[4], w[5]) = (t.a.x, t.d.x, r.c.x, r.b.x, r.a.x, r.d.x)
    // Weights count by their quotients: the largest becomes 1, so that products of them stay in range.
    var most = 0.0
    for i in 0...5 { most = max(most, w[i]) }
    for i in 0...5 { (n[i], w[i]) = (n[i] / most, w[i] / most) }
    self.init(degree: 5, isRational: true, dimensions: dimensions, origin: s.d, n: n, w: w)
  }

  /// A control point, told from `origin`.
  @inline(__always)
  public func control(_ i: Int) -> ArcRow { isRational ? n[i] / w[i] : n[i] }

  /// The length of the control polygon: no less than the arc's.
  var polygonLength: Double {
    var sum = 0.0
    var last = ArcRow.zero
    for i in 1...degree {
      let next = control(i)
      sum += (next - last).norm
      last = next
    }
    return sum
  }
}

extension SIMD4<Double> {
  /// The sum of the products of coordinates, in one order on every machine.
  @inline(__always)
  func dot(_ other: Self) -> Double { ((x * other.x + y * other.y) + z * other.z) + w * other.w }

  @inline(__always)
  var norm: Double { dot(self).squareRoot() }

  /// The largest of the coordinates' magnitudes.
  @inline(__always)
  var largest: Double { Swift.max(Swift.max(x.magnitude, y.magnitude), Swift.max(z.magnitude, w.magnitude)) }

  /// The vector of length 1 in this direction, whatever its size; zero for zero.
  var unit: Self {
    let size = largest
    guard size > 0 else { return .zero }
    // Twice: the reciprocal of the smallest numbers is infinite, their quotient is not.
    let near = self / size
    return near / near.norm
  }
}
