/// Lengths by quadrature: Radau's formula of 8 points, whose last one is the interval's end, on panels that are
/// halved until the halves agree with the whole.
///
/// The formula is exact for polynomials of degree 14. On a panel the error falls with ρ⁻¹⁵, ρ the size of the ellipse round
/// it where the speed is analytic (Trefethen, Approximation Theory and Practice, chapter 19); what a panel reports is
/// the sum of its halves, some 2¹⁵ times better than the difference that was accepted. The speed √|y′|² is analytic but
/// where y′ vanishes. There a panel is cut: at a cusp its halves would go on disagreeing for 20 levels. A panel is
/// also halved while its speeds do not lead to the one at its begin, where the formula has no point.
///
/// With the end among the points, one pass gives the length up to u and the speed at u: what a step of Newton needs.
///
/// Lengths are within 10⁻¹² of the truth, relative to the whole; tests hold it.
///
/// Source: Radau 1880; Hairer & Wanner, Solving Ordinary Differential Equations II, section IV.5.
extension Arc {
  /// A panel is halved until its halves agree with it within this, relative to the arc's control polygon.
  private static var agreement: Double { 0x1p-44 }
  /// Deep enough for 10⁻¹³ at a kink; nothing is gained below.
  private static var deepest: Int { 30 }

  /// Panels from u = 0 to 1, in order: where each ends, and its length. An arc that is a point has none.
  public func forEachPanel(_ body: (_ end: Double, _ length: Double) -> Void) {
    let size = polygonLength
    guard size > 0 else { return }
    var from = 0.0
    let kinks = self.kinks(size)
    for i in 0...kinks.count {
      let to = i == kinks.count ? 1 : kinks.at[i]
      guard to > from else { continue }
      refine(from, to, length8(from, to).length, size * Arc.agreement, Arc.deepest, body)
      from = to
    }
  }

  private func refine(
    _ a: Double, _ b: Double, _ whole: Double, _ tolerance: Double, _ depth: Int,
    _ body: (Double, Double) -> Void
  ) {
    let m = a + 0.5 * (b - a)
    let ((left, miss), right) = (checked8(a, m), length8(m, b).length)
    let sum = left + right
    // A kink so near the begin that neither sees it bends the speed there by δ·|y″|, and costs δ²·|y″|.
    let isSeen = miss <= tolerance * 0x1p21
    if depth == 0
      || (isSeen && (sum - whole).magnitude <= tolerance && !isHidden(a, b, sum + 8 * tolerance))
    {
      return body(b, sum)
    }
    refine(a, m, left, tolerance, depth &- 1, body)
    refine(m, b, right, tolerance, depth &- 1, body)
  }

  /// A rational arc may rush from point to point between two abscissas: then its length falls short of the chord.
  private func isHidden(_ a: Double, _ b: Double, _ length: Double) -> Bool {
    isRational && (jet(b).offset - jet(a).offset).norm > length
  }

  /// Where the derivative vanishes, or nearly so: found as sign changes of its largest coordinate.
  private func kinks(_ size: Double) -> (count: Int, at: InlineArray<8, Double>) {
    var at = InlineArray<8, Double>(repeating: 0)
    var count = 0
    let lane = largestLane
    guard mayVanish(lane) else { return (0, at) }
    var (u, value) = (0.0, slope(lane, 0))
    for i in 1...8 {
      let next = Double(i) * 0.125
      let nextValue = slope(lane, next)
      if value * nextValue < 0 {
        let root = self.root(lane, u, next, value)
        if speeds(SIMD4(repeating: root)).x < 1e-2 * size {
          at[count] = root
          count &+= 1
        }
      }
      (u, value) = (next, nextValue)
    }
    return (count, at)
  }

  /// The coordinate whose derivative is largest.
  private var largestLane: Int {
    var most = ArcRow.zero
    for i in 0..<degree { most.replace(with: e[i], where: abs(e[i]) .> abs(most)) }
    most = abs(most)
    var lane = 0
    for k in 1..<4 where most[k] > most[lane] { lane = k }
    return lane
  }

  /// Whether the derivative's coefficients have different signs: else it has no zero inside.
  private func mayVanish(_ lane: Int) -> Bool {
    if isRational { return true }
    var (isUp, isDown) = (false, false)
    for i in 0..<degree {
      if e[i][lane] > 0 { isUp = true }
      if e[i][lane] < 0 { isDown = true }
    }
    return isUp && isDown
  }

  private func slope(_ lane: Int, _ u: Double) -> Double { jet(u).first[lane] }

  /// The zero of a coordinate's derivative in a…b, where it changes sign; `first` is its value at `a`.
  private func root(_ lane: Int, _ a: Double, _ b: Double, _ first: Double) -> Double {
    var (low, high) = (a, b)
    var u = 0.5 * (a + b)
    for _ in 0..<60 {
      let jet = self.jet(u)
      let value = jet.first[lane]
      if value == 0 { return u }
      if value * first > 0 { low = u } else { high = u }
      let step = u - value / jet.second[lane]
      let next = step > low && step < high ? step : low + 0.5 * (high - low)
      if next == u || next == low || next == high { return next }
      u = next
    }
    return u
  }
}

/// |x|, lane by lane.
@inline(__always)
private func abs(_ x: ArcRow) -> ArcRow { x.replacing(with: -x, where: x .< 0) }
