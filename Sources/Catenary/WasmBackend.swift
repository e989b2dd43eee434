import CurveKernel
import Synchronization
import WasmHost

/// The kernel in Wasmtime: one guest whose memory all threads share, one worker of it for each thread that draws.
final class WasmBackend: Sendable {
  let kernel: SharedKernel
  private let idle: Monitor<[WasmWorker]>

  /// - Throws: why there is no WebAssembly on this machine.
  init(threads: Int, memoryBytes: Int) throws(WasmHostError) {
    _ = try WasmRuntime.load()
    kernel = try SharedKernel(
      wasm: splineModule(), workers: threads, cacheDirectory: cacheDirectory(),
      maximumMemoryBytes: memoryBytes)
    var workers: [WasmWorker] = []
    for number in 0..<threads {
      let places = Locate.atOnce * MemoryLayout<Located>.stride
      workers.append(
        WasmWorker(
          number: number, out: try kernel.allocate(Engine.tileBytes), scratch: try kernel.allocate(places)))
    }
    idle = Monitor(workers)
  }

  /// A worker for this thread; there is one for each thread of the engine, and further callers wait for one.
  func takeWorker() -> WasmWorker { idle.wait { $0.popLast() } }

  func giveBack(_ worker: WasmWorker) { idle.access { $0.append(worker) } }
}

/// An instance of the guest, and its own memory for a tile and for located samples.
struct WasmWorker: Sendable {
  let number: Int
  let out, scratch: UInt32
}

/// A curve fitted in the guest, ready to draw; its memory there is given back with it.
final class GuestCurve: Sendable {
  private let backend: WasmBackend
  private let memory: UInt32
  private let layout: GuestLayout

  /// - Throws: `tooLarge` when the curve leaves the output type's range, else why the guest stopped.
  init(
    _ shape: CurveShape, _ plan: SamplePlan, derivative: Int, block: BlockKind, backend: WasmBackend
  ) throws(EngineError) {
    let layout = GuestLayout(shape, plan, block)
    var job = GuestJob(shape.options, dimensions: shape.dimensions, block: block)
    job.derivative = Int32(derivative)
    job.basis = shape.options.basis(derivative: derivative).rawValue
    do throws(WasmHostError) { memory = try backend.kernel.allocate(layout.byteCount) } catch {
      throw EngineError(error)
    }
    (self.backend, self.layout) = (backend, layout)
    backend.kernel.withMutableBytes(at: memory, count: layout.byteCount) { [memory] bytes in
      layout.write(shape, plan, job, at: memory, into: &bytes)
    }
    let worker = backend.takeWorker()
    defer { backend.giveBack(worker) }
    let status: Int32
    do throws(WasmHostError) {
      status = try backend.kernel.call(.fit, worker: worker.number, Int32(bitPattern: memory))
    } catch { throw EngineError(error) }
    switch GuestStatus(rawValue: status) {
    case .done: break
    case .tooLarge: throw .curve(.tooLarge(isFloat: !block.isDouble))
    default: throw .wasm(reason: "the kernel does not know this curve: its module is of another version")
    }
  }

  deinit { backend.kernel.free(memory) }

  /// Draws samples of one piece to an address of the guest's memory.
  func draw(
    piece: Int, samples: Range<Int>, to address: UInt32, worker: WasmWorker
  ) throws(WasmHostError) {
    let status = try backend.kernel.call(
      .draw, worker: worker.number, Int32(bitPattern: memory + layout.piece(piece)),
      Int32(truncatingIfNeeded: samples.lowerBound), Int32(truncatingIfNeeded: samples.count),
      Int32(bitPattern: address), Int32(bitPattern: worker.scratch))
    guard status == GuestStatus.done.rawValue else {
      throw .badCall(what: "the kernel does not know this curve: its module is of another version")
    }
  }
}

extension EngineError {
  init(_ error: WasmHostError) { self = .wasm(reason: error.description) }
}
