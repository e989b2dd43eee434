/// The shapes that are told apart; `none` is no curve: a random walk, mean reversion or plain noise.
public enum Pattern: String, Sendable, CaseIterable {
  case linear, parabolic, exponential, logarithmic, oscillating, sigmoid, step, none

  /// Its place in tables.
  var index: Int {
    switch self {
    case .linear: 0
    case .parabolic: 1
    case .exponential: 2
    case .logarithmic: 3
    case .oscillating: 4
    case .sigmoid: 5
    case .step: 6
    case .none: 7
    }
  }
}
