import CurveKernel
import WasmHost

/// A rendering whose checks are all passed: any range of its points is drawn when it is wanted, by whoever wants it.
public struct PreparedRender: Sendable {
  private let job: Rendering
  /// Points of the whole.
  public var count: Int { job.plan.count }
  public let dimensions: Int
  /// Bytes of one point.
  public var pointBytes: Int { job.pointBytes }
  /// Points whose bytes stay in the second-level cache: a good number to draw at once.
  public var pointsAtOnce: Int { job.tilePoints }
  /// What draws: `native` or `wasm`.
  public var backend: Backend {
    if case .guest = job.brush { .wasm } else { .native }
  }

  fileprivate init(_ job: Rendering, dimensions: Int) { (self.job, self.dimensions) = (job, dimensions) }

  /// Draws some points.
  ///
  /// - Parameters:
  ///   - points: within the whole.
  ///   - out: `pointBytes` for each of them; coordinates are interleaved, in this machine's byte order.
  ///   - isShared: by all threads of the engine instead of the caller's alone.
  public func draw(
    _ points: Range<Int>, into out: inout MutableRawSpan, isShared: Bool = false
  ) throws(EngineError) {
    precondition(out.byteCount == points.count * pointBytes, "room for these points")
    try withTarget(&out) { (target) throws(EngineError) in try draw(points, into: target, isShared) }
  }

  /// Draws some points on the caller's thread.
  ///
  /// - Shape: `out` has `dimensions` numbers for each of them, of the curve's scalar.
  public func draw<Scalar: CurveScalar & BitwiseCopyable>(
    _ points: Range<Int>, into out: inout MutableSpan<Scalar>
  ) throws(EngineError) {
    precondition(MemoryLayout<Scalar>.size * dimensions == pointBytes, "the curve's scalar")
    precondition(out.count == points.count * dimensions, "room for these points")
    try withTarget(&out) { (target) throws(EngineError) in try draw(points, into: target, false) }
  }

  private func draw(
    _ points: Range<Int>, into target: RenderTarget, _ isShared: Bool
  ) throws(EngineError) {
    precondition(points.lowerBound >= 0 && points.upperBound <= count, "points of this rendering")
    let failure = FirstFailure()
    let tiles = (points.count + pointsAtOnce - 1) / pointsAtOnce
    job.engine.pool.run(tiles, isSmall: !isShared) { [job, pointsAtOnce, pointBytes] tile in
      guard failure.isNone else { return }
      let first = points.lowerBound + tile * pointsAtOnce
      let some = first..<min(first + pointsAtOnce, points.upperBound)
      let place = (some.lowerBound - points.lowerBound) * pointBytes
      failure.note { () throws(WasmHostError) in
        try target.bytes(place..<place + some.count * pointBytes) { (out) throws(WasmHostError) in
          try job.draw(some, into: &out)
        }
      }
    }
    try failure.rethrow()
  }
}

extension Engine {
  /// Checks and plans a rendering that is drawn later, piece by piece.
  ///
  /// - Throws: what is wrong with the curve or the sampling; nothing but the backend can fail afterwards.
  public func prepare<E: CurveElement & BitwiseCopyable>(
    _ curve: Curve<E>, _ sampling: Sampling, derivative: Int = 0
  ) throws(EngineError) -> PreparedRender {
    PreparedRender(
      try Rendering(curve, sampling, derivative, self), dimensions: curve.dimensions)
  }
  /// As above, of a checked shape. Where WebAssembly draws it, it is fitted there alone, unless finding the places of its
  /// samples takes a table here, too.
  ///
  /// - Throws: also `tooLarge`, when the curve leaves the scalar's range.
  package func prepare<Scalar: CurveScalar & BitwiseCopyable>(
    _ shape: CurveShape, as _: Scalar.Type, _ sampling: Sampling, derivative: Int = 0
  ) throws(EngineError) -> PreparedRender {
    let block = Scalar.block(dimensions: shape.dimensions)
    let fitted: FittedTable?
    do throws(CurveError) {
      let isFittedThere = wasm != nil && derivative == 0 && !sampling.needsTable
      fitted = isFittedThere ? nil : try FittedTable(shape, derivative: 0, block: block)
    } catch { throw .curve(error) }
    let job = try Rendering(
      shape, fitted, block, sampling, derivative, self, planned: nil, pointElements: shape.dimensions)
    return PreparedRender(job, dimensions: shape.dimensions)
  }
}

extension Sampling {
  /// Whether the places of its samples are found from the curve's segments.
  fileprivate var needsTable: Bool {
    switch self {
    case .tolerance, .count(_, .arcLength): true
    case .samplesPerSegment, .count(_, .parameter), .at: false
    }
  }
}
