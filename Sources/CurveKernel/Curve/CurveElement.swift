/// What curves are made of and renderings consist of: `Float`, `Double`, and SIMD vectors of 2 to 4 of them.
public protocol CurveElement: Sendable {
  /// Coordinates in one element.
  static var coordinates: Int { get }
  /// The doors that draw points of so many dimensions in this element's memory layout (a SIMD3 takes four lanes).
  static func block(dimensions: Int) -> BlockKind
  /// All coordinates 0.
  static var origin: Self { get }
  func append(to flat: inout [Double])
}

/// An element that stands for one coordinate of a flat buffer.
public protocol CurveScalar: CurveElement {
  static func widen(_ value: Self) -> Double
}

extension Float: CurveScalar {
  public static var origin: Float { 0 }
  public static var coordinates: Int { 1 }
  public static func block(dimensions: Int) -> BlockKind { BlockKind(lanes: dimensions, isDouble: false) }
  public static func widen(_ value: Float) -> Double { Double(value) }
  public func append(to flat: inout [Double]) { flat.append(Double(self)) }
}

extension Double: CurveScalar {
  public static var origin: Double { 0 }
  public static var coordinates: Int { 1 }
  public static func block(dimensions: Int) -> BlockKind { BlockKind(lanes: dimensions, isDouble: true) }
  public static func widen(_ value: Double) -> Double { value }
  public func append(to flat: inout [Double]) { flat.append(self) }
}

extension SIMD2: CurveElement where Scalar: CurveScalar {
  public static var coordinates: Int { 2 }
  public static var origin: Self { Self() }
  public static func block(dimensions: Int) -> BlockKind { Scalar.block(dimensions: 2) }
  public func append(to flat: inout [Double]) {
    flat.append(Scalar.widen(x))
    flat.append(Scalar.widen(y))
  }
}

extension SIMD3: CurveElement where Scalar: CurveScalar {
  public static var coordinates: Int { 3 }
  public static var origin: Self { Self() }
  public static func block(dimensions: Int) -> BlockKind { Scalar.block(dimensions: 4) }
  public func append(to flat: inout [Double]) {
    flat.append(Scalar.widen(x))
    flat.append(Scalar.widen(y))
    flat.append(Scalar.widen(z))
  }
}

extension SIMD4: CurveElement where Scalar: CurveScalar {
  public static var coordinates: Int { 4 }
  public static var origin: Self { Self() }
  public static func block(dimensions: Int) -> BlockKind { Scalar.block(dimensions: 4) }
  public func append(to flat: inout [Double]) {
    flat.append(Scalar.widen(x))
    flat.append(Scalar.widen(y))
    flat.append(Scalar.widen(z))
    flat.append(Scalar.widen(w))
  }
}

extension BlockKind {
  /// - Precondition: `lanes` is 1 to 4.
  public init(lanes: Int, isDouble: Bool) {
    switch lanes {
    case 1: self = isDouble ? .double1 : .float1
    case 2: self = isDouble ? .double2 : .float2
    case 3: self = isDouble ? .double3 : .float3
    default: self = isDouble ? .double4 : .float4
    }
  }

  /// Numbers a point in the output.
  public var lanes: Int { Int(rawValue) % 4 + 1 }
  public var isDouble: Bool { rawValue >= 4 }
  /// Bytes a point takes in the output.
  public var pointBytes: Int { lanes * (isDouble ? 8 : 4) }
}
