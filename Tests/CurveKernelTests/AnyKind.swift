import CurveKernel
import Testing

/// A kind of curve with its options, and what is known of it.
struct AnyKind: Sendable, CustomTestStringConvertible {
  /// How the curve of moved points follows from the curve: which maps of the plane commute with it.
  enum Moves { case affinely, byShearAlongX, bySimilarity, axisByAxis }

  let name: String
  let moves: Moves
  /// Points from one that the curve passes through to the next.
  let stride: Int
  private let make: @Sendable ([[Double]]) -> CurveKind

  var testDescription: String { name }

  init(
    _ name: String, _ moves: Moves, stride: Int = 1, _ make: @escaping @Sendable ([[Double]]) -> CurveKind
  ) { (self.name, self.moves, self.stride, self.make) = (name, moves, stride, make) }

  /// - Parameter tangents: those of a Hermite curve; the first and last are a clamped one's slopes.
  func kind(_ tangents: [[Double]] = AnyKind.tangents) -> CurveKind { make(tangents) }

  var isByX: Bool { kind().parameterization == .x || (kind().parameterization == nil && !isUniform) }
  private var isUniform: Bool {
    switch kind() {
    case .monotone, .akima, .makima: false
    default: true
    }
  }

  /// What commutes with every affine map, or is linear in the ordinates along x.
  static let linear: [AnyKind] = [
    AnyKind("linear", .affinely) { _ in .linear() },
    AnyKind("linear x", .byShearAlongX) { _ in .linear(parameterization: .x) },
    AnyKind("step after", .affinely) { _ in .step(.after) },
    AnyKind("step before", .affinely) { _ in .step(.before) },
    AnyKind("step middle", .affinely) { _ in .step(.middle) },
    AnyKind("catmull-rom", .affinely) { _ in .catmullRom() },
    AnyKind("catmull-rom reflect", .affinely) { _ in .catmullRom(tension: -0.3, ends: .reflect) },
    AnyKind("cardinal", .affinely) { _ in .cardinal(tension: 0.4) },
    AnyKind("kochanek-bartels", .affinely) { _ in
      .kochanekBartels(tension: 0.2, continuity: -0.4, bias: 0.6, ends: .reflect)
    },
    AnyKind("hermite", .affinely) { .hermite(tangents: $0) },
    AnyKind("bezier", .affinely, stride: 3) { _ in .bezier },
    AnyKind("quadratic-bezier", .affinely, stride: 2) { _ in .quadraticBezier },
    AnyKind("cubic", .affinely) { _ in .cubic() },
    AnyKind("cubic clamped", .affinely) { .cubic(boundary: .clamped(start: $0[0], end: $0[$0.count - 1])) },
    AnyKind("cubic not-a-knot", .affinely) { _ in .cubic(boundary: .notAKnot) },
    AnyKind("cubic x", .byShearAlongX) { _ in .cubic(parameterization: .x) },
    AnyKind("cubic not-a-knot x", .byShearAlongX) { _ in
      .cubic(boundary: .notAKnot, parameterization: .x)
    },
    AnyKind("akima", .byShearAlongX) { _ in .akima() },
    AnyKind("interpolating 2", .affinely) { _ in .interpolatingBSpline(degree: 2) },
    AnyKind("interpolating 4", .affinely) { _ in .interpolatingBSpline(degree: 4) },
    AnyKind("interpolating 5", .affinely) { _ in .interpolatingBSpline(degree: 5) },
    AnyKind("interpolating 2 x", .byShearAlongX) { _ in
      .interpolatingBSpline(degree: 2, parameterization: .x)
    },
    AnyKind("interpolating 5 x", .byShearAlongX) { _ in
      .interpolatingBSpline(degree: 5, parameterization: .x)
    },
  ]
  /// What measures distances.
  static let measuring: [AnyKind] = [
    AnyKind("catmull-rom centripetal", .bySimilarity) { _ in .catmullRom(alpha: 0.5) },
    AnyKind("catmull-rom 0.37", .bySimilarity) { _ in .catmullRom(alpha: 0.37, ends: .reflect) },
    AnyKind("catmull-rom chordal", .bySimilarity) { _ in .catmullRom(alpha: 1, tension: 0.25) },
    AnyKind("cubic chordal", .bySimilarity) { _ in .cubic(parameterization: .chordal) },
    AnyKind("cubic centripetal", .bySimilarity) { _ in
      .cubic(boundary: .notAKnot, parameterization: .centripetal)
    },
    AnyKind("interpolating 4 chordal", .bySimilarity) { _ in
      .interpolatingBSpline(degree: 4, parameterization: .chordal)
    },
    AnyKind("interpolating 5 centripetal", .bySimilarity) { _ in
      .interpolatingBSpline(degree: 5, parameterization: .centripetal)
    },
  ]
  /// What looks at each ordinate alone.
  static let columnwise: [AnyKind] = [
    AnyKind("monotone", .axisByAxis) { _ in .monotone() },
    AnyKind("steffen", .axisByAxis) { _ in .monotone(.steffen) },
    AnyKind("monotone uniform", .axisByAxis) { _ in .monotone(parameterization: .uniform) },
    AnyKind("makima", .axisByAxis) { _ in .makima() },
    AnyKind("makima uniform", .axisByAxis) { _ in .makima(parameterization: .uniform) },
    AnyKind("akima uniform", .axisByAxis) { _ in .akima(parameterization: .uniform) },
  ]
  /// As `columnwise`, with distances.
  static let chordal: [AnyKind] = [
    AnyKind("monotone chordal", .axisByAxis) { _ in .monotone(parameterization: .chordal) },
    AnyKind("steffen centripetal", .axisByAxis) { _ in .monotone(.steffen, parameterization: .centripetal) },
    AnyKind("akima chordal", .axisByAxis) { _ in .akima(parameterization: .chordal) },
    AnyKind("makima centripetal", .axisByAxis) { _ in .makima(parameterization: .centripetal) },
  ]
  static let all = linear + measuring + columnwise + chordal
  /// Those that two points make.
  static let ofAnyCount = all.filter { !$0.name.hasPrefix("interpolating") }
  /// Those that can be closed.
  static let closable = all.filter {
    !$0.isByX && $0.name != "cubic clamped" && $0.name != "cubic not-a-knot"
  }
  .filter { $0.name != "cubic centripetal" && !$0.name.hasPrefix("interpolating") }

  /// Whole pieces of every kind; x rises unevenly.
  static let points: [SIMD2<Double>] = [
    [-3, 1], [-1.5, 2.5], [-1, 0.25], [0.5, -2], [1.25, -2], [2, 3.75], [4.5, 1], [5, 1.5], [5.125, 4],
    [7, 4.5],
    [9, 0], [9.5, -1.25], [12, 0.5],
  ]
  /// Whole pieces of every kind, closed.
  static let ring = Array(points.dropLast())
  static let tangents: [[Double]] = (0..<13).map { (i: Int) -> [Double] in
    [Double(7 * i % 5) - 1.5, Double(5 * i % 7) - 3]
  }
  static let ringTangents = Array(tangents.dropLast())

  func open(_ points: [SIMD2<Double>] = AnyKind.points) throws -> Curve<SIMD2<Double>> {
    try Curve(kind(), points: points)
  }

  func closed(_ points: [SIMD2<Double>] = AnyKind.ring) throws -> Curve<SIMD2<Double>> {
    try Curve(kind(AnyKind.ringTangents), points: points, closed: true)
  }
}

extension CurveKind {
  var parameterization: Parameterization? {
    switch self {
    case .linear(let p), .step(_, let p), .cubic(_, let p), .monotone(_, let p): p
    case .akima(let p), .makima(let p), .interpolatingBSpline(_, let p), .smoothing(_, let p): p
    default: nil
    }
  }
}

func largest(_ points: [SIMD2<Double>]) -> Double { points.map { max(abs($0.x), abs($0.y)) }.max() ?? 0 }

/// The largest difference of coordinates; infinite when there is a NaN, or the counts differ.
func difference(_ a: [SIMD2<Double>], _ b: [SIMD2<Double>]) -> Double {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).reduce(0) { worst, pair in
    let d = pair.0 - pair.1
    return d.x.isNaN || d.y.isNaN ? .infinity : max(worst, abs(d.x), abs(d.y))
  }
}
