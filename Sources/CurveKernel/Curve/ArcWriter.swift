/// Makes a curve out of arcs: any stretch of any curve, told exactly by its Bézier control points.
///
/// Straight lines become a `linear` curve, cubics a `bezier` one, polynomials of degree 4 and 5 a `b-spline` of degree 5
/// and rational arcs a `nurbs`, both with every inner knot five times. Its parameter counts arcs from 0.
struct ArcWriter {
  private let dimensions: Int
  private let unit: Double
  private let isStraight: Bool
  private var degree = 3
  private var isRational = false
  private var points: [Double] = []
  private var weights: [Double] = []
  private var arcs = 0
  /// What makes the next arc's first weight the last one's last.
  private var share = 1.0
  private var isInside = false

  init(_ table: MeasureTable) {
    (dimensions, unit) = (table.dimensions, table.unit)
    isStraight = [.linear, .step].contains(table.shape.options.family)
  }

  mutating func add(_ arc: Arc) {
    (degree, isRational) = (arc.degree, arc.isRational)
    // The arc before has left out its last point: this one's first.
    if !isInside {
      share = 1 / arc.w[0]
      isInside = true
    } else {
      share *= lastWeight / arc.w[0]
    }
    lastWeight = arc.w[degree]
    add(arc.origin, arc.w[0])
    for i in 1..<degree where !isStraight { add(arc.origin + arc.control(i), arc.w[i]) }
    arcs += 1
  }

  private var lastWeight = 1.0

  /// The end of a piece: the last arc's last point, or a lone point.
  mutating func end(_ point: ArcRow) {
    add(point, isInside ? lastWeight : 1)
    isInside = false
  }

  mutating func gap() {
    points += [Double](repeating: .nan, count: dimensions)
    weights.append(1)
  }

  private mutating func add(_ point: ArcRow, _ weight: Double) {
    for k in 0..<dimensions { points.append(point[k] * unit) }
    weights.append(isInside ? weight * share : 1)
  }

  /// - Throws: `tooLarge` when the points leave the range, `optionMismatch` for knots over gaps.
  func curve<Element>() throws(CurveError) -> Curve<Element> {
    for x in points where x.isInfinite { throw .tooLarge(isFloat: false) }
    return try Curve(kind, flat: points, dimensions: dimensions, closed: false, gaps: .break)
  }

  private var kind: CurveKind {
    if isStraight { return .linear() }
    if degree == 3 { return .bezier }
    var knots: [Double] = [0]
    for i in 0...arcs { knots += [Double](repeating: Double(i), count: 5) }
    knots.append(Double(arcs))
    return isRational
      ? .nurbs(degree: 5, weights: weights, knots: .given(knots)) : .bSpline(degree: 5, knots: .given(knots))
  }
}
