/// What makes a series of prices impossible to judge.
public enum DetectionError: Error, Equatable, Sendable, CustomStringConvertible {
  case noPrices
  /// NaN and infinity are different things: NaN is a missing price, infinity a mistake.
  case infinite(index: Int)
  /// The first or the last price.
  case missingEnd(index: Int)
  case tooManyMissing(missing: Int, count: Int)

  /// Which price is the cause, counted from 0; nil where it is the whole series.
  public var index: Int? {
    switch self {
    case .infinite(let index), .missingEnd(let index): index
    case .noPrices, .tooManyMissing: nil
    }
  }

  public var description: String {
    switch self {
    case .noPrices: "there is no price: send one or more"
    case .infinite(let index): "price \(index) is infinite: send a number, or leave it out as missing"
    case .missingEnd(let index): "price \(index) is missing: the first and the last price must be there"
    case .tooManyMissing(let missing, let count):
      "\(missing) of \(count) prices are missing: at most a tenth may be"
    }
  }
}
