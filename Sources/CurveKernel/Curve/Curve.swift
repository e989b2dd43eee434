/// A curve through or along control points: kind, options and points, checked once and trusted afterwards.
///
/// `Element` is what a rendering gives: a SIMD point (`SIMD2<Float>`, …), or a scalar, for 1-D curves and for flat,
/// interleaved buffers of any dimension. Its scalar decides the arithmetic of the samples; the fit is in Double
/// for both.
public struct Curve<Element: CurveElement>: Sendable {
  public let kind: CurveKind
  /// Coordinates a point: 1 to 4.
  public var dimensions: Int { shape.dimensions }
  public var isClosed: Bool { shape.options.isClosed }
  /// Control points, gaps included.
  public var pointCount: Int { shape.points.count / shape.dimensions }
  /// The λ of a smoothing spline, given or chosen by generalised cross-validation; nil for other kinds.
  public var lambda: Double? { shape.options.family == .smoothing ? shape.options.lambda : nil }
  /// What backends draw from.
  package let shape: CurveShape
  package let fitted: FittedTable

  /// - Throws: the first fault met, with its index.
  public init(_ kind: CurveKind, points: [Element], closed: Bool = false, gaps: Gaps = .error)
    throws(CurveError)
  {
    try self.init(
      kind, flat: Element.flatten(points), dimensions: Element.coordinates, closed: closed, gaps: gaps)
  }

  package init(
    _ kind: CurveKind, flat: [Double], dimensions: Int, closed: Bool, gaps: Gaps
  ) throws(CurveError) {
    self.kind = kind
    shape = try CurveShape(kind, points: flat, dimensions: dimensions, closed: closed, gaps: gaps)
    fitted = try FittedTable(shape, derivative: 0, block: Element.block(dimensions: dimensions))
  }
}

extension Curve where Element: CurveScalar {
  /// A curve from a flat buffer (x0 y0 x1 y1 …); renderings are flat, too.
  ///
  /// - Throws: the first fault met, with its index.
  public init(
    _ kind: CurveKind, coordinates: [Element], dimensions: Int, closed: Bool = false, gaps: Gaps = .error
  ) throws(CurveError) {
    guard (1...4).contains(dimensions) else { throw .wrongDimensions(dimensions) }
    try self.init(
      kind, flat: Element.flatten(coordinates), dimensions: dimensions, closed: closed, gaps: gaps)
  }
}
