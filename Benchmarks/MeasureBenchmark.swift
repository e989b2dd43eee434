import Catenary

/// Measures, one thread: of the 13 golden cubics that are no point, and of a long curve.
let measureBenchmarks: [Benchmark] = [
  golden("measure/length", each: 1) { measures, curves in
    for curve in curves { keep(try CurveMeasure(curve).length) }
  },
  golden("measure/parameter-at-distance-rising", each: 1000) { measures, _ in
    for measure in measures {
      for i in 0..<1000 { keep(try measure.parameter(atDistance: measure.length * Double(i) / 1000)) }
    }
  },
  golden("measure/parameter-at-distance-shuffled", each: 1000) { measures, _ in
    for measure in measures {
      for i in 0..<1000 {
        keep(try measure.parameter(atDistance: measure.length * Double(i * 619 % 1000) / 1000))
      }
    }
  },
  golden("measure/nearest", each: 100) { measures, _ in
    for measure in measures {
      let (low, high) = (measure.boundingBox.min, measure.boundingBox.max)
      for i in 0..<100 {
        let (s, t) = (Double(i) / 100, Double(i * 37 % 100) / 100)
        keep(
          try measure.nearest(to: [low[0] + s * (high[0] - low[0]), low[1] + t * (high[1] - low[1])]).distance
        )
      }
    }
  },
  spaced,
  long("measure/curve", items: 100_000) { _, curve in keep(try CurveMeasure(curve).length) },
  long("measure/nearest", items: 100) { measure, _ in
    for i in 0..<100 { keep(try measure.nearest(to: [Double(i) * 990, 0.5]).distance) }
  },
  long("measure/parameter-at-distance-shuffled", items: 1000) { measure, _ in
    for i in 0..<1000 {
      keep(try measure.parameter(atDistance: measure.length * Double(i * 619 % 1000) / 1000))
    }
  },
]

/// The golden cubics of `Tests/Golden`: an arc, an S, a loop, cusps, a near line, timestamps, and six at random.
let goldenCubics: [[Double]] = [
  [100, 0, 100, 55.22847498, 55.22847498, 100, 0, 100],
  [0, 0, 100, 0, 0, 100, 100, 100],
  [0, 0, 150, 100, -50, 100, 100, 0],
  [0, 0, 100, 100, 0, 100, 100, 0],
  [0, 10, -10, 10, 180, 10, 60, 10],
  [0, 0, 33, 0.01, 66, -0.01, 100, 0],
  [1700000000.0, 100, 1700000020.0, 104, 1700000040.0, 91, 1700000060.0, 99],
  [123.001, 173.714, 80.5473, 61.4425, 7.00381, 49.7499, 162.446, 124.42],
  [145.8, 172.561, 45.5046, 33.105, 155.479, 140.141, 83.8974, 18.6189],
  [20.1867, 125.788, 39.6672, 165.079, 43.1099, 125.727, 148.064, 72.4403],
  [22.1411, 126.771, 166.853, 99.2474, 103.288, 89.5818, 168.735, 60.4336],
  [197.598, 119.983, 89.7669, 8.79418, 138.878, 77.3193, 87.165, 27.7646],
  [155.691, 45.8121, 82.6736, 11.0116, 22.705, 156.954, 16.2087, 70.7932],
]

private func golden(
  _ name: String, each: Int,
  _ run: @escaping @Sendable ([CurveMeasure], [Curve<Double>]) throws -> Void
) -> Benchmark {
  Benchmark("\(name)/golden-cubics", items: each * goldenCubics.count) {
    let curves = try goldenCubics.map { try Curve(.bezier, coordinates: $0, dimensions: 2) }
    let measures = try curves.map { try CurveMeasure($0) }
    return { try run(measures, curves) }
  }
}

/// What a rendering with spacing arc-length costs a point, its table included.
private let spaced = Benchmark(
  "measure/render-arc-length/golden-cubics", items: 10_000 * goldenCubics.count,
  bytes: 160_000 * goldenCubics.count
) {
  let curves = try goldenCubics.map { try Curve(.bezier, coordinates: $0, dimensions: 2) }
  let engine = Engine(threads: 1)
  var buffer = [Double](repeating: 0, count: 20_000)
  return {
    for curve in curves {
      var span = buffer.mutableSpan
      try engine.render(curve, .count(10_000, spacing: .arcLength), into: &span)
      keep(buffer[19_999])
    }
  }
}

private func long(
  _ name: String, items: Int, _ run: @escaping @Sendable (CurveMeasure, Curve<SIMD2<Double>>) throws -> Void
) -> Benchmark {
  Benchmark("\(name)/100000", items: items) {
    let curve = try Curve(.catmullRom(), points: doubles(100_000))
    let measure = try CurveMeasure(curve)
    return { try run(measure, curve) }
  }
}
