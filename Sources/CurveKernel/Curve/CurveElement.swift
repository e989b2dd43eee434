/// What curves are made of and renderings consist of: `Float`, `Double`, and SIMD vectors of 2 to 4 of them.
public protocol CurveElement: Sendable {
  /// Coordinates in one element.
  static var coordinates: Int { get }
  /// The doors that draw points of so many dimensions in this element's memory layout (a SIMD3 takes four lanes).
  static func block(dimensions: Int) -> BlockKind
  /// All coordinates 0.
  static var origin: Self { get }
  /// All coordinates of all points, in Double.
  static func flatten(_ points: [Self]) -> [Double]
}

/// An element that stands for one coordinate of a flat buffer.
///
/// Vectors hand `flatten` on to their scalar, where all types are known: a generic loop would look them up again
/// for every coordinate.
public protocol CurveScalar: CurveElement, SIMDScalar, Hashable, Codable {
  static func flatten(_ points: [SIMD2<Self>]) -> [Double]
  static func flatten(_ points: [SIMD3<Self>]) -> [Double]
  static func flatten(_ points: [SIMD4<Self>]) -> [Double]
}

extension Float: CurveScalar {
  public static var origin: Float { 0 }
  public static var coordinates: Int { 1 }
  public static func block(dimensions: Int) -> BlockKind { BlockKind(lanes: dimensions, isDouble: false) }
  public static func flatten(_ points: [Float]) -> [Double] { points.map { Double($0) } }
  public static func flatten(_ points: [SIMD2<Float>]) -> [Double] {
    [Double](capacity: 2 * points.count) { flat in
      for p in points {
        flat.append(Double(p.x))
        flat.append(Double(p.y))
      }
    }
  }
  public static func flatten(_ points: [SIMD3<Float>]) -> [Double] {
    [Double](capacity: 3 * points.count) { flat in
      for p in points {
        flat.append(Double(p.x))
        flat.append(Double(p.y))
        flat.append(Double(p.z))
      }
    }
  }
  public static func flatten(_ points: [SIMD4<Float>]) -> [Double] {
    [Double](capacity: 4 * points.count) { flat in
      for p in points {
        flat.append(Double(p.x))
        flat.append(Double(p.y))
        flat.append(Double(p.z))
        flat.append(Double(p.w))
      }
    }
  }
}

extension Double: CurveScalar {
  public static var origin: Double { 0 }
  public static var coordinates: Int { 1 }
  public static func block(dimensions: Int) -> BlockKind { BlockKind(lanes: dimensions, isDouble: true) }
  public static func flatten(_ points: [Double]) -> [Double] { points }
  public static func flatten(_ points: [SIMD2<Double>]) -> [Double] {
    [Double](capacity: 2 * points.count) { flat in
      for p in points {
        flat.append(p.x)
        flat.append(p.y)
      }
    }
  }
  public static func flatten(_ points: [SIMD3<Double>]) -> [Double] {
    [Double](capacity: 3 * points.count) { flat in
      for p in points {
        flat.append(p.x)
        flat.append(p.y)
        flat.append(p.z)
      }
    }
  }
  public static func flatten(_ points: [SIMD4<Double>]) -> [Double] {
    [Double](capacity: 4 * points.count) { flat in
      for p in points {
        flat.append(p.x)
        flat.append(p.y)
        flat.append(p.z)
        flat.append(p.w)
      }
    }
  }
}

extension SIMD2: CurveElement where Scalar: CurveScalar {
  public static var coordinates: Int { 2 }
  public static var origin: Self { Self() }
  public static func block(dimensions: Int) -> BlockKind { Scalar.block(dimensions: 2) }
  public static func flatten(_ points: [Self]) -> [Double] { Scalar.flatten(points) }
}

extension SIMD3: CurveElement where Scalar: CurveScalar {
  public static var coordinates: Int { 3 }
  public static var origin: Self { Self() }
  public static func block(dimensions: Int) -> BlockKind { Scalar.block(dimensions: 4) }
  public static func flatten(_ points: [Self]) -> [Double] { Scalar.flatten(points) }
}

extension SIMD4: CurveElement where Scalar: CurveScalar {
  public static var coordinates: Int { 4 }
  public static var origin: Self { Self() }
  public static func block(dimensions: Int) -> BlockKind { Scalar.block(dimensions: 4) }
  public static func flatten(_ points: [Self]) -> [Double] { Scalar.flatten(points) }
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
