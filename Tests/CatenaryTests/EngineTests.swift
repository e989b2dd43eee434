import Catenary
import Testing

@Suite struct EngineTests {
  @Test(arguments: [1, 2, 3]) func `array, buffer and stream agree for every thread count`(threads: Int)
    throws
  {
    let engine = Engine(threads: threads)
    let points = (0..<5000).map { SIMD2<Float>(Float($0), Float($0 % 17) / 3) }
    let curve = try Curve(.catmullRom(alpha: 0.5), points: points)
    let expected = try curve.points(.samplesPerSegment(33))
    #expect(try engine.render(curve, .samplesPerSegment(33)) == expected)
    var buffer = [SIMD2<Float>](repeating: .zero, count: expected.count)
    var span = buffer.mutableSpan
    try engine.render(curve, .samplesPerSegment(33), into: &span)
    #expect(buffer == expected)
    var streamed: [SIMD2<Float>] = []
    try engine.render(curve, .samplesPerSegment(33)) { tile in
      #expect(tile.first == streamed.count)
      for i in tile.elements.indices { streamed.append(tile.elements[i]) }
    }
    #expect(streamed == expected)
  }
}
