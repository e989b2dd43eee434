import CurveKernel

/// Where a curve's parts lie in one block of guest memory, each on a multiple of 64 bytes.
struct GuestLayout: Sendable {
  private let pieces, points, extra, scratch, block, parameters, table: Int
  let byteCount: Int
  private let scratchCount, blockCount, entryBytes: Int

  init(_ shape: CurveShape, _ plan: SamplePlan, _ kind: BlockKind) {
    let d = shape.dimensions
    let longest = shape.pieces.reduce(0) { max($0, $1.points.count) }
    scratchCount = Fit.scratchCount(shape.options, pointCount: longest, dimensions: d)
    blockCount = 4 * d * shape.stride * min(Fit.blockSegments, longest + 1)
    entryBytes = kind.guestEntryBytes
    var end = 0
    func place(_ bytes: Int) -> Int {
      defer { end += (bytes + 63) / 64 * 64 }
      return end
    }
    _ = place(MemoryLayout<GuestJob>.stride)
    pieces = place(shape.pieces.count * MemoryLayout<GuestPiece>.stride)
    points = place(shape.points.count * 8)
    extra = place(shape.extra.count * 8)
    scratch = place(scratchCount * 8)
    block = place(blockCount * 8)
    parameters = place(plan.located.parameters.count * 8)
    table = place(shape.entryCount * shape.stride * entryBytes)
    byteCount = end
  }

  /// Where a piece's description lies.
  func piece(_ index: Int) -> UInt32 { UInt32(pieces + index * MemoryLayout<GuestPiece>.stride) }

  /// Writes job, pieces and numbers; `address` is where the block lies in the guest.
  func write(
    _ shape: CurveShape, _ plan: SamplePlan, _ job: GuestJob, at address: UInt32,
    into out: inout MutableRawSpan
  ) {
    let base = Int(address)
    let d = shape.dimensions
    var job = job
    (job.pieces, job.pieceCount) = (UInt32(base + pieces), Int32(shape.pieces.count))
    (job.scratch, job.scratchCount) = (UInt32(base + scratch), Int32(scratchCount))
    (job.blockMemory, job.blockCount) = (UInt32(base + block), Int32(blockCount))
    let (steps, numbers) = plan.located
    (job.parameters, job.parameterCount) = (UInt32(base + parameters), Int32(numbers.count))
    switch plan.mode {
    // 2^31 samples a segment are for lone points, which have none.
    case .even(let samples): (job.sampling, job.samples) = (0, Int32(clamping: samples))
    case .count: (job.sampling, job.samples) = (1, Int32(steps))
    case .at: job.sampling = 2
    case .places: job.sampling = 3
    }
    out.storeBytes(of: job, toByteOffset: 0, as: GuestJob.self)
    for (i, piece) in shape.pieces.enumerated() {
      let own = shape.extraRange(of: piece)
      let described = GuestPiece(
        job: address, origin: shape.origin(of: piece),
        points: UInt32(base + points + piece.points.lowerBound * d * 8),
        pointCount: Int32(piece.points.count),
        extra: UInt32(base + extra + own.lowerBound * 8), extraCount: Int32(own.count),
        table: UInt32(base + table + piece.firstEntry * shape.stride * entryBytes),
        segments: Int32(piece.segments))
      out.storeBytes(
        of: described, toByteOffset: pieces + i * MemoryLayout<GuestPiece>.stride, as: GuestPiece.self)
    }
    let (given, givenExtra) = (shape.points, shape.extra)
    copy(given.span, to: &out, at: points)
    copy(givenExtra.span, to: &out, at: extra)
    copy(numbers.span, to: &out, at: parameters)
  }
}

extension BlockKind {
  /// Bytes of a segment in the guest. Rows of three coordinates lie in four lanes, and so do two floats, there twice.
  fileprivate var guestEntryBytes: Int {
    let isWidened = lanes == 3 || self == .float2
    return 4 * (isWidened ? 4 : lanes) * (isDouble ? 8 : 4)
  }
}
