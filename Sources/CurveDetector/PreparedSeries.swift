/// Prices made comparable: missing ones filled, magnitude and mean taken out.
struct PreparedSeries {
  /// Mean 0 and population standard deviation 1; all zero for a constant series.
  let z: [Double]
  /// A price is (mean + deviation·z)·2^exponent.
  private let mean, deviation: Double
  private let exponent: Int

  var isConstant: Bool { deviation == 0 }

  init(_ prices: [Double]) throws(DetectionError) {
    var values = prices
    var (most, isFinite) = largest(values.span)
    if !isFinite || prices.isEmpty {
      try PreparedSeries.fill(&values)
      (most, isFinite) = largest(values.span)
    }
    // A power of two changes no digit, and keeps squares of any price in range.
    exponent = most == 0 ? 0 : Int(most.exponent)
    let (half, rest) = factors(-exponent)
    let (first, count) = (values[0] * half * rest, Double(values.count))
    // Twice: the second mean is of small numbers, so that a far shift costs no digits.
    for i in values.indices { values[i] = values[i] * half * rest - first }
    let middle = sums(values.span).values / count
    for i in values.indices { values[i] -= middle }
    let spread = (sums(values.span).squares / count).squareRoot()
    guard spread > 0 else {
      (z, mean, deviation) = ([Double](repeating: 0, count: values.count), first, 0)
      return
    }
    for i in values.indices { values[i] /= spread }
    (z, mean, deviation) = (values, first + middle, spread)
  }

  /// A level of z as a price.
  func price(_ z: Double) -> Double { PreparedSeries.finite(scaled(mean + deviation * z, by: exponent)) }

  /// A difference of z as one of prices.
  func difference(_ z: Double) -> Double { PreparedSeries.finite(scaled(deviation * z, by: exponent)) }

  private static func finite(_ value: Double) -> Double {
    let most = Double.greatestFiniteMagnitude
    return min(max(value, -most), most)
  }

  /// Draws straight lines over missing prices.
  private static func fill(_ values: inout [Double]) throws(DetectionError) {
    guard !values.isEmpty else { throw .noPrices }
    if let index = values.firstIndex(where: \.isInfinite) { throw .infinite(index: index) }
    let missing = values.reduce(0) { $0 + ($1.isNaN ? 1 : 0) }
    guard missing < values.count else { throw .noPrices }
    if values[0].isNaN { throw .missingEnd(index: 0) }
    if values[values.count - 1].isNaN { throw .missingEnd(index: values.count - 1) }
    guard missing * 10 <= values.count else {
      throw .tooManyMissing(missing: missing, count: values.count)
    }
    var known = 0
    for i in values.indices where !values[i].isNaN {
      for hole in (known + 1)..<max(i, known + 1) {
        let share = Double(hole - known) / Double(i - known)
        values[hole] = values[known] * (1 - share) + values[i] * share
      }
      known = i
    }
  }
}

/// `value`·2^exponent.
private func scaled(_ value: Double, by exponent: Int) -> Double {
  let (half, rest) = factors(exponent)
  return value * half * rest
}

/// 2^exponent as two factors, since a single one can leave the range.
private func factors(_ exponent: Int) -> (Double, Double) {
  let half = exponent / 2
  return (
    Double(sign: .plus, exponent: half, significand: 1),
    Double(sign: .plus, exponent: exponent - half, significand: 1)
  )
}
