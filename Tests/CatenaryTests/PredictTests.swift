import Catenary
import Testing

@Suite struct PredictTests {
  static let engine = Engine(threads: 2)

  @Test func `the engine predicts what the curve does`() throws {
    let curve = try Curve(.akima(), points: [[0, 1], [1, 3], [2, 2], [4, 5]] as [SIMD2<Float>])
    for way in Extrapolation.allCases {
      let expected = try curve.predicted(horizon: 7, extrapolation: way)
      #expect(try Self.engine.predict(curve, horizon: 7, extrapolation: way) == expected)
    }
    #expect(try Self.engine.predict(curve).count == 100)
  }

  @Test(arguments: [1, 4095, 4096, 4097, 10_000]) func `tiles make the whole, in order`(horizon: Int) throws {
    let ring: [SIMD3<Double>] = [[0, 1, 2], [1, 3, 5], [2, 2, -1], [4, 5, 0]]
    for (closed, way) in [(false, Extrapolation.curve), (false, .damped), (true, .curve)] {
      let curve = try Curve(.catmullRom(), points: ring, closed: closed)
      var streamed: [SIMD3<Double>] = []
      try Self.engine.predict(curve, horizon: horizon, extrapolation: way) { tile in
        #expect(tile.first == streamed.count)
        for i in tile.elements.indices { streamed.append(tile.elements[i]) }
      }
      #expect(streamed.count == horizon)
      #expect(try Self.engine.predict(curve, horizon: horizon, extrapolation: way) == streamed)
    }
  }

  @Test func `a flat buffer's tiles count its numbers`() throws {
    let curve = try Curve(.linear(), coordinates: [0, 1, 2, 5, 4, 9] as [Float], dimensions: 2)
    var firsts: [Int] = []
    try Self.engine.predict(curve, horizon: 5000) { tile in firsts.append(tile.first) }
    #expect(firsts == [0, 8192])
    #expect(try Self.engine.predict(curve, horizon: 1) == [6, 13])
  }

  @Test func `what a sink throws ends it, and nothing is drawn for a wrong horizon`() throws {
    struct Full: Error {}
    let curve = try Curve(.linear(), points: [0, 1] as [Double])
    var calls = 0
    #expect(throws: Full.self) {
      try Self.engine.predict(curve, horizon: 100_000) { _ in
        calls += 1
        throw Full()
      }
    }
    #expect(calls == 1)
    #expect(throws: EngineError.curve(.wrongHorizon(0))) {
      try Self.engine.predict(curve, horizon: 0) { _ in calls += 1 }
    }
    #expect(throws: EngineError.curve(.wrongHorizon(0))) { try Self.engine.predict(curve, horizon: 0) }
    #expect(calls == 1)
  }
}
