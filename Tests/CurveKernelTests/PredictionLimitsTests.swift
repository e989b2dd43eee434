import CurveKernel
import Testing

/// Gaps, repeated points, the ends of the numbers: the right continuation or an error that says what to do.
@Suite struct PredictionLimitsTests {
  typealias Point = SIMD2<Double>

  @Test(arguments: [0, -1, 1_000_001, .min, .max]) func `a horizon off its range is refused`(horizon: Int)
    throws
  {
    let curve = try Curve(.linear(), points: [0, 1] as [Double])
    #expect(throws: CurveError.wrongHorizon(horizon)) { try curve.predicted(horizon: horizon) }
    #expect(CurveError.wrongHorizon(0).description == "horizon is 0: give 1 to 1000000")
  }

  @Test func `a hundred points are the default`() throws {
    #expect(try Curve(.linear(), points: [0, 1] as [Double]).predicted() == (2...101).map(Double.init))
  }

  @Test(arguments: Extrapolation.allCases)
  func `the piece behind the last gap goes on, gaps behind it are passed over`(way: Extrapolation) throws {
    let gap = Point(.nan, .nan)
    let points: [Point] = [[0, 9], [1, 5], gap, [3, 2], [4, 4], [5, 6], gap, gap]
    for kind in [CurveKind.catmullRom(), .akima(), .cubic(boundary: .notAKnot)] {
      let curve = try Curve(kind, points: points, gaps: .break)
      #expect(try curve.predicted(horizon: 2, extrapolation: way) == [[6, 8], [7, 10]], "\(kind.name)")
    }
  }

  @Test(arguments: Extrapolation.allCases)
  func `a point alone behind a gap has no direction`(way: Extrapolation) throws {
    let curve = try Curve(.catmullRom(), points: [1, 2, .nan, 5, .nan] as [Double], gaps: .break)
    #expect(throws: CurveError.lonePoint(index: 3)) {
      try curve.predicted(horizon: 2, extrapolation: way)
    }
    #expect(CurveError.lonePoint(index: 3).description.contains("point 3 stands alone"))
  }

  @Test func `a repeated last point is a rest in time and nothing in distance`() throws {
    let points: [Point] = [[0, 0], [1, 2], [2, 1], [2, 1], [2, 1]]
    let rests: [CurveKind] = [.linear(), .catmullRom(), .cardinal(), .monotone(parameterization: .uniform)]
    for kind in rests {
      #expect(try Curve(kind, points: points).predicted(horizon: 1) == [[2, 1]], "\(kind)")
    }
    let distances: [CurveKind] = [
      .linear(parameterization: .chordal), .catmullRom(alpha: 0.5), .catmullRom(alpha: 1, tension: 1),
    ]
    for kind in distances {
      #expect(try Curve(kind, points: points).predicted(horizon: 2) == [[3, 0], [4, -1]], "\(kind)")
      #expect(
        try Curve(kind, points: points).predicted(horizon: 2, extrapolation: .linear) == [[3, 0], [4, -1]])
    }
    for along in [Parameterization.chordal, .centripetal] {
      let kind = CurveKind.cubic(boundary: .notAKnot, parameterization: along)
      for way in Extrapolation.allCases {
        let repeated = try Curve(kind, points: points).predicted(horizon: 5, extrapolation: way)
        let plain = try Curve(kind, points: Array(points.prefix(3))).predicted(horizon: 5, extrapolation: way)
        #expect(difference(repeated, plain) <= 1e-14, "\(along) \(way)")
      }
    }
  }

  @Test(arguments: AnyKind.measuring + AnyKind.chordal + PredictionTests.smoothing.suffix(1))
  func `where distances run the parameter, a repeated last point changes nothing`(kind: AnyKind) throws {
    let plain = try kind.open()
    let repeated = try kind.open(AnyKind.points + [AnyKind.points[12], AnyKind.points[12]])
    for way in Extrapolation.allCases {
      // A smoothing spline weighs a repeated point as often as it stands there.
      if way == .curve, kind.name.hasPrefix("smoothing") { continue }
      let expected = try plain.predicted(horizon: 5, extrapolation: way)
      let predicted = try repeated.predicted(horizon: 5, extrapolation: way)
      #expect(difference(predicted, expected) <= 1e-13 * largest(expected), "\(way)")
    }
  }

  @Test(arguments: AnyKind.all.filter { !$0.isByX && $0.name != "hermite" && $0.name != "cubic clamped" })
  func `equal points stay where they are`(kind: AnyKind) throws {
    let points = [Point](repeating: [3, -4], count: 13)
    for way in Extrapolation.allCases {
      let predicted = try Curve(kind.kind(), points: points).predicted(horizon: 3, extrapolation: way)
      #expect(predicted == [[3, -4], [3, -4], [3, -4]], "\(way)")
    }
  }

  @Test(arguments: AnyKind.all + StraightPredictionTests.splines + PredictionTests.smoothing)
  func `finite numbers give finite points or an error`(kind: AnyKind) {
    for set in ExtremeTests.sets {
      for isFloat in [false, true] {
        for horizon in [3, 500] {
          for way in Extrapolation.allCases {
            // The trend sees the points and their steps, not the kind.
            if way == .damped, !kind.name.hasPrefix("linear"), !kind.name.hasPrefix("makima") { continue }
            let flat = set.points.flatMap { [$0.x, $0.y] }
            let own = kind.kind()
            let predicted: [Double]? =
              isFloat
              ? try? Curve<Float>(own, flat: flat, dimensions: 2, closed: false, gaps: .error)
                .predicted(horizon: horizon, extrapolation: way).map { Double($0) }
              : try? Curve<Double>(own, flat: flat, dimensions: 2, closed: false, gaps: .error)
                .predicted(horizon: horizon, extrapolation: way)
            guard let predicted else { continue }
            let isFinite = predicted.allSatisfy(\.isFinite)
            #expect(isFinite && predicted.count == 2 * horizon, "\(set.name) \(way) \(horizon) \(isFloat)")
          }
        }
      }
    }
  }

  @Test func `what grows beyond the numbers is refused with the first point that does`() throws {
    let line = try Curve(.linear(), points: [0, 0x1p1020] as [Double])
    #expect(throws: CurveError.tooFar(point: 15, isFloat: false)) { try line.predicted(horizon: 20) }
    #expect(try line.predicted(horizon: 14).last == 15 * 0x1p1020)
    let narrow = try Curve(.linear(), points: [[0, 0], [1, 0x1p120]] as [SIMD2<Float>])
    #expect(throws: CurveError.tooFar(point: 255, isFloat: true)) { try narrow.predicted(horizon: 300) }
    #expect(try narrow.predicted(horizon: 254).last == [255, 255 * 0x1p120])
    let cubic = try Curve(
      .cubic(boundary: .notAKnot), points: (0..<6).map { Double($0 * $0 * $0) * 0x1p1000 })
    #expect(throws: CurveError.tooFar(point: 251, isFloat: false)) { try cubic.predicted(horizon: 1000) }
    #expect(
      CurveError.tooFar(point: 251, isFloat: false).description.contains("point 251 leaves the range of f64"))
  }

  @Test func `a point of three Floats takes its own memory`() throws {
    let points: [SIMD3<Float>] = [[0, 1, 2], [1, 3, 1]]
    #expect(try Curve(.catmullRom(), points: points).predicted(horizon: 2) == [[2, 5, 0], [3, 7, -1]])
    let four: [SIMD4<Double>] = [[0, 1, 2, 3], [1, 3, 1, 3]]
    #expect(try Curve(.catmullRom(), points: four).predicted(horizon: 1) == [[2, 5, 0, 3]])
  }
}
