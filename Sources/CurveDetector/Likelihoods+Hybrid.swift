import Glibc

extension Likelihoods {
  /// The probability of each pattern, by the statistics and the network together: logistic regression over the
  /// statistics' features and the network's log-probabilities, whose weight changes with the length.
  ///
  /// `models/fit_hybrid.py` computes the same.
  func probabilities(with proposals: Proposals) -> [Double] {
    let chances = proposals.window.map { max($0, -12) }
    let length = log(Double(count)) - 5
    return LogisticTable.hybrid.probabilities(features + chances + chances.map { length * $0 })
  }
}
