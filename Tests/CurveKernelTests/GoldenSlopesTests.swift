import CurveKernel
import Testing

/// Cubic, monotone and Akima curves against exact arithmetic.
@Suite struct GoldenSlopesTests {
  static let solved = Golden.splines.cases(
    "cubic-natural", "cubic-clamped", "cubic-not-a-knot", "cubic-periodic")
  static let local = Golden.splines.cases("pchip", "steffen", "akima", "makima")

  @Test(arguments: solved)
  func `a cubic spline is exact within 64 roundings, or as near as its peer`(golden: GoldenCase) {
    for curve in Self.curves(golden) { Self.check(golden, curve, roundings: 64) }
  }

  @Test(arguments: local)
  func `a monotone or Akima curve is exact within 16 roundings, or as near as its peer`(golden: GoldenCase) {
    for curve in Self.curves(golden) { Self.check(golden, curve, roundings: 16) }
  }

  /// The curve, and where it is periodic over the index its closed twin.
  static func curves(_ golden: GoldenCase) -> [FittedCurve] {
    var options = FitOptions(golden.kind.hasPrefix("cubic") ? .cubic : .monotone)
    switch golden.kind {
    case "cubic-clamped": options.boundary = .clamped
    case "cubic-not-a-knot": options.boundary = .notAKnot
    case "cubic-periodic": options.boundary = .periodic
    case "steffen": options.method = .steffen
    case "akima": options.family = .akima
    case "makima": options.family = .makima
    default: break
    }
    let isX = golden.mode == .function
    options.parameterization = isX ? .x : .uniform
    var points = Golden.splines.points(golden)
    var extra = golden.params["slopes"]?.numbers ?? []
    if isX, !extra.isEmpty {
      let half = extra.count / 2
      extra = [1] + extra.prefix(half) + [1] + extra.suffix(half)
    }
    guard let end = golden.params["period_end"]?.numbers.first else {
      return [FittedCurve(options, points, extra: extra)]
    }
    if isX {
      points.append([end] + points[0].dropFirst())
      return [FittedCurve(options, points)]
    }
    var ring = options
    (ring.isClosed, ring.boundary) = (true, .natural)
    return [FittedCurve(options, points + [points[0]]), FittedCurve(ring, points)]
  }

  /// The column's worst errors, absolute, for positions and both derivatives.
  static func worst(_ golden: GoldenCase, _ curve: FittedCurve, column: Int) -> (Double, Double, Double) {
    let k = column + (golden.mode == .function ? 1 : 0)
    var (e0, e1, e2) = (0.0, 0.0, 0.0)
    func larger(_ e: Double, _ got: Double, _ want: Double) -> Double {
      (got - want).isNaN ? .infinity : max(e, abs(got - want))
    }
    for (i, t) in golden.eval.enumerated() {
      let place = curve.place(t[0])
      let jet = curve.jet(place.segment, place.u, k)
      e0 = larger(e0, jet.value, golden.value[i][column])
      e1 = larger(e1, jet.d1 / place.step, golden.d1[i][column])
      if let d2 = golden.d2 { e2 = larger(e2, jet.d2 / (place.step * place.step), d2[i][column]) }
    }
    return (e0, e1, e2)
  }

  static func check(_ golden: GoldenCase, _ curve: FittedCurve, roundings: Double) {
    let range = golden.eval[golden.eval.count - 1][0] - golden.eval[0][0]
    let d1 = largest(golden.d1)
    let d2 = max(largest(golden.d2 ?? []), d1 / range)
    for column in golden.value[0].indices {
      let scale = largest(golden.value.map { [$0[column]] })
      let bound = max(roundings * 0x1p-53, 4 * (golden.peerError ?? 0))
      let errors = worst(golden, curve, column: column)
      #expect(errors.0 <= bound * scale)
      #expect(errors.1 <= 1e-8 * d1)
      #expect(errors.2 <= 1e-8 * d2)
    }
  }

  static func largest(_ rows: [[Double]]) -> Double { rows.joined().map(abs).max() ?? 0 }
}
