import CurveKernel
import Testing

/// What a smoothing spline is, whatever its numbers.
@Suite struct SmoothingTests {
  static let lambdas = [0, 1e-300, 1e-9, 0.01, 1, 50, 1e6, 1e12, 1e300]
  static let points: [[Double]] = AnyKind.points.enumerated().map { i, p in
    [p.x, p.y, Double(i * i % 5)]
  }

  func curve(_ points: [[Double]], _ lambda: Double, _ p: Parameterization = .x) -> FittedCurve {
    var options = FitOptions(.smoothing)
    (options.lambda, options.parameterization) = (lambda, p)
    return FittedCurve(options, points)
  }

  /// Residuals, given less fitted, a row a point.
  func residuals(_ curve: FittedCurve, _ points: [[Double]]) -> [[Double]] {
    points.indices.map { i in
      let fitted = i < curve.segments ? curve.position(i, 0) : curve.position(i - 1, 1)
      return zip(points[i], fitted).map(-)
    }
  }

  func steps(_ points: [[Double]], _ p: Parameterization) -> [Double] {
    zip(points, points.dropFirst()).map { a, b in
      let length = zip(a, b).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
      return switch p {
      case .uniform: 1
      case .chordal: length
      case .centripetal: length.squareRoot()
      case .x: b[0] - a[0]
      }
    }
  }

  @Test(arguments: Parameterization.allCases, [1e-3, 0.3, 20, 4e3])
  func `it is C2, straight beyond its ends, and its third derivative jumps by the residuals over lambda`(
    p: Parameterization, lambda: Double
  ) {
    // Schoenberg 1964: these conditions and no others make Σ(y − f)² + λ∫f″² least.
    let points = Self.points
    let (curve, h) = (curve(points, lambda, p), steps(points, p))
    let rests = residuals(curve, points)
    for k in (p == .x ? 1 : 0)..<3 {
      var third = 0.0
      for i in points.indices {
        let left = i == 0 ? nil : curve.jet(i - 1, 1, k)
        let right = i == h.count ? nil : curve.jet(i, 0, k)
        let bends = (left.map { $0.d2 / h[i - 1] / h[i - 1] }, right.map { $0.d2 / h[i] / h[i] })
        if let right, let left {
          #expect(abs(left.d1 / h[i - 1] - right.d1 / h[i]) < 1e-12)
          #expect(abs(bends.0! - bends.1!) < 1e-11)
        } else {
          #expect(abs((bends.0 ?? bends.1)!) < 1e-12)
        }
        let next = right.map { (curve.jet(i, 1, k).d2 - $0.d2) / h[i] / h[i] / h[i] } ?? 0
        #expect(abs(lambda * (next - third) - rests[i][k]) < 1e-11 * max(1, lambda), "point \(i)")
        third = next
      }
    }
  }

  @Test(arguments: Parameterization.allCases)
  func `lambda 0 is the natural cubic spline`(p: Parameterization) {
    var natural = FitOptions(.cubic)
    natural.parameterization = p
    let (got, want) = (curve(Self.points, 0, p), FittedCurve(natural, Self.points))
    for i in 0..<got.segments {
      #expect(got.position(i, 0) == Self.points[i])
      for u in [0.25, 0.5, 1] {
        for k in 0..<3 { #expect(abs(got.jet(i, u, k).value - want.jet(i, u, k).value) < 1e-13) }
      }
    }
  }

  @Test(arguments: [3, 13, 500, 20_000], [1e25, 1e300])
  func `a huge lambda gives the least-squares line, however many points`(count: Int, lambda: Double) {
    // A bend that Reinsch's equations could not straighten: its condition grows with the fourth power of the count.
    let points = (0..<count).map { i -> [Double] in
      let x = Double(i) + Double(i * i % 7) / 10
      return [x, 3 + x / 50 + (x / Double(count)) * (x / Double(count)) + Double(i * 31 % 11) / 7]
    }
    let n = Double(count)
    let middle = points.map { $0[0] }.reduce(0, +) / n
    let mean = points.map { $0[1] }.reduce(0, +) / n
    let square = points.map { ($0[0] - middle) * ($0[0] - middle) }.reduce(0, +)
    let slope = points.map { ($0[0] - middle) * ($0[1] - mean) }.reduce(0, +) / square
    let curve = curve(points, count > 1000 ? 1e300 : lambda)
    let worst = (0..<curve.segments).map { i in
      let p = curve.position(i, 0.5)
      return abs(p[1] - (mean + slope * (p[0] - middle)))
    }
    let largest = points.map { abs($0[1]) }.max() ?? 0
    // Summing n numbers, here and there, takes their roundings along.
    #expect((worst.max() ?? .nan) <= 1e-15 * max(16, n.squareRoot()) * largest)
    // Below 1e300 the line has a little bend left.
    if lambda == 1e300 { #expect(curve.jet(1, 0.5, 1).d2 == 0 || abs(curve.jet(1, 0.5, 1).d2) < 1e-280) }
  }

  @Test(arguments: Parameterization.allCases, lambdas)
  func `points on a line stay where they are`(p: Parameterization, lambda: Double) {
    let line = [0, 1, 3, 4.5, 9, 10.25].map { [$0, 7 - 2 * $0] }
    // Uneven points on a line are no linear function of their index or of roots of their distances.
    let isEven = p == .uniform || p == .centripetal
    let even = isEven ? (0..<6).map { [Double($0), 7 - 2 * Double($0)] } : line
    let curve = curve(even, lambda, p)
    for row in residuals(curve, even) { #expect(row.allSatisfy { abs($0) < 1e-14 }) }
    for i in 0..<curve.segments { #expect(abs(curve.jet(i, 0.5, 1).d2) < 1e-13) }
  }

  @Test(arguments: Parameterization.allCases, lambdas)
  func `a curve run backwards is the same curve`(p: Parameterization, lambda: Double) {
    let back = Self.points.reversed().map { p == .x ? [-$0[0]] + $0[1...] : $0 }
    let (there, home) = (curve(Self.points, lambda, p), curve(back, lambda, p))
    for i in 0..<12 {
      for k in 1..<3 {
        let difference = there.jet(i, 0.375, k).value - home.jet(11 - i, 0.625, k).value
        #expect(abs(difference) < 1e-13)
      }
    }
  }

  @Test(arguments: lambdas)
  func `each column follows its own affine map, and lambda counts x to the third`(lambda: Double) {
    let moved = Self.points.map { [4 * $0[0] - 1, 8 * $0[1] + 3, 5 - 0.5 * $0[2]] }
    let (small, large) = (curve(Self.points, lambda), curve(moved, lambda > 1e299 ? lambda : 64 * lambda))
    for i in 0..<12 {
      let (a, b) = (small.position(i, 0.375), large.position(i, 0.375))
      #expect(abs(8 * a[1] + 3 - b[1]) < 2e-13)
      #expect(abs(5 - 0.5 * a[2] - b[2]) < 2e-13)
    }
  }

  @Test(arguments: [-300, -40, 17, 300])
  func `x in another power of two changes no digit`(power: Int) {
    let unit = Double(sign: .plus, exponent: power, significand: 1)
    let scaled = Self.points.map { [$0[0] * unit] + $0[1...] }
    for lambda in [1.5, 0x1p-60] {
      let (one, other) = (curve(Self.points, lambda), curve(scaled, lambda * unit * unit * unit))
      for i in 0..<12 { #expect(one.position(i, 0.625)[1...] == other.position(i, 0.625)[1...]) }
    }
  }

  @Test(arguments: [Parameterization.chordal, .centripetal], [0, 0.01, 2, 1e5])
  func `a point given twice counts twice`(p: Parameterization, lambda: Double) {
    // 2Σ(y − f)² + 2λ∫f″² is least where Σ(y − f)² + λ∫f″² is.
    let twice = Self.points.flatMap { [$0, $0] }
    let (got, want) = (curve(twice, 2 * lambda, p), curve(Self.points, lambda, p))
    for i in 0..<12 {
      for k in 0..<3 {
        #expect(abs(got.jet(2 * i + 1, 0.3, k).value - want.jet(i, 0.3, k).value) < 1e-13)
        #expect(got.jet(2 * i, 0.3, k).value == got.jet(2 * i + 1, 0, k).value)
        #expect(got.jet(2 * i, 0.7, k).d1 == 0)
      }
    }
  }

  @Test(arguments: Parameterization.allCases)
  func `two points are their line, one is itself, equal ones stay`(p: Parameterization) throws {
    let two = curve([[0, 1], [2, 5]], 7, p)
    #expect(two.position(0, 0.25) == [0.5, 2])
    for lambda in [nil, 7.0] {
      let gap: [SIMD2<Double>] = [[1, 2], [.nan, .nan], [3, 4], [4, 4]]
      let drawn = try Curve(
        .smoothing(lambda: lambda, parameterization: p), points: gap, gaps: .break
      ).points(.samplesPerSegment(2))
      #expect(drawn[0] == [1, 2] && drawn[1].x.isNaN && drawn[2...] == [[3, 4], [3.5, 4], [4, 4]])
      guard p != .x else { continue }
      let still = [SIMD2<Double>](repeating: [3, -4], count: 5)
      let stays = try Curve(.smoothing(lambda: lambda, parameterization: p), points: still)
      #expect(try stays.points(.samplesPerSegment(3)).allSatisfy { $0 == [3, -4] })
      #expect(stays.lambda?.isFinite == true)
    }
  }

  @Test(arguments: [1.0, 40])
  func `steps over many decades keep the conditions of the least sum`(lambda: Double) {
    let x = [0, 1e-9, 1, 1 + 1e-6, 2, 1e4, 1e4 + 1, 1e9, 1e9 + 1e-3]
    let points = x.enumerated().map { [$0.element, Double($0.offset * 5 % 7)] }
    let rests = residuals(curve(points, lambda), points).map { $0[1] }
    // A straight line's part is gone from them: no sum, no moment.
    #expect(abs(rests.reduce(0, +)) < 1e-12)
    #expect(abs(zip(x, rests).map { $0 / 1e9 * $1 }.reduce(0, +)) < 1e-12)
  }
}
