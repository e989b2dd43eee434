import Catenary

/// A golden case as the library draws it.
struct GoldenCurve {
  let golden: GoldenCase
  let kind: CurveKind
  let points: [[Double]]
  let isClosed: Bool
  /// x runs the curve: the case tells of the columns behind it.
  var isByX: Bool { golden.mode == .function }

  /// The curve of a case; of a periodic one over the index both forms, the ring and the open curve that repeats its
  /// first point.
  static func all(_ golden: GoldenCase) -> [GoldenCurve] {
    var points = Golden.splines.points(golden)
    // Points that no whole Bézier piece needs are left out.
    if golden.kind == "bezier-cubic" { points.removeLast((points.count - 1) % 3) }
    if golden.kind == "bezier-quadratic" { points.removeLast((points.count - 1) % 2) }
    let kind = kind(golden, dimensions: points[0].count)
    guard let end = golden.params["period_end"]?.numbers.first else {
      return [GoldenCurve(golden: golden, kind: kind, points: points, isClosed: golden.isClosed)]
    }
    let isX = golden.mode == .function
    let again = isX ? [end] + points[0].dropFirst() : points[0]
    let open = GoldenCurve(golden: golden, kind: kind, points: points + [again], isClosed: false)
    let ring = GoldenCurve(
      golden: golden, kind: .cubic(parameterization: .uniform), points: points, isClosed: true)
    return isX ? [open] : [open, ring]
  }

  /// As Element is Float, too, the fit sees the points in Double, as from an f64 input with f32 output.
  func curve<S: CurveScalar>(_: S.Type) throws -> Curve<S> {
    try Curve<S>(
      kind, flat: points.flatMap { $0 }, dimensions: points[0].count, closed: isClosed, gaps: .error)
  }

  var parameters: [Double] {
    golden.eval.map { golden.mode == .segment ? $0[0] + $0[1] : $0[0] }
  }

  /// Whether a parameter names the segment that the case means: one at a joint means the right-hand segment.
  func isOnItsSegment(_ i: Int) -> Bool {
    golden.mode != .segment || golden.eval[i][1] < 1 || i == golden.eval.count - 1
  }

  /// The parameter's step over the segment of an expected value.
  func step(_ i: Int) -> Double {
    guard isByX else { return 1 }
    let segment = points.dropLast().lastIndex { $0[0] <= golden.eval[i][0] } ?? 0
    return points[segment + 1][0] - points[segment][0]
  }

  private static func kind(_ golden: GoldenCase, dimensions: Int) -> CurveKind {
    func number(_ name: String) -> Double { golden.params[name]?.numbers.first ?? 0 }
    let along: Parameterization = golden.mode == .function ? .x : .uniform
    switch golden.kind {
    case "linear": return .linear(parameterization: along)
    case "step":
      if case .word(let place)? = golden.params["where"] {
        return .step(
          place == "mid" ? .middle : place == "before" ? .before : .after, parameterization: along)
      }
      fatalError("a step says where")
    case "catmull-rom":
      return .catmullRom(alpha: number("alpha"), tension: number("tension"), ends: .reflect)
    case "cardinal": return .cardinal(tension: number("tension"))
    case "kochanek-bartels":
      return .kochanekBartels(
        tension: number("tension"), continuity: number("continuity"), bias: number("bias"), ends: .reflect)
    case "hermite": return .hermite(tangents: rows(golden.params["tangents"], dimensions))
    case "bezier-cubic": return .bezier
    case "bezier-quadratic": return .quadraticBezier
    case "cubic-natural": return .cubic(boundary: .natural, parameterization: along)
    case "cubic-not-a-knot": return .cubic(boundary: .notAKnot, parameterization: along)
    case "cubic-periodic": return .cubic(boundary: .periodic, parameterization: along)
    case "cubic-clamped":
      let slopes = golden.params["slopes"]?.numbers ?? []
      let ends = rows(golden.params["slopes"], slopes.count / 2)
      return .cubic(boundary: .clamped(start: ends[0], end: ends[1]), parameterization: along)
    case "pchip": return .monotone(.pchip, parameterization: along)
    case "steffen": return .monotone(.steffen, parameterization: along)
    case "akima": return .akima(parameterization: along)
    case "makima": return .makima(parameterization: along)
    case "bspline-interp":
      return .interpolatingBSpline(degree: Int(number("degree")), parameterization: along)
    case "smoothing": return .smoothing(lambda: number("lambda"), parameterization: along)
    case "bspline": return .bSpline(degree: Int(number("degree")), knots: .given(golden.knots ?? []))
    case "nurbs":
      return .nurbs(
        degree: Int(number("degree")), weights: golden.params["weights"]?.numbers ?? [],
        knots: .given(golden.knots ?? []))
    default: fatalError("\(golden.kind) is another test's")
    }
  }

  private static func rows(_ value: GoldenValue?, _ width: Int) -> [[Double]] {
    let flat = value?.numbers ?? []
    return stride(from: 0, to: flat.count, by: width).map { Array(flat[$0..<$0 + width]) }
  }
}
