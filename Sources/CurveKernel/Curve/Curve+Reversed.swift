extension Curve {
  /// The same curve, run from its end to its begin.
  ///
  /// The kind stays where the points in reverse order make the same curve; given knots change their sign. A curve that is run by x,
  /// which must rise, becomes the `linear`, `bezier` or `b-spline` curve of its segments, as `part` makes them. A closed curve
  /// begins at the same point.
  public func reversed() throws(CurveError) -> Curve {
    guard let kind = reversedKind else { return try reversedArcs() }
    let order = reversedOrder
    let d = dimensions
    var flat: [Double] = []
    flat.reserveCapacity(shape.points.count)
    for i in order { flat += shape.points[i * d..<(i + 1) * d] }
    return try Curve(kind, flat: flat, dimensions: d, closed: isClosed, gaps: .break)
  }

  /// Where the points come from: a ring keeps its first, a closed B-spline its spans.
  private var reversedOrder: [Int] {
    let count = pointCount
    guard isClosed else { return Array((0..<count).reversed()) }
    let isSpline = [.bSpline, .nurbs].contains(shape.options.family)
    let first = isSpline ? count - 1 + Int(shape.options.degree) : count
    return (0..<count).map { (first - $0) % count }
  }

  private var reversedKind: CurveKind? {
    guard shape.options.parameterization != .x else { return nil }
    switch kind {
    case .step(let placement, let p):
      return .step(
        placement == .after ? .before : placement == .before ? .after : .middle, parameterization: p)
    case .kochanekBartels(let tension, let continuity, let bias, let ends):
      return .kochanekBartels(tension: tension, continuity: continuity, bias: -bias, ends: ends)
    case .hermite(let tangents): return .hermite(tangents: reversedOrder.map { tangents[$0].map { -$0 } })
    case .cubic(.clamped(let start, let end), let p):
      return .cubic(boundary: .clamped(start: end.map { -$0 }, end: start.map { -$0 }), parameterization: p)
    case .bSpline(let degree, let knots): return .bSpline(degree: degree, knots: reversed(knots))
    case .nurbs(let degree, let weights, let knots):
      let order = weights.isEmpty ? [] : reversedOrder
      return .nurbs(degree: degree, weights: order.map { weights[$0] }, knots: reversed(knots))
    default: return kind
    }
  }

  private func reversed(_ knots: KnotVector) -> KnotVector {
    if case .given(let numbers) = knots { .given(numbers.reversed().map { -$0 }) } else { knots }
  }

  private func reversedArcs() throws(CurveError) -> Curve {
    let table = try MeasureTable(shape)
    var writer = ArcWriter(table)
    for (number, piece) in table.pieces.reversed().enumerated() {
      if number > 0 { writer.gap() }
      for arc in piece.arcs.reversed() { writer.add(table.arc(arc).reversed(from: table.start(arc + 1))) }
      writer.end(table.start(piece.arcs.lowerBound))
    }
    return try writer.curve()
  }
}
