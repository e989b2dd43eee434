public import CurveDetector
import Synchronization

extension Engine {
  /// The curve that explains a series of prices, or `none`: its pattern, its parameters, how well it fits. It describes
  /// the prices given and forecasts nothing.
  ///
  /// - Parameter prices: one or more, of any magnitude; NaN is a missing price.
  /// - Throws: no prices, infinite ones, more than a tenth missing, the first or the last missing.
  public func detect(_ prices: [Double]) throws(DetectionError) -> Detection {
    try ClassicalDetector.detect(prices)
  }

  /// Many series at once, on all threads; each answer is the one that the series has alone.
  public func detect(series: [[Double]]) -> [Result<Detection, DetectionError>] {
    let answers = AnswerSheet(count: series.count)
    pool.run(series.count) { index in
      let answer = Result { () throws(DetectionError) in try ClassicalDetector.detect(series[index]) }
      answers.list.withLock { $0[index] = answer }
    }
    return answers.list.withLock { $0.compactMap(\.self) }
  }
}

/// Answers in the order of their series.
private final class AnswerSheet: Sendable {
  let list: Mutex<[Result<Detection, DetectionError>?]>

  init(count: Int) { list = Mutex(Array(repeating: nil, count: count)) }
}
