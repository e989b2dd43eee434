/// The nearest point of an arc, by halving with proof.
///
/// The squared distance to a point is a polynomial of twice the arc's degree (a quotient of two, for rational arcs), in
/// Bernstein form: no value is below the least quotient of coefficients. Parts that cannot hold a nearer point than the
/// best so far are left; a part whose squared distance is convex has one minimum, which Newton finds; others are
/// halved. The bound rises quadratically, so that a handful of parts is looked at.
///
/// Source: bounds as in Sederberg & Nishita, CAD 22 (1990); minima of convex parts by Newton with a bracket.
public struct ArcFoot: BitwiseCopyable, Sendable {
  public var u: Double
  public var squaredDistance: Double

  public init(u: Double, squaredDistance: Double) { (self.u, self.squaredDistance) = (u, squaredDistance) }
}

extension Arc {
  /// The nearest point to `query` if it is nearer than `best`, else nil.
  public func foot(of query: ArcRow, nearerThan best: Double) -> ArcFoot? {
    let target = query - origin
    let line = squaredDistances(target)
    var search = FootSearch(arc: self, target: target, line: line, best: best)
    search.run(line, 0, 1, 48)
    return search.found
  }

  /// |Σ (n_i − w_i q) B_i|² and (Σ w_i B_i)² in Bernstein form.
  private func squaredDistances(_ target: ArcRow) -> BernsteinLine {
    let ways = degree == 3 ? binomials3 : binomials5
    let both = degree == 3 ? binomials6 : binomials10
    var line = BernsteinLine(degree: 2 &* degree, isRational: isRational)
    for k in 0...(2 &* degree) {
      var (sum, weight) = (0.0, 0.0)
      for i in max(0, k &- degree)...min(k, degree) {
        let j = k &- i
        let share = ways[i] * ways[j]
        sum += share * (n[i] - target * w[i]).dot(n[j] - target * w[j])
        weight += share * (w[i] * w[j])
      }
      line.n[k] = sum / both[k]
      if isRational { line.w[k] = weight / both[k] }
    }
    return line
  }

  /// Half the derivative of the squared distance, and its derivative.
  fileprivate func pull(_ u: Double, _ target: ArcRow) -> (Double, Double) {
    let jet = self.jet(u)
    let gap = jet.offset - target
    return (gap.dot(jet.first), jet.first.dot(jet.first) + gap.dot(jet.second))
  }
}

private struct FootSearch {
  let arc: Arc
  let target: ArcRow
  /// What rounding may have added to a squared distance.
  let slack: Double
  var best: Double
  var found: ArcFoot?
  /// Parts that may still be looked at: a bound for what is constant but for rounding.
  var left = 2000

  init(arc: Arc, target: ArcRow, line: BernsteinLine, best: Double) {
    (self.arc, self.target, self.best) = (arc, target, best)
    slack = 0x1p-46 * line.range().high
  }

  mutating func run(_ line: BernsteinLine, _ a: Double, _ b: Double, _ depth: Int) {
    let (low, high) = line.range()
    if low > best + slack { return }
    left &-= 1
    if depth == 0 || left < 0 || high - low <= slack || isConvex(line) { return descend(a, b) }
    let m = 0.5 * (a + b)
    let (head, tail) = line.halves()
    // The nearer half first: it may spare the other.
    if line.n[0] * line.w[line.degree] <= line.n[line.degree] * line.w[0] {
      run(head, a, m, depth &- 1)
      run(tail, m, b, depth &- 1)
    } else {
      run(tail, m, b, depth &- 1)
      run(head, a, m, depth &- 1)
    }
  }

  /// Whether all second differences say so; of a quotient nobody knows.
  private func isConvex(_ line: BernsteinLine) -> Bool {
    guard !line.isRational else { return false }
    for i in 1..<line.degree {
      guard (line.n[i &+ 1] - line.n[i]) - (line.n[i] - line.n[i &- 1]) >= 0 else { return false }
    }
    return true
  }

  /// The least distance of a part that has one minimum, or is short.
  private mutating func descend(_ a: Double, _ b: Double) {
    note(a)
    note(b)
    guard arc.pull(a, target).0 < 0, arc.pull(b, target).0 > 0 else { return }
    var (low, high) = (a, b)
    var u = 0.5 * (a + b)
    for _ in 0..<80 {
      let (value, slope) = arc.pull(u, target)
      if value == 0 { break }
      if value < 0 { low = u } else { high = u }
      let step = u - value / slope
      let next = step > low && step < high ? step : low + 0.5 * (high - low)
      if next == u || next == low || next == high { break }
      u = next
    }
    note(u)
  }

  private mutating func note(_ u: Double) {
    let gap = arc.jet(u).offset - target
    let square = gap.dot(gap)
    if square < best {
      best = square
      found = ArcFoot(u: u, squaredDistance: square)
    }
  }
}

private let binomials3: InlineArray<6, Double> = [1, 3, 3, 1, 0, 0]
private let binomials5: InlineArray<6, Double> = [1, 5, 10, 10, 5, 1]
private let binomials6: InlineArray<11, Double> = [1, 6, 15, 20, 15, 6, 1, 0, 0, 0, 0]
private let binomials10: InlineArray<11, Double> = [1, 10, 45, 120, 210, 252, 210, 120, 45, 10, 1]
