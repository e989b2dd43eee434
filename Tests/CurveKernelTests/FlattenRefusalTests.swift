import CurveKernel
import Testing

/// What flattening refuses, and what it takes at the edge of numbers.
@Suite struct FlattenRefusalTests {
  static let times: [SIMD2<Double>] = [
    [1_700_000_000, 100], [1_700_000_020, 104], [1_700_000_040, 91], [1_700_000_060, 99],
  ]

  @Test(arguments: [0, -1, .nan, .infinity]) func `a tolerance that is no positive number is refused`(
    bad: Double
  )
    throws
  {
    let curve = try Curve(.cubic(), points: AnyKind.points)
    let error = #expect(throws: CurveError.self) { try curve.points(.tolerance(bad)) }
    guard case .optionOutOfRange("tolerance", _, _)? = error else {
      Issue.record("\(error as Any)")
      return
    }
  }

  @Test func `below half an ulp of the largest coordinate a tolerance is refused with the way out`() throws {
    let floats = try Curve(.cubic(), points: Self.times.map { SIMD2<Float>($0) })
    let error = #expect(throws: CurveError.self) { try floats.points(.tolerance(10)) }
    guard case .toleranceTooFine(10, isFloat: true, let largest, step: 128, let least)? = error else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(largest >= 1_700_000_000 && largest < 1_700_000_070)
    #expect(least >= 64 && least <= 70)
    let words = error?.description ?? ""
    #expect(words.contains("f64") && words.contains("origin") && words.contains("128"))
    // What it names is taken, and f64 takes what f32 refuses.
    #expect(throws: Never.self) { try floats.points(.tolerance(least)) }
    let doubles = try Curve(.cubic(), points: Self.times)
    #expect(throws: Never.self) { try doubles.points(.tolerance(10)) }
  }

  @Test(arguments: [1, 2, 3, 4]) func `the half ulp counts for straight lines and steps, too`(dimensions: Int)
    throws
  {
    for kind in [.linear(), .step(), .catmullRom()] as [CurveKind] {
      let numbers = (0..<4 * dimensions).map { $0 == 3 ? Float(300_000) : Float($0) }  // ulp 0.03125
      let curve = try Curve<Float>(kind, coordinates: numbers, dimensions: dimensions)
      let error = #expect(throws: CurveError.self) { try curve.points(.tolerance(0.0156)) }
      guard case .toleranceTooFine? = error else {
        Issue.record("\(kind.name): \(error as Any)")
        return
      }
      #expect(throws: Never.self) { try curve.points(.tolerance(0.0158)) }
      let wide = try Curve<Double>(kind, coordinates: numbers.map { Double($0) }, dimensions: dimensions)
      #expect(throws: CurveError.self) { try wide.points(.tolerance(2e-11)) }
      #expect(throws: Never.self) { try wide.points(.tolerance(1e-4)) }
    }
  }

  @Test func `an ulp is enough in f32, and kept`() throws {
    for (i, points) in [AnyKind.points, AnyKind.points.map { $0 + 1024 }].map({ $0.prefix(4) }).enumerated() {
      let exact = points.map { SIMD2<Float>($0) }.map { SIMD2<Double>($0) }
      let tolerance = i == 0 ? 0x1p-20 : 0x1p-13  // of 14 and 1038
      let curve = try Curve(.catmullRom(), points: exact.map { SIMD2<Float>($0) })
      let worst = try deviation(curve, try Curve(.catmullRom(), points: exact), tolerance)
      #expect(worst <= tolerance)
    }
  }

  @Test func `too many points are refused before they are counted`() throws {
    let points = (0..<9001).map { (i: Int) -> SIMD2<Double> in
      SIMD2<Double>(i % 2 == 0 ? 1e6 : -1e6, i % 4 < 2 ? 1e6 : -1e6)
    }
    let curve = try Curve(.bezier, points: points)
    let error = #expect(throws: CurveError.self) { try curve.points(.tolerance(4e-7)) }
    guard case .tooManyPoints(let count?)? = error else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(count > 1 << 31)
  }

  @Test(arguments: [997, 300, -300, -900]) func `a power of two changes nothing but the exponents`(power: Int)
    throws
  {
    let unit = Double(sign: .plus, exponent: power, significand: 1)
    for kind in FlattenKindsTests.splines.map(\.1) + [.catmullRom(), .cubic(), .bezier] as [CurveKind] {
      let plain = try Curve(kind, points: AnyKind.points).points(.tolerance(0.01))
      let scaled = try Curve(kind, points: AnyKind.points.map { $0 * unit }).points(.tolerance(0.01 * unit))
      #expect(scaled == plain.map { $0 * unit }, "\(kind.name) \(power)")
    }
  }

  @Test func `huge numbers and huge tolerances give finite points`() throws {
    let wild: [SIMD2<Double>] = [[1e300, 0], [-1e300, 1e-300], [1e300, 1e300], [0, -1e300]]
    for (points, tolerance) in [
      (wild, 1e299), (wild, 1e290), (wild, 1e308), (AnyKind.points, 1e308), (AnyKind.points, 1e200),
      (wild.map { $0 * 1e-305 * 1e-300 }, 0x1p-1060), (wild.map { $0 * 1e-305 * 1e-300 }, 1e-3),
    ] {
      for kind in [.catmullRom(), .bSpline(), .cubic()] as [CurveKind] {
        let curve = try Curve(kind, points: points)
        // Only what is below an ulp is refused.
        let drawn = try? curve.points(.tolerance(tolerance))
        #expect(
          drawn.map { $0.count >= 2 && $0.allSatisfy { $0.x.isFinite && $0.y.isFinite } }
            ?? (tolerance == 0x1p-1060))
      }
    }
    let small = try Curve(.catmullRom(), points: AnyKind.points).points(.tolerance(1e308))
    #expect(small == AnyKind.points)
  }

  @Test func `points that coincide and curves of two points are drawn`() throws {
    for kind in [.catmullRom(), .catmullRom(alpha: 0.5), .cubic(), .linear(), .step(), .cardinal()]
      as [CurveKind]
    {
      let same = try Curve(kind, points: [SIMD2<Float>](repeating: [3, -2], count: 5)).points(
        .tolerance(1e-3))
      #expect(same.allSatisfy { $0 == [3, -2] } && same.count >= 5)
      let two = try Curve(kind, points: [[0, 0], [1, 2]] as [SIMD2<Double>]).points(.tolerance(1e-3))
      #expect(two.first == [0, 0] && two.last == [1, 2])
    }
  }

  @Test(arguments: [1e-300, 1e-30]) func `a refusal names a tolerance that will do`(tolerance: Double) throws
  {
    let far = try Curve(.catmullRom(), points: [[1e9, 0], [2e9, 1], [3e9, 0]] as [SIMD2<Double>])
    do {
      _ = try far.points(.tolerance(tolerance))
      Issue.record("accepted")
    } catch CurveError.toleranceTooFine(_, _, _, _, let least) {
      #expect(least.isFinite)
      #expect(throws: Never.self) { try far.points(.tolerance(least)) }
    }
  }
}
