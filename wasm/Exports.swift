// The kernel's doors in WebAssembly. Built with the files of Sources/CurveKernel by wasm/build.
//
// Proof of the unsafe part: addresses and counts come from the host's GuestJob; whatever they are, the sandbox keeps
// every access inside the guest's own memory, and spans check theirs against the counts. A wrong job can spoil its
// own result, or trap; it cannot reach anything else.

/// Fits every piece of the job into its table. Answers `GuestStatus`.
@_expose(wasm, "catenary_fit")
@_cdecl("catenary_fit")
public func catenaryFit(_ address: Int32) -> Int32 {
  let job = load(GuestJob.self, address)
  guard let options = job.options, let block = BlockKind(rawValue: job.block),
    (1...4).contains(job.dimensions)
  else { return GuestStatus.badJob.rawValue }
  for index in 0..<Int(job.pieceCount) {
    let piece = load(GuestPiece.self, Int32(bitPattern: job.pieces), index)
    let fits =
      switch block {
      case .float1: fit(FloatBlock1.self, options, job, piece)
      case .float2: fit(FloatBlock2.self, options, job, piece)
      case .float3: fit(FloatBlock3.self, options, job, piece)
      case .float4: fit(FloatBlock4.self, options, job, piece)
      case .double1: fit(DoubleBlock1.self, options, job, piece)
      case .double2: fit(DoubleBlock2.self, options, job, piece)
      case .double3: fit(DoubleBlock3.self, options, job, piece)
      case .double4: fit(DoubleBlock4.self, options, job, piece)
      }
    guard fits else { return GuestStatus.tooLarge.rawValue }
  }
  return GuestStatus.done.rawValue
}

/// Draws samples `first..<first + count` of the `GuestPiece` at an address to `out`; `scratch` has room for `Locate.atOnce`
/// places, or, where the job's sampling is 3, holds those of these samples.
@_expose(wasm, "catenary_draw")
@_cdecl("catenary_draw")
public func catenaryDraw(
  _ address: Int32, _ first: Int32, _ count: Int32, _ out: Int32, _ scratch: Int32
) -> Int32 {
  let piece = load(GuestPiece.self, address)
  let job = load(GuestJob.self, Int32(bitPattern: piece.job))
  guard let options = job.options, let block = BlockKind(rawValue: job.block),
    let basis = Basis(rawValue: job.basis), job.samples > 0, (1...4).contains(job.dimensions), count >= 0,
    first >= 0
  else { return GuestStatus.badJob.rawValue }
  let draw = GuestDraw(
    job: job, options: options, piece: piece, basis: basis, first: Int(first), count: Int(count), out: out,
    scratch: scratch)
  switch block {
  case .float1: draw.run(FloatBlock1.self)
  case .float2: draw.run(FloatBlock2.self)
  case .float3: draw.run(FloatBlock3.self)
  case .float4: draw.run(FloatBlock4.self)
  case .double1: draw.run(DoubleBlock1.self)
  case .double2: draw.run(DoubleBlock2.self)
  case .double3: draw.run(DoubleBlock3.self)
  case .double4: draw.run(DoubleBlock4.self)
  }
  return GuestStatus.done.rawValue
}

/// Numbers of Double that the fit of a `GuestJob`'s longest piece, `pointCount` points, needs as scratch memory; −1: a bad job.
@_expose(wasm, "catenary_scratch_count")
@_cdecl("catenary_scratch_count")
public func catenaryScratchCount(_ address: Int32, _ pointCount: Int32) -> Int32 {
  let job = load(GuestJob.self, address)
  guard let options = job.options, (1...4).contains(job.dimensions), pointCount > 0 else { return -1 }
  let count = Fit.scratchCount(options, pointCount: Int(pointCount), dimensions: Int(job.dimensions))
  return Int32(truncatingIfNeeded: count)
}

/// Bytes of a segment's entry in the table of a block; −1: no such block.
@_expose(wasm, "catenary_entry_bytes")
@_cdecl("catenary_entry_bytes")
public func catenaryEntryBytes(_ block: Int32) -> Int32 {
  guard let block = BlockKind(rawValue: block) else { return -1 }
  func bytes<B: DrawableBlock>(_: B.Type) -> Int { MemoryLayout<Segment<B.Row>>.stride }
  let count =
    switch block {
    case .float1: bytes(FloatBlock1.self)
    case .float2: bytes(FloatBlock2.self)
    case .float3: bytes(FloatBlock3.self)
    case .float4: bytes(FloatBlock4.self)
    case .double1: bytes(DoubleBlock1.self)
    case .double2: bytes(DoubleBlock2.self)
    case .double3: bytes(DoubleBlock3.self)
    case .double4: bytes(DoubleBlock4.self)
    }
  return Int32(truncatingIfNeeded: count)
}

private func fit<B: DrawableBlock>(
  _: B.Type, _ options: FitOptions, _ job: GuestJob, _ piece: GuestPiece
) -> Bool {
  let d = Int(job.dimensions)
  let points = Span(_unsafeStart: pointer(piece.points, Double.self), count: Int(piece.pointCount) * d)
  let extra = Span(_unsafeStart: pointer(piece.extra, Double.self), count: Int(piece.extraCount))
  var scratch = MutableSpan(
    _unsafeStart: mutablePointer(job.scratch, Double.self), count: Int(job.scratchCount))
  var block = MutableSpan(
    _unsafeStart: mutablePointer(job.blockMemory, Double.self), count: Int(job.blockCount))
  let entries = options.basis(derivative: Int(job.derivative)).entries
  var table = MutableSpan(
    _unsafeStart: mutablePointer(piece.table, Segment<B.Row>.self),
    count: (Int(piece.segments) * options.halves + 1) * entries)
  if job.derivative == 0, sweep(B.self, options, points, dimensions: d, into: &table) { return true }
  if piece.segments > 0 {
    Fit.prepare(options, points: points, dimensions: d, extra: extra, scratch: &scratch)
  }
  return B.lower(
    options, points: points, dimensions: d, extra: extra, scratch: scratch.span,
    derivative: Int(job.derivative),
    block: &block, into: &table)
}

/// Fits the kind that is asked for most in one sweep.
///
/// - Returns: false where it is another, or has to be looked at more closely.
@inline(__always)
private func sweep<B: DrawableBlock>(
  _: B.Type, _ options: FitOptions, _ points: Span<Double>, dimensions: Int,
  into table: inout MutableSpan<Segment<B.Row>>
) -> Bool {
  let largest =
    MemoryLayout<B.Scalar>.size == 4
    ? Double(Float.greatestFiniteMagnitude) : Double.greatestFiniteMagnitude
  guard B.dimensions == 2, points.count == 2 * table.count,
    var sweep = UniformSweep(options, points: points, dimensions: dimensions, largest: largest)
  else { return false }
  let last = table.count - 1
  for i in 0..<last {
    table[i] = Segment(sweep.segment(points)) { exact in B.row { $0 == 0 ? exact.x : exact.y } }
  }
  table[last] = Segment(sweep.end) { exact in B.row { $0 == 0 ? exact.x : exact.y } }
  return sweep.isWithin
}

/// One call of `catenary_draw`.
private struct GuestDraw {
  let job: GuestJob
  let options: FitOptions
  let piece: GuestPiece
  let basis: Basis
  let first, count: Int
  let out, scratch: Int32

  func run<B: DrawableBlock>(_: B.Type) {
    let pointBytes = B.dimensions * MemoryLayout<B.Scalar>.size
    let halves = options.halves
    let entries = basis.entries
    let table = Span(
      _unsafeStart: pointer(piece.table, Segment<B.Row>.self),
      count: (Int(piece.segments) * halves + 1) * entries)
    let samples = Int(job.samples)
    let isEven = job.sampling == 0
    if isEven, piece.segments == 0 || samples.isMultiple(of: halves) {
      let own = piece.segments == 0 ? samples : samples / halves
      for pass in EvenPasses(first: first, count: count, samples: own) {
        let part = pass.segments.lowerBound * entries..<pass.segments.upperBound * entries
        B.evenly(
          table.extracting(part), samples: own, from: pass.from, to: pass.to, basis: basis,
          into: MutableRawSpan(
            _unsafeStart: place(pass.offset * pointBytes), byteCount: (count - pass.offset) * pointBytes))
      }
      return
    }
    let hasBreaks = options.hasGivenKnots
    let d = hasBreaks ? 1 : Int(job.dimensions)
    let breaks = Int(piece.segments) + 1
    let points =
      hasBreaks
      ? Span(_unsafeStart: pointer(piece.extra, Double.self), count: Int(piece.extraCount))
        .extracting(last: breaks)
      : Span(_unsafeStart: pointer(piece.points, Double.self), count: Int(piece.pointCount) * d)
    let byX = !isEven && (hasBreaks || options.parameterization == .x)
    let parameters = Span(
      _unsafeStart: pointer(job.parameters, Double.self), count: Int(job.parameterCount))
    var done = 0
    while done < count {
      let some = min(Locate.atOnce, count - done)
      var located = MutableSpan(
        _unsafeStart: mutablePointer(UInt32(bitPattern: scratch), Located.self), count: some)
      if job.sampling != 3 {
        Locate.fill(
          &located, first: first + done, steps: isEven ? Int(piece.segments) * samples : samples,
          parameters: parameters, origin: piece.origin, segments: Int(piece.segments), points: points,
          dimensions: d, byX: byX, halves: halves)
      }
      B.anywhere(
        table, located: located.span, basis: basis,
        into: MutableRawSpan(_unsafeStart: place(done * pointBytes), byteCount: some * pointBytes))
      done += some
    }
  }

  private func place(_ offset: Int) -> UnsafeMutableRawPointer {
    UnsafeMutableRawPointer(mutablePointer(UInt32(bitPattern: out), UInt8.self)) + offset
  }
}

@inline(__always)
func load<T: BitwiseCopyable>(_: T.Type, _ address: Int32, _ index: Int = 0) -> T {
  pointer(UInt32(bitPattern: address), T.self)[index]
}

@inline(__always)
func pointer<T>(_ address: UInt32, _: T.Type) -> UnsafePointer<T> {
  UnsafePointer(mutablePointer(address, T.self))
}

/// Address 0 holds nothing of ours and has length 0 wherever it is passed: it becomes a valid, unused address.
@inline(__always)
func mutablePointer<T>(_ address: UInt32, _: T.Type) -> UnsafeMutablePointer<T> {
  UnsafeMutablePointer(bitPattern: UInt(max(address, 64))).unsafelyUnwrapped
}
