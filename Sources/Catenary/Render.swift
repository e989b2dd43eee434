import CurveKernel
import WasmHost

/// Some consecutive points of a rendering, valid until the sink returns.
public struct Tile<Element: CurveElement & BitwiseCopyable>: ~Copyable, ~Escapable {
  /// Where the tile begins, counted in elements of the whole result.
  public let first: Int
  public let elements: Span<Element>

  @_lifetime(copy elements)
  init(first: Int, elements: Span<Element>) {
    self.first = first
    self.elements = elements
  }

  /// A part of the tile, counted from elsewhere.
  ///
  /// - Parameters:
  ///   - range: elements of the tile, counted as `first` is.
  ///   - place: where the part begins in another whole.
  @_lifetime(copy self)
  public func part(_ range: Range<Int>, movedTo place: Int) -> Tile {
    Tile(first: place, elements: elements.extracting(range.lowerBound - first..<range.upperBound - first))
  }
}

extension Engine {
  /// Elements that a rendering has: points, or numbers where the curve is a flat buffer's.
  ///
  /// - Throws: what is wrong with the sampling.
  public func elementCount<E>(_ curve: Curve<E>, _ sampling: Sampling) throws(CurveError) -> Int {
    // Spacing moves points and makes no more of them: nothing is measured for that.
    if case .count(let count, .arcLength) = sampling { return try elementCount(curve, .count(count)) }
    return try SamplePlan(sampling, curve.shape, curve.fitted, runner: pool).count
      * (curve.dimensions / E.coordinates)
  }

  /// The curve's samples in a new array. Fresh memory is the slow road: see the other two for large results.
  ///
  /// - Parameters:
  ///   - curve: what is drawn.
  ///   - sampling: where.
  ///   - derivative: 0 for positions, 1 or 2 for derivatives per unit of what `at` counts.
  public func render<E: CurveElement & BitwiseCopyable>(
    _ curve: Curve<E>, _ sampling: Sampling, derivative: Int = 0
  ) throws(EngineError) -> [E] {
    let plan = try nativePlan(curve, sampling, derivative)
    if let plan, isSmall(plan, E.block(dimensions: curve.dimensions)) {
      let count = plan.count * (curve.dimensions / E.coordinates)
      return try array(count: count, of: E.self) { target in draw(curve, plan, into: target) }
    }
    let job = try Rendering(curve, sampling, derivative, self, planned: plan)
    return try array(count: job.elementCount, of: E.self) { (target) throws(EngineError) in
      try job.draw(into: target)
    }
  }

  /// The curve's samples in the caller's buffer.
  ///
  /// - Shape: `buffer` has exactly `elementCount(_:_:)` elements.
  public func render<E: CurveElement & BitwiseCopyable>(
    _ curve: Curve<E>, _ sampling: Sampling, derivative: Int = 0, into buffer: inout MutableSpan<E>
  ) throws(EngineError) {
    let plan = try nativePlan(curve, sampling, derivative)
    if let plan, isSmall(plan, E.block(dimensions: curve.dimensions)) {
      try check(buffer.count, plan.count * (curve.dimensions / E.coordinates))
      return withTarget(&buffer) { target in draw(curve, plan, into: target) }
    }
    let job = try Rendering(curve, sampling, derivative, self, planned: plan)
    try check(buffer.count, job.elementCount)
    try withTarget(&buffer) { (target) throws(EngineError) in try job.draw(into: target) }
  }

  /// The curve's samples tile by tile, in order, on the caller's thread, in bounded memory; other threads draw ahead.
  ///
  /// - Throws: `EngineError`, or what `sink` throws; nothing is drawn after that.
  public func render<E: CurveElement & BitwiseCopyable>(
    _ curve: Curve<E>, _ sampling: Sampling, derivative: Int = 0,
    to sink: (borrowing Tile<E>) throws -> Void
  ) throws {
    let job = try Rendering(curve, sampling, derivative, self)
    try job.stream(sink)
  }
}

extension Engine {
  private func check(_ count: Int, _ needed: Int) throws(EngineError) {
    guard count == needed else { throw .curve(.wrongBufferSize(count: count, needed: needed)) }
  }

  /// The plan of a native rendering that needs no new fit, nil for all others.
  private func nativePlan<E: CurveElement>(
    _ curve: Curve<E>, _ sampling: Sampling, _ derivative: Int
  ) throws(EngineError) -> SamplePlan? {
    guard wasm == nil, derivative == 0 else { return nil }
    do throws(CurveError) { return try SamplePlan(sampling, curve.shape, curve.fitted, runner: pool) } catch {
      throw .curve(error)
    }
  }

  /// Whether it is one tile, which is drawn at once: making a `Rendering` of it costs as much as its points.
  private func isSmall(_ plan: SamplePlan, _ block: BlockKind) -> Bool {
    plan.count <= Engine.tileBytes / block.pointBytes
  }

  private func draw<E: CurveElement>(_ curve: Curve<E>, _ plan: SamplePlan, into target: RenderTarget) {
    target.bytes(0..<target.byteCount) { bytes in
      curve.fitted.draw(
        curve.shape, plan, derivative: 0, range: 0..<plan.count, by: evaluator, into: &bytes)
    }
  }
}

/// One rendering, all checks passed. It knows its elements' layout and not their type, so that a small rendering
/// spends nothing on looking types up.
struct Rendering: Sendable {
  let engine: Engine
  let shape: CurveShape
  let plan: SamplePlan
  let brush: Brush
  let derivative: Int
  let block: BlockKind
  /// Elements of one point.
  let pointElements: Int

  init<Element: CurveElement>(
    _ curve: Curve<Element>, _ sampling: Sampling, _ derivative: Int, _ engine: Engine,
    planned: SamplePlan? = nil
  ) throws(EngineError) {
    try self.init(
      curve.shape, curve.fitted, Element.block(dimensions: curve.dimensions), sampling, derivative, engine,
      planned: planned, pointElements: curve.dimensions / Element.coordinates)
  }

  /// - Parameter fitted: the table of positions; nil: made only where this process draws.
  init(
    _ shape: CurveShape, _ fitted: FittedTable?, _ block: BlockKind, _ sampling: Sampling, _ derivative: Int,
    _ engine: Engine, planned: SamplePlan?, pointElements: Int
  ) throws(EngineError) {
    (self.engine, self.derivative) = (engine, derivative)
    (self.block, self.pointElements) = (block, pointElements)
    guard (0...2).contains(derivative) else { throw .curve(.wrongDerivative(derivative)) }
    if let planned {
      plan = planned
    } else {
      do throws(CurveError) {
        plan = try SamplePlan(sampling, shape, fitted, derivative: derivative, runner: engine.pool)
      } catch {
        throw .curve(error)
      }
    }
    self.shape = plan.substitute?.shape ?? shape
    brush = try Rendering.brush(self.shape, fitted, plan, derivative, block, engine)
  }

  /// The guest where there is one; under `auto` this process for a curve that the guest cannot hold.
  private static func brush(
    _ shape: CurveShape, _ fitted: FittedTable?, _ plan: SamplePlan, _ derivative: Int, _ block: BlockKind,
    _ engine: Engine
  ) throws(EngineError) -> Brush {
    if let wasm = engine.wasm {
      do throws(EngineError) {
        let drawn = plan.substitute?.table.block ?? block
        return .guest(try GuestCurve(shape, plan, derivative: derivative, block: drawn, backend: wasm), wasm)
      } catch {
        guard case .wasm(let reason) = error, let onFallback = engine.onFallback else { throw error }
        onFallback(reason)
      }
    }
    do throws(CurveError) {
      if derivative == 0, let fitted { return .native(fitted, evaluator: engine.evaluator) }
      let table = try FittedTable(shape, derivative: derivative, block: block)
      return .native(table, evaluator: engine.evaluator)
    } catch { throw .curve(error) }
  }

  var pointBytes: Int { block.pointBytes }
  var elementCount: Int { plan.count * pointElements }
  var tilePoints: Int { Engine.tileBytes / pointBytes }
  /// What is drawn, before it is rounded to the output's scalar.
  var drawnBlock: BlockKind { plan.substitute?.table.block ?? block }
  /// Some ten microseconds a tile, done before another thread is awake.
  var isSmall: Bool {
    if case .even = plan.mode { return tileCount < 8 }
    return false
  }
  var tileCount: Int { (plan.count + tilePoints - 1) / tilePoints }

  func points(ofTile tile: Int) -> Range<Int> {
    tile * tilePoints..<min((tile + 1) * tilePoints, plan.count)
  }

  /// Draws everything, all threads at once.
  func draw(into target: RenderTarget) throws(EngineError) {
    guard tileCount > 1 else {
      // Neither threads nor a failure to share.
      do throws(WasmHostError) {
        return try target.bytes(0..<plan.count * pointBytes) { (out) throws(WasmHostError) in
          try draw(0..<plan.count, into: &out)
        }
      } catch { throw EngineError(error) }
    }
    let failure = FirstFailure()
    engine.pool.run(tileCount, isSmall: isSmall) { tile in
      guard failure.isNone else { return }
      let points = points(ofTile: tile)
      failure.note { () throws(WasmHostError) in
        try target.bytes(points.lowerBound * pointBytes..<points.upperBound * pointBytes) {
          (out) throws(WasmHostError) in try draw(points, into: &out)
        }
      }
    }
    try failure.rethrow()
  }

  /// Draws tile by tile; the sink gets them in order.
  func stream<Element: CurveElement & BitwiseCopyable>(_ sink: (borrowing Tile<Element>) throws -> Void)
    throws
  {
    let stream = TileStream(pool: engine.pool, tiles: tileCount, isSmall: isSmall)
    let slotBytes = tilePoints * pointBytes
    let memory = try engine.takeTiles(byteCount: stream.slots * slotBytes, for: brush)
    defer { engine.giveBack(memory) }
    let place = { @Sendable (tile: Int) -> Range<Int> in
      let start = tile % stream.slots * slotBytes
      return start..<start + points(ofTile: tile).count * pointBytes
    }
    try stream.run { (tile) throws(WasmHostError) in
      try draw(points(ofTile: tile), to: memory, at: place(tile))
    } deliver: { tile in
      try memory.elements(place(tile), of: Element.self) { elements in
        try sink(Tile(first: points(ofTile: tile).lowerBound * pointElements, elements: elements))
      }
    }
  }
}

extension Engine {
  fileprivate func takeTiles(byteCount: Int, for brush: Brush) throws(EngineError) -> TileMemory {
    if case .guest(_, let wasm) = brush {
      do throws(WasmHostError) { return .guest(try wasm.kernel.allocate(byteCount), wasm) } catch {
        throw EngineError(error)
      }
    }
    guard let pages = slabs.take(byteCount: byteCount) else { throw .noMemory(bytes: byteCount) }
    return .pages(pages)
  }

  fileprivate func giveBack(_ memory: TileMemory) {
    switch memory {
    case .pages(let pages): slabs.put(pages)
    case .guest(let address, let backend): backend.kernel.free(address)
    }
  }
}
