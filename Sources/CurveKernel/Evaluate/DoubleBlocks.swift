/// 4 points of 1 `Double` coordinate.
@frozen public struct DoubleBlock1: Block {
  @usableFromInline var v: SIMD4<Double>

  @inline(__always) init(_ v: SIMD4<Double>) { self.v = v }

  @inline(__always) public static var dimensions: Int { 1 }
  @inline(__always) public static func round(_ value: Double) -> Double { Double(value) }
  @inline(__always) public static func row(rounding coordinate: (Int) -> Double) -> Double {
    Double(coordinate(0))
  }
  @inline(__always) public static var points: Int { 4 }
  @inline(__always) public static func tile(_ row: Double) -> Self {
    Self(SIMD4<Double>(repeating: row))
  }
  @inline(__always) public static func splat(_ value: (Int) -> Double) -> Self {
    Self(SIMD4<Double>(value(0), value(1), value(2), value(3)))
  }
  @inline(__always) public static func add(_ a: Self, _ b: Self) -> Self { Self(a.v + b.v) }
  @inline(__always) public static func multiply(_ a: Self, _ b: Self) -> Self { Self(a.v * b.v) }
  @inline(__always) public static func divide(_ a: Self, _ b: Self) -> Self { Self(a.v / b.v) }
  @inline(__always) public func step(over threshold: Double, orEqual: Bool) -> Self {
    Self(stepped(v, over: threshold, orEqual: orEqual))
  }
  @inline(__always) public func scalar(_ index: Int) -> Double { v[index] }
}

/// 2 points of 2 `Double` coordinates.
@frozen public struct DoubleBlock2: Block {
  @usableFromInline var v: SIMD4<Double>

  @inline(__always) init(_ v: SIMD4<Double>) { self.v = v }

  @inline(__always) public static var dimensions: Int { 2 }
  @inline(__always) public static func round(_ value: Double) -> Double { Double(value) }
  @inline(__always) public static func row(rounding coordinate: (Int) -> Double) -> SIMD2<Double> {
    SIMD2(Double(coordinate(0)), Double(coordinate(1)))
  }
  @inline(__always) public static var points: Int { 2 }
  @inline(__always) public static func tile(_ row: SIMD2<Double>) -> Self {
    Self(SIMD4(lowHalf: row, highHalf: row))
  }
  @inline(__always) public static func splat(_ value: (Int) -> Double) -> Self {
    let (a, b) = (value(0), value(1))
    return Self(SIMD4(a, a, b, b))
  }
  @inline(__always) public static func add(_ a: Self, _ b: Self) -> Self { Self(a.v + b.v) }
  @inline(__always) public static func multiply(_ a: Self, _ b: Self) -> Self { Self(a.v * b.v) }
  @inline(__always) public static func divide(_ a: Self, _ b: Self) -> Self { Self(a.v / b.v) }
  @inline(__always) public func step(over threshold: Double, orEqual: Bool) -> Self {
    Self(stepped(v, over: threshold, orEqual: orEqual))
  }
  @inline(__always) public func scalar(_ index: Int) -> Double { v[index] }
}

/// 4 points of 3 `Double` coordinates.
@frozen public struct DoubleBlock3: Block {
  @usableFromInline var v0, v1, v2: SIMD4<Double>

  @inline(__always) init(_ v0: SIMD4<Double>, _ v1: SIMD4<Double>, _ v2: SIMD4<Double>) {
    (self.v0, self.v1, self.v2) = (v0, v1, v2)
  }

  @inline(__always) public static var dimensions: Int { 3 }
  @inline(__always) public static func round(_ value: Double) -> Double { Double(value) }
  @inline(__always) public static func row(rounding coordinate: (Int) -> Double) -> SIMD3<Double> {
    SIMD3(Double(coordinate(0)), Double(coordinate(1)), Double(coordinate(2)))
  }
  @inline(__always) public static var points: Int { 4 }
  @inline(__always) public static func tile(_ row: SIMD3<Double>) -> Self {
    let (x, y, z) = (row.x, row.y, row.z)
    return Self(
      SIMD4(x, y, z, x),
      SIMD4(y, z, x, y),
      SIMD4(z, x, y, z))
  }
  @inline(__always) public static func splat(_ value: (Int) -> Double) -> Self {
    let (a, b, c, d) = (value(0), value(1), value(2), value(3))
    return Self(
      SIMD4(a, a, a, b),
      SIMD4(b, b, c, c),
      SIMD4(c, d, d, d))
  }
  @inline(__always) public static func add(_ a: Self, _ b: Self) -> Self {
    Self(a.v0 + b.v0, a.v1 + b.v1, a.v2 + b.v2)
  }
  @inline(__always) public static func multiply(_ a: Self, _ b: Self) -> Self {
    Self(a.v0 * b.v0, a.v1 * b.v1, a.v2 * b.v2)
  }
  @inline(__always) public static func divide(_ a: Self, _ b: Self) -> Self {
    Self(a.v0 / b.v0, a.v1 / b.v1, a.v2 / b.v2)
  }
  @inline(__always) public func step(over threshold: Double, orEqual: Bool) -> Self {
    Self(
      stepped(v0, over: threshold, orEqual: orEqual), stepped(v1, over: threshold, orEqual: orEqual),
      stepped(v2, over: threshold, orEqual: orEqual))
  }
  @inline(__always) public func scalar(_ index: Int) -> Double {
    index < 4 ? v0[index] : index < 8 ? v1[index &- 4] : v2[index &- 8]
  }
}

/// One point of 4 `Double` coordinates.
@frozen public struct DoubleBlock4: Block {
  @usableFromInline var v: SIMD4<Double>

  @inline(__always) init(_ v: SIMD4<Double>) { self.v = v }

  @inline(__always) public static var dimensions: Int { 4 }
  @inline(__always) public static func round(_ value: Double) -> Double { Double(value) }
  @inline(__always) public static func row(rounding coordinate: (Int) -> Double) -> SIMD4<Double> {
    SIMD4(Double(coordinate(0)), Double(coordinate(1)), Double(coordinate(2)), Double(coordinate(3)))
  }
  @inline(__always) public static var points: Int { 1 }
  @inline(__always) public static func tile(_ row: SIMD4<Double>) -> Self {
    Self(row)
  }
  @inline(__always) public static func splat(_ value: (Int) -> Double) -> Self {
    Self(SIMD4<Double>(repeating: value(0)))
  }
  @inline(__always) public static func add(_ a: Self, _ b: Self) -> Self { Self(a.v + b.v) }
  @inline(__always) public static func multiply(_ a: Self, _ b: Self) -> Self { Self(a.v * b.v) }
  @inline(__always) public static func divide(_ a: Self, _ b: Self) -> Self { Self(a.v / b.v) }
  @inline(__always) public func step(over threshold: Double, orEqual: Bool) -> Self {
    Self(stepped(v, over: threshold, orEqual: orEqual))
  }
  @inline(__always) public func scalar(_ index: Int) -> Double { v[index] }
}

@inline(__always)
private func stepped(_ v: SIMD4<Double>, over threshold: Double, orEqual: Bool) -> SIMD4<Double> {
  let limit = Double(threshold)
  let one = SIMD4<Double>(repeating: 1)
  return orEqual
    ? one.replacing(with: 0, where: v .< limit) : one.replacing(with: 0, where: v .<= limit)
}
