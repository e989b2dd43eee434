import CurveKernel

extension Engine {
  /// What can be measured of a curve: length, bounding box, position, tangent, normal and curvature at a parameter,
  /// positions at distances, the nearest point. Made once, then asked as often as wanted.
  ///
  /// - Throws: `CurveError.tooLarge` when the curve, or its length, leaves the range of Double.
  public func measure<E>(_ curve: Curve<E>) throws(CurveError) -> CurveMeasure { try CurveMeasure(curve) }
}
