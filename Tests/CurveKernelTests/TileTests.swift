import CurveKernel
import Testing

/// Tiles: any range of points may be drawn alone.
@Suite struct TileTests {
  static let samplings: [Sampling] = [
    .samplesPerSegment(1), .samplesPerSegment(7), .samplesPerSegment(64), .count(997),
    .at((0..<500).map { Double(($0 * 7919) % 1200) / 100 }), .tolerance(0.05),
  ]

  @Test(arguments: AnyKind.all.filter { $0.stride == 1 && !$0.isByX })
  func `any range drawn alone has the bytes of the whole`(kind: AnyKind) throws {
    var random = Random(seed: 5)
    for dimensions in 1...4 {
      let numbers = (0..<13 * dimensions).map { _ in Double.random(in: -9...9, using: &random) }
      if case .hermite = kind.kind() { continue }
      if case .cubic(.clamped, _) = kind.kind() { continue }
      try check(
        Curve<Double>(kind.kind(), coordinates: numbers, dimensions: dimensions), Self.samplings, &random)
      try check(
        Curve<Float>(kind.kind(), coordinates: numbers.map { Float($0) }, dimensions: dimensions),
        Self.samplings, &random)
    }
  }

  @Test func `ranges that cross gaps have the bytes of the whole`() throws {
    var random = Random(seed: 6)
    var numbers = (0..<120).map { _ in Float.random(in: -9...9, using: &random) }
    for i in [0, 11, 12, 40, 42, 43, 90, 119] { numbers[i] = .nan }
    for dimensions in 1...3 {
      let curve = try Curve<Float>(.cubic(), coordinates: numbers, dimensions: dimensions, gaps: .break)
      let last = Double(120 / dimensions - 2)
      let some = (0..<500).map { _ in Double.random(in: 1...last, using: &random) }
      try check(
        curve, [.samplesPerSegment(3), .count(7), .tolerance(0.05), .at(some.filter { $0 <= last - 1 })],
        &random)
    }
  }

  /// Doubles are drawn and rounded where Float's own rounding would take too much; segments of many chords have checkpoints.
  @Test(arguments: 1...4) func `flattened finely, any range has the bytes of the whole`(dimensions: Int)
    throws
  {
    var random = Random(seed: 7)
    let numbers = (0..<5 * dimensions).map { _ in Float.random(in: -9...9, using: &random) }
    try check(
      Curve<Float>(.catmullRom(), coordinates: numbers, dimensions: dimensions), [.tolerance(3e-4)], &random)
    let doubles = numbers.map { Double($0) }
    try check(
      Curve<Double>(.bSpline(), coordinates: doubles, dimensions: dimensions), [.tolerance(2e-4)], &random)
    let nurbs = CurveKind.nurbs(weights: [1, 3, 0.5, 2, 1])
    try check(Curve<Float>(nurbs, coordinates: numbers, dimensions: dimensions), [.tolerance(3e-2)], &random)
  }

  func check<S: CurveScalar & BitwiseCopyable & BinaryFloatingPoint>(
    _ curve: Curve<S>, _ samplings: [Sampling], _ random: inout Random
  ) throws {
    let size = MemoryLayout<S>.size * curve.dimensions
    for sampling in samplings {
      for derivative in 0...2 {
        let plan = try SamplePlan(sampling, curve.shape, curve.fitted, derivative: derivative)
        let table = try curve.fitted(derivative: derivative)
        let whole = drawn(curve, table, plan, derivative, 0..<plan.count)
        for _ in 0..<12 {
          let first = Int.random(in: 0..<plan.count, using: &random)
          let range = first..<Int.random(in: first + 1...plan.count, using: &random)
          let part = drawn(curve, table, plan, derivative, range)
          let isSame = part[...] == whole[range.lowerBound * size..<range.upperBound * size]
          #expect(isSame, "\(sampling) \(curve.dimensions)-D derivative \(derivative) \(range)")
        }
      }
    }
  }

  /// Bytes that no drawing leaves behind stand before and after the tile; they must stay.
  func drawn<S>(
    _ curve: Curve<S>, _ table: FittedTable, _ plan: SamplePlan, _ derivative: Int, _ range: Range<Int>
  ) -> [UInt8] {
    let size = MemoryLayout<S>.size * curve.dimensions * range.count
    var bytes = [UInt8](repeating: 0xA5, count: size + 128)
    var span = bytes.mutableSpan
    var raw = unsafe span.mutableBytes
    var target = raw._mutatingExtracting(64..<64 + size)
    table.draw(curve.shape, plan, derivative: derivative, range: range, by: nil, into: &target)
    #expect(bytes.prefix(64).allSatisfy { $0 == 0xA5 } && bytes.suffix(64).allSatisfy { $0 == 0xA5 })
    return Array(bytes[64..<64 + size])
  }
}
