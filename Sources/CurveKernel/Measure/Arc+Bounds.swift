/// A box with sides along the axes; nothing yet is one whose `low` is above its `high`.
@frozen public struct ArcBox: BitwiseCopyable, Sendable, Equatable {
  public var low, high: ArcRow

  /// Holds nothing.
  public init() {
    (low, high) = (ArcRow(repeating: .infinity), ArcRow(repeating: -.infinity))
  }

  @inline(__always)
  public mutating func add(_ point: ArcRow) {
    low.replace(with: point, where: point .< low)
    high.replace(with: point, where: point .> high)
  }

  @inline(__always)
  public mutating func add(_ other: ArcBox) {
    low.replace(with: other.low, where: other.low .< low)
    high.replace(with: other.high, where: other.high .> high)
  }

  /// The square of the distance to a point, no more than it is: coordinates count as rounded.
  @inline(__always)
  public func squaredDistance(to point: ArcRow) -> Double {
    var gap = ArcRow.zero
    let (below, above) = (low - point, point - high)
    gap.replace(with: below, where: below .> 0)
    gap.replace(with: above, where: above .> 0)
    let size = max(max(low.largest, high.largest), point.largest)
    gap -= 0x1p-51 * size
    gap.replace(with: 0, where: gap .< 0)
    return gap.dot(gap)
  }
}

extension Arc {
  /// The tight box of the arc's inner points and its first; the last is the next arc's first.
  ///
  /// The extremes of a cubic are where its derivative's coordinate, e0(1−u)² + 2e1·u(1−u) + e2·u², is 0: at q/A and C/q with
  /// A = e0 − 2e1 + e2, C = e0, q = −(B + sign(B)·√(e1² − e0·e2)), B = e1 − e0: no difference of near numbers is divided
  /// by (Press et al., Numerical Recipes, section 5.6). Degree 5: what may lie outside the box so far is halved.
  public func bounds() -> ArcBox {
    var box = ArcBox()
    box.add(.zero)
    box.add(control(degree))
    for k in 0..<dimensions where mayLeave(box, k) {
      if degree == 3 { addCubic(k, &box) } else { addQuintic(k, &box) }
    }
    return ArcBox(low: origin + box.low, high: origin + box.high)
  }

  /// Whether a control point lies outside.
  private func mayLeave(_ box: ArcBox, _ k: Int) -> Bool {
    for i in 1..<degree {
      let value = control(i)[k]
      if value < box.low[k] || value > box.high[k] { return true }
    }
    return false
  }

  private func addCubic(_ k: Int, _ box: inout ArcBox) {
    let (e0, e1, e2) = (e[0][k], e[1][k], e[2][k])
    let inner = e1 * e1 - e0 * e2
    guard inner >= 0 else { return }
    let b = e1 - e0
    let q = -(b + (b < 0 ? -inner.squareRoot() : inner.squareRoot()))
    add(k, q / (e0 - 2 * e1 + e2), &box)
    add(k, e0 / q, &box)
  }

  /// The value of a cubic's coordinate at u, where u lies inside.
  private func add(_ k: Int, _ u: Double, _ box: inout ArcBox) {
    guard u > 0, u < 1 else { return }
    let v = 1 - u
    let (p, q, r) = (3 * (u * v * v), 3 * (u * u * v), u * u * u)
    let value = (n[1][k] * p + n[2][k] * q) + n[3][k] * r
    box.low[k] = min(box.low[k], value)
    box.high[k] = max(box.high[k], value)
  }

  private func addQuintic(_ k: Int, _ box: inout ArcBox) {
    var low = box.low[k]
    var high = box.high[k]
    var line = BernsteinLine(degree: 5, isRational: isRational)
    for i in 0...5 { (line.n[i], line.w[i]) = (n[i][k], w[i]) }
    line.widen(&low, &high, 60)
    (box.low[k], box.high[k]) = (low, high)
  }
}

extension ArcBox {
  init(low: ArcRow, high: ArcRow) { (self.low, self.high) = (low, high) }
}

/// One coordinate of an arc of degree 5, or a quotient of two polynomials of degree 10.
struct BernsteinLine {
  let degree: Int
  let isRational: Bool
  var n = InlineArray<11, Double>(repeating: 0)
  var w = InlineArray<11, Double>(repeating: 1)

  init(degree: Int, isRational: Bool) { (self.degree, self.isRational) = (degree, isRational) }

  /// The least and the largest quotient of coefficients: the values lie between, since all weights are positive.
  func range() -> (low: Double, high: Double) {
    var (low, high) = (n[0] / w[0], n[0] / w[0])
    for i in 1...degree {
      let value = n[i] / w[i]
      (low, high) = (min(low, value), max(high, value))
    }
    return (low, high)
  }

  /// Both halves.
  func halves() -> (BernsteinLine, BernsteinLine) {
    var (head, tail) = (self, self)
    for i in 0...degree {
      (head.n[i], head.w[i]) = (tail.n[0], tail.w[0])
      for j in 0..<(degree &- i) {
        tail.n[j] = 0.5 * (tail.n[j] + tail.n[j &+ 1])
        if isRational { tail.w[j] = 0.5 * (tail.w[j] + tail.w[j &+ 1]) }
      }
    }
    return (head, tail)
  }

  /// Widens a range until it holds the values, and no further than rounding asks for.
  func widen(_ low: inout Double, _ high: inout Double, _ depth: Int) {
    let (first, last) = (n[0] / w[0], n[degree] / w[degree])
    (low, high) = (min(low, min(first, last)), max(high, max(first, last)))
    let hull = range()
    let slack = 0x1p-52 * max(hull.low.magnitude, hull.high.magnitude)
    if depth == 0 || (hull.low >= low - slack && hull.high <= high + slack) { return }
    let (head, tail) = halves()
    head.widen(&low, &high, depth &- 1)
    tail.widen(&low, &high, depth &- 1)
  }
}

extension Arc {
  /// The box of the control points: it holds the arc, and costs less than `bounds`.
  public func hull() -> ArcBox {
    var box = ArcBox()
    for i in 0...degree { box.add(control(i)) }
    return ArcBox(low: origin + box.low, high: origin + box.high)
  }
}
