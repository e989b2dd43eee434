/// A rendering as the WebAssembly guest reads it from its memory: one layout on both sides, little-endian, fields in
/// this order, 8-byte fields on 8-byte boundaries. Addresses are byte offsets in the guest's memory, multiples of 64.
@frozen public struct GuestJob: BitwiseCopyable, Sendable {
  public var alpha, tension, continuity, bias, lambda: Double
  public var family, ends, boundary, parameterization, placement, method, isClosed, dimensions: Int32
  /// `BlockKind`, 0 to 2, `Basis`, and the kind of sampling: 0 `samplesPerSegment`, 1 `count`, 2 `at`,
  /// 3 places that the caller brings with each call.
  public var block, derivative, basis, sampling: Int32
  /// Samples a segment, or `count` − 1.
  public var samples: Int32
  /// Numbers at `parameters`.
  public var parameterCount: Int32
  /// `GuestPiece`s.
  public var pieces: UInt32
  public var pieceCount: Int32
  /// Memory of the fit: `scratchCount` numbers of Double, and `blockCount`.
  public var scratch: UInt32
  public var scratchCount: Int32
  public var blockMemory: UInt32
  public var blockCount: Int32
  /// The parameters of `at`.
  public var parameters: UInt32
  public var degree, knots, reserved: Int32

  public init(_ options: FitOptions, dimensions: Int, block: BlockKind) {
    (alpha, tension, continuity, bias) = (options.alpha, options.tension, options.continuity, options.bias)
    (lambda, degree, knots) = (options.lambda, options.degree, options.knots.rawValue)
    (family, ends, boundary) = (options.family.rawValue, options.ends.rawValue, options.boundary.rawValue)
    parameterization = options.parameterization.rawValue
    (placement, method) = (options.placement.rawValue, options.method.rawValue)
    isClosed = options.isClosed ? 1 : 0
    self.dimensions = Int32(truncatingIfNeeded: dimensions)
    self.block = block.rawValue
    (derivative, basis, sampling, samples, parameterCount) = (0, 0, 0, 1, 0)
    (pieces, pieceCount, scratch, scratchCount, blockMemory, blockCount) = (0, 0, 0, 0, 0, 0)
    (parameters, reserved) = (0, 0)
  }

  /// The options, as the fit reads them; nil when a number stands for nothing.
  public var options: FitOptions? {
    guard let family = Family(rawValue: family), let ends = Ends(rawValue: ends),
      let boundary = Boundary(rawValue: boundary),
      let parameterization = Parameterization(rawValue: parameterization),
      let placement = StepPlacement(rawValue: placement), let method = MonotoneMethod(rawValue: method),
      let knots = KnotStyle(rawValue: knots), (1...5).contains(degree)
    else { return nil }
    var o = FitOptions(family)
    (o.ends, o.boundary, o.parameterization) = (ends, boundary, parameterization)
    (o.placement, o.method, o.isClosed) = (placement, method, isClosed != 0)
    (o.alpha, o.tension, o.continuity, o.bias) = (alpha, tension, continuity, bias)
    (o.lambda, o.degree, o.knots) = (lambda, degree, knots)
    return o
  }
}

/// One curve between gaps, in guest memory.
@frozen public struct GuestPiece: BitwiseCopyable, Sendable {
  /// The parameter of its first point where segments are counted over several pieces.
  public var origin: Double
  /// `pointCount` · dimensions numbers of Double, and `extraCount`.
  public var points: UInt32
  public var pointCount: Int32
  public var extra: UInt32
  public var extraCount: Int32
  /// `segments` + 1 entries of the block's `Segment`.
  public var table: UInt32
  public var segments: Int32
  /// The `GuestJob` that it belongs to.
  public var job: UInt32
  public var reserved: Int32

  public init(
    job: UInt32, origin: Double, points: UInt32, pointCount: Int32, extra: UInt32, extraCount: Int32,
    table: UInt32,
    segments: Int32
  ) {
    self.origin = origin
    (self.points, self.pointCount, self.extra, self.extraCount) = (points, pointCount, extra, extraCount)
    (self.table, self.segments, self.job, reserved) = (table, segments, job, 0)
  }
}

/// What an export of the guest answers.
@frozen public enum GuestStatus: Int32, Sendable {
  case done = 0
  /// A coefficient is too large for the output type.
  case tooLarge = 1
  /// The job's numbers stand for nothing this build knows.
  case badJob = 2
}
