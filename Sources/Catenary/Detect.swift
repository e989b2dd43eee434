public import CurveDetector
import Synchronization

extension Engine {
  /// The curve that explains a series of prices, or `none`: its pattern, its parameters, how well it fits. It describes
  /// the prices given and forecasts nothing.
  ///
  /// - Parameters:
  ///   - prices: one or more, of any magnitude; NaN is a missing price.
  ///   - source: who judges. `.onnx`, the network together with the statistics, or, where no model can be had, the
  ///     statistics alone, and `modelStatus` says why; `.classical`, the statistics alone.
  /// - Returns: the same answer alone or among many, on any thread; its `source` says who judged.
  /// - Throws: no prices, infinite ones, more than a tenth missing, the first or the last missing.
  public func detect(
    _ prices: [Double], source: Detection.Source = .onnx
  ) throws(DetectionError) -> Detection {
    switch source {
    case .classical: try ClassicalDetector.detect(prices)
    case .onnx: try NetworkDetector.detect(prices, models)
    }
  }

  /// Many series at once, on all threads; each answer is the one that the series has alone.
  public func detect(
    series: [[Double]], source: Detection.Source = .onnx
  ) -> [Result<Detection, DetectionError>] {
    let answers = AnswerSheet(count: series.count)
    pool.run(series.count) { [self] index in
      let answer = Result { () throws(DetectionError) in try detect(series[index], source: source) }
      answers.list.withLock { $0[index] = answer }
    }
    return answers.list.withLock { $0.compactMap(\.self) }
  }

  /// How the detector's model stands: nothing is loaded for that.
  public var modelStatus: ModelStatus { models.status(NetworkDetector.modelName) }

  /// Loads the detector's model and runs it once, for who wants the first answer as quick as any; after a failure it
  /// tries again.
  ///
  /// - Returns: how the model stands now.
  @discardableResult
  public func warmModels() -> ModelStatus {
    try? models.warm(NetworkDetector.modelName)
    return modelStatus
  }
}

extension ModelSource {
  /// The network that is part of the program.
  public static var builtIn: ModelSource {
    .embedded { name in name == NetworkDetector.modelName ? curveModel() : nil }
  }
}

/// Answers in the order of their series.
private final class AnswerSheet: Sendable {
  let list: Mutex<[Result<Detection, DetectionError>?]>

  init(count: Int) { list = Mutex(Array(repeating: nil, count: count)) }
}
