import Catenary
import CurveFormats
import CurveRequests

/// `catenary render`: one curve, points in, samples out.
enum RenderCommand {
  static func run(_ words: [String]) throws(CommandFailure) {
    let arguments = try Arguments(words, of: "render")
    var settings = try Settings(arguments, of: "render")
    let path = try arguments.input(of: "render")
    _ = try RenderOutput(settings, isEarly: true)
    try checkTyped(settings)
    let input = try PointInput(path, &settings)
    let output = try RenderOutput(settings)
    if case .typed(let kernel)? = settings[.kernel] {
      switch output.scalar {
      case .f32: try KernelRender.run(kernel, input, settings, to: output, as: Float.self)
      case .f64: try KernelRender.run(kernel, input, settings, to: output, as: Double.self)
      }
      return
    }
    switch output.scalar {
    case .f32: try render(input, settings, to: output, as: Float.self)
    case .f64: try render(input, settings, to: output, as: Double.self)
    }
  }

  /// Finds what is wrong with typed options before any input is read.
  static func checkTyped(_ settings: Settings) throws(CommandFailure) {
    _ = try settings.sampling()
    try settings.checkTypedCurve()
    _ = try derivative(settings)
    _ = try EngineChoice.backend(settings)
    _ = try settings.integer(.threads, in: 1...1024)
    try KernelRender.check(settings)
  }

  static func derivative(_ settings: Settings) throws(CommandFailure) -> Int {
    try settings.integer(.derivative, in: 0...2) ?? 0
  }

  private static func render<Scalar: OutputScalar>(
    _ input: PointInput, _ settings: Settings, to output: RenderOutput, as _: Scalar.Type
  ) throws(CommandFailure) {
    let drawing = try drawing(
      input, settings, to: output, by: try EngineChoice.engine(settings), as: Scalar.self)
    let file = try output.open()
    do { try output.write(drawing, of: input.points, to: file) } catch {
      throw failure(error, settings, input: input.name, file)
    }
    try file.finish()
    tellLambda(drawing.curve, output)
  }

  /// The curve of an input, and what is asked of it.
  static func drawing<Scalar: OutputScalar>(
    _ input: PointInput, _ settings: Settings, to output: RenderOutput, by engine: Engine, as _: Scalar.Type
  ) throws(CommandFailure) -> CurveDrawing<Scalar> {
    // A picture shows the curve itself where nobody asked for samples: none are taken then.
    let isSampled =
      output.picture == nil || (RenderOption.samplings + [.spacing]).contains(where: settings.has)
    let sampling = isSampled ? try settings.sampling() : .samplesPerSegment(1)
    let derivative = try derivative(settings)
    let curve = try settings.curve(input, as: Scalar.self)
    do throws(CurveError) {
      return try CurveDrawing(
        curve, sampling, isSampled: isSampled, derivative: derivative, by: engine)
    } catch {
      throw settings.failure(error, input: input.name)
    }
  }

  /// Reports a λ that the points chose, where the result itself cannot hold it.
  static func tellLambda<Scalar>(_ curve: Curve<Scalar>, _ output: RenderOutput) {
    guard case .smoothing(nil, _) = curve.kind, let lambda = curve.lambda, output.format != .json else {
      return
    }
    Files.tell("catenary: lambda \(shown(lambda)) (generalised cross-validation)\n")
  }

  /// What went wrong while results were drawn and written.
  static func failure(
    _ error: any Error, _ settings: Settings, input: String, _ file: OutputFile
  ) -> CommandFailure {
    switch error {
    case let error as CommandFailure: error
    case EngineError.curve(let error): settings.failure(error, input: input)
    case let error as EngineError: .failed("\(input): \(error)")
    default: file.isReaderGone ? .readerGone : .failed("\(file.name): \(error)")
    }
  }
}
