import Testing

@testable import CurveKernel

/// The short way to the table of a uniform Catmull-Rom curve, against the way of all kinds.
@Suite struct UniformTableTests {
  private func shape(_ kind: CurveKind, _ points: [Double]) throws -> CurveShape {
    try CurveShape(kind, points: points, dimensions: 2, closed: false, gaps: .error)
  }

  private func general<B: DrawableBlock>(_: B.Type, _ shape: CurveShape) -> [Segment<B.Row>]? {
    let zero = B.row { _ in 0 }
    var table = [Segment<B.Row>](
      repeating: Segment(c: zero, b: zero, a: zero, d: zero), count: shape.points.count / 2)
    var block = [Double](repeating: 0, count: 256)
    let (points, nothing) = (shape.points, [Double]())
    var room = block.mutableSpan
    var entries = table.mutableSpan
    let fits = B.lower(
      shape.options, points: points.span, dimensions: 2, extra: nothing.span, scratch: nothing.span,
      derivative: 0, block: &room, into: &entries)
    return fits ? table : nil
  }

  private static let kinds: [CurveKind] = [
    .catmullRom(), .catmullRom(tension: 0.3), .catmullRom(tension: -7), .cardinal(tension: 1),
    .cardinal(tension: 1e3),
  ]

  @Test(arguments: kinds, [2, 3, 64, 65, 700])
  func `it has the same bits`(kind: CurveKind, count: Int) throws {
    for scale in [1e-300, 1e-30, 1, 1e4, 1e27] {
      let points = (0..<2 * count).map { (i: Int) -> Double in
        let value: Double = Double(i * 7919 % 10_007 - 5000) * scale
        return i % 5 == 0 ? -0.0 : value / 3
      }
      let shape = try shape(kind, points)
      guard case .float2(let floats)? = FittedTable(uniform: shape, block: .float2),
        case .double2(let doubles)? = FittedTable(uniform: shape, block: .double2)
      else {
        Issue.record("not taken: \(scale)")
        continue
      }
      #expect(bits(floats) == bits(general(FloatBlock2.self, shape) ?? []))
      #expect(bits(doubles) == bits(general(DoubleBlock2.self, shape) ?? []))
    }
  }

  private func bits(_ table: [Segment<SIMD2<Float>>]) -> [UInt32] {
    let rows = table.flatMap { [$0.c, $0.b, $0.a, $0.d] }
    return rows.flatMap { [$0.x.bitPattern, $0.y.bitPattern] }
  }
  private func bits(_ table: [Segment<SIMD2<Double>>]) -> [UInt64] {
    let rows = table.flatMap { [$0.c, $0.b, $0.a, $0.d] }
    return rows.flatMap { [$0.x.bitPattern, $0.y.bitPattern] }
  }

  @Test(arguments: kinds)
  func `what it takes is within the range that the general way grants`(kind: CurveKind) throws {
    var (taken, left) = (0, 0)
    for exponent in 90...127 {
      let shape = try shape(
        kind, [0, 0, Double(sign: .plus, exponent: exponent, significand: 1.99), 0, 0, 1, 1, 1])
      if FittedTable(uniform: shape, block: .float2) == nil {
        left += 1
      } else {
        taken += 1
        #expect(general(FloatBlock2.self, shape) != nil)
      }
    }
    #expect(taken > 0 && left > 0)
  }

  @Test func `other kinds, ends and shapes are left to it`() throws {
    let points = [0.0, 0, 1, 2, 3, 1, 4, 4]
    for kind in [
      CurveKind.catmullRom(alpha: 0.5), .catmullRom(ends: .reflect), .linear(), .kochanekBartels(),
    ] {
      #expect(FittedTable(uniform: try shape(kind, points), block: .float2) == nil)
    }
    let ring = try CurveShape(.catmullRom(), points: points, dimensions: 2, closed: true, gaps: .error)
    #expect(FittedTable(uniform: ring, block: .float2) == nil)
    let broken = try CurveShape(
      .catmullRom(), points: points + [.nan, .nan] + points, dimensions: 2, closed: false, gaps: .break)
    #expect(FittedTable(uniform: broken, block: .float2) == nil)
  }
}
