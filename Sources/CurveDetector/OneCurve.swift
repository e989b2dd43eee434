import Glibc

/// Whether one curve leaves so little of a series but noise that nothing is gained by cutting it: logistic regression on
/// what the curve leaves of the series' cells, fitted by `models/fit_segments.py`.
///
/// Of a curve of the wrong shape, or of several, something smooth is left, which is best predicted from what was left
/// before; noise is best predicted by zero.
struct OneCurve {
  let pattern: Pattern
  let confidence: Double
  let model: ShapeModel
  let z: [Double]

  private static let gains: SIMD8<Double> = [0, 0.05, 0.1, 0.2, 0.35, 0.6, 1, 1.268]

  var isClear: Bool {
    guard pattern != .none else { return false }
    var sum = 0.0
    for (weight, feature) in zip(SegmentCoefficients.oneCurve, features) { sum += weight * feature }
    return sum < 0
  }

  /// 1; doubt of the verdict; cells; values a cell; the farthest that the sum of what is left goes; its variance; and
  /// how much worse than the best it is predicted by zero, and by moving averages of gain 0.1, 0.35 and 1.
  var features: [Double] {
    let cells = binned(z, Proposals.cells)
    let (count, width) = (Double(cells.count), Double(z.count) / Double(cells.count))
    let unit = 1 / Double(z.count - 1)
    var basis = ShapeBasis(first: (width - 1) / 2 * unit, step: width * unit, count: cells.count)
    basis.fill(model)
    var (level, errors, sum, farthest) = (SIMD8<Double>.zero, SIMD8<Double>.zero, 0.0, 0.0)
    var value = SIMD8<Double>.zero
    for i in cells.indices {
      if i % 8 == 0 { value = basis.value(model, i / 8) }
      let left = cells[i] - value[i % 8]
      let error = SIMD8(repeating: left) - level
      errors += error * error
      level += (i == 0 ? Self.first : Self.gains) * error
      sum += left
      farthest = max(farthest, abs(sum))
    }
    let variance = max(errors[0] / count, 1e-12)
    let best = max(errors.min() / count, 1e-12)
    func worse(_ lane: Int) -> Double { log(max(errors[lane] / count, 1e-12) / best) }
    return [
      1, -log(1 - confidence + 1e-6), log(count) - 4, log(width),
      log(farthest / (variance * count).squareRoot() + 1e-9),
      log(variance), worse(0), worse(2), worse(4), worse(6),
    ]
  }

  /// The first value is the first level, but for the gain 0.
  private static let first: SIMD8<Double> = [0, 1, 1, 1, 1, 1, 1, 1]
}
