// B-splines span by span: the knots round a span, and the Bernstein coefficients of its polynomial.

/// Six numbers, or the control points of a degree up to five.
typealias Six = InlineArray<6, Double>

/// The knots that a span's polynomial of degree p hangs on: t(j − p + 1) … t(j + p), the span being t(j)…t(j + 1).
struct KnotSpan {
  let degree: Int
  /// The first control point of the polynomial.
  let firstPoint: Int
  /// The parameter's step over the span.
  let step: Double
  /// What blends two points at each step of de Boor's triangle, at the span's begin and at its end.
  private var atBegin, atEnd: InlineArray<15, Double>

  /// - Parameter segment: counted over the curve; `spans` holds where each lies among given knots (`prepareKnots`).
  init(_ options: FitOptions, pointCount: Int, extra: Span<Double>, spans: Span<Double>, segment: Int) {
    let p = Int(options.degree)
    degree = p
    let isGiven = options.hasGivenKnots
    let index = isGiven ? Int(spans[segment]) : segment &+ p
    firstPoint = index &- p
    let given = options.family == .nurbs ? pointCount : 0
    let isClamped = options.knots == .clampedUniform && !options.isClosed
    let last = pointCount &- p
    // Uniform knots are counted from the span: only their differences matter.
    @inline(__always) func knot(_ i: Int) -> Double {
      if isGiven { return extra[given &+ i] }
      return isClamped ? Double(min(max(i &- p, 0), last)) : Double(i &- index)
    }
    (atBegin, atEnd) = (.init(repeating: 0), .init(repeating: 0))
    let (begin, end) = (knot(index), knot(index &+ 1))
    step = end - begin
    var place = 0
    for r in 1...p {
      for k in (index &- p &+ r)...index {
        let (from, to) = (knot(k), knot(k &+ p &+ 1 &- r))
        atBegin[place] = (begin - from) / (to - from)
        atEnd[place] = (end - from) / (to - from)
        place &+= 1
      }
    }
  }

  /// A part of a span, by its shares of the triangle at begin and end.
  init(
    degree: Int, firstPoint: Int, atBegin: InlineArray<15, Double>, atEnd: InlineArray<15, Double>
  ) {
    (self.degree, self.firstPoint, step) = (degree, firstPoint, 1)
    self.atBegin = atBegin
    self.atEnd = atEnd
  }

  /// The Bernstein coefficients of the span's polynomial in one coordinate, from its `degree` + 1 control points.
  ///
  /// Coefficient i is the polar form at degree − i times the span's begin and i times its end (Ramshaw 1989): de Boor's
  /// triangle, which only averages, so that no digit is lost.
  func bernstein(_ points: Six) -> Six {
    // A degree that the compiler knows is unrolled, without a look at an index.
    switch degree {
    case 5: bernstein(points, degree: 5)
    case 4: bernstein(points, degree: 4)
    case 3: bernstein(points, degree: 3)
    case 2: bernstein(points, degree: 2)
    default: bernstein(points, degree: degree)
    }
  }

  @inline(__always)
  private func bernstein(_ points: Six, degree: Int) -> Six {
    var coefficients = Six(repeating: 0)
    // The points with the first i arguments at the end; the rest of the triangle is at the begin.
    var late = points
    var places = 0
    for i in 0...degree {
      var row = late
      var place = places
      var left = degree &- i
      while left > 0 {
        for k in 0..<left {
          row[k] = KnotSpan.blend(row[k], row[k &+ 1], atBegin[place])
          place &+= 1
        }
        left &-= 1
      }
      coefficients[i] = row[0]
      for k in 0..<(degree &- i) {
        late[k] = KnotSpan.blend(late[k], late[k &+ 1], atEnd[places])
        places &+= 1
      }
    }
    return coefficients
  }

  @inline(__always)
  private static func blend(_ a: Double, _ b: Double, _ t: Double) -> Double {
    t == 1 ? b : a + t * (b - a)
  }
}

/// Notes where the segments of given knots lie: the index of the knot that each begins at.
func prepareKnots(
  _ options: FitOptions, _ pointCount: Int, _ extra: Span<Double>, _ scratch: inout MutableSpan<Double>
) {
  guard options.hasGivenKnots else { return }
  let first = options.family == .nurbs ? pointCount : 0
  var segment = 0
  for i in Int(options.degree)..<pointCount where extra[first &+ i] < extra[first &+ i &+ 1] {
    scratch[segment] = Double(i)
    segment &+= 1
  }
}

/// The Bernstein coefficients of a lower degree, told in degree `to` (Farin, "Curves and Surfaces for CAGD", 5.1).
func elevated(_ coefficients: Six, from degree: Int, to: Int) -> Six {
  var row = coefficients
  var n = degree
  while n < to {
    n &+= 1
    row[n] = row[n &- 1]
    var i = n &- 1
    while i > 0 {
      row[i] = row[i] + (row[i &- 1] - row[i]) * (Double(i) / Double(n))
      i &-= 1
    }
  }
  return row
}

/// The coefficients of the derivative, one degree lower, per unit of the parameter.
func differentiated(_ coefficients: Six, degree: Int, step: Double) -> Six {
  var row = Six(repeating: 0)
  for i in 0..<degree {
    row[i] = (coefficients[i &+ 1] - coefficients[i]) * Double(degree) / step
  }
  return row
}
