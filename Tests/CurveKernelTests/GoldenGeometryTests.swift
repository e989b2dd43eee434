import CurveKernel
import Testing

@Suite struct GoldenGeometryTests {
  @Test(arguments: GoldenGeometry.all)
  func `the length of a cubic is the golden one within 10⁻¹²`(golden: GoldenGeometry) throws {
    let length = try CurveMeasure(golden.curve()).length
    #expect(abs(length - golden.arclength) <= 1e-12 * golden.arclength)
  }

  @Test(arguments: GoldenGeometry.all)
  func `the bounding box is the golden one`(golden: GoldenGeometry) throws {
    let box = try CurveMeasure(golden.curve()).boundingBox
    for (found, wanted) in zip(box.min + box.max, golden.bbox) {
      // A few roundings of the coordinates themselves: timestamps have 7 digits left.
      #expect(abs(found - wanted) <= 1e-14 * golden.scale + wanted.ulp)
    }
  }

  @Test(arguments: GoldenGeometry.all)
  func `the curvature is the golden one`(golden: GoldenGeometry) throws {
    let measure = try CurveMeasure(golden.curve())
    for pair in golden.curvature {
      let curvature = try #require(try measure.curvature(at: pair[0]))
      #expect(abs(curvature - pair[1]) <= 1e-12 * abs(pair[1]) + 1e-15)
    }
  }

  @Test(arguments: GoldenGeometry.all)
  func `the nearest point has the golden distance, and lies where it says`(golden: GoldenGeometry) throws {
    let measure = try CurveMeasure(golden.curve())
    for wanted in golden.nearest ?? [] {
      let found = try measure.nearest(to: wanted.query)
      #expect(abs(found.distance - wanted.distance) <= 1e-12 * golden.scale)
      #expect(try measure.position(at: found.parameter) == found.point)
    }
  }

  @Test(arguments: GoldenGeometry.all)
  func `points at even distances are evenly spaced`(golden: GoldenGeometry) throws {
    let measure = try CurveMeasure(golden.curve())
    guard measure.length > 0 else { return }
    var worst = 0.0
    for i in 0...100 {
      let distance = min(measure.length * Double(i) / 100, measure.length)
      let u = try measure.parameter(atDistance: distance)
      worst = max(worst, abs(lengthByHand(golden.points, to: u) - distance))
    }
    #expect(worst <= 1e-11 * golden.arclength)
  }
}

/// The length of a cubic Bézier from 0 to u by Gauss–Legendre of 3 points on 500 panels between the zeros of the
/// derivative's coordinates: another formula on another division.
private func lengthByHand(_ p: [Double], to u: Double) -> Double {
  func derivative(_ k: Int) -> (Double, Double, Double) {
    (3 * (p[2 + k] - p[k]), 3 * (p[4 + k] - p[2 + k]), 3 * (p[6 + k] - p[4 + k]))
  }
  let (x, y) = (derivative(0), derivative(1))
  func value(_ d: (Double, Double, Double), _ t: Double) -> Double {
    d.0 * (1 - t) * (1 - t) + 2 * d.1 * t * (1 - t) + d.2 * t * t
  }
  func zeros(_ d: (Double, Double, Double)) -> [Double] {
    let (a, b, c) = (d.0 - 2 * d.1 + d.2, d.1 - d.0, d.0)
    let inner = b * b - a * c
    guard inner >= 0 else { return [] }
    return [(-b - inner.squareRoot()) / a, (-b + inner.squareRoot()) / a].filter { $0 > 0 && $0 < u }
  }
  let breaks = ([0, u] + zeros(x) + zeros(y)).sorted()
  let (node, weight) = (0.6.squareRoot(), 5.0 / 18)
  var sum = 0.0
  for (from, to) in zip(breaks, breaks.dropFirst()) {
    let h = (to - from) / 500
    for i in 0..<500 {
      let m = from + (Double(i) + 0.5) * h
      func speed(_ t: Double) -> Double {
        let (dx, dy) = (value(x, t), value(y, t))
        return (dx * dx + dy * dy).squareRoot()
      }
      let outer = speed(m - 0.5 * h * node) + speed(m + 0.5 * h * node)
      sum += h * (weight * outer + (4.0 / 9) * speed(m))
    }
  }
  return sum
}
