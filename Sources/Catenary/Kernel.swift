import CurveKernel
import WasmHost

// What benchmarks time: the kernel without the library around it.

extension Engine {
  /// Draws a whole curve on this thread with this processor's evaluators.
  ///
  /// - Shape: `out` has exactly the plan's elements.
  package static func drawOnThisThread<E: CurveElement & BitwiseCopyable>(
    _ curve: Curve<E>, _ plan: SamplePlan, into out: inout MutableSpan<E>
  ) {
    withTarget(&out) { target in
      target.bytes(0..<target.byteCount) { bytes in
        curve.fitted.draw(
          curve.shape, plan, derivative: 0, range: 0..<plan.count, by: vectorUnit, into: &bytes)
      }
    }
  }
}

/// A curve fitted in the guest, drawn there into the guest's own memory.
package struct GuestDrawing {
  private let guest: GuestCurve
  private let worker: WasmWorker
  private let wasm: WasmBackend

  /// - Throws: `unavailable` where the engine draws natively, else what a rendering throws.
  package init<E: CurveElement>(_ curve: Curve<E>, _ sampling: Sampling, _ engine: Engine) throws {
    guard let wasm = engine.wasm else {
      throw EngineError.unavailable(backend: "wasm", reason: "this engine draws natively")
    }
    let plan = try SamplePlan(sampling, curve.shape, curve.fitted)
    self.wasm = wasm
    guest = try GuestCurve(
      curve.shape, plan, derivative: 0, block: E.block(dimensions: curve.dimensions), backend: wasm)
    worker = wasm.takeWorker()
  }

  /// Draws a range of points, at most a tile of them.
  package func draw(_ points: Range<Int>) throws {
    try guest.draw(piece: 0, samples: points, to: worker.out, worker: worker)
  }
}
