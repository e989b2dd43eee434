import CurveKernel
import Testing

@testable import Catenary

/// The largest renderings there may be, their ends drawn without the rest.
@Suite struct LimitTests {
  @Test(arguments: [Int(Int32.max), Int(Int32.max) - 4, 1 << 30])
  func `the last tile of 2^31 points is drawn by every engine`(samples: Int) throws {
    let curve = try Curve(.linear(), points: [1, 3] as [Float])
    for sampling in [Sampling.samplesPerSegment(samples), .count(samples + 1)] {
      for (name, engine) in Roads.engines {
        let job = try Rendering(curve, sampling, 0, engine)
        #expect(job.plan.count == samples + 1)
        for range in [samples - 40..<samples + 1, samples..<samples + 1, samples - 7..<samples] {
          var drawn = [Float](repeating: 0, count: range.count)
          var span = drawn.mutableSpan
          var bytes = unsafe span.mutableBytes
          try job.draw(range, into: &bytes)
          let expected = range.map { 1 + 2 * Float(Double($0) / Double(samples)) }
          #expect(drawn == expected, "\(name) \(range)")
        }
      }
    }
  }

  @Test func `lone points are drawn by every engine, whatever the samples`() throws {
    let curve = try Curve(.catmullRom(), points: [1, .nan, 2, .nan] as [Double], gaps: .break)
    for sampling in [Sampling.samplesPerSegment(1 << 31), .count(1 << 31), .at([2, 1, 0])] {
      let rows = try Roads.rows(curve, sampling)
      #expect(rows.count == 3 && rows[1][0].isNaN && rows[0][0] + rows[2][0] == 3)
    }
  }

  @Test func `gaps are the same everywhere, across tiles, too`() throws {
    var random = SplitMix(seed: 13)
    var numbers = (0..<3000).map { _ in Float.random(in: -9...9, using: &random) }
    for i in [0, 7, 8, 500, 502, 1777, 2999] { numbers[i] = .nan }
    for kind in [CurveKind.cubic(), .step(.middle)] {
      let curve = try Curve(kind, coordinates: numbers, dimensions: 2, gaps: .break)
      for sampling in [Sampling.samplesPerSegment(24), .count(9000), .at([300.25, 2, 250, 250.5, 251])] {
        for derivative in 0...1 { _ = try Roads.rows(curve, sampling, derivative: derivative) }
      }
    }
  }
}
