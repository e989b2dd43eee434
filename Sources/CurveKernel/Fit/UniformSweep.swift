/// The segments of the kind that is asked for most, in one sweep over the points: an open planar Catmull-Rom curve, uniform.
///
/// `Fit` and `lowerBody` give the same coefficients, to the bit, by blocks that are checked and rounded afterwards; here the
/// points alone are checked.
@frozen public struct UniformSweep {
  private let weight: Double
  private let low, high: SIMD2<Double>
  private var areInside = SIMD2<Double>.zero .== .zero
  private var p1, p2, rise, m0: SIMD2<Double>
  private var next = 2

  /// - Parameters:
  ///   - points: two or more of two coordinates.
  ///   - largest: what the output's scalar can hold.
  /// - Returns: nil where it is no such curve.
  @inline(__always)
  public init?(_ options: FitOptions, points: Span<Double>, dimensions: Int, largest: Double) {
    let isCatmullRom = options.family == .catmullRom && options.alpha == 0
    guard isCatmullRom || options.family == .cardinal, options.ends == .duplicate, !options.isClosed,
      dimensions == 2, points.count >= 4
    else { return nil }
    weight = (1 - options.tension) / 2
    // A coefficient is two differences at most, one of them times the weight, and sums of four of them must stay finite.
    let bound = largest / 64 / max(1, abs(weight))
    (low, high) = (SIMD2(repeating: -bound), SIMD2(repeating: bound))
    p1 = SIMD2(points[0], points[1])
    p2 = SIMD2(points[2], points[3])
    rise = p2 - p1
    m0 = rise * weight
    areInside .&= (p1 .<= high) .& (p1 .>= low)
  }

  /// The next segment; there is one fewer than there are points.
  @inline(__always)
  public mutating func segment(_ points: Span<Double>) -> Segment<SIMD2<Double>> {
    let p3 = 2 &* next < points.count ? SIMD2(points[2 &* next], points[2 &* next &+ 1]) : p2
    areInside .&= (p2 .<= high) .& (p2 .>= low)
    let m1 = (p3 - p1) * weight
    let segment = Segment(c: rise, b: m0 - rise, a: rise - m1, d: p1)
    (p1, p2, m0, rise) = (p2, p3, m1, p3 - p2)
    next &+= 1
    return segment
  }

  /// The entry behind the last segment.
  @inline(__always)
  public var end: Segment<SIMD2<Double>> { Segment(c: .zero, b: .zero, a: .zero, d: p1) }

  /// Whether all is well; if not, each coefficient has to be looked at.
  @inline(__always)
  public var isWithin: Bool { areInside == SIMDMask(repeating: true) }
}

extension Segment {
  /// Each coefficient rounded.
  @inline(__always)
  public init(_ exact: Segment<SIMD2<Double>>, _ rounded: (SIMD2<Double>) -> Row) {
    self.init(c: rounded(exact.c), b: rounded(exact.b), a: rounded(exact.a), d: rounded(exact.d))
  }
}
