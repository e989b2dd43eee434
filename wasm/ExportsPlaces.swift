// Doors of spline-browser.wasm to places on a curve: flattenings, and points at even distances. The host of spline.wasm
// finds them on its own side.
//
// Proof of the unsafe part: as in Exports.swift; counts of segments come from the piece's own `GuestPiece`.

/// Sets the codes of a `GuestFlat`. Answers about how many chords its segments of code 255 have; −1: rounding takes too
/// much of the tolerance; −2: a bad job.
@_expose(wasm, "catenary_flat_codes")
@_cdecl("catenary_flat_codes")
public func catenaryFlatCodes(_ address: Int32) -> Double {
  struct Task: GuestTask {
    let flat: GuestFlat
    func run<B: FlatBlock>(_: B.Type, _ piece: PlacedPiece) -> Double {
      var codes = MutableSpan(
        _unsafeStart: mutablePointer(flat.codes, UInt8.self), count: piece.polynomials)
      return flat.code(
        B.self, Span(_unsafeStart: piece.rows(B.self), count: piece.entries), piece.basis, into: &codes)
    }
  }
  let flat = load(GuestFlat.self, address)
  return PlacedPiece(flat.piece)?.run(Task(flat: flat)) ?? -2
}

/// Vertices of a `GuestFlat` that has its codes; it stops beyond 2³¹. −2: a bad job.
@_expose(wasm, "catenary_flat_count")
@_cdecl("catenary_flat_count")
public func catenaryFlatCount(_ address: Int32) -> Double {
  struct Task: GuestTask {
    let flat: GuestFlat
    func run<B: FlatBlock>(_: B.Type, _ piece: PlacedPiece) -> Double {
      flat.count(
        B.self, Span(_unsafeStart: piece.rows(B.self), count: piece.entries), piece.basis,
        Span(_unsafeStart: pointer(flat.codes, UInt8.self), count: piece.polynomials))
    }
  }
  let flat = load(GuestFlat.self, address)
  return PlacedPiece(flat.piece)?.run(Task(flat: flat)) ?? -2
}

/// Writes the places of the next `count` vertices of a `GuestFlat`, and where it stands then. Answers `GuestStatus`.
@_expose(wasm, "catenary_flat_places")
@_cdecl("catenary_flat_places")
public func catenaryFlatPlaces(_ address: Int32, _ places: Int32, _ count: Int32) -> Int32 {
  struct Task: GuestTask {
    let flat: GuestFlat
    let places, count: Int32
    func run<B: FlatBlock>(_: B.Type, _ piece: PlacedPiece) -> GuestFlat {
      var flat = flat
      var located = MutableSpan(
        _unsafeStart: mutablePointer(UInt32(bitPattern: places), Located.self), count: Int(count))
      flat.fill(
        B.self, Span(_unsafeStart: piece.rows(B.self), count: piece.entries), piece.basis,
        Span(_unsafeStart: pointer(flat.codes, UInt8.self), count: piece.polynomials), into: &located)
      return flat
    }
  }
  let flat = load(GuestFlat.self, address)
  guard count >= 0, let piece = PlacedPiece(flat.piece) else { return GuestStatus.badJob.rawValue }
  store(piece.run(Task(flat: flat, places: places, count: count)), address)
  return GuestStatus.done.rawValue
}

/// Widens the `FlatReach` at an address to the piece of a `GuestFlat`. Answers `GuestStatus`.
@_expose(wasm, "catenary_flat_reach")
@_cdecl("catenary_flat_reach")
public func catenaryFlatReach(_ address: Int32, _ out: Int32) -> Int32 {
  struct Task: GuestTask {
    let flat: GuestFlat
    let reach: FlatReach
    func run<B: FlatBlock>(_: B.Type, _ piece: PlacedPiece) -> FlatReach {
      var reach = reach
      B.reach(
        Span(_unsafeStart: piece.rows(B.self), count: piece.entries), segments: piece.polynomials,
        basis: piece.basis, flat.flatness, into: &reach)
      return reach
    }
  }
  let flat = load(GuestFlat.self, address)
  guard let piece = PlacedPiece(flat.piece) else { return GuestStatus.badJob.rawValue }
  store(piece.run(Task(flat: flat, reach: load(FlatReach.self, out))), out)
  return GuestStatus.done.rawValue
}

/// Widens the `ArcUnit` at an address to a `GuestPiece` of block `double4`. Answers `GuestStatus`.
@_expose(wasm, "catenary_arc_size")
@_cdecl("catenary_arc_size")
public func catenaryArcSize(_ address: Int32, _ out: Int32) -> Int32 {
  guard let piece = PlacedPiece(UInt32(bitPattern: address)), piece.block == .double4 else {
    return GuestStatus.badJob.rawValue
  }
  var unit = load(ArcUnit.self, out)
  unit.add(Span(_unsafeStart: piece.rows(DoubleBlock4.self), count: piece.entries), piece.basis)
  store(unit, out)
  return GuestStatus.done.rawValue
}

/// Tells a `GuestPiece` of block `double4` in the `ArcUnit` at an address, which knows all pieces. Answers `GuestStatus`.
@_expose(wasm, "catenary_arc_scale")
@_cdecl("catenary_arc_scale")
public func catenaryArcScale(_ address: Int32, _ unit: Int32) -> Int32 {
  guard let piece = PlacedPiece(UInt32(bitPattern: address)), piece.block == .double4 else {
    return GuestStatus.badJob.rawValue
  }
  let unit = load(ArcUnit.self, unit)
  guard unit.isFinite else { return GuestStatus.tooLarge.rawValue }
  guard unit.factor != 1 else { return GuestStatus.done.rawValue }
  var table = MutableSpan(
    _unsafeStart: mutablePointer(piece.piece.table, Segment<ArcRow>.self), count: piece.entries)
  ArcUnit.multiply(&table, piece.basis, by: unit.factor)
  return GuestStatus.done.rawValue
}

/// Measures the piece of a `GuestArcs`, and writes its length and its count of panels. Answers `GuestStatus`.
@_expose(wasm, "catenary_arc_panels")
@_cdecl("catenary_arc_panels")
public func catenaryArcPanels(_ address: Int32) -> Int32 {
  var arcs = load(GuestArcs.self, address)
  guard let piece = PlacedPiece(arcs.piece), piece.block == .double4, arcs.capacity >= 0 else {
    return GuestStatus.badJob.rawValue
  }
  var panels = MutableSpan(
    _unsafeStart: mutablePointer(arcs.panels, ArcPanel.self), count: Int(arcs.capacity))
  arcs.measure(
    Span(_unsafeStart: piece.rows(DoubleBlock4.self), count: piece.entries), piece.basis,
    dimensions: piece.dimensions, arcs: piece.polynomials,
    into: &panels)
  store(arcs, address)
  return GuestStatus.done.rawValue
}

/// Writes the places of points `first..<first + count` of a measured `GuestArcs`. Answers `GuestStatus`.
@_expose(wasm, "catenary_arc_places")
@_cdecl("catenary_arc_places")
public func catenaryArcPlaces(_ address: Int32, _ first: Int32, _ places: Int32, _ count: Int32) -> Int32 {
  let arcs = load(GuestArcs.self, address)
  guard let piece = PlacedPiece(arcs.piece), piece.block == .double4, count >= 0, first >= 0, arcs.count >= 0,
    arcs.count <= arcs.capacity
  else { return GuestStatus.badJob.rawValue }
  let panels = Span(_unsafeStart: pointer(arcs.panels, ArcPanel.self), count: Int(arcs.count))
  var located = MutableSpan(
    _unsafeStart: mutablePointer(UInt32(bitPattern: places), Located.self), count: Int(count))
  arcs.fill(
    &located, first: Int(first), Span(_unsafeStart: piece.rows(DoubleBlock4.self), count: piece.entries),
    piece.basis, dimensions: piece.dimensions,
    arcs: piece.polynomials, panels)
  return GuestStatus.done.rawValue
}

/// What a door does with a piece, whatever the rows of its table.
private protocol GuestTask {
  associatedtype Result
  func run<B: FlatBlock>(_: B.Type, _ piece: PlacedPiece) -> Result
}

/// A fitted `GuestPiece` of positions.
private struct PlacedPiece {
  let piece: GuestPiece
  let block: BlockKind
  let basis: Basis
  let dimensions: Int
  /// Of its table, its end left out.
  let polynomials: Int

  /// Nil: a bad job.
  init?(_ address: UInt32) {
    piece = load(GuestPiece.self, Int32(bitPattern: address))
    let job = load(GuestJob.self, Int32(bitPattern: piece.job))
    guard let options = job.options, let block = BlockKind(rawValue: job.block),
      let basis = Basis(rawValue: job.basis), (1...4).contains(job.dimensions), piece.segments >= 0
    else { return nil }
    (self.block, self.basis, dimensions) = (block, basis, Int(job.dimensions))
    polynomials = Int(piece.segments) * options.halves
  }

  var entries: Int { (polynomials + 1) * basis.entries }

  func rows<B: FlatBlock>(_: B.Type) -> UnsafePointer<Segment<B.Row>> {
    pointer(piece.table, Segment<B.Row>.self)
  }

  @inline(__always)
  func run<Task: GuestTask>(_ task: Task) -> Task.Result {
    switch block {
    case .float1: task.run(FloatBlock1.self, self)
    case .float2: task.run(FloatBlock2.self, self)
    case .float3: task.run(FloatBlock3.self, self)
    case .float4: task.run(FloatBlock4.self, self)
    case .double1: task.run(DoubleBlock1.self, self)
    case .double2: task.run(DoubleBlock2.self, self)
    case .double3: task.run(DoubleBlock3.self, self)
    case .double4: task.run(DoubleBlock4.self, self)
    }
  }
}

@inline(__always)
private func store<T: BitwiseCopyable>(_ value: T, _ address: Int32) {
  mutablePointer(UInt32(bitPattern: address), T.self).pointee = value
}
