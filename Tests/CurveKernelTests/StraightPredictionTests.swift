import CurveKernel
import Testing

/// Points on a straight line go on along it, whatever the kind and the way.
@Suite struct StraightPredictionTests {
  /// Thirteen points, whole pieces of every kind: coordinate k runs from `start[k]` by `step[k]`.
  static func line(_ start: [Double], _ step: [Double], count: Int = 13) -> [Double] {
    (0..<count).flatMap { i in zip(start, step).map { $0 + Double(i) * $1 } }
  }

  static let starts = [-3, 7, 0, 0x1p40]
  static let wholeSteps = [2, -1, 0, 0x1p20]

  /// The kinds, the tangents and end slopes of the line among them; a step has no line to go on along.
  static let kinds = AnyKind.all.filter { !$0.name.hasPrefix("step") } + splines + PredictionTests.smoothing

  /// Thirteen points for every degree; the polygon is what is straight, not how the curve runs along it.
  static let splines: [AnyKind] = [
    AnyKind("b-spline", .affinely) { _ in .bSpline() },
    AnyKind("b-spline 1", .affinely) { _ in .bSpline(degree: 1, knots: .uniform) },
    AnyKind("b-spline 5", .affinely) { _ in .bSpline(degree: 5, knots: .uniform) },
    AnyKind("b-spline given", .affinely) { _ in
      .bSpline(degree: 2, knots: .given([0, 0, 0, 1, 1, 2, 4, 4.5, 5, 6, 6, 7, 7.5, 9, 10, 11]))
    },
    AnyKind("nurbs", .affinely) { _ in
      .nurbs(degree: 4, weights: (0..<13).map { 1 + Double($0 % 3) }, knots: .clampedUniform)
    },
  ]

  static func curve<S: CurveScalar & BinaryFloatingPoint>(
    _ kind: AnyKind, _ flat: [Double], _ step: [Double], as _: S.Type
  ) throws -> Curve<S>? {
    let d = step.count
    if d == 1, kind.kind().parameterization == .x { return nil }
    let slope = kind.isByX ? step.map { $0 / step[0] } : step
    let own = kind.kind([[Double]](repeating: slope, count: flat.count / d))
    return try Curve(own, coordinates: flat.map { S($0) }, dimensions: d)
  }

  @Test(arguments: kinds, 1...4)
  func `whole numbers go on exactly`(kind: AnyKind, dimensions: Int) throws {
    let (start, step) = (Array(Self.starts.prefix(dimensions)), Array(Self.wholeSteps.prefix(dimensions)))
    let flat = Self.line(start, step)
    guard let curve = try Self.curve(kind, flat, step, as: Double.self) else { return }
    let expected = Array(Self.line(start, step, count: 1013).dropFirst(flat.count))
    for way in Extrapolation.allCases {
      #expect(try curve.predicted(horizon: 1000, extrapolation: way) == expected, "\(way)")
    }
  }

  @Test(arguments: kinds)
  func `tenths go on to within a few units in the last place, for a million steps`(kind: AnyKind) throws {
    let (start, step): ([Double], [Double]) = ([0.3, -0.7, 1e3 / 7], [0.1, 0.7, -1 / 3])
    guard let curve = try Self.curve(kind, Self.line(start, step), step, as: Double.self) else { return }
    for way in Extrapolation.allCases {
      // The largest horizon once: a debug build takes its time.
      let horizon = kind.name == "cubic not-a-knot" ? 1_000_000 : 10_000
      let predicted = try curve.predicted(horizon: horizon, extrapolation: way)
      for s in [1, 2, 10, 1000, horizon] {
        for k in 0..<3 {
          let exact = start[k] + Double(12 + s) * step[k]
          let drawn = predicted[3 * (s - 1) + k]
          // The line's step is known to a unit of its largest point, twelve steps long.
          let slack = 4 * 0x1p-52 * (abs(start[k]) + 12 * abs(step[k])) * (1 + Double(s) / 12)
          #expect(abs(drawn - exact) <= slack + 0x1p-52 * abs(exact), "\(way), step \(s), coordinate \(k)")
        }
      }
    }
  }

  @Test(arguments: kinds)
  func `a line of Floats is straight to the rounding of Float`(kind: AnyKind) throws {
    let (start, step): ([Double], [Double]) = ([0.3, 100], [0.1, -0.01])
    guard let curve = try Self.curve(kind, Self.line(start, step), step, as: Float.self) else { return }
    for way in Extrapolation.allCases {
      let predicted = try curve.predicted(horizon: 1000, extrapolation: way)
      for s in [1, 10, 1000] {
        for k in 0..<2 {
          let exact = start[k] + Double(12 + s) * step[k]
          let slack = 0x1p-23 * (abs(start[k]) + 12 * abs(step[k])) * (1 + Double(s) / 12)
          #expect(abs(Double(predicted[2 * (s - 1) + k]) - exact) <= slack, "\(way), step \(s)")
        }
      }
    }
  }

  @Test(arguments: kinds.filter { $0.isByX })
  func `along x the line goes on by the last step of an uneven x`(kind: AnyKind) throws {
    let x = [0.0, 1, 1.5, 4, 4.25, 6, 7, 7.5, 9, 10, 12, 13, 13.5]
    let own = kind.kind([[Double]](repeating: [1, -2], count: x.count))
    let curve = try Curve(own, points: x.map { SIMD2($0, 3 - 2 * $0) })
    let expected = (1...50).map { s in SIMD2(13.5 + 0.5 * Double(s), -24 - Double(s)) }
    for way in Extrapolation.allCases {
      #expect(
        difference(try curve.predicted(horizon: 50, extrapolation: way), expected) <= 1e-13, "\(way)")
    }
  }

  @Test(arguments: kinds.filter { $0.isByX })
  func `timestamps whose steps are rounded go on evenly`(kind: AnyKind) throws {
    let points = (0..<13).map { SIMD2(1.7e9 + 0.1 * Double($0), 5 + 0.3 * Double($0)) }
    let own = kind.kind([[Double]](repeating: [1, 3], count: 13))
    let curve = try Curve(own, points: points)
    for way in Extrapolation.allCases {
      let last = try curve.predicted(horizon: 1000, extrapolation: way)[999]
      // A thousandth of what the last step alone, 2e-6 off, would lead to.
      #expect(abs(last.x - (1.7e9 + 101.2)) <= 1000 / 12 * 0x1p-21, "\(way)")
      let slack = kind.name == "cubic clamped x" ? 1e-3 : 5e-5
      #expect(abs(last.y - (5 + 303.6)) <= slack, "\(way) \(last.y)")
    }
  }

  @Test func `two points are a line for every kind that two points make`() throws {
    for kind in AnyKind.ofAnyCount + PredictionTests.smoothing where kind.stride == 1 {
      if kind.name.hasPrefix("step") || ["hermite", "cubic clamped"].contains(kind.name) { continue }
      let curve = try Curve(kind.kind(), points: [[0, 1], [2, 0]] as [SIMD2<Double>])
      for way in Extrapolation.allCases {
        #expect(
          try curve.predicted(horizon: 2, extrapolation: way) == [[4, -1], [6, -2]], "\(kind) \(way)")
      }
    }
  }
}
