import Glibc

/// How likely each pattern makes a window, and what is no pattern: log-likelihoods, the noise level at its best.
///
/// Each shape is projected out under AR(1) noise of a few correlations up to 0.8. Against them stand a constant with
/// AR(1) noise up to 0.95, and a random walk, whose steps are a moving average once cells are means of many prices.
/// `models/fit_classical.py` computes the same, but tries all damped oscillations: `ShapeSearch` those near the best.
struct Likelihoods {
  /// Of the seven patterns, of AR(1) noise alone, of a random walk.
  private(set) var values = [Double](repeating: -1e18, count: 9)
  /// The best entry of each pattern in the dictionary.
  private(set) var starts = [SIMD2<Double>](repeating: .zero, count: 7)
  private let cells: Int
  /// Values of the window.
  let count: Int

  /// - Parameter z: 8 values or more, not all equal.
  init(_ z: [Double]) {
    count = z.count
    let cellValues = zScored(binned(z, ShapeDictionary.cells(for: count)))
    cells = cellValues.count
    let shapes = ShapeDictionary.of(cells: cells)
    weighShapes(cellValues, shapes)
    weighNoise(cellValues, shapes)
    weighWalk(cellValues)
  }

  private func value(_ rss: Double, _ rho: Double) -> Double {
    let n = Double(cells)
    return -n / 2 * log(max(rss, 1e-9 * n) / n) + 0.5 * log(1 - rho * rho)
  }

  private mutating func weighShapes(_ z: [Double], _ shapes: ShapeDictionary) {
    let (totals, around) = (Totals(z), besides(z))
    let best = shapes.search.best(z, besides: around)
    let (own, beside) = (blocks(z.span), blocks(around.span))
    func dots(_ row: Int) -> SIMD2<Double> {
      var (a, b) = (SIMD8<Double>(), SIMD8<Double>())
      for block in 0..<shapes.blocks {
        let shape = shapes.rows[row * shapes.blocks + block]
        a += shape * own[block]
        b += shape * beside[block]
      }
      return [a.sum(), b.sum()]
    }
    for index in 0..<7 {
      var (row, a, b) = (-1, SIMD2<Double>.zero, SIMD2<Double>.zero)
      var most = Double.infinity
      for (place, rho) in ShapeDictionary.correlations.enumerated() {
        if best[place * 7 + index] != row {
          row = best[place * 7 + index]
          a = dots(row)
          if row >= shapes.firstPair { b = dots(row + 1) }
        }
        let rest = max(totals.rest(rho) - gain(z, shapes, place, rho, row, a, b), 1e-9 * Double(cells))
        // The likelihood, but for a logarithm.
        guard rest * shapes.costs[place] < most else { continue }
        most = rest * shapes.costs[place]
        (values[index], starts[index]) = (value(rest, rho), shapes.entries[row].start)
      }
    }
  }

  /// What a row explains, given its products with the cells and with their neighbours; a sine together with its cosine.
  private func gain(
    _ z: [Double], _ shapes: ShapeDictionary, _ place: Int, _ rho: Double, _ row: Int, _ first: SIMD2<Double>,
    _ second: SIMD2<Double>
  ) -> Double {
    let products = shapes.products[place]
    let (constant, one) = (rho * (1 - rho) * (z[0] + z[cells - 1]), constantNorm(cells, rho))
    func projection(_ row: Int, _ dots: SIMD2<Double>) -> Double {
      let ends = shapes.ends[row]
      let inner = (1 + rho * rho) * dots.x - rho * rho * (ends.x * z[0] + ends.y * z[cells - 1])
      return inner - rho * dots.y - products[row].one * constant / one
    }
    let a = projection(row, first)
    guard row >= shapes.firstPair else { return a * a / products[row].own }
    let (b, qa, qb, ab) = (
      projection(row + 1, second), products[row].own, products[row + 1].own, products[row].pair
    )
    return (qb * a * a - 2 * ab * a * b + qa * b * b) / (qa * qb - ab * ab)
  }

  private mutating func weighNoise(_ z: [Double], _ shapes: ShapeDictionary) {
    let totals = Totals(z)
    var most = Double.infinity
    for (rho, cost) in zip(ShapeDictionary.noiseCorrelations, shapes.costs) {
      let rest = max(totals.rest(rho), 1e-9 * Double(cells))
      guard rest * cost < most else { continue }
      most = rest * cost
      values[7] = value(rest, rho)
    }
  }

  /// The steps between means of a walk are MA(1) with correlation 1/4: θ = 2 − √3.
  private mutating func weighWalk(_ z: [Double]) {
    let theta = count > 256 ? 0.268 : 0
    var (step, sum) = (0.0, 0.0)
    for i in 1..<cells {
      step = z[i] - z[i - 1] - theta * step
      sum += step * step
    }
    values[8] = -Double(cells) / 2 * log(max(sum / Double(cells - 1), 1e-9))
  }

  /// What the coefficients of `ClassicalCoefficients` multiply.
  var features: [Double] {
    let most = values.max() ?? 0
    let length = log(Double(cells)) - 4
    let gaps = values.map { most - $0 }
    let logs = gaps.map { log1p($0) }
    return [1, length, log(Double(count) / Double(cells))] + logs + gaps.map { min($0, 40) / 10 }
      + logs.map { length * $0 }
  }

  /// The probability of each pattern, in the order of `Pattern.allCases`: multinomial logistic regression.
  var probabilities: [Double] { LogisticTable.classical.probabilities(features) }
}

/// Coefficients of multinomial logistic regression: for each feature those of the eight classes.
struct LogisticTable: Sendable {
  private let columns: [SIMD8<Double>]

  /// - Parameter rows: for each class.
  init(_ rows: [[Double]]) {
    columns = rows[0].indices.map { i in
      var column = SIMD8<Double>.zero
      for (k, row) in rows.enumerated() { column[k] = row[i] }
      return column
    }
  }

  /// The classes' probabilities.
  func probabilities(_ features: [Double]) -> [Double] {
    var scores = SIMD8<Double>.zero
    for i in columns.indices { scores += columns[i] * features[i] }
    let most = scores.max()
    let weights = (0..<8).map { exp(scores[$0] - most) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  static let classical = LogisticTable(ClassicalCoefficients.rows)
  static let hybrid = LogisticTable(HybridCoefficients.rows)
}

/// z[i − 1] + z[i + 1], zero beyond the ends.
func besides(_ z: [Double]) -> [Double] {
  let last = z.count - 1
  var list = [Double](repeating: 0, count: z.count)
  (list[0], list[last]) = (z[1], z[last - 1])
  for i in 1..<last { list[i] = z[i - 1] + z[i + 1] }
  return list
}

/// The squared norm of cells under AR(1) noise, the constant projected out.
private struct Totals {
  private let same, beside, first, last: Double
  private let count: Int

  init(_ z: [Double]) {
    count = z.count
    (first, last) = (z[0], z[count - 1])
    var (squares, products) = (0.0, 0.0)
    for i in z.indices { squares += z[i] * z[i] }
    for i in 0..<count - 1 { products += z[i] * z[i + 1] }
    (same, beside) = (squares, products)
  }

  func rest(_ rho: Double) -> Double {
    let constant = rho * (1 - rho) * (first + last)
    return (1 + rho * rho) * same - rho * rho * (first * first + last * last) - 2 * rho * beside
      - constant * constant / constantNorm(count, rho)
  }
}
