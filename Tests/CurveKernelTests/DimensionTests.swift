import CurveKernel
import Testing

/// Scalars, vectors and flat buffers: one curve, whatever its points are kept in.
@Suite struct DimensionTests {
  static let samplings: [Sampling] = [.samplesPerSegment(9), .count(50), .at([0, 11.5, 3, 3.25])]
  static let numbers: [Double] = {
    var random = Random(seed: 9)
    return (0..<52).map { _ in Double.random(in: -9...9, using: &random) }
  }()

  static let kinds = AnyKind.all.filter { kind in
    kind.stride == 1 && !kind.isByX && kind.name != "hermite" && kind.name != "cubic clamped"
  }

  @Test(arguments: kinds)
  func `vectors of two, three and four agree with flat buffers`(kind: AnyKind) throws {
    let n = Self.numbers
    for sampling in Self.samplings {
      for derivative in 0...2 {
        func flat(_ dimensions: Int) throws -> [Double] {
          try Curve(kind.kind(), coordinates: Array(n[..<(13 * dimensions)]), dimensions: dimensions)
            .points(sampling, derivative: derivative)
        }
        let two = (0..<13).map { SIMD2(n[2 * $0], n[2 * $0 + 1]) }
        let three = (0..<13).map { SIMD3(n[3 * $0], n[3 * $0 + 1], n[3 * $0 + 2]) }
        let four = (0..<13).map { SIMD4(n[4 * $0], n[4 * $0 + 1], n[4 * $0 + 2], n[4 * $0 + 3]) }
        let scalars = try Curve(kind.kind(), points: Array(n[..<13]))
          .points(sampling, derivative: derivative)
        let drawn2 = try Curve(kind.kind(), points: two).points(sampling, derivative: derivative)
        let drawn3 = try Curve(kind.kind(), points: three).points(sampling, derivative: derivative)
        let drawn4 = try Curve(kind.kind(), points: four).points(sampling, derivative: derivative)
        #expect(try scalars == flat(1))
        #expect(try drawn2.flatMap { [$0.x, $0.y] } == flat(2))
        #expect(try drawn3.flatMap { [$0.x, $0.y, $0.z] } == flat(3))
        #expect(try drawn4.flatMap { [$0.x, $0.y, $0.z, $0.w] } == flat(4))
      }
    }
  }

  @Test(
    arguments: kinds.filter { $0.moves != .bySimilarity && !AnyKind.chordal.map(\.name).contains($0.name) })
  func `a coordinate's curve does not depend on its company`(kind: AnyKind) throws {
    let columns = (0..<4).map { k in (0..<13).map { Self.numbers[13 * k + $0] } }
    let alone = try columns.map { try Curve(kind.kind(), points: $0).points(.samplesPerSegment(5)) }
    for dimensions in 2...4 {
      let joint = (0..<13).flatMap { i in (0..<dimensions).map { columns[$0][i] } }
      let drawn = try Curve(kind.kind(), coordinates: joint, dimensions: dimensions)
        .points(.samplesPerSegment(5))
      for k in 0..<dimensions {
        #expect(stride(from: k, to: drawn.count, by: dimensions).map { drawn[$0] } == alone[k])
      }
    }
  }

  @Test func `points of Float are the points of Double, rounded, where every step is exact`() throws {
    let points = (0..<13).map { (i: Int) -> SIMD3<Double> in [Double(i), Double(i * i % 5), Double(-i)] }
    let wide = try Curve(.catmullRom(), points: points).points(.samplesPerSegment(8))
    let narrow = try Curve(.catmullRom(), points: points.map { SIMD3<Float>($0) })
      .points(.samplesPerSegment(8))
    #expect(narrow.map { SIMD3<Double>($0) } == wide)
  }
}
