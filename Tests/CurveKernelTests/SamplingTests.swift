import CurveKernel
import Testing

/// Where curves are sampled, and where they cannot be.
@Suite struct SamplingTests {
  static let line = [0, 10, 40, 90] as [Double]

  @Test func `at takes parameters in any order, and any of them twice`() throws {
    let curve = try Curve(.linear(), points: Self.line)
    #expect(try curve.points(.at([3, 0.5, 2, 0.5, 0, 2.5])) == [90, 5, 40, 5, 0, 65])
  }

  @Test(arguments: AnyKind.all)
  func `many parameters in any order are each drawn as if alone`(kind: AnyKind) throws {
    var random = Random(seed: 3)
    let curve = try kind.open()
    let range = kind.isByX ? -3.0...12 : 0...Double(12 / kind.stride)
    // More than are located at a time.
    let all = (0..<600).map { _ in Double.random(in: range, using: &random) }
    let drawn = try curve.points(.at(all))
    for i in stride(from: 0, to: 600, by: 7) { #expect(try curve.points(.at([all[i]])) == [drawn[i]]) }
    let order = all.indices.sorted { all[$0] < all[$1] }
    #expect(try curve.points(.at(order.map { all[$0] })) == order.map { drawn[$0] })
  }

  @Test func `at a joint the right-hand segment counts, at the end the last`() throws {
    let curve = try Curve(.linear(), points: Self.line)
    #expect(try curve.points(.at([0, 1, 2, 3]), derivative: 1) == [10, 30, 50, 50])
    let ring = try Curve(.linear(), points: Self.line, closed: true)
    #expect(try ring.points(.at([3, 4]), derivative: 1) == [-90, -90])
    #expect(try ring.points(.at([4])) == [0])
    let jumps = try Curve(.step(.before), points: Self.line)
    #expect(try jumps.points(.at([0, 0x1p-100, 1, 1.5, 3])) == [0, 10, 10, 40, 90])
    let half = try Curve(.step(.middle), points: Self.line)
    #expect(try half.points(.at([0.25, 0.5.nextDown, 0.5, 0.75])) == [0, 0, 10, 10])
  }

  @Test func `along x at a joint the right-hand segment counts, at the end the last`() throws {
    let points: [SIMD2<Double>] = [[1, 0], [2, 10], [4, 0]]
    let curve = try Curve(.linear(parameterization: .x), points: points)
    #expect(try curve.points(.at([1, 2, 4]), derivative: 1).map(\.y) == [10, -5, -5])
    #expect(try curve.points(.at([4, 1, 3])) == [[4, 0], [1, 0], [3, 5]])
  }

  @Test(arguments: [-0x1p-1074, 3.0000000000000004, -1, .infinity, -.infinity])
  func `a parameter off the curve is refused with its index`(t: Double) throws {
    let curve = try Curve(.linear(), points: Self.line)
    #expect(throws: CurveError.outside(index: 2, value: t, first: 0, last: 3)) {
      try curve.points(.at([0, 3, t, 1]))
    }
  }

  @Test func `NaN is no parameter, and no parameters are no sampling`() throws {
    let curve = try Curve(.linear(), points: Self.line)
    let error = #expect(throws: CurveError.self) { try curve.points(.at([0, .nan])) }
    #expect(try #require(error).description == "parameter 1 (nan) is outside the curve: give 0 to 3")
    #expect(
      throws: CurveError.wrongSampling(name: "the number of parameters in at", value: 0, smallest: 1)
    ) { try curve.points(.at([])) }
  }

  @Test(arguments: [
    (
      Sampling.samplesPerSegment(0),
      CurveError.wrongSampling(name: "samplesPerSegment", value: 0, smallest: 1)
    ),
    (.samplesPerSegment(-5), .wrongSampling(name: "samplesPerSegment", value: -5, smallest: 1)),
    (.samplesPerSegment(.max), .wrongSampling(name: "samplesPerSegment", value: .max, smallest: 1)),
    (.samplesPerSegment(.min), .wrongSampling(name: "samplesPerSegment", value: .min, smallest: 1)),
    (.count(1), .wrongSampling(name: "count", value: 1, smallest: 2)),
    (.count(.max), .wrongSampling(name: "count", value: .max, smallest: 2)),
    (.count((1 << 31) + 1), .wrongSampling(name: "count", value: (1 << 31) + 1, smallest: 2)),
    (.samplesPerSegment(715_827_883), .tooManyPoints(2_147_483_650)),
    (.samplesPerSegment(1 << 31), .tooManyPoints(6_442_450_945)),
  ])
  func `more samples than there may be are refused before any memory is asked for`(
    sampling: Sampling, error: CurveError
  ) throws {
    let curve = try Curve(.linear(), points: Self.line)
    #expect(throws: error) { try curve.points(sampling) }
  }

  @Test func `the points of all pieces together are counted`() throws {
    let curve = try Curve(.linear(), points: [0, 1, .nan, 0, 1] as [Double], gaps: .break)
    #expect(throws: CurveError.tooManyPoints(nil)) { try curve.points(.count(1 << 30)) }
    #expect(throws: CurveError.tooManyPoints(nil)) { try curve.points(.samplesPerSegment(1 << 31)) }
    let plan = try SamplePlan(.count((1 << 30) - 1), curve.shape)
    #expect(plan.count == (1 << 31) - 1)
  }
}
