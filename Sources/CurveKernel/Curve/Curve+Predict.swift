extension Curve {
  /// The curve's continuation, ready to be drawn.
  ///
  /// - Throws: a wrong horizon, a last piece of one point, or the first predicted point that leaves the range of `Element`.
  package func prediction(horizon: Int, extrapolation: Extrapolation) throws(CurveError) -> Prediction {
    let isDouble = Element.block(dimensions: dimensions).isDouble
    return try Prediction(
      shape, horizon: horizon, extrapolation: extrapolation,
      limit: isDouble ? .greatestFiniteMagnitude : Double(Float.greatestFiniteMagnitude),
      epsilon: isDouble ? .ulpOfOne : Double(Float.ulpOfOne))
  }
}

extension Curve where Element: BitwiseCopyable {
  /// The points beyond the curve's last, `horizon` of them, each one step after the one before, the first one step after
  /// the last given point. It continues a shape and forecasts nothing.
  ///
  /// - Units: one step is the last segment's (with `x`: the last step of x, or the mean step where x is evenly spaced to
  ///   within rounding); from one control point to the next where curves have them, 1/p of a Bézier segment of degree p.
  /// - Parameters:
  ///   - horizon: 1 to 1,000,000.
  ///   - extrapolation: how it goes on; the formulas stand there.
  /// - Throws: a wrong horizon, a last piece of one point, or the first predicted point that leaves the range of `Element`.
  public func predicted(
    horizon: Int = 100, extrapolation: Extrapolation = .curve
  ) throws(CurveError) -> [Element] {
    var prediction = try prediction(horizon: horizon, extrapolation: extrapolation)
    return elements(try prediction.next(horizon))
  }

  /// Points, flat in Double, each number rounded once.
  package func elements(_ points: [Double]) -> [Element] {
    let block = Element.block(dimensions: dimensions)
    let (d, size) = (dimensions, block.isDouble ? 8 : 4)
    let count = points.count / d
    var elements = [Element](repeating: Element.origin, count: count * (d / Element.coordinates))
    withMutableBytes(of: &elements) { bytes in
      for i in 0..<count {
        for k in 0..<d {
          let (value, place) = (points[i * d + k], i * block.pointBytes + k * size)
          if block.isDouble {
            bytes.storeBytes(of: value, toByteOffset: place, as: Double.self)
          } else {
            bytes.storeBytes(of: Float(value), toByteOffset: place, as: Float.self)
          }
        }
      }
    }
    return elements
  }
}
