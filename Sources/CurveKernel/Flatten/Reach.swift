/// How far a table's curve goes, and what rounding takes of a tolerance at most.
@frozen public struct FlatReach: BitwiseCopyable, Sendable {
  /// No point of the curve has a coordinate beyond this: one number a coordinate.
  public var coordinates = SIMD4<Double>(repeating: 0)
  /// What is lost at a vertex inside a segment, in the points' units.
  public var inner = 0.0

  public init() {}
}

/// - Shape: `segments` of the table are looked at, and the end behind them.
@inline(__always)
func reachBody<B: FlatBlock>(
  _: B.Type, _ table: Span<Segment<B.Row>>, segments: Int, _ basis: Basis, _ f: Flatness,
  _ reach: inout FlatReach
) {
  var most = B.Wide(repeating: 0)
  for i in 0..<segments {
    let s = table[i &* basis.entries]
    let d = B.wide(s.d)
    let across: B.Wide
    let inner: Double
    switch basis {
    case .cubic, .stepBefore, .stepMiddle:
      // Between its ends the segment leaves the chord by no more than (|b| + |a|)·4/27.
      let bend = (magnitude(B.wide(s.b)) + magnitude(B.wide(s.a))) * (4.0 / 27)
      across = larger(magnitude(d), magnitude(d + B.wide(s.c))) + bend
      inner = B.cubic(s, f).lost.inner
    case .quintic:
      // u(1 − u)⁴ ≤ 0.082, u²(1 − u)³ ≤ 0.035.
      let t = table[i &* 2 &+ 1]
      let outer = magnitude(B.wide(s.b)) + magnitude(B.wide(s.a))
      let bend = (outer + magnitude(B.wide(t.c)) + magnitude(B.wide(t.b))) * 0.082
      across = larger(magnitude(d), magnitude(d + B.wide(s.c))) + bend
      inner = B.group(table, i, basis, f).lost.inner
    case .rational, .rationalFirst, .rationalSecond:
      let arc = B.group(table, i, basis, f)
      across = magnitude(d) + arc.0.reach * (1 / f.scale)
      inner = arc.lost.inner
    }
    most = larger(most, across)
    reach.inner = Swift.max(reach.inner, inner / f.scale)
  }
  most = larger(most, magnitude(B.wide(table[segments &* basis.entries].d)))
  for k in 0..<B.Wide.scalarCount { reach.coordinates[k] = Swift.max(reach.coordinates[k], most[k]) }
}

@inline(__always) func larger<V: SIMD>(_ a: V, _ b: V) -> V where V.Scalar == Double {
  a.replacing(with: b, where: a .< b)
}
