import Catenary
import Testing

/// Every kind against exact arithmetic, drawn by every build: positions, first and second derivatives.
@Suite struct GoldenTests {
  static let local = Golden.splines.cases(
    "linear", "step", "catmull-rom", "cardinal", "kochanek-bartels", "hermite", "bezier-cubic",
    "bezier-quadratic", "pchip", "steffen", "akima", "makima", "bspline", "nurbs")
  static let solved = Golden.splines.cases(
    "cubic-natural", "cubic-clamped", "cubic-not-a-knot", "cubic-periodic", "smoothing", "bspline-interp")

  @Test(arguments: local)
  func `a local kind is right within 16 roundings, in Float within 2 ulps`(golden: GoldenCase) throws {
    for curve in GoldenCurve.all(golden) { try check(curve, bound: 16 * 0x1p-53) }
  }

  @Test(arguments: solved)
  func `a solved kind is right within 64 roundings or as near as its peer, in Float within 2 ulps`(
    golden: GoldenCase
  ) throws {
    let bound = max(64 * 0x1p-53, 4 * (golden.peerError ?? 0))
    for curve in GoldenCurve.all(golden) { try check(curve, bound: bound) }
  }

  func check(_ curve: GoldenCurve, bound: Double) throws {
    let golden = curve.golden
    try positions(curve, Double.self) { values, tangents in
      bound * (golden.mode == .segment ? max(values, tangents.joined) : values)
    }
    // In Float: 2 ulps of the column's largest value, whatever its tangents. One curve has a segment of tangents 36 times
    // its largest value, where rounding them to Float alone takes as much: 4.4 ulps.
    let ulps: Double = golden.id == "0082" ? 5 : 2
    try positions(curve, Float.self) { values, _ in ulps * Double(Float(values).ulp) }
    let range = (golden.eval.last ?? [])[0] - golden.eval[0][0]
    let d1 = Golden.largest(golden.d1)
    let unit = golden.mode == .segment ? 1 : range
    try derivative(curve, Double.self, 1, golden.d1, within: 1e-8 * d1)
    try derivative(curve, Float.self, 1, golden.d1, within: 1e-3 * d1)
    guard let second = golden.d2 else { return }
    let d2 = max(Golden.largest(second), d1 / unit)
    try derivative(curve, Double.self, 2, second, within: 1e-8 * d2)
    try derivative(curve, Float.self, 2, second, within: 1e-3 * d2)
  }

  /// - Parameter tolerance: of a column, from its largest value, its largest tangent over a segment, and that of
  ///   all columns.
  func positions<S: CurveScalar & BitwiseCopyable & BinaryFloatingPoint>(
    _ curve: GoldenCurve, _: S.Type,
    _ tolerance: (Double, (column: Double, joined: Double)) -> Double
  ) throws {
    let golden = curve.golden
    let drawn = try Roads.rows(curve.curve(S.self), .at(curve.parameters))
    let tangents = golden.d1.indices.map { i in golden.d1[i].map { $0 * curve.step(i) } }
    let joined = Golden.largest(tangents)
    let first = curve.isByX ? 1 : 0
    for k in golden.value[0].indices {
      let values = Golden.largest(golden.value.map { [$0[k]] })
      let allowed = tolerance(values, (Golden.largest(tangents.map { [$0[k]] }), joined))
      let worst = zip(drawn, golden.value).map { abs($0[k + first] - $1[k]) }.reduce(0, Golden.larger)
      #expect(worst <= allowed, "\(S.self) column \(k): \(worst / Double(Float(values).ulp)) ulps of Float")
    }
    guard curve.isByX else { return }
    for (row, t) in zip(drawn, curve.parameters) {
      #expect(abs(row[0] - t) <= 2 * Double(S(t).ulp), "\(S.self) x at \(t)")
    }
  }

  func derivative<S: CurveScalar & BitwiseCopyable & BinaryFloatingPoint>(
    _ curve: GoldenCurve, _: S.Type, _ order: Int, _ expected: [[Double]], within allowed: Double
  ) throws {
    let drawn = try Roads.rows(curve.curve(S.self), .at(curve.parameters), derivative: order)
    let first = curve.isByX ? 1 : 0
    var worst = 0.0
    for (i, row) in drawn.enumerated() where curve.isOnItsSegment(i) {
      for k in expected[i].indices { worst = Golden.larger(worst, abs(row[k + first] - expected[i][k])) }
      if curve.isByX { #expect(row[0] == (order == 1 ? 1 : 0)) }
    }
    #expect(worst <= allowed, "\(S.self) derivative \(order)")
  }
}

extension Golden {
  static func largest(_ rows: [[Double]]) -> Double { rows.joined().map(abs).max() ?? 0 }

  /// The larger of two errors; a NaN is the largest.
  static func larger(_ a: Double, _ b: Double) -> Double { b.isNaN ? .infinity : max(a, b) }
}
