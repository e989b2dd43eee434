import CurveKernel
import Testing

/// A way to choose slopes, and whether it closes.
struct SlopeKind: Sendable, CustomTestStringConvertible {
  let name: String
  let options: FitOptions

  var testDescription: String { name }

  init(
    _ name: String, _ family: Family, _ parameterization: Parameterization, boundary: Boundary = .natural,
    method: MonotoneMethod = .pchip, closed: Bool = false
  ) {
    var options = FitOptions(family)
    (options.parameterization, options.boundary) = (parameterization, boundary)
    (options.method, options.isClosed) = (method, closed)
    (self.name, self.options) = ("\(name) \(parameterization)\(closed ? " closed" : "")", options)
  }

  /// Every open kind, then every closed one.
  static let open: [SlopeKind] = Parameterization.allCases.flatMap { p in
    [
      SlopeKind("natural", .cubic, p), SlopeKind("clamped", .cubic, p, boundary: .clamped),
      SlopeKind("not-a-knot", .cubic, p, boundary: .notAKnot), SlopeKind("pchip", .monotone, p),
      SlopeKind("steffen", .monotone, p, method: .steffen), SlopeKind("akima", .akima, p),
      SlopeKind("makima", .makima, p),
    ]
  }
  static let closed: [SlopeKind] = Parameterization.allCases.filter { $0 != .x }.flatMap { p in
    [
      SlopeKind("cubic", .cubic, p, closed: true), SlopeKind("pchip", .monotone, p, closed: true),
      SlopeKind("steffen", .monotone, p, method: .steffen, closed: true),
      SlopeKind("akima", .akima, p, closed: true), SlopeKind("makima", .makima, p, closed: true),
    ]
  }
  static let measured = (open + closed).filter { ![.x, .uniform].contains($0.options.parameterization) }
}

/// What holds for every kind: it passes through its points, and moves, scales and turns with them.
@Suite struct SlopesTests {
  /// x rises, so that every parameterization takes them.
  static let points: [[Double]] = [
    [0, 1, 2], [0.5, 3, 1], [2, 2, 0], [2.25, -1, 4], [4, -1.5, 4.5], [7, 0, 3], [7.5, 2, -2],
  ]
  static let ends: [Double] = [1, -0.5, 2, 1, 1.5, 0.25]

  func curve(_ kind: SlopeKind, _ points: [[Double]], _ ends: [Double] = Self.ends) -> FittedCurve {
    FittedCurve(kind.options, points, extra: kind.options.boundary == .clamped ? ends : [])
  }

  /// Every segment runs from its point to the next, without NaN.
  func expectThroughPoints(_ curve: FittedCurve, _ points: [[Double]]) {
    for i in 0..<curve.segments {
      let (start, end) = (curve.position(i, 0), curve.position(i, 1))
      let next = points[(i + 1) % points.count]
      #expect(start == points[i])
      #expect(zip(end, next).allSatisfy { abs($0 - $1) <= 1e-12 }, "segment \(i)")
    }
  }

  @Test(arguments: SlopeKind.open + SlopeKind.closed)
  func `a curve passes through its points, however few`(kind: SlopeKind) {
    for count in 1...Self.points.count {
      let points = Array(Self.points.prefix(count))
      expectThroughPoints(curve(kind, points), points)
    }
  }

  @Test(arguments: SlopeKind.measured)
  func `repeated points give no NaN and leave the rest of the curve as it is`(kind: SlopeKind) {
    let p = Self.points
    let repeated = [p[0], p[0], p[1], p[2], p[2], p[2], p[3], p[4], p[5], p[6], p[6]]
    let real = [1, 2, 5, 6, 7, 8]
    let got = curve(kind, repeated)
    let want = curve(kind, p)
    let width = 4 * 3
    expectThroughPoints(got, repeated)
    for i in 0..<got.segments {
      let twin = real.firstIndex(of: i) ?? (i == 10 ? 6 : nil)
      let piece = got.coefficients[(width * i)..<(width * (i + 1))]
      if let twin {
        let expected = want.coefficients[(width * twin)..<(width * (twin + 1))]
        #expect(Array(piece) == Array(expected), "segment \(i)")
      } else {
        #expect(piece.prefix(9).allSatisfy { $0 == 0 }, "segment \(i)")
      }
    }
  }

  @Test(arguments: SlopeKind.measured)
  func `points that are all the same make a curve that stays there`(kind: SlopeKind) {
    for count in 1...5 {
      let points = [[Double]](repeating: [3, 4, 5], count: count)
      let curve = curve(kind, points)
      for i in 0..<curve.segments { #expect(curve.position(i, 0.3) == [3, 4, 5]) }
    }
  }

  @Test(arguments: SlopeKind.closed)
  func `a ring may be closed by its first point again`(kind: SlopeKind) {
    guard kind.options.parameterization != .uniform else { return }
    let p = Self.points
    let (got, want) = (curve(kind, p + [p[0]]), curve(kind, p))
    #expect(got.coefficients.prefix(want.coefficients.count) == want.coefficients[...])
    #expect(got.position(p.count, 0.7) == p[0])
  }

  @Test(arguments: SlopeKind.closed)
  func `a ring may begin anywhere`(kind: SlopeKind) {
    let p = Self.points
    let (curve1, curve2) = (curve(kind, p), curve(kind, Array(p[2...] + p[..<2])))
    for i in 0..<p.count {
      expectNear(curve1.position((i + 2) % p.count, 0.375), curve2.position(i, 0.375))
    }
  }

  @Test(arguments: SlopeKind.open + SlopeKind.closed)
  func `a curve run backwards is the same curve`(kind: SlopeKind) {
    let isX = kind.options.parameterization == .x
    let back = Self.points.reversed().map { isX ? [-$0[0]] + $0[1...] : $0 }
    let e = Self.ends
    let ends = e[3...].map { -$0 } + e[..<3].map { -$0 }
    let (there, home) = (curve(kind, Self.points), curve(kind, back, ends))
    for i in 0..<6 {
      var position = home.position(5 - i, 0.625)
      if isX { position[0] = -position[0] }
      expectNear(there.position(i, 0.375), position)
    }
  }

  @Test(arguments: SlopeKind.open + SlopeKind.closed)
  func `a curve grows and moves with its points`(kind: SlopeKind) {
    let grown = Self.points.map { $0.map { 8 * $0 + 3 } }
    // Slopes per unit of x, or of a parameter that does not grow.
    let factor = kind.options.parameterization == .x ? 1.0 : 8
    let (small, large) = (curve(kind, Self.points), curve(kind, grown, Self.ends.map { factor * $0 }))
    for i in 0..<small.segments {
      expectNear(small.position(i, 0.375).map { 8 * $0 + 3 }, large.position(i, 0.375), 1e-11)
    }
  }

  @Test(arguments: [SlopeKind.open, SlopeKind.closed].joined().filter { $0.options.family == .cubic })
  func `a cubic spline is C2 in its parameter`(kind: SlopeKind) {
    let curve = curve(kind, Self.points)
    for i in 0..<(kind.options.isClosed ? curve.segments : curve.segments - 1) {
      let j = (i + 1) % curve.segments
      let (h0, h1) = (step(kind, i), step(kind, j))
      for k in 0..<3 {
        let (left, right) = (curve.jet(i, 1, k), curve.jet(j, 0, k))
        #expect(abs(left.d1 / h0 - right.d1 / h1) < 1e-11)
        #expect(abs(left.d2 / h0 / h0 - right.d2 / h1 / h1) < 1e-10)
      }
    }
  }

  @Test(arguments: Parameterization.allCases)
  func `clamped slopes are kept, chordal ones per u of the end segment`(p: Parameterization) {
    for count in [2, 3, 7] {
      let kind = SlopeKind("clamped", .cubic, p, boundary: .clamped)
      let curve = curve(kind, Array(Self.points.prefix(count)))
      let isX = p == .x
      for k in 0..<3 {
        let h0 = isX ? step(kind, 0) : 1
        let h1 = isX ? step(kind, count - 2) : 1
        #expect(abs(curve.jet(0, 0, k).d1 / h0 - Self.ends[k]) < 1e-13)
        #expect(abs(curve.jet(count - 2, 1, k).d1 / h1 - Self.ends[3 + k]) < 1e-11)
      }
    }
  }

  @Test(arguments: Parameterization.allCases)
  func `natural ends do not bend, and not-a-knot repeats a parabola`(p: Parameterization) {
    let natural = curve(SlopeKind("natural", .cubic, p), Self.points)
    for k in 0..<3 {
      #expect(abs(natural.jet(0, 0, k).d2) < 1e-12)
      #expect(abs(natural.jet(5, 1, k).d2) < 1e-11)
    }
    for count in 3...7 where p == .x {
      func height(_ x: Double) -> Double { 3 - x + x * x }
      let parabola = (0..<count).map { i in [Double(i * i), height(Double(i * i))] }
      let curve = curve(SlopeKind("not-a-knot", .cubic, p, boundary: .notAKnot), parabola)
      for i in 0..<(count - 1) {
        let position = curve.position(i, 0.5)
        #expect(abs(position[1] - height(position[0])) < 1e-10)
      }
    }
  }

  @Test(arguments: Parameterization.allCases)
  func `a periodic spline whose last point repeats the first goes round smoothly`(p: Parameterization) {
    for count in 1...6 {
      var points = Array(Self.points.prefix(count))
      points.append(p == .x ? [9] + points[0][1...] : points[0])
      let kind = SlopeKind("periodic", .cubic, p, boundary: .periodic)
      let curve = curve(kind, points)
      expectThroughPoints(curve, points)
      let (h0, h1) = (step(kind, 0, points), step(kind, count - 1, points))
      for k in (p == .x ? 1 : 0)..<3 where count > 1 {
        let (end, start) = (curve.jet(count - 1, 1, k), curve.jet(0, 0, k))
        #expect(abs(end.d1 / h1 - start.d1 / h0) < 1e-11)
        #expect(abs(end.d2 / h1 / h1 - start.d2 / h0 / h0) < 1e-10)
      }
    }
  }

  @Test func `a monotone curve stays between its points, its slopes ever so small`() {
    let tiny = Double.leastNonzeroMagnitude
    let y = [0, 0, 2000 * tiny, 0x1p40 * tiny, 1e-300, 1, 1, 1e300, 1.5e300]
    let points = y.enumerated().map { [Double($0.offset * $0.offset), $0.element] }
    for method in MonotoneMethod.allCases {
      let curve = curve(SlopeKind("monotone", .monotone, .x, method: method), points)
      for i in 0..<curve.segments {
        for step in 0...16 {
          let value = curve.position(i, Double(step) / 16)[1]
          let slack = 1e-15 * y[i + 1] + 8 * tiny
          #expect(value >= y[i] - slack && value <= y[i + 1] + slack)
        }
      }
    }
  }

  func expectNear(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-12) {
    #expect(zip(a, b).allSatisfy { abs($0 - $1) <= tolerance }, "\(a) is not \(b)")
  }

  /// The parameter's step, by its definition.
  func step(_ kind: SlopeKind, _ i: Int, _ points: [[Double]] = Self.points) -> Double {
    let (a, b) = (points[i], points[(i + 1) % points.count])
    let length = zip(a, b).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
    return switch kind.options.parameterization {
    case .uniform: 1
    case .chordal: length
    case .centripetal: length.squareRoot()
    case .x: b[0] - a[0]
    }
  }
}
