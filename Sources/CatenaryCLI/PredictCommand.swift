import Catenary
import CurveFormats
import CurveRequests

/// `catenary predict`: a curve's points in, the points beyond its last out.
enum PredictCommand {
  static func run(_ words: [String]) throws(CommandFailure) {
    let arguments = try Arguments(words, of: "predict")
    var settings = try Settings(arguments, of: "predict")
    let path = try arguments.input(of: "predict")
    _ = try output(settings)
    try checkTyped(settings)
    let input = try PointInput(path, &settings)
    let output = try output(settings)
    switch output.scalar {
    case .f32: try predict(input, settings, to: output, as: Float.self)
    case .f64: try predict(input, settings, to: output, as: Double.self)
    }
  }

  private static func output(_ settings: Settings) throws(CommandFailure) -> RenderOutput {
    let output = try RenderOutput(settings)
    guard output.format.canBeRead else {
      throw .usage("\(output.format.name) is a picture: predict writes points, as f32, f64, npy, csv or json")
    }
    return output
  }

  /// Finds what is wrong with typed options before any input is read.
  private static func checkTyped(_ settings: Settings) throws(CommandFailure) {
    try settings.checkTypedCurve()
    _ = try settings.horizon()
    _ = try settings.choice(.extrapolation, of: Extrapolation.self)
  }

  private static func predict<Scalar: OutputScalar>(
    _ input: PointInput, _ settings: Settings, to output: RenderOutput, as _: Scalar.Type
  ) throws(CommandFailure) {
    let way = try settings.choice(.extrapolation, of: Extrapolation.self) ?? .curve
    let horizon = try settings.horizon()
    let curve = try settings.curve(input, as: Scalar.self)
    let drawing = PredictionDrawing(
      engine: Engine(threads: 1), curve: curve, count: horizon, extrapolation: way)
    if way == .curve { RenderCommand.tellLambda(curve, output) }
    let file = try output.open()
    do { try output.write(drawing, to: file) } catch {
      throw RenderCommand.failure(error, settings, input: input.name, file)
    }
    try file.finish()
  }
}

extension Settings {
  fileprivate func horizon() throws(CommandFailure) -> Int { try integer(.horizon, in: 1...1_000_000) ?? 100 }
}

/// The points beyond a curve.
private struct PredictionDrawing<Scalar: OutputScalar>: Drawing {
  let engine: Engine
  let curve: Curve<Scalar>
  let count: Int
  let extrapolation: Extrapolation

  var dimensions: Int { curve.dimensions }
  var form: JSONPointForm { .predicted }
  var facts: [(name: String, value: Double)] {
    extrapolation == .curve ? curve.lambda.map { [("lambda", $0)] } ?? [] : []
  }

  func draw(to sink: (borrowing Tile<Scalar>) throws -> Void) throws {
    try engine.predict(curve, horizon: count, extrapolation: extrapolation, to: sink)
  }
}
