import CurveKernel
import Foundation

/// A cubic in the plane by its control points, and what is measured of its polylines.
struct PlaneCubic: Sendable {
  let x, y: [Double]

  init(_ p: [Double]) { (x, y) = ([p[0], p[2], p[4], p[6]], [p[1], p[3], p[5], p[7]]) }

  var points: [SIMD2<Double>] { (0..<4).map { SIMD2(x[$0], y[$0]) } }
  var floats: [SIMD2<Float>] { points.map { SIMD2<Float>($0) } }
  /// The same with its numbers rounded to Float.
  var rounded: PlaneCubic { PlaneCubic((0..<4).flatMap { [Double(Float(x[$0])), Double(Float(y[$0]))] }) }

  /// The largest distance of the cubic between two vertices' parameters from their chord, over all chords: no less than its
  /// distance from the polyline. Bernstein form, in Double, so many parameters a chord.
  func deviation(from vertices: [(x: Double, y: Double)], at u: [Double], perChord: Int) -> Double {
    let (x0, x1, x2, x3) = (x[0], x[1], x[2], x[3])
    let (y0, y1, y2, y3) = (y[0], y[1], y[2], y[3])
    var worst = 0.0
    var i = 1
    while i < vertices.count {
      let (p, q) = (vertices[i - 1], vertices[i])
      let (dx, dy) = (q.x - p.x, q.y - p.y)
      let square = dx * dx + dy * dy
      var k = 0
      while k <= perChord {
        let t = u[i - 1] + (u[i] - u[i - 1]) * (Double(k) / Double(perChord))
        let r = 1 - t
        let (b0, b1, b2, b3) = (r * r * r, 3 * r * r * t, 3 * r * t * t, t * t * t)
        let (ex, ey) = (
          b0 * x0 + b1 * x1 + b2 * x2 + b3 * x3 - p.x, b0 * y0 + b1 * y1 + b2 * y2 + b3 * y3 - p.y
        )
        var s = square > 0 ? (ex * dx + ey * dy) / square : 0
        if s < 0 { s = 0 } else if s > 1 { s = 1 }
        let (fx, fy) = (ex - s * dx, ey - s * dy)
        let distance = fx * fx + fy * fy
        if distance > worst { worst = distance }
        k += 1
      }
      i += 1
    }
    return worst.squareRoot()
  }
}

/// A polyline and the parameters of its vertices on one cubic.
struct Polyline {
  let vertices: [(x: Double, y: Double)]
  let u: [Double]

  init<S: CurveScalar & BinaryFloatingPoint>(_ points: [SIMD2<S>], _ tolerance: Double) throws
  where SIMD2<S>: BitwiseCopyable {
    let curve = try Curve(.bezier, points: points)
    vertices = try curve.points(.tolerance(tolerance)).map { (Double($0.x), Double($0.y)) }
    let plan = try SamplePlan(.tolerance(tolerance), curve.shape, curve.fitted)
    var located = [Located](repeating: Located(0, 0), count: plan.count)
    var places = located.mutableSpan
    plan.locate(&places, curve.shape, piece: 0, first: 0)
    u = located.map { $0.segment == 1 ? 1 : $0.u }
  }

  var chords: Int { vertices.count - 1 }
}

/// `cubic_geometry` of the golden file: the fewest chords with their ends on the curve.
struct FlattenGolden: Decodable {
  struct Cubic: Decodable {
    let id: String
    let points: [Double]
    let fewest: [String: Int]

    private enum CodingKeys: String, CodingKey {
      case id, points
      case fewest = "min_segments_on_curve"
    }
  }

  let cubics: [Cubic]

  private enum CodingKeys: String, CodingKey { case cubics = "cubic_geometry" }

  static let all: [Cubic] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    do {
      let bytes = try Data(contentsOf: folder.appending(path: "Golden/splines.json"))
      return try JSONDecoder().decode(FlattenGolden.self, from: bytes).cubics
    } catch {
      fatalError("Tests/Golden/splines.json: \(error)")
    }
  }()
}

/// Random cubics: general ones, and in turn with a cusp, a loop, all points on a line, coinciding points, one point, a
/// hairpin, far from the origin, long and flat.
struct RandomCubics {
  private var random: Random
  private var index = 0

  init(seed: UInt64) { random = Random(seed: seed) }

  mutating func next() -> PlaneCubic {
    index += 1
    var p = (0..<8).map { _ in Double.random(in: -100...100, using: &random) }
    switch index % 12 {
    case 1:  // a cusp at 1/2: P1 − P0 and P3 − P2 with y′(1/2) = 0
      (p[6], p[7]) = (p[0] + p[2] - p[4], p[1] + p[3] - p[5])
    case 2: (p[2], p[3], p[4], p[5]) = (4 * p[6], p[3] + 300, -4 * p[6], p[3] + 280)
    case 3:
      for k in 1..<4 { p[2 * k + 1] = p[1] + (p[2 * k] - p[0]) * 0.375 }
    case 4: (p[2], p[3]) = (p[0], p[1])
    case 5: (p[4], p[5]) = (p[6], p[7])
    case 6: (p[6], p[7]) = (p[0], p[1])
    case 7: p = (0..<8).map { p[$0 % 2] }
    case 8: (p[2], p[3], p[4], p[5]) = (p[6], p[7], p[0], p[1])
    case 9: p = p.map { $0 / 128 + 4096 }
    case 10:
      for k in 0..<4 { p[2 * k + 1] *= 1e-4 }
    case 11: (p[2], p[3], p[4], p[5]) = (p[0] + 200, p[1] + 1e-3, p[0] - 200, p[1] - 1e-3)
    default: break
    }
    return PlaneCubic(p)
  }
}
