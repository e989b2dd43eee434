/// What can be measured of a curve: made once, then asked as often as wanted. Everything is in Double, whatever the
/// curve's own output type; lengths and distances are in the units of the coordinates.
///
/// Parameters are those of `Sampling.at`: the first coordinate where that is the parameter, else segment index + u (at a joint
/// the right-hand segment counts, except at the last). Gaps have no length; what is asked for in one is refused.
/// A `step` curve is measured as it is drawn: a staircase, its jumps included.
///
///     let measure = try engine.measure(curve)
///     let middle = try measure.position(atDistance: measure.length / 2)
public struct CurveMeasure: Sendable {
  /// The curve's length, within 10⁻¹² of it; the sum over the pieces where there are gaps.
  public let length: Double
  /// The smallest box that holds the curve, within rounding.
  public let boundingBox: BoundingBox
  let table: MeasureTable
  let arcLength: ArcLength
  let boxes: ArcBoxes

  /// - Throws: `tooLarge` when the curve, or its length, leaves the range of Double.
  package init(_ shape: CurveShape) throws(CurveError) {
    table = try MeasureTable(shape)
    arcLength = ArcLength(table)
    boxes = ArcBoxes(table)
    length = arcLength.total * table.unit
    let (low, high) = (boxes.whole.low * table.unit, boxes.whole.high * table.unit)
    boundingBox = BoundingBox(
      min: (0..<table.dimensions).map { low[$0] }, max: (0..<table.dimensions).map { high[$0] })
    guard length.isFinite else { throw .tooLarge(isFloat: false) }
  }

  /// Coordinates a point.
  public var dimensions: Int { table.dimensions }
  /// Segments from control point to control point, over all pieces.
  public var segments: Int { table.pieces.reduce(0) { $0 + $1.segments } }
}

/// A box with sides along the axes.
public struct BoundingBox: Sendable, Equatable {
  /// The least and the largest of each coordinate.
  public let min, max: [Double]

  public init(min: [Double], max: [Double]) { (self.min, self.max) = (min, max) }
}

/// The curve's point that is nearest to another.
public struct NearestPoint: Sendable, Equatable {
  public let point: [Double]
  /// Its parameter, as `Sampling.at` counts. Where several points are equally near, one of them.
  public let parameter: Double
  public let distance: Double
}

extension CurveMeasure {
  /// The measures of a curve.
  ///
  /// - Throws: `tooLarge` when the curve, or its length, leaves the range of Double.
  public init<Element>(_ curve: Curve<Element>) throws(CurveError) { try self.init(curve.shape) }
}
