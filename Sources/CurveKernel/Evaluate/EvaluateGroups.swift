/// What several rows of a segment multiply at a few parameters: segments that are more than one cubic.
protocol GroupBasis: BitwiseCopyable {
  associatedtype B: Block
  /// Entries of the table that make one segment.
  static var entries: Int { get }
  /// Computed in Double and rounded once, as in `BasisBlock`; of rational curves u and 1 − u.
  init(at parameter: (Int) -> Double, _ basis: Basis)
  /// The points of the segment whose first entry is `first`.
  func points(_ table: Span<Segment<B.Row>>, _ first: Int) -> B
}

/// Polynomials of degree 4 and 5: `(((e0·q0 + e3·q3) + (e1·q1 + e2·q2)) + c·u) + d`, q_i = u^(i+1)·(1 − u)^(4−i).
///
/// The same thought as `Segment`'s cubic: the chord, and what vanishes at both ends, in Bernstein form of degree 5.
/// With control points b0…b5 and the chord's own l0…l5, e_i is binomial(5, i + 1)·(b(i+1) − l(i+1)).
/// - Shape: the first entry is (c, e0, e3, d), the second (e1, e2, 0, 0).
struct QuinticBasis<B: Block>: GroupBasis {
  let p, q0, q1, q2, q3: B

  @inline(__always) static var entries: Int { 2 }

  @inline(__always) init(at parameter: (Int) -> Double, _ basis: Basis) {
    @inline(__always) func blend(_ value: (Double, Double) -> Double) -> B {
      B.splat { B.round(value(parameter($0), 1 - parameter($0))) }
    }
    p = blend { u, _ in u }
    q0 = blend { u, v in u * v * (v * v) * v }
    q1 = blend { u, v in u * v * (v * v) * u }
    q2 = blend { u, v in u * v * (u * v) * u }
    q3 = blend { u, v in u * v * (u * u) * u }
  }

  @inline(__always) func points(_ table: Span<Segment<B.Row>>, _ first: Int) -> B {
    let (s, t) = (table[first], table[first &+ 1])
    let outer = B.add(B.multiply(B.tile(s.b), q0), B.multiply(B.tile(s.a), q3))
    let inner = B.add(B.multiply(B.tile(t.c), q1), B.multiply(B.tile(t.b), q2))
    return B.add(B.add(B.add(outer, inner), B.multiply(B.tile(s.c), p)), B.tile(s.d))
  }
}

/// Rational curves of degree up to 5, and their derivatives: `P0 + N(u)/W(u)`.
///
/// N is the sum of n_i·B_i(u), W that of w_i·B_i(u), B_i the Bernstein polynomials of degree 5, n_i = w_i·(P_i − P0):
/// all weights are positive, so W has no cancellation, and the first point is added last. With f = N/W the derivatives are
/// f′ = (N′ − f·W′)/W and f″ = (N″ − f·W″ − 2f′·W′)/W, times a scale and its square (Piegl & Tiller, "The NURBS Book", 4.3).
/// - Shape: the entries are (n1, n2, n3, d), (n4, n5, w0, w1), (w2, w3, w4, w5), a weight repeated in every lane; d is P0,
///   for derivatives the scale, segments per unit of the parameter.
struct RationalBasis<B: Block>: GroupBasis {
  /// Bernstein polynomials, and what multiplies the same coefficients in the first and second derivative.
  private let values, first, second: (B, B, B, B, B, B)
  private let order: Int

  @inline(__always) static var entries: Int { 3 }

  @inline(__always) init(at parameter: (Int) -> Double, _ basis: Basis) {
    let u = B.splat { B.round(parameter($0)) }
    order = basis == .rational ? 0 : basis == .rationalFirst ? 1 : 2
    let v = B.splat { B.round(1 - parameter($0)) }
    let (u2, v2, uv) = (B.multiply(u, u), B.multiply(v, v), B.multiply(u, v))
    let (u3, v3) = (B.multiply(u2, u), B.multiply(v2, v))
    let (five, ten) = (B.splat { _ in B.round(5) }, B.splat { _ in B.round(10) })
    values = (
      B.multiply(v3, v2), B.multiply(five, B.multiply(uv, v3)), B.multiply(ten, B.multiply(u2, v3)),
      B.multiply(ten, B.multiply(u3, v2)), B.multiply(five, B.multiply(uv, u3)), B.multiply(u3, u2)
    )
    guard order > 0 else {
      (first, second) = (values, values)
      return
    }
    let (four, six) = (B.splat { _ in B.round(4) }, B.splat { _ in B.round(6) })
    first = RationalBasis.differences(
      (
        B.multiply(v2, v2), B.multiply(four, B.multiply(uv, v2)), B.multiply(six, B.multiply(u2, v2)),
        B.multiply(four, B.multiply(u2, uv)), B.multiply(u2, u2)
      ), five)
    let (three, zero) = (B.splat { _ in B.round(3) }, B.splat { _ in B.round(0) })
    let (c0, c1, c2, c3) = (
      v3, B.multiply(three, B.multiply(uv, v)), B.multiply(three, B.multiply(uv, u)), u3
    )
    let inner = RationalBasis.differences((c0, c1, c2, c3, zero), four)
    second = RationalBasis.differences((inner.0, inner.1, inner.2, inner.3, inner.4), five)
  }

  /// degree · (lower(i − 1) − lower(i)): the derivative of a Bernstein sum, told of its own coefficients.
  @inline(__always) private static func differences(
    _ lower: (B, B, B, B, B), _ degree: B
  ) -> (B, B, B, B, B, B) {
    let minus = B.splat { _ in B.round(-1) }
    @inline(__always) func fall(_ a: B, _ b: B) -> B { B.multiply(degree, B.add(a, B.multiply(b, minus))) }
    return (
      B.multiply(degree, B.multiply(lower.0, minus)), fall(lower.0, lower.1), fall(lower.1, lower.2),
      fall(lower.2, lower.3), fall(lower.3, lower.4), B.multiply(degree, lower.4)
    )
  }

  @inline(__always) func points(_ table: Span<Segment<B.Row>>, _ place: Int) -> B {
    let (s, t, r) = (table[place], table[place &+ 1], table[place &+ 2])
    let n = (B.tile(s.c), B.tile(s.b), B.tile(s.a), B.tile(t.c), B.tile(t.b))
    let w = (B.tile(t.a), B.tile(t.d), B.tile(r.c), B.tile(r.b), B.tile(r.a), B.tile(r.d))
    let scale = B.tile(s.d)
    let weight = RationalBasis.sum(w, values)
    let f = B.divide(RationalBasis.sum(n, values), weight)
    if order == 0 { return B.add(f, scale) }
    let minus = B.splat { _ in B.round(-1) }
    let weight1 = RationalBasis.sum(w, first)
    let rise = B.add(RationalBasis.sum(n, first), B.multiply(B.multiply(f, weight1), minus))
    let f1 = B.divide(rise, weight)
    if order == 1 { return B.multiply(f1, scale) }
    let turn = B.add(B.multiply(f, RationalBasis.sum(w, second)), B.multiply(B.add(f1, f1), weight1))
    let f2 = B.divide(B.add(RationalBasis.sum(n, second), B.multiply(turn, minus)), weight)
    return B.multiply(B.multiply(f2, scale), scale)
  }

  /// Small ones first: the outer coefficients of a middle parameter.
  @inline(__always) private static func sum(_ w: (B, B, B, B, B, B), _ b: (B, B, B, B, B, B)) -> B {
    let outer = B.add(B.multiply(w.0, b.0), B.multiply(w.5, b.5))
    let middle = B.add(B.multiply(w.1, b.1), B.multiply(w.4, b.4))
    let inner = B.add(B.multiply(w.2, b.2), B.multiply(w.3, b.3))
    return B.add(B.add(outer, middle), inner)
  }

  /// The numerator, whose first coefficient is 0.
  @inline(__always) private static func sum(_ n: (B, B, B, B, B), _ b: (B, B, B, B, B, B)) -> B {
    let middle = B.add(B.multiply(n.0, b.1), B.multiply(n.3, b.4))
    let inner = B.add(B.multiply(n.1, b.2), B.multiply(n.2, b.3))
    return B.add(B.add(B.multiply(n.4, b.5), middle), inner)
  }
}

/// As `evaluateEvenly`, for segments of several entries.
@inline(__always)
func evaluateGroupsEvenly<G: GroupBasis>(
  _: G.Type, table: Span<Segment<G.B.Row>>, samples: Int, from: Int, to: Int, basis: Basis,
  out: consuming MutableRawSpan
) {
  let pointBytes = G.B.dimensions &* MemoryLayout<G.B.Scalar>.size
  let stride = samples &* pointBytes
  let groups = table.count / G.entries
  let blocks = (to &- from &+ G.B.points &- 1) / G.B.points
  // The last block may end beyond what an Int of 32 bits holds: it wraps there and back.
  var point = from &+ blocks &* G.B.points
  while point != from {
    point &-= G.B.points
    let weights = G(at: { Double(point &+ $0) / Double(samples) }, basis)
    var offset = (point &- from) &* pointBytes
    var first = 0
    for _ in 0..<groups {
      store(weights.points(table, first), at: offset, out: &out)
      offset &+= stride
      first &+= G.entries
    }
  }
}

/// As `evaluateAnywhere`, for segments of several entries.
@inline(__always)
func evaluateGroupsAnywhere<G: GroupBasis>(
  _: G.Type, table: Span<Segment<G.B.Row>>, located: Span<Located>, basis: Basis,
  out: consuming MutableRawSpan
) {
  let pointBytes = G.B.dimensions &* MemoryLayout<G.B.Scalar>.size
  let count = located.count
  var i = 0
  while i < count {
    let index = located[i].segment
    let y = G(at: { located[min(i &+ $0, count &- 1)].u }, basis).points(table, Int(index) &* G.entries)
    store(y, at: i &* pointBytes, out: &out)
    var used = 1
    while used < G.B.points, i &+ used < count, located[i &+ used].segment == index { used &+= 1 }
    i &+= used
  }
}

/// A block of points; what does not fit is not written.
@inline(__always)
func store<B: Block>(_ y: B, at offset: Int, out: inout MutableRawSpan) {
  if offset <= out.byteCount &- MemoryLayout<B>.size {
    out.storeBytes(of: y, toByteOffset: offset, as: B.self)
  } else {
    storePartly(y, at: offset, out: &out)
  }
}
