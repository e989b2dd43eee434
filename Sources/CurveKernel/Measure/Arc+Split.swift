/// Parts of an arc, by de Casteljau's construction in homogeneous coordinates.
extension Arc {
  /// The arc up to u and the one from there, each with u of its own in 0…1 and an `origin` of its own.
  public func split(_ u: Double) -> (head: Arc, tail: Arc) {
    let v = 1 - u
    var (n, w) = (self.n, self.w)
    var (headN, headW) = (n, w)
    for i in 0..<degree {
      headN[i] = n[0]
      headW[i] = w[0]
      for j in 0..<(degree &- i) {
        n[j] = n[j] * v + n[j &+ 1] * u
        w[j] = isRational ? w[j] * v + w[j &+ 1] * u : 1
      }
    }
    (headN[degree], headW[degree]) = (n[0], w[0])
    let middle = n[0] / w[0]
    for i in 0...degree { n[i] = n[i] - middle * w[i] }
    n[0] = .zero
    return (
      Arc(
        degree: degree, isRational: isRational, dimensions: dimensions, origin: origin, n: headN, w: headW),
      Arc(
        degree: degree, isRational: isRational, dimensions: dimensions, origin: origin + middle, n: n, w: w)
    )
  }

  /// The arc from u `from` to u `to`, `from` ≤ `to`.
  public func part(_ from: Double, _ to: Double) -> Arc {
    let head = to < 1 ? split(to).head : self
    return from > 0 ? head.split(from / to).tail : head
  }
}

extension Arc {
  /// The arc run from its end, which is `last`, to its begin.
  func reversed(from last: ArcRow) -> Arc {
    var (n, w) = (self.n, self.w)
    let end = control(degree)
    for i in 0...degree {
      let j = degree &- i
      (n[i], w[i]) = (self.n[j] - end * self.w[j], self.w[j])
    }
    n[0] = .zero
    return Arc(degree: degree, isRational: isRational, dimensions: dimensions, origin: last, n: n, w: w)
  }
}
