import CurveKernel

extension PictureCurve {
  /// A series: straight lines from value to value over their numbers; NaN is a gap.
  public static func series(_ values: [Double], name: String) -> PictureCurve {
    let outline = SampleOutline(samples: SeriesSamples(values: values), xLane: nil, yLane: 0) { range in
      range.map { Double($0) }
    }
    return PictureCurve(
      name: name, isFunction: true, outline: outline,
      controlPoints: ControlPoints(values: values, dimensions: 1, xLane: nil, yLane: 0),
      hasLonePoints: values.contains(where: \.isNaN))
  }

  /// A curve through points of its own making, such as one fitted to a series: they are never shown.
  ///
  /// - Parameter curve: planar, with the parameter `x`.
  /// - Throws: never for curves over x.
  public static func fitted(_ curve: Curve<SIMD2<Double>>, name: String) throws(CurveError) -> PictureCurve {
    let drawn = try lines(of: curve)[0]
    return PictureCurve(
      name: name, isFunction: true, outline: drawn.outline, controlPoints: .none, hasLonePoints: false)
  }
}

/// Values in memory, handed out in blocks.
private struct SeriesSamples: PictureSamples {
  let values: [Double]
  var dimensions: Int { 1 }

  func visit(_ body: (Span<Double>) throws -> Void) throws {
    for first in stride(from: 0, to: values.count, by: 1 << 14) {
      try body(values.span.extracting(first..<min(first + 1 << 14, values.count)))
    }
  }
}
