import Catenary
import CurveRequests

/// Who detects, as the options ask.
struct DetectorChoice {
  private let source: Detection.Source
  private let models: ModelSource
  /// Whether the network was asked for by name.
  private let isAsked: Bool

  init(_ settings: Settings) throws(CommandFailure) {
    let choice = try settings.choice(
      .source, of: [("onnx", Detection.Source.onnx), ("classical", Detection.Source.classical)])
    var folder: String?
    if case .typed(let text)? = settings[.models] { folder = text }
    if let folder, folder.isEmpty { throw settings.fault(.models, "names no folder: give one with models") }
    if folder != nil, choice == .classical {
      throw settings.fault(.models, "does not belong to --source classical: leave one of them out")
    }
    source = choice ?? .onnx
    models = folder.map { .folder($0) } ?? .builtIn
    isAsked = choice == .onnx || folder != nil
  }

  /// An engine with the models that were asked for.
  func engine(threads: Int?) -> Engine { Engine(threads: threads, models: models) }

  /// Says on standard error when the network was asked for by name and cannot be had, and why.
  func tellIfWithout(_ engine: Engine) {
    if isAsked { DetectorChoice.tell(engine.warmModels().reason) }
  }

  private static func tell(_ reason: String?) {
    guard let reason, let line = CommandFailure.failed("detecting by statistics alone: \(reason)").line else {
      return
    }
    Files.tell(line + "\n")
  }

  /// The answers, one for each series.
  ///
  /// Tells on standard error when the network was asked for and gave none, and why.
  ///
  /// - Parameter shared: one of `engine(threads:)`, whose owner has been told already; nil: one of its own.
  func detect(_ series: [[Double]], by shared: Engine? = nil) -> [Result<Detection, DetectionError>] {
    let engine = shared ?? engine(threads: series.count > 1 ? nil : 1)
    let answers = engine.detect(series: series, source: source)
    let isWithout = answers.contains { (try? $0.get())?.source == .classical }
    if shared == nil, isAsked, isWithout { DetectorChoice.tell(engine.modelStatus.reason) }
    return answers
  }
}
