/// The knots of an interpolating B-spline, told by the points: not-a-knot, as SciPy's `make_interp_spline` has them.
///
/// Both ends count degree + 1 times. Between them lie, for an odd degree, the points but the outer (degree − 1)/2 of each
/// side, for an even one the middles between neighbours but the outer degree/2. Places are counted in half steps: 2i is
/// point i, 2i + 1 the middle behind it. Knots are only ever seen from a place, as sums of the steps between, so that
/// nothing cancels however far from 0 the parameter runs.
struct InterpolatingKnots: BitwiseCopyable {
  let degree, count: Int

  /// Fewer points than degree + 1 (where points coincide) lower the degree.
  init(degree: Int, count: Int) { (self.degree, self.count) = (min(degree, count &- 1), count) }

  /// The half step at which a knot lies.
  @inline(__always) func place(_ knot: Int) -> Int {
    if knot <= degree { return 0 }
    if knot >= count { return 2 &* (count &- 1) }
    return degree % 2 == 1 ? 2 &* (knot &- (degree &+ 1) / 2) : 2 &* (knot &- degree / 2) &- 1
  }

  /// The knot at or before a place from which its polynomial runs.
  @inline(__always) func span(at place: Int) -> Int {
    let own = degree % 2 == 1 ? place / 2 &+ (degree &+ 1) / 2 : (place &+ 1) / 2 &+ degree / 2
    return min(max(own, degree), count &- 1)
  }

  /// Whether none of a span's knots is one of the ends' repeated ones.
  @inline(__always) func isInner(span: Int) -> Bool { span >= 2 &* degree && span &+ degree < count }
}

/// How far the knots of a span lie from a place in it: `left[r]` back to knot span − r, `right[r]` on to knot
/// span + 1 + r. Degree and below: 0 to 4.
struct KnotDistances {
  private(set) var left = InlineArray<5, Double>(repeating: 0)
  private(set) var right = InlineArray<5, Double>(repeating: 0)

  init(
    _ knots: InterpolatingKnots, _ memory: InterpolatingMemory, span: Int, place: Int,
    _ scratch: Span<Double>
  ) {
    var (at, sum) = (place, 0.0)
    for r in 0..<knots.degree {
      let next = knots.place(span &- r)
      while at > next {
        at &-= 1
        sum += memory.halfStep(at / 2, scratch)
      }
      left[r] = sum
    }
    (at, sum) = (place, 0)
    for r in 0..<knots.degree {
      let next = knots.place(span &+ 1 &+ r)
      while at < next {
        sum += memory.halfStep(at / 2, scratch)
        at &+= 1
      }
      right[r] = sum
    }
  }

  /// The values of the span's B-splines there, by the recurrence of de Boor and Cox: sums of positive terms.
  /// - Source: de Boor, "A Practical Guide to Splines" (1978), chapter X, BSPLVB.
  func basis(degree: Int) -> Six {
    switch degree {
    case 5: values(degree: 5)
    case 4: values(degree: 4)
    case 2: values(degree: 2)
    default: values(degree: degree)
    }
  }

  @inline(__always)
  private func values(degree: Int) -> Six {
    var values = Six(repeating: 0)
    values[0] = 1
    for j in 0..<degree {
      var saved = 0.0
      for r in 0...j {
        let term = values[r] / (right[r] + left[j &- r])
        values[r] = saved + right[r] * term
        saved = left[j &- r] * term
      }
      values[j &+ 1] = saved
    }
    return values
  }

  /// How far between two control points the place lies, in every step of de Boor's triangle (`KnotSpan`).
  func shares(degree: Int) -> InlineArray<15, Double> {
    switch degree {
    case 5: blends(degree: 5)
    case 4: blends(degree: 4)
    case 2: blends(degree: 2)
    default: blends(degree: degree)
    }
  }

  @inline(__always)
  private func blends(degree: Int) -> InlineArray<15, Double> {
    var shares = InlineArray<15, Double>(repeating: 0)
    var place = 0
    for r in 1...degree {
      for k in 0...(degree &- r) {
        let back = left[degree &- r &- k]
        shares[place] = back / (back + right[k])
        place &+= 1
      }
    }
    return shares
  }
}

/// Where an interpolating B-spline keeps its numbers in the scratch memory: control points (before that the right sides)
/// in rows of `columns`, the steps unless every step is 1, where points may coincide the knot of each, and five factors a
/// row: its pivot's reciprocal and what stands to the right of it.
struct InterpolatingMemory: BitwiseCopyable {
  let points, columns: Int
  /// The coordinate of the first column: with `x` the first coordinate is the parameter.
  let firstColumn: Int
  let isUniform, isMeasured: Bool
  let steps, knots, factors, count: Int

  init(_ options: FitOptions, pointCount: Int, dimensions: Int) {
    points = pointCount
    firstColumn = options.parameterization == .x ? 1 : 0
    columns = dimensions &- firstColumn
    isUniform = options.parameterization == .uniform
    isMeasured = options.parameterization == .chordal || options.parameterization == .centripetal
    steps = points &* columns
    knots = steps &+ (isUniform ? 0 : points)
    factors = knots &+ (isMeasured ? points : 0)
    // One more: how many knots there are.
    count = factors &+ 5 &* points &+ 1
  }

  @inline(__always) func row(_ i: Int) -> Int { i &* columns }
  @inline(__always) func factor(_ i: Int) -> Int { factors &+ 5 &* i }
  @inline(__always) func halfStep(_ i: Int, _ scratch: Span<Double>) -> Double {
    isUniform ? 0.5 : scratch[steps &+ i] / 2
  }
  /// The knot that a point is: its own number, unless points coincide.
  @inline(__always) func knot(_ point: Int, _ scratch: Span<Double>) -> Int {
    isMeasured ? Int(scratch[knots &+ point]) : point
  }
  /// Distinct points.
  @inline(__always) func knotCount(_ scratch: Span<Double>) -> Int { Int(scratch[count &- 1]) }
}
