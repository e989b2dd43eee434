import Glibc

/// Finds the curves in a series of prices with a trained network and the statistics; with these alone where no model can
/// be had.
public enum NetworkDetector {
  /// The name of its model.
  public static let modelName = "curve-detection"

  /// - Parameters:
  ///   - prices: any magnitude; NaN is a missing price, of which a tenth may be, inside.
  ///   - models: where the model is; it keeps why there is none.
  /// - Throws: what is wrong with the prices, with the place.
  public static func detect(_ prices: [Double], _ models: ModelCache) throws(DetectionError) -> Detection {
    let series = try PreparedSeries(prices)
    var detection: Detection
    if prices.count >= ClassicalDetector.fewest, !series.isConstant {
      let proposals = try? proposals(series.z, models)
      detection = ClassicalDetector.judge(series, proposals)
      if proposals != nil { detection.source = .onnx }
    } else {
      // There is nothing to judge, but it is told who would have.
      detection = ClassicalDetector.judge(series, nil)
      if (try? models.session(modelName)) != nil { detection.source = .onnx }
    }
    return detection
  }

  /// - Parameter z: 16 values or more, mean 0 and population standard deviation 1.
  static func proposals(_ z: [Double], _ models: ModelCache) throws(ModelError) -> Proposals {
    try models.run(modelName, { $0.prepare(z) }, read: { Proposals($0) })
  }
}

extension Proposals {
  /// Logits of a run as probabilities.
  init(_ seat: borrowing Seat) {
    let (window, steps, boundary) = (seat.window, seat.steps, seat.boundary)
    var whole = SIMD8<Double>()
    for k in 0..<8 { whole[k] = Double(window[k]) }
    let likely = logSoftmax(whole)
    self.window = (0..<8).map { likely[$0] }
    self.scores = (0..<Proposals.cells).map { cell in
      func score(_ k: Int) -> Double { Double(steps[k * Proposals.cells + cell]) }
      return SIMD8(score(0), score(1), score(2), score(3), score(4), score(5), score(6), score(7))
    }
    self.boundary = (0..<Proposals.cells).map { 1 / (1 + exp(-Double(boundary[$0]))) }
  }
}

extension Proposals {
  /// Log-probability of each pattern in each cell: computed when asked for, since series of one curve need none.
  var steps: [SIMD8<Double>] { scores.map(logSoftmax) }

  /// Whether not even half an edge is expected inside: the sum of the cells' probabilities, but for the first three,
  /// where the series itself begins.
  ///
  /// Of generated series of several curves at 10 to 30 dB 0.5 % are taken for one, and 98 % of those of one are.
  var isOneCurve: Bool { boundary.dropFirst(3).reduce(0, +) < 0.5 }
}

/// Logarithms of the probabilities that scores stand for.
private func logSoftmax(_ scores: SIMD8<Double>) -> SIMD8<Double> {
  let most = scores.max()
  var sum = 0.0
  for k in 0..<8 { sum += exp(scores[k] - most) }
  return scores - (most + log(sum))
}
