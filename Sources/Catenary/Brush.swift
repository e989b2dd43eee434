import CurveKernel
import WasmHost

/// A curve ready to be drawn by one backend: any range of its points, by any thread.
enum Brush: Sendable {
  case native(FittedTable, evaluator: (any TileEvaluator)?)
  case guest(GuestCurve, WasmBackend)
}

/// Memory that tiles are drawn to and read from, in the backend's own address space.
///
/// Slots are handed to one thread at a time by the ring of the rendering.
enum TileMemory: Sendable {
  case pages(Pages)
  case guest(UInt32, WasmBackend)

  /// Lends what was drawn to a slot.
  func elements<Element: BitwiseCopyable, R, E: Error>(
    _ range: Range<Int>, of: Element.Type, _ body: (Span<Element>) throws(E) -> R
  ) throws(E) -> R {
    switch self {
    case .pages(let pages): try pages.elements(range, of: Element.self, body)
    case .guest(let base, let backend):
      try backend.kernel.withBytes(at: base + UInt32(range.lowerBound), count: range.count) {
        (bytes) throws(E) -> R in
        try withElements(bytes, of: Element.self, body)
      }
    }
  }
}

extension Rendering {
  /// Draws points to memory of this process.
  func draw(_ points: Range<Int>, into out: inout MutableRawSpan) throws(WasmHostError) {
    switch brush {
    case .native(let table, let evaluator):
      table.draw(shape, plan, derivative: derivative, range: points, by: evaluator, into: &out)
    case .guest(let curve, let backend):
      let worker = backend.takeWorker()
      defer { backend.giveBack(worker) }
      if drawnBlock != block {
        return try drawRounded(curve, backend, points, worker) { numbers, place in
          store(numbers, to: &out, at: place)
        }
      }
      // Guest memory itself, as of a `DrawingMemory`.
      if let address = backend.kernel.address(of: &out), address % 16 == 0 {
        return try draw(curve, backend, points, to: address, worker)
      }
      try draw(curve, backend, points, to: worker.out, worker)
      backend.kernel.withBytes(at: worker.out, count: points.count * pointBytes) { copy($0, to: &out, at: 0) }
    }
  }

  /// Draws points to a place in tile memory.
  func draw(_ points: Range<Int>, to memory: TileMemory, at place: Range<Int>) throws(WasmHostError) {
    switch (memory, brush) {
    case (.pages(let pages), _):
      try pages.bytes(place) { (out) throws(WasmHostError) in try draw(points, into: &out) }
    case (.guest(let base, let backend), .guest(let curve, _)):
      let worker = backend.takeWorker()
      defer { backend.giveBack(worker) }
      let address = base + UInt32(place.lowerBound)
      guard drawnBlock != block else { return try draw(curve, backend, points, to: address, worker) }
      try drawRounded(curve, backend, points, worker) { numbers, place in
        backend.kernel.withMutableBytes(at: address + UInt32(place), count: numbers.count * 4) { out in
          store(numbers, to: &out, at: 0)
        }
      }
    case (.guest, .native): throw .badCall(what: "guest memory is drawn to by the guest")
    }
  }

  /// Draws Doubles in the guest, half a tile of the output's points at a time, and lends them with the byte at which their
  /// Floats belong.
  private func drawRounded(
    _ curve: GuestCurve, _ backend: WasmBackend, _ points: Range<Int>, _ worker: WasmWorker,
    _ body: (Span<Double>, Int) -> Void
  ) throws(WasmHostError) {
    let atOnce = Engine.tileBytes / drawnBlock.pointBytes
    var first = points.lowerBound
    while first < points.upperBound {
      let some = first..<min(first + atOnce, points.upperBound)
      try draw(curve, backend, some, to: worker.out, worker)
      backend.kernel.withBytes(at: worker.out, count: some.count * drawnBlock.pointBytes) { bytes in
        withElements(bytes, of: Double.self) { body($0, (first - points.lowerBound) * pointBytes) }
      }
      first = some.upperBound
    }
  }

  /// Draws points to guest memory; between the pieces the host writes the gaps.
  private func draw(
    _ curve: GuestCurve, _ backend: WasmBackend, _ points: Range<Int>, to address: UInt32,
    _ worker: WasmWorker
  ) throws(WasmHostError) {
    var failure: WasmHostError?
    let (block, pointBytes) = (drawnBlock, drawnBlock.pointBytes)
    plan.forEachPart(of: points, shape) { part in
      guard failure == nil else { return }
      switch part {
      case .gap(let place):
        backend.kernel.withMutableBytes(at: address + UInt32(place * pointBytes), count: pointBytes) { out in
          block.writeGap(into: &out)
        }
      case .piece(let index, _, let samples, let place):
        do throws(WasmHostError) {
          if case .places = plan.mode {
            try drawPlaces(curve, backend, index, samples, to: address + UInt32(place * pointBytes), worker)
          } else {
            try curve.draw(
              piece: index, samples: samples, to: address + UInt32(place * pointBytes), worker: worker)
          }
        } catch { failure = error }
      }
    }
    if let failure { throw failure }
  }

  /// Places are found here and drawn there, a few hundred at a time.
  private func drawPlaces(
    _ curve: GuestCurve, _ backend: WasmBackend, _ piece: Int, _ samples: Range<Int>, to address: UInt32,
    _ worker: WasmWorker
  ) throws(WasmHostError) {
    var next = samples.lowerBound
    while next < samples.upperBound {
      let count = min(Locate.atOnce, samples.upperBound - next)
      var located = [Located](repeating: Located(0, 0), count: count)
      var places = located.mutableSpan
      plan.locate(&places, shape, piece: piece, first: next)
      backend.kernel.withMutableBytes(at: worker.scratch, count: count * MemoryLayout<Located>.stride) {
        out in
        copy(places.span, to: &out, at: 0)
      }
      try curve.draw(
        piece: piece, samples: next..<next + count,
        to: address + UInt32((next - samples.lowerBound) * drawnBlock.pointBytes), worker: worker)
      next += count
    }
  }
}

/// Each number rounded to Float.
private func store(_ numbers: Span<Double>, to out: inout MutableRawSpan, at place: Int) {
  for i in numbers.indices {
    out.storeBytes(of: Float(numbers[i]), toByteOffset: place + 4 * i, as: Float.self)
  }
}
