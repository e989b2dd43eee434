import CurveKernel

extension PictureCurve {
  /// The lines that a curve is drawn as: cubic kinds exactly, from their segments, steps as a staircase, B-splines of
  /// degree 4 and 5 and rational ones as lines that nowhere leave them by more than an eighth of a pixel.
  ///
  /// - Shape: of 1-D points the value over the parameter; with `parameterization` `x` every further coordinate over the
  ///   first, a line each; else one line in the plane of the first two coordinates. A derivative is drawn likewise: over the
  ///   parameter or x, else in its own plane.
  /// - Parameter names: of the coordinates, where the input has them.
  /// - Throws: what is wrong with the derivative asked for.
  public static func lines<Element: CurveElement & BitwiseCopyable>(
    of curve: Curve<Element>, derivative: Int = 0, names: [String] = []
  ) throws(CurveError) -> [PictureCurve] {
    let shape = curve.shape
    let basis = shape.options.basis(derivative: derivative)
    // Over its parameter a rational curve is none of degree 5, and neither is its derivative in the plane.
    if [.rational, .rationalFirst, .rationalSecond].contains(basis),
      basis != .rational || shape.dimensions == 1
    {
      let segments = shape.pieces.reduce(0) { $0 + $1.segments }
      let sampling = Sampling.samplesPerSegment(min(64, max(2, 1 << 20 / max(segments, 1))))
      let values = Element.flatten(try curve.points(sampling, derivative: derivative))
      return try lines(
        through: ValueSamples(values: values, dimensions: shape.dimensions), of: curve, sampling,
        derivative: derivative, names: names)
    }
    let positions = SegmentLanes(table: curve.fitted, basis: shape.options.basis(derivative: 0))
    let drawn =
      derivative == 0
      ? positions : SegmentLanes(table: try curve.fitted(derivative: derivative), basis: basis)
    return planes(shape).map { plane in
      let x: CurveOutline.Lane =
        plane.x.map { .lane(shape.isByX ? positions : drawn, $0) } ?? .parameter
      let outline: any PictureOutline =
        shape.options.family == .step && derivative == 0
        ? StepOutline(shape: shape, xLane: plane.x, yLane: plane.y)
        : CurveOutline(
          shape: shape, x: x, y: .lane(drawn, plane.y), isCubic: basis.entries == 1, canJump: derivative > 0)
      return PictureCurve(curve.kind, shape, plane, outline, derivative: derivative, names: names)
    }
  }

  /// Straight lines through samples of a curve; as many, of the same coordinates as above.
  ///
  /// - Parameter samples: what the sampling gives, in its order.
  /// - Throws: what is wrong with the sampling.
  public static func lines<Element: CurveElement>(
    through samples: any PictureSamples, of curve: Curve<Element>, _ sampling: Sampling, derivative: Int = 0,
    names: [String] = []
  ) throws(CurveError) -> [PictureCurve] {
    let shape = curve.shape
    let parameters = SampleParameters(plan: try SamplePlan(sampling, shape), shape: shape)
    return planes(shape).map { plane in
      // The first column of a derivative by x is 1 or 0.
      let isOverX = shape.isByX && derivative > 0
      let outline = SampleOutline(
        samples: samples, xLane: isOverX ? nil : plane.x, yLane: plane.y, parameters: parameters.values)
      return PictureCurve(curve.kind, shape, plane, outline, derivative: derivative, names: names)
    }
  }

  /// Straight lines through points that nothing else is known of: in the plane of the first two coordinates; of one
  /// coordinate over the point's number times `step`.
  ///
  /// - Parameter hasGaps: whether a point may stand between two gaps, to be drawn as a dot.
  public static func line(
    through samples: any PictureSamples, name: String, step: Double = 1, controlPoints: PointTable,
    hasGaps: Bool = true
  ) -> PictureCurve {
    let isFlat = samples.dimensions == 1
    let outline = SampleOutline(samples: samples, xLane: isFlat ? nil : 0, yLane: isFlat ? 0 : 1) { range in
      range.map { Double($0) * step }
    }
    let points = ControlPoints(
      values: controlPoints.values, dimensions: controlPoints.dimensions, xLane: isFlat ? nil : 0,
      yLane: isFlat ? 0 : 1)
    return PictureCurve(
      name: name, isFunction: isFlat, outline: outline, controlPoints: points, hasLonePoints: hasGaps)
  }

  private init(
    _ kind: CurveKind, _ shape: CurveShape, _ plane: PicturePlane, _ outline: any PictureOutline,
    derivative: Int, names: [String]
  ) {
    let lane = names.indices.contains(plane.y) ? names[plane.y] : ["x", "y", "z", "w"][plane.y]
    let isAlone = PictureCurve.planes(shape).count == 1
    let order = ["", ", first derivative", ", second derivative"][min(max(derivative, 0), 2)]
    self.init(
      name: (isAlone ? kind.name : "\(lane) (\(kind.name))") + order,
      isFunction: plane.x == nil || shape.isByX, outline: outline,
      controlPoints: derivative == 0 ? ControlPoints(kind, shape, plane) : .none,
      hasLonePoints: shape.pieces.count > 1)
  }

  /// The coordinates that each line shows.
  private static func planes(_ shape: CurveShape) -> [PicturePlane] {
    if shape.dimensions == 1 { return [PicturePlane(x: nil, y: 0)] }
    if shape.isByX { return (1..<shape.dimensions).map { PicturePlane(x: 0, y: $0) } }
    return [PicturePlane(x: 0, y: 1)]
  }
}

/// Two coordinates of a curve.
struct PicturePlane: Equatable {
  /// Nil where the parameter is x.
  var x: Int?
  var y: Int
}

/// Samples in memory.
private struct ValueSamples: PictureSamples {
  let values: [Double]
  let dimensions: Int

  func visit(_ body: (Span<Double>) throws -> Void) throws { try body(values.span) }
}
