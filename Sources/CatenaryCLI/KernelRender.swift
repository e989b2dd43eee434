import Catenary
import CurveFormats
import CurveRequests

/// `render --kernel`: the samples of somebody's own WebAssembly kernel.
enum KernelRender {
  /// Refuses what cannot stand beside `--kernel`, and what needs it.
  static func check(_ settings: Settings) throws(CommandFailure) {
    _ = try settings.integer(.kernelMemory, in: 1...4096)
    let seconds = try settings.number(.kernelTimeout)
    guard settings.has(.kernel) else {
      for option in [RenderOption.kernelMemory, .kernelTimeout] where settings.has(option) {
        throw settings.fault(option, "belongs to --kernel: give that, too, or leave it out")
      }
      return
    }
    if let seconds, !(seconds > 0 && seconds <= 3600) {
      throw settings.fault(.kernelTimeout, "is \(seconds): give seconds above 0 and up to 3600")
    }
    for option in RenderOption.notBesideKernel where settings.has(option) {
      throw settings.fault(option, "cannot stand beside --kernel, which fixes the curve itself: leave it out")
    }
    if settings.has(.backend), try EngineChoice.backend(settings) == .native {
      throw settings.fault(.backend, "native cannot draw a --kernel: leave it out")
    }
  }

  static func run<Scalar: OutputScalar>(
    _ path: String, _ input: PointInput, _ settings: Settings, to output: RenderOutput, as _: Scalar.Type
  ) throws(CommandFailure) {
    try check(settings)
    let drawing = try drawing(path, input, settings, as: Scalar.self)
    let file = try output.open()
    do { try output.write(drawing, of: input.points, to: file) } catch {
      throw RenderCommand.failure(error, settings, input: input.name, file)
    }
    try file.finish()
  }

  private static func drawing<Scalar: OutputScalar>(
    _ path: String, _ input: PointInput, _ settings: Settings, as _: Scalar.Type
  ) throws(CommandFailure) -> KernelDrawing<Scalar> {
    let threads = try settings.integer(.threads, in: 1...1024)
    let mebibytes = try settings.integer(.kernelMemory, in: 1...4096) ?? 256
    let seconds = try settings.number(.kernelTimeout) ?? 10
    let closed = try settings.flag(.closed) ?? false
    let samples = try settings.integer(.samplesPerSegment, in: 1...1 << 31) ?? 16
    let bytes = try FileSource.bytes(of: path)
    let kernel: CustomKernel
    do throws(EngineError) {
      kernel = try CustomKernel(
        wasm: bytes, name: path, threads: threads, memoryBytes: mebibytes << 20, secondsPerCall: seconds)
    } catch {
      throw .failed("\(error)")
    }
    do throws(CurveError) {
      return try KernelDrawing(kernel, input.points, closed: closed, samples: samples)
    } catch {
      throw settings.failure(error, input: input.name)
    }
  }
}

/// Points and the kernel that draws through them.
private struct KernelDrawing<Scalar: OutputScalar>: PicturedDrawing {
  let kernel: CustomKernel
  let coordinates: [Scalar]
  let dimensions, samples, count: Int
  let isClosed: Bool

  /// - Throws: what is wrong with the points: gaps, and numbers that the output cannot hold.
  init(
    _ kernel: CustomKernel, _ points: PointTable, closed: Bool, samples: Int
  ) throws(CurveError) {
    guard points.count >= 2 else {
      throw points.count == 0
        ? .noPoints : .tooFewPoints(kind: "a kernel", count: points.count, needed: 2, from: 0)
    }
    (self.kernel, self.samples, isClosed, dimensions) = (kernel, samples, closed, points.dimensions)
    coordinates = points.values.map(Scalar.narrow)
    for i in coordinates.indices where !coordinates[i].isFinite {
      let value = points.values[i]
      let index = i / points.dimensions
      throw value.isFinite
        ? .tooLarge(isFloat: true) : value.isNaN ? .gap(index: index) : .notFinite(index: index)
    }
    let (product, overflows) = (closed ? points.count : points.count - 1).multipliedReportingOverflow(
      by: samples)
    guard !overflows, product < 1 << 31 else { throw .tooManyPoints(overflows ? nil : product + 1) }
    count = product + 1
  }

  func draw(to sink: (borrowing Tile<Scalar>) throws -> Void) throws {
    try kernel.render(
      coordinates: coordinates, dimensions: dimensions, closed: isClosed, samplesPerSegment: samples, to: sink
    )
  }

  func lines(_ points: PointTable) -> [PictureCurve] {
    [
      PictureCurve.line(
        through: DrawnSamples(drawing: self), name: "kernel", step: 1 / Double(samples), controlPoints: points
      )
    ]
  }
}
