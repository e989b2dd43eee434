/// Tangents and curvature of an arc.
extension Arc {
  /// Whether a derivative is 0 but for rounding.
  private func isLost(_ first: ArcRow) -> Bool {
    var size = 0.0
    for i in 0..<degree { size = max(size, e[i].largest) }
    return first.largest <= 0x1p-49 * size
  }

  /// The direction in which the arc leaves u, of length 1: y′, or where that is 0 (a cusp) the first derivative that is
  /// not. Zero where nothing of the arc lies behind u.
  public func directionAfter(_ u: Double) -> ArcRow {
    guard u < 1 else { return .zero }
    let first = jet(u).first
    if !isLost(first) { return first.unit }
    let tail = u > 0 ? split(u).tail : self
    let size = tail.reach
    for i in 1...degree {
      let way = tail.control(i)
      if way.largest > 0x1p-48 * size { return way.unit }
    }
    return .zero
  }

  /// The direction in which the arc comes to u.
  public func directionBefore(_ u: Double) -> ArcRow {
    guard u > 0 else { return .zero }
    let first = jet(u).first
    if !isLost(first) { return first.unit }
    let head = u < 1 ? split(u).head : self
    let end = head.control(degree)
    let size = head.reach
    for i in 1...degree {
      let way = end - head.control(degree &- i)
      if way.largest > 0x1p-48 * size { return way.unit }
    }
    return .zero
  }

  /// The largest coordinate of the control points, told from the first.
  private var reach: Double {
    var size = 0.0
    for i in 1...degree { size = max(size, control(i).largest) }
    return size
  }

  /// (x′y″ − y′x″) / |y′|³: positive where a curve of 2 dimensions turns from the first axis to the second; of 3 and 4
  /// the magnitude |y″ across y′| / |y′|²; 0 in 1. Nil where y′ is 0: at a cusp, or on a point.
  public func curvature(_ u: Double) -> Double? {
    let jet = self.jet(u)
    guard !isLost(jet.first) else { return nil }
    // In units of the speed: a curve of any size stays in range.
    let size = jet.first.largest
    let (first, second) = (jet.first / size, jet.second / size)
    let square = first.dot(first)
    let speed = square.squareRoot()
    let bend: Double
    if dimensions == 2 {
      bend = (first.x * second.y - first.y * second.x) / (square * speed)
    } else {
      let along = first * (first.dot(second) / square)
      bend = dimensions == 1 ? 0 : (second - along).norm / square
    }
    let value = bend / size
    return value.isFinite ? value : nil
  }
}
