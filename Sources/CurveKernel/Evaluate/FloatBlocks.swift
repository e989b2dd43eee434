/// 8 points of 1 `Float` coordinate.
@frozen public struct FloatBlock1: Block {
  @usableFromInline var v: SIMD8<Float>

  @inline(__always) init(_ v: SIMD8<Float>) { self.v = v }

  @inline(__always) public static var dimensions: Int { 1 }
  @inline(__always) public static func round(_ value: Double) -> Float { Float(value) }
  @inline(__always) public static func row(rounding coordinate: (Int) -> Double) -> Float {
    Float(coordinate(0))
  }
  @inline(__always) public static var points: Int { 8 }
  @inline(__always) public static func tile(_ row: Float) -> Self {
    Self(SIMD8<Float>(repeating: row))
  }
  @inline(__always) public static func splat(_ value: (Int) -> Float) -> Self {
    Self(SIMD8<Float>(value(0), value(1), value(2), value(3), value(4), value(5), value(6), value(7)))
  }
  @inline(__always) public static func add(_ a: Self, _ b: Self) -> Self { Self(a.v + b.v) }
  @inline(__always) public static func multiply(_ a: Self, _ b: Self) -> Self { Self(a.v * b.v) }
  @inline(__always) public static func divide(_ a: Self, _ b: Self) -> Self { Self(a.v / b.v) }
  @inline(__always) public func step(over threshold: Double, orEqual: Bool) -> Self {
    Self(stepped(v, over: threshold, orEqual: orEqual))
  }
  @inline(__always) public func scalar(_ index: Int) -> Float { v[index] }
}

/// 4 points of 2 `Float` coordinates.
@frozen public struct FloatBlock2: Block {
  @usableFromInline var v: SIMD8<Float>

  @inline(__always) init(_ v: SIMD8<Float>) { self.v = v }

  @inline(__always) public static var dimensions: Int { 2 }
  @inline(__always) public static func round(_ value: Double) -> Float { Float(value) }
  @inline(__always) public static var points: Int { 4 }
  // A row of two floats is half a WebAssembly vector: LLVM then computes on halves and joins the results, twice the
  // work. There a row is stored twice, as a whole vector.
  #if arch(wasm32)
    @inline(__always) public static func row(rounding coordinate: (Int) -> Double) -> SIMD4<Float> {
      let (x, y) = (Float(coordinate(0)), Float(coordinate(1)))
      return SIMD4(x, y, x, y)
    }
    @inline(__always) public static func tile(_ row: SIMD4<Float>) -> Self {
      Self(SIMD8(lowHalf: row, highHalf: row))
    }
  #else
    @inline(__always) public static func row(rounding coordinate: (Int) -> Double) -> SIMD2<Float> {
      SIMD2(Float(coordinate(0)), Float(coordinate(1)))
    }
    @inline(__always) public static func tile(_ row: SIMD2<Float>) -> Self {
      let two = SIMD4(lowHalf: row, highHalf: row)
      return Self(SIMD8(lowHalf: two, highHalf: two))
    }
  #endif
  @inline(__always) public static func splat(_ value: (Int) -> Float) -> Self {
    let (a, b, c, d) = (value(0), value(1), value(2), value(3))
    return Self(SIMD8(a, a, b, b, c, c, d, d))
  }
  @inline(__always) public static func add(_ a: Self, _ b: Self) -> Self { Self(a.v + b.v) }
  @inline(__always) public static func multiply(_ a: Self, _ b: Self) -> Self { Self(a.v * b.v) }
  @inline(__always) public static func divide(_ a: Self, _ b: Self) -> Self { Self(a.v / b.v) }
  @inline(__always) public func step(over threshold: Double, orEqual: Bool) -> Self {
    Self(stepped(v, over: threshold, orEqual: orEqual))
  }
  @inline(__always) public func scalar(_ index: Int) -> Float { v[index] }
}

/// 8 points of 3 `Float` coordinates.
@frozen public struct FloatBlock3: Block {
  @usableFromInline var v0, v1, v2: SIMD8<Float>

  @inline(__always) init(_ v0: SIMD8<Float>, _ v1: SIMD8<Float>, _ v2: SIMD8<Float>) {
    (self.v0, self.v1, self.v2) = (v0, v1, v2)
  }

  @inline(__always) public static var dimensions: Int { 3 }
  @inline(__always) public static func round(_ value: Double) -> Float { Float(value) }
  @inline(__always) public static func row(rounding coordinate: (Int) -> Double) -> SIMD3<Float> {
    SIMD3(Float(coordinate(0)), Float(coordinate(1)), Float(coordinate(2)))
  }
  @inline(__always) public static var points: Int { 8 }
  @inline(__always) public static func tile(_ row: SIMD3<Float>) -> Self {
    let (x, y, z) = (row.x, row.y, row.z)
    return Self(
      SIMD8(x, y, z, x, y, z, x, y),
      SIMD8(z, x, y, z, x, y, z, x),
      SIMD8(y, z, x, y, z, x, y, z))
  }
  @inline(__always) public static func splat(_ value: (Int) -> Float) -> Self {
    let (a, b, c, d, e, f, g, h) = (
      value(0), value(1), value(2), value(3), value(4), value(5), value(6), value(7)
    )
    return Self(
      SIMD8(a, a, a, b, b, b, c, c),
      SIMD8(c, d, d, d, e, e, e, f),
      SIMD8(f, f, g, g, g, h, h, h))
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
  @inline(__always) public func scalar(_ index: Int) -> Float {
    index < 8 ? v0[index] : index < 16 ? v1[index &- 8] : v2[index &- 16]
  }
}

/// 2 points of 4 `Float` coordinates.
@frozen public struct FloatBlock4: Block {
  @usableFromInline var v: SIMD8<Float>

  @inline(__always) init(_ v: SIMD8<Float>) { self.v = v }

  @inline(__always) public static var dimensions: Int { 4 }
  @inline(__always) public static func round(_ value: Double) -> Float { Float(value) }
  @inline(__always) public static func row(rounding coordinate: (Int) -> Double) -> SIMD4<Float> {
    SIMD4(Float(coordinate(0)), Float(coordinate(1)), Float(coordinate(2)), Float(coordinate(3)))
  }
  @inline(__always) public static var points: Int { 2 }
  @inline(__always) public static func tile(_ row: SIMD4<Float>) -> Self {
    Self(SIMD8(lowHalf: row, highHalf: row))
  }
  @inline(__always) public static func splat(_ value: (Int) -> Float) -> Self {
    let (a, b) = (value(0), value(1))
    return Self(SIMD8(a, a, a, a, b, b, b, b))
  }
  @inline(__always) public static func add(_ a: Self, _ b: Self) -> Self { Self(a.v + b.v) }
  @inline(__always) public static func multiply(_ a: Self, _ b: Self) -> Self { Self(a.v * b.v) }
  @inline(__always) public static func divide(_ a: Self, _ b: Self) -> Self { Self(a.v / b.v) }
  @inline(__always) public func step(over threshold: Double, orEqual: Bool) -> Self {
    Self(stepped(v, over: threshold, orEqual: orEqual))
  }
  @inline(__always) public func scalar(_ index: Int) -> Float { v[index] }
}

@inline(__always)
private func stepped(_ v: SIMD8<Float>, over threshold: Double, orEqual: Bool) -> SIMD8<Float> {
  let limit = Float(threshold)
  let one = SIMD8<Float>(repeating: 1)
  return orEqual
    ? one.replacing(with: 0, where: v .< limit) : one.replacing(with: 0, where: v .<= limit)
}
