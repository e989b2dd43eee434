import Catenary
import Foundation
import Testing

@testable import CurveDetector

/// What is reported of a fitted curve: parameters and control points tell the same curve, whatever its parameters.
@Suite struct FittedCurveTests {
  /// Bending parameters at the ends of what a fit may find, and inside.
  static let bends: [(Pattern, SIMD2<Double>)] = [
    (.linear, [0, 0]), (.parabolic, [0.05, 0]), (.parabolic, [0.5, 0]), (.parabolic, [0.95, 0]),
    (.exponential, [-12, 0]), (.exponential, [-0.3, 0]), (.exponential, [0.3, 0]), (.exponential, [12, 0]),
    (.logarithmic, [0, 0]), (.logarithmic, [3, 0]), (.logarithmic, [6.2, 0]),
    (.oscillating, [1, 0]), (.oscillating, [12, 1]), (.oscillating, [40, 0]), (.oscillating, [40, 3]),
    (.oscillating, [40, -3]), (.oscillating, [6.5, -3]),
    (.sigmoid, [0.1, 4]), (.sigmoid, [0.1, 80]), (.sigmoid, [0.9, 80]), (.sigmoid, [0.5, 25]),
    (.step, [0.21, 0]), (.step, [0.79, 0]),
  ]

  /// A fitted stretch of a series that goes from 90 to 110, `first` prices before it.
  private func fitted(_ bend: (Pattern, SIMD2<Double>), first: Int, count: Int) throws -> DetectedCurve {
    let prices = (0..<first + count).map { 100 + Double($0 % 21 - 10) }
    var model = ShapeModel(bend.0, start: bend.1)
    (model.p[0], model.p[1]) = (0.25, -1.5)
    if bend.0 == .oscillating { model.p[2] = 0.75 }
    return DetectedCurve(
      model, first..<first + count, confidence: 0.9, of: try PreparedSeries(prices))
  }

  /// The price at u by the parameters and the patterns' definitions.
  static func price(_ curve: DetectedCurve, _ u: Double) throws -> Double {
    func value(_ name: String) throws -> Double { try #require(curve[name], "\(name)") }
    let shape: Double =
      switch curve.pattern {
      case .none: 0
      case .linear: u
      case .parabolic: try (u - value("vertex")) * (u - value("vertex"))
      case .exponential: try exp(value("rate") * u)
      case .logarithmic: try log1p(value("gain") * u)
      case .oscillating:
        try exp(-value("damping") * u) * sin(2 * .pi * (value("cycles") * u + value("phase")))
      case .sigmoid: try 1 / (1 + exp(-value("steepness") * (u - value("midpoint"))))
      case .step: try Double(curve.start) + u * Double(curve.end - curve.start - 1) < value("at") ? 0 : 1
      }
    return try value("offset") + value("scale") * shape
  }

  @Test(arguments: bends.indices, [(0, 16), (5, 200), (1_000_000, 4096)])
  func `control points, drawn as promised, are the curve of the parameters within a hundredth of its range`(
    bend: Int, place: (first: Int, count: Int)
  ) throws {
    let curve = try fitted(Self.bends[bend], first: place.first, count: place.count)
    #expect(curve.controlPoints.count <= 256)
    #expect(curve.controlPoints.first?.x == Double(curve.start))
    #expect(curve.controlPoints.last?.x == Double(curve.end - 1))
    let kind: CurveKind =
      curve.pattern == .step
      ? .step(.after, parameterization: .x) : .cubic(boundary: .notAKnot, parameterization: .x)
    let drawn = try Engine(threads: 1).render(Curve(kind, points: curve.controlPoints), .count(4001))
    let truth = try drawn.map { point in
      try Self.price(curve, (point.x - Double(curve.start)) / Double(curve.end - curve.start - 1))
    }
    let range = (truth.max() ?? 0) - (truth.min() ?? 0)
    #expect(range > 0)
    for (point, price) in zip(drawn, truth) {
      // At the jump itself rounding decides on which side a sample lies.
      if curve.pattern == .step, let at = curve["at"], abs(point.x - at) < 1e-6 * at { continue }
      #expect(
        abs(point.y - price) <= (curve.pattern == .oscillating ? 0.0075 : 0.01) * range,
        "\(Self.bends[bend]) at \(point.x)")
    }
  }

  @Test func `a falling curve has direction −1 and the price units of its series`() throws {
    for bend in Self.bends {
      let curve = try fitted(bend, first: 5, count: 200)
      #expect(curve["direction"] == (bend.0 == .oscillating ? 1 : -1))
      for point in curve.controlPoints { #expect(point.y.isFinite) }
      #expect(curve.rmse > 0 && curve.noiseStd >= curve.rmse && (0...1).contains(curve.r2))
    }
  }

  @Test(arguments: bends.indices, [(0, 16), (5, 200), (1_000_000, 4096)])
  func `control points have few digits and lie on the curve within a millionth of its range`(
    bend: Int, place: (first: Int, count: Int)
  ) throws {
    let curve = try fitted(Self.bends[bend], first: place.first, count: place.count)
    let last = Double(curve.end - 1)
    let heights = curve.controlPoints.map(\.y)
    let range = try #require(heights.max()) - #require(heights.min())
    for (i, point) in curve.controlPoints.enumerated() {
      // Seven digits or eight of the range, and what is before it.
      for number in [point.x, point.y] { #expect(number.description.filter(\.isNumber).count <= 11) }
      if i > 0 { #expect(point.x > curve.controlPoints[i - 1].x) }
      if curve.pattern == .step { continue }
      let price = try Self.price(curve, (point.x - Double(curve.start)) / (last - Double(curve.start)))
      #expect(abs(point.y - price) <= 0.51e-6 * range)
    }
  }
}
