import CurveKernel
import Synchronization
import WasmHost

/// Somebody's own kernel, a WebAssembly module that is not trusted: what it must export is in wasm/KERNEL-ABI.md.
///
/// It runs in memory of its own with a maximum, imports nothing but that memory, and is stopped when a call takes too
/// long. One rendering at a time: its workers hold the points of one curve.
public final class CustomKernel: Sendable {
  private let kernel: UserKernel
  private let pool: ThreadPool
  private let slabs = SlabPool()
  private let idle: Monitor<[Int]>
  private let isDrawing = Atomic<Bool>(false)

  /// - Parameters:
  ///   - wasm: the module's bytes.
  ///   - name: what errors call the kernel, as a file's name.
  ///   - threads: 1 or more; nil: one for each core.
  ///   - memoryBytes: the most that the module's memory may grow to, on each thread.
  ///   - secondsPerCall: the longest that one tile may take.
  /// - Throws: why the module is not to be had or not a kernel.
  public init(
    wasm: [UInt8], name: String, threads: Int? = nil, memoryBytes: Int = 256 << 20,
    secondsPerCall: Double = 10
  ) throws(EngineError) {
    pool = ThreadPool(threads: threads)
    idle = Monitor(Array(0..<pool.threads))
    var limits = UserKernel.Limits()
    (limits.memoryBytes, limits.secondsPerCall) = (memoryBytes, secondsPerCall)
    do throws(WasmHostError) {
      kernel = try UserKernel(wasm: wasm, name: name, workers: pool.threads, limits: limits)
    } catch { throw EngineError(error) }
  }

  /// The kernel's samples tile by tile, in order, on the caller's thread.
  ///
  /// - Shape: `coordinates` are interleaved, `dimensions` (1 to 4) a point; the result has
  ///   segments · `samplesPerSegment` + 1 points, one segment fewer than points, or as many when `closed`.
  /// - Throws: `EngineError`, also while another rendering is under way, or what `sink` throws.
  public func render<E: CurveScalar & BitwiseCopyable>(
    coordinates: [E], dimensions: Int, closed: Bool = false, samplesPerSegment: Int,
    to sink: (borrowing Tile<E>) throws -> Void
  ) throws {
    guard (1...4).contains(dimensions) else { throw EngineError.curve(.wrongDimensions(dimensions)) }
    guard coordinates.count % dimensions == 0 else {
      throw EngineError.curve(.ragged(numbers: coordinates.count, dimensions: dimensions))
    }
    guard !isDrawing.exchange(true, ordering: .acquiring) else {
      throw EngineError.wasm(
        reason: "\(kernel.name) is drawing another curve: wait for its end, or make a second kernel")
    }
    defer { isDrawing.store(false, ordering: .releasing) }
    let job = UserKernel.Job(
      dimensions: dimensions, closed: closed, samplesPerSegment: samplesPerSegment,
      precision: MemoryLayout<E>.size == 8 ? .float64 : .float32)
    let points = coordinates.count / dimensions
    do throws(WasmHostError) {
      try withBytes(of: coordinates) { (bytes) throws(WasmHostError) in try kernel.load(points: bytes, job) }
    } catch { throw EngineError(error) }
    let count = job.sampleCount(points: points) ?? 0
    let tilePoints = Engine.tileBytes / job.bytesPerPoint
    let stream = TileStream(pool: pool, tiles: (count + tilePoints - 1) / tilePoints)
    let slotBytes = tilePoints * job.bytesPerPoint
    guard let slab = slabs.take(byteCount: stream.slots * slotBytes) else {
      throw EngineError.noMemory(bytes: stream.slots * slotBytes)
    }
    defer { slabs.put(slab) }
    let place = { @Sendable (tile: Int) -> Range<Int> in
      let start = tile % stream.slots * slotBytes
      return start..<start + min(tilePoints, count - tile * tilePoints) * job.bytesPerPoint
    }
    try stream.run { (tile) throws(WasmHostError) in
      let worker = self.idle.wait { $0.popLast() }
      defer { self.idle.access { $0.append(worker) } }
      let range = place(tile)
      try self.kernel.draw(worker: worker, first: tile * tilePoints, count: range.count / job.bytesPerPoint) {
        drawn in slab.bytes(range) { copy(drawn, to: &$0, at: 0) }
      }
    } deliver: { tile in
      try slab.elements(place(tile), of: E.self) { elements in
        try sink(Tile(first: tile * tilePoints * dimensions, elements: elements))
      }
    }
  }
}
