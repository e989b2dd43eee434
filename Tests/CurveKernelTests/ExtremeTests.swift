import CurveKernel
import Testing

/// Numbers at the ends of their range: the right curve or an error, never NaN.
@Suite struct ExtremeTests {
  static let huge = 1e300
  static let tiny = 1e-300
  static let denormal = Double.leastNonzeroMagnitude
  static let largestFinite = Double.greatestFiniteMagnitude

  struct Row: Sendable {
    let name: String
    let points: [SIMD2<Double>]
    init(_ name: String, _ point: (Int, SIMD2<Double>) -> SIMD2<Double>) {
      self.name = name
      points = AnyKind.points.enumerated().map { point($0.offset, $0.element) }
    }
  }

  /// Thirteen points each; x rises where it can.
  static let sets: [Row] = [
    Row("huge") { $1 * huge },
    Row("tiny") { $1 * tiny },
    Row("denormal") { ($1 * 8).rounded(.down) * denormal },
    Row("huge x, tiny y") { SIMD2($1.x * huge, $1.y * tiny) },
    Row("tiny x, huge y") { SIMD2($1.x * tiny, $1.y * huge) },
    Row("huge and tiny points") { $1 * ($0 % 2 == 0 ? huge : tiny) },
    Row("huge and tiny y") { SIMD2($1.x, $1.y * ($0 % 3 == 0 ? huge : tiny)) },
    Row("x in leaps") { i, _ in SIMD2(Double(i) * (i < 6 ? tiny : huge), Double(i * i % 7)) },
    Row("tiny steps far out") { i, _ in SIMD2(1e16 + 2 * Double(i), 1 + Double(i % 3) * 0x1p-52) },
    Row("the whole range") { i, _ in SIMD2(Double(i - 6) / 6 * largestFinite, i % 2 == 0 ? huge : -huge) },
    Row("largest") { i, _ in SIMD2(Double(i), i % 2 == 0 ? largestFinite : -largestFinite) },
    Row("all equal") { _, _ in SIMD2(3, -4) },
    Row("all zero") { _, _ in SIMD2(0, -0.0) },
    Row("pairs") { i, _ in AnyKind.points[i / 2] },
    Row("there and back") { i, _ in AnyKind.points[i % 2] },
    Row("loops") { i, _ in AnyKind.points[i % 12 % 5] },
    Row("equal but for a denormal") { i, _ in SIMD2(Double(i % 2) * denormal, Double(i % 3) * denormal) },
  ]

  @Test(arguments: AnyKind.all)
  func `finite numbers give finite numbers or an error`(kind: AnyKind) {
    for set in Self.sets {
      let (name, points) = (set.name, set.points)
      for closed in kind.isByX ? [false] : [false, true] {
        check(kind, closed ? Array(points.dropLast()) : points, closed, name)
        let narrow = points.map { SIMD2<Float>($0 * [1e-262, 1e-262]) }
        check(kind, closed ? Array(narrow.dropLast()) : narrow, closed, "\(name) Float")
        let floats = points.map { SIMD2<Float>($0) }
        if floats.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) {
          check(kind, closed ? Array(floats.dropLast()) : floats, closed, "\(name) as Float")
        }
      }
    }
  }

  func check<S: BinaryFloatingPoint & CurveScalar & BitwiseCopyable>(
    _ kind: AnyKind, _ points: [SIMD2<S>], _ closed: Bool, _ name: String
  ) {
    let own = kind.kind(closed ? AnyKind.ringTangents : AnyKind.tangents)
    let flat = points.flatMap { [$0.x, $0.y] }
    guard let curve = try? Curve(own, coordinates: flat, dimensions: 2, closed: closed) else { return }
    for derivative in 0...2 {
      guard let drawn = try? curve.points(.samplesPerSegment(3), derivative: derivative) else { continue }
      let isFinite = drawn.allSatisfy(\.isFinite)
      #expect(isFinite, "\(name), closed \(closed), derivative \(derivative)")
      guard derivative == 0 else { continue }
      for i in Swift.stride(from: 0, to: points.count, by: kind.stride) {
        let place = i / kind.stride * 6
        #expect(drawn[place] == points[i].x && drawn[place + 1] == points[i].y, "\(name) point \(i)")
      }
    }
  }

  @Test(arguments: AnyKind.all)
  func `a curve of numbers however large or small is the curve, scaled`(kind: AnyKind) throws {
    let plain = try kind.open().points(.samplesPerSegment(4))
    for (x, y) in [(900, 900), (-900, -900), (900, -900), (-900, 900), (0, 900), (0, -900), (-500, 0)] {
      let measures = kind.moves == .bySimilarity || AnyKind.chordal.contains { $0.name == kind.name }
      if measures, x != y { continue }
      let scale: SIMD2<Double> = [power2(x), power2(y)]
      let tangents = AnyKind.tangents.map { [$0[0] * scale.x, $0[1] * scale.y] }
      let scaled = try Curve(kind.kind(tangents), points: AnyKind.points.map { $0 * scale })
        .points(.samplesPerSegment(4))
      // Powers of two change no digit; large and small distances are measured in another unit.
      let slack = measures ? 64 * 0x1p-53 * largest(plain) : 0
      #expect(difference(scaled.map { $0 / scale }, plain) <= slack, "x·2^\(x), y·2^\(y)")
    }
  }

  func power2(_ n: Int) -> Double { Double(sign: .plus, exponent: n, significand: 1) }

  @Test(
    arguments: AnyKind.all.filter { AnyKind.Moves.bySimilarity == $0.moves || $0.name.hasSuffix("chordal") })
  func `distances see the smaller axis beside a huge one`(kind: AnyKind) throws {
    // The distance is x alone; y follows as if it were measured along x.
    let far = try kind.open(AnyKind.points.map { $0 * [power2(600), power2(-600)] })
    let near = try kind.open(AnyKind.points.map { $0 * [power2(200), power2(-200)] })
    let (a, b) = try (far.points(.samplesPerSegment(4)), near.points(.samplesPerSegment(4)))
    let expected = b.map { $0 * [power2(400), power2(-400)] }
    let scale: SIMD2<Double> = [power2(-600), power2(600)]
    #expect(difference(a.map { $0 * scale }, expected.map { $0 * scale }) <= 1e-13 * 20)
  }

  @Test(arguments: AnyKind.ofAnyCount.filter { $0.stride == 1 }, 2...3)
  func `two and three points make a curve`(kind: AnyKind, count: Int) throws {
    let points = Array(AnyKind.points.prefix(count))
    let own = kind.name == "cubic clamped" ? AnyKind.tangents : Array(AnyKind.tangents.prefix(count))
    let drawn = try Curve(kind.kind(own), points: points).points(.samplesPerSegment(4))
    #expect(stride(from: 0, to: drawn.count, by: 4).map { drawn[$0] } == points)
    #expect(drawn.allSatisfy { $0.x.isFinite && $0.y.isFinite })
  }

  @Test(arguments: [0.37, 0.9999, 1 - 0x1p-40, 1 - 0x1p-53, 0.5, 1])
  func `distances beyond all numbers are refused`(alpha: Double) {
    let far: [SIMD2<Double>] = [[-1.7e308, 0], [1.7e308, 1], [-1.7e308, 2], [1, 1.7e308]]
    #expect(throws: CurveError.tooLarge(isFloat: false)) { try Curve(.catmullRom(alpha: alpha), points: far) }
  }
}
