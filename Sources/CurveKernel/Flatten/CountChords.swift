/// What a pass over a table found.
@frozen public struct FlatCount: BitwiseCopyable, Sendable {
  /// Chords of all segments whose code tells them.
  public var chords = 0
  /// Segments of code 255.
  public var many = 0
  /// Rounding takes too much of the tolerance: nothing else here counts.
  public var isTooFine = false
}

/// Chords of every segment: one code each, see `FlatCode`.
///
/// - Shape: `codes` has one byte for each segment of the table, its end left out.
@inline(__always)
func countChordsBody<B: FlatBlock>(
  _: B.Type, _ table: Span<Segment<B.Row>>, _ basis: Basis, _ f: Flatness, _ codes: inout MutableSpan<UInt8>
) -> FlatCount {
  switch basis {
  case .cubic, .stepBefore, .stepMiddle: countCubics(B.self, table, f, &codes)
  case .quintic, .rational, .rationalFirst, .rationalSecond: countGroups(B.self, table, basis, f, &codes)
  }
}

/// The quick test holds for most segments of a curve that is sampled finely: in units of the points, without roots or
/// absolute values. Lengths bound what is lost as well as sums of coordinates do, and ‖c‖ + ‖b‖ + ‖a‖ is
/// √3·√(‖c‖² + ‖b‖² + ‖a‖²) at most. So three squares below their limits (`QuickLimits`) share out the tolerance. A square
/// that overflows does not pass.
@inline(__always)
private func countCubics<B: FlatBlock>(
  _: B.Type, _ table: Span<Segment<B.Row>>, _ f: Flatness, _ codes: inout MutableSpan<UInt8>
) -> FlatCount {
  var total = FlatCount()
  var tooFine = 0
  for i in codes.indices {
    let s = table[i]
    let (c, b, a, d) = (B.wide(s.c), B.wide(s.b), B.wide(s.a), B.wide(s.d))
    let (bb, aa) = (b * b, a * a)
    let size = (c * c + (bb + aa)).sum()
    let most = Swift.max(bb.sum(), aa.sum())
    let point = (d * d).sum()
    if f.quick.hold(most, point, size) || f.quickFar.hold(most, point, size) {
      codes[i] = 1
      total.chords &+= 1
      continue
    }
    let code = codeOf(B.self, s, f)
    codes[i] = code
    total.chords &+= FlatCode.chords(code)
    if code == FlatCode.many { total.many &+= 1 }
    if code == 0 { tooFine &+= 1 }
  }
  total.isTooFine = tooFine > 0
  return total
}

/// The code of a cubic that the quick test does not let pass.
@inline(never)
private func codeOf<B: FlatBlock>(_: B.Type, _ s: Segment<B.Row>, _ f: Flatness) -> UInt8 {
  let (arc, lost) = B.cubic(s, f)
  let room = f.tolerance - lost.end
  // |e| ≤ max(|b|, |a|)/4.
  let most = Swift.max((arc.b * arc.b).sum(), (arc.a * arc.a).sum())
  return most <= 16 * room * room && room > 0 ? 1 : codeOf(arc, lost, f)
}

@inline(__always)
private func countGroups<B: FlatBlock>(
  _: B.Type, _ table: Span<Segment<B.Row>>, _ basis: Basis, _ f: Flatness, _ codes: inout MutableSpan<UInt8>
) -> FlatCount {
  var total = FlatCount()
  for i in codes.indices {
    let (arc, lost) = B.group(table, i, basis, f)
    let code = codeOfAny(arc, lost, f)
    codes[i] = code
    total.chords &+= FlatCode.chords(code)
    if code == FlatCode.many { total.many &+= 1 }
    if code == 0 { total.isTooFine = true }
  }
  return total
}

extension FlatBlock {
  /// A cubic of the table, scaled, and what rounding takes of the tolerance on it.
  @inline(__always)
  static func cubic(_ s: Segment<Row>, _ f: Flatness) -> (CubicArc<Wide>, lost: (end: Double, inner: Double))
  {
    let (c, b, a, d) = (wide(s.c) * f.scale, wide(s.b) * f.scale, wide(s.a) * f.scale, wide(s.d) * f.scale)
    let size = (magnitude(c) + magnitude(b) + magnitude(a)).sum()
    return (CubicArc(c: c, b: b, a: a), f.lost(magnitude(d).sum(), size))
  }

  /// A quintic or rational segment of the table.
  static func group(
    _ table: Span<Segment<Row>>, _ segment: Int, _ basis: Basis, _ f: Flatness
  ) -> (HullArc<Wide>, lost: (end: Double, inner: Double)) {
    let place = segment &* basis.entries
    let (s, t) = (table[place], table[place &+ 1])
    let d = magnitude(wide(s.d) * f.scale).sum()
    let (n0, n1, n2) = (wide(s.c) * f.scale, wide(s.b) * f.scale, wide(s.a) * f.scale)
    let (n3, n4) = (wide(t.c) * f.scale, wide(t.b) * f.scale)
    if basis == .quintic {
      let size = (magnitude(n0) + magnitude(n1) + magnitude(n2) + magnitude(n3) + magnitude(n4)).sum()
      return (HullArc(c: n0, e0: n1, e1: n3, e2: n4, e3: n2), f.lost(d, size, isGroup: true))
    }
    let r = table[place &+ 2]
    let n: InlineArray<6, Wide> = [Wide(repeating: 0), n0, n1, n2, n3, n4]
    // A weight stands in every lane.
    let w: InlineArray<6, Double> = [
      wide(t.a)[0], wide(t.d)[0], wide(r.c)[0], wide(r.b)[0], wide(r.a)[0], wide(r.d)[0],
    ]
    var size = 0.0
    for i in 1..<6 { size = Swift.max(size, magnitude(n[i]).sum() / w[i]) }
    return (HullArc(n, w), f.lost(d, size, isGroup: true))
  }
}

@inline(__always) func magnitude<V: SIMD>(_ v: V) -> V where V.Scalar == Double {
  v.replacing(with: 0 - v, where: v .< 0)
}

/// The code of a cubic that may be one chord or many.
@inline(__always)
func codeOf<V: SIMD>(_ arc: CubicArc<V>, _ lost: (end: Double, inner: Double), _ f: Flatness) -> UInt8
where V.Scalar == Double {
  let inner = f.tolerance - lost.inner
  let bend = arc.largestBendSquare
  // Half-way the curve is (a + b)/8 from the chord: if that alone is too far across it, one chord will not do.
  let middle = arc.a + arc.b
  let (mm, mc, cc) = ((middle * middle).sum(), (middle * arc.c).sum(), (arc.c * arc.c).sum())
  let end = f.tolerance - lost.end
  let isBent = mm * cc - mc * mc > 64 * end * end * cc
  if !isBent, end > 0, arc.deviation(0, 1) <= end { return 1 }
  guard lost.inner <= f.mostLost else { return 0 }
  // Two halves: |e| ≤ h²/8·max|y″|, h = 1/2.
  if bend <= 1024 * inner * inner { return 2 }
  if arc.deviation(0, 0.5) <= inner, arc.deviation(0.5, 1) <= inner { return 2 }
  if let even = evenChords(arc, bend.squareRoot(), inner) { return even }
  var cursor = FlatCursor()
  return foundCode(arc.count(&cursor, room: inner, most: FlatCode.mostFound, f), cursor)
}

/// Equal steps of u where hardly fewer chords would do: Wang's bound |e| ≤ h²/8·max|y″| (Wang, Liu, Wu 1984) against an
/// estimate of the fewest, ∫ √(|y″ across y′|/(8·room)) du by Simpson's rule. The bound is the proof; the estimate only
/// chooses. Many chords are left to be counted later.
@inline(__always)
func evenChords<V: SIMD>(_ arc: CubicArc<V>, _ bend: Double, _ room: Double) -> UInt8?
where V.Scalar == Double {
  let wang = (bend / (8 * room) * (1 + 0x1p-15)).squareRoot()
  let mean =
    arc.bendAcross(0).squareRoot() + 4 * arc.bendAcross(0.5).squareRoot() + arc.bendAcross(1).squareRoot()
  let fewest = mean / (6 * (8 * room).squareRoot())
  // Surely more than are worth counting here.
  if fewest > 2 * Double(FlatCode.mostFound) { return FlatCode.many }
  guard wang <= Double(FlatCode.mostEven) else { return nil }
  var n = Int(wang)
  if Double(n) < wang { n += 1 }
  guard Double(n) <= Swift.max(1.03 * fewest, fewest + 0.9) else { return nil }
  return UInt8(truncatingIfNeeded: n)
}

/// The code of so many chords that were found; of more, or where the search was stuck: what a byte cannot tell.
@inline(__always)
private func foundCode(_ chords: Int, _ cursor: FlatCursor) -> UInt8 {
  cursor.u < 1 || cursor.isForced ? FlatCode.many : UInt8(truncatingIfNeeded: FlatCode.mostEven + chords)
}

/// The code of any other segment.
@inline(never)
func codeOfAny<A: ChordArc>(_ arc: A, _ lost: (end: Double, inner: Double), _ f: Flatness) -> UInt8 {
  let (end, inner) = (f.tolerance - lost.end, f.tolerance - lost.inner)
  if end > 0, arc.deviation(0, 1) <= end { return 1 }
  guard lost.inner <= f.mostLost else { return 0 }
  if arc.deviation(0, 0.5) <= inner, arc.deviation(0.5, 1) <= inner { return 2 }
  var cursor = FlatCursor()
  return foundCode(arc.count(&cursor, room: inner, most: FlatCode.mostFound, f), cursor)
}

/// Ends of the next chords of a segment, from a cursor on.
///
/// - Returns: how many of `ends` were set; fewer than it holds when the segment's end, the last one, is reached.
@inline(__always)
func findChordsBody<B: FlatBlock>(
  _: B.Type, _ table: Span<Segment<B.Row>>, _ segment: Int, _ basis: Basis, _ f: Flatness,
  _ cursor: inout FlatCursor, _ ends: inout MutableSpan<Double>
) -> Int {
  switch basis {
  case .cubic, .stepBefore, .stepMiddle:
    let (arc, lost) = B.cubic(table[segment], f)
    return find(arc, f.tolerance - lost.inner, f, &cursor, &ends)
  case .quintic, .rational, .rationalFirst, .rationalSecond:
    let (arc, lost) = B.group(table, segment, basis, f)
    return find(arc, f.tolerance - lost.inner, f, &cursor, &ends)
  }
}

@inline(never)
func find<A: ChordArc>(
  _ arc: A, _ room: Double, _ f: Flatness, _ cursor: inout FlatCursor, _ ends: inout MutableSpan<Double>
) -> Int {
  var count = 0
  while cursor.u < 1, count < ends.count, !cursor.isForced {
    arc.advance(&cursor, room: room, f)
    ends[count] = cursor.u
    count += 1
  }
  return count
}

/// About the chords of a segment: of each of 64 parts as many as its deviation from one chord says. It nears the number
/// that `findChords` finds as that grows.
@inline(__always)
func estimateBody<B: FlatBlock>(
  _: B.Type, _ table: Span<Segment<B.Row>>, _ segment: Int, _ basis: Basis, _ f: Flatness
) -> Double {
  switch basis {
  case .cubic, .stepBefore, .stepMiddle:
    let (arc, lost) = B.cubic(table[segment], f)
    return estimate(arc, f.tolerance - lost.inner)
  case .quintic, .rational, .rationalFirst, .rationalSecond:
    let (arc, lost) = B.group(table, segment, basis, f)
    return estimate(arc, f.tolerance - lost.inner)
  }
}

@inline(never)
func estimate<A: ChordArc>(_ arc: A, _ room: Double) -> Double {
  var chords = 0.0
  for i in 0..<64 {
    chords += (arc.deviation(Double(i) / 64, Double(i + 1) / 64) / room).squareRoot()
  }
  return chords
}
