/// A few whole points held in registers, coordinates interleaved as in the output.
///
/// One generic body draws every curve; `Float` and `Double`, 1 to 4 dimensions, each conform once, so that every
/// door is compiled to vector code. Multiplication and addition stay two roundings: WebAssembly cannot fuse them,
/// and all builds must agree to the bit.
public protocol Block: BitwiseCopyable {
  associatedtype Scalar: BitwiseCopyable & Sendable
  /// One coefficient, all coordinates: a scalar or a SIMD vector.
  associatedtype Row: BitwiseCopyable & Sendable
  static var dimensions: Int { get }
  /// Points in a block.
  static var points: Int { get }
  /// The nearest scalar.
  static func round(_ value: Double) -> Scalar
  /// A row from its coordinates, each rounded once.
  static func row(rounding coordinate: (Int) -> Double) -> Row
  /// The row, repeated for every point.
  static func tile(_ row: Row) -> Self
  /// One number for each point, repeated for every coordinate.
  static func splat(_ value: (Int) -> Scalar) -> Self
  static func add(_ a: Self, _ b: Self) -> Self
  static func multiply(_ a: Self, _ b: Self) -> Self
  static func divide(_ a: Self, _ b: Self) -> Self
  /// 1 where the block exceeds `threshold` (or equals it, when `orEqual`), else 0.
  func step(over threshold: Double, orEqual: Bool) -> Self
  /// One scalar of the block, counted through all its points.
  func scalar(_ index: Int) -> Scalar
}

/// One cubic of a curve: `((b·q + a·r) + c·u) + d`, u in 0…1, q = u·(1 − u)², r = u²·(1 − u).
///
/// `d` is its first point and `c` its rise, last point less first; `b` is the tangent at the begin less the rise,
/// `a` the rise less the tangent at the end, tangents per unit of u. It is the cubic Hermite form (Ferguson 1964)
/// told from the chord. The power basis costs as much, but its coefficients of u² and u³ are up to three times as
/// large, enter at full weight and cancel; here q and r never exceed 4/27, and a straight line has b = a = 0. In Float
/// the golden cases are within 2.0 ulp of their largest value, in the power basis within 6.4.
@frozen public struct Segment<Row: BitwiseCopyable>: BitwiseCopyable {
  public var c, b, a, d: Row
  @inline(__always) public init(c: Row, b: Row, a: Row, d: Row) {
    (self.c, self.b, self.a, self.d) = (c, b, a, d)
  }
}

extension Segment: Sendable where Row: Sendable {}

/// Two blocks side by side: wide enough that one bounds check covers a cache line or two.
@frozen public struct Pair<Half: Block>: Block {
  @usableFromInline var low, high: Half

  @inline(__always) init(_ low: Half, _ high: Half) { (self.low, self.high) = (low, high) }

  @inline(__always) public static var dimensions: Int { Half.dimensions }
  @inline(__always) public static var points: Int { 2 * Half.points }
  @inline(__always) public static func round(_ value: Double) -> Half.Scalar { Half.round(value) }
  @inline(__always) public static func row(rounding coordinate: (Int) -> Double) -> Half.Row {
    Half.row(rounding: coordinate)
  }
  @inline(__always) public static func tile(_ row: Half.Row) -> Self {
    let half = Half.tile(row)
    return Self(half, half)
  }
  @inline(__always) public static func splat(_ value: (Int) -> Half.Scalar) -> Self {
    Self(Half.splat(value), Half.splat { value($0 &+ Half.points) })
  }
  @inline(__always) public static func add(_ a: Self, _ b: Self) -> Self {
    Self(Half.add(a.low, b.low), Half.add(a.high, b.high))
  }
  @inline(__always) public static func multiply(_ a: Self, _ b: Self) -> Self {
    Self(Half.multiply(a.low, b.low), Half.multiply(a.high, b.high))
  }
  @inline(__always) public static func divide(_ a: Self, _ b: Self) -> Self {
    Self(Half.divide(a.low, b.low), Half.divide(a.high, b.high))
  }
  @inline(__always) public func step(over threshold: Double, orEqual: Bool) -> Self {
    Self(low.step(over: threshold, orEqual: orEqual), high.step(over: threshold, orEqual: orEqual))
  }
  @inline(__always) public func scalar(_ index: Int) -> Half.Scalar {
    let scalars = Half.points &* Half.dimensions
    return index < scalars ? low.scalar(index) : high.scalar(index &- scalars)
  }
}
