import Glibc

/// How likely each pattern makes a window, and what is no pattern: log-likelihoods, the noise level at its best.
///
/// Each shape is projected out under AR(1) noise of a few correlations up to 0.8. Against them stand a constant with
/// AR(1) noise up to 0.95, and a random walk, whose steps are a moving average once cells are means of many prices.
/// `models/fit_classical.py` computes the same, line by line.
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
    weighShapes(cellValues, ShapeDictionary.of(cells: cells))
    weighNoise(cellValues)
    weighWalk(cellValues)
  }

  private func value(_ rss: Double, _ rho: Double) -> Double {
    let n = Double(cells)
    return -n / 2 * log(max(rss, 1e-9 * n) / n) + 0.5 * log(1 - rho * rho)
  }

  private mutating func weighShapes(_ z: [Double], _ shapes: ShapeDictionary) {
    let (blocks, last) = (shapes.blocks, cells - 1)
    var (own, beside) = ([SIMD8<Double>](repeating: .zero, count: blocks), [SIMD8<Double>]())
    beside = own
    for i in z.indices {
      own[i / 8][i % 8] = z[i]
      beside[i / 8][i % 8] = (i > 0 ? z[i - 1] : 0) + (i < last ? z[i + 1] : 0)
    }
    var dots = [SIMD2<Double>](repeating: .zero, count: shapes.entries.count)
    for row in dots.indices {
      var (a, b) = (SIMD8<Double>(), SIMD8<Double>())
      for block in 0..<blocks {
        let shape = shapes.rows[row * blocks + block]
        a += shape * own[block]
        b += shape * beside[block]
      }
      dots[row] = [a.sum(), b.sum()]
    }
    for (place, rho) in ShapeDictionary.correlations.enumerated() {
      weigh(z, shapes, dots, shapes.products[place], rho)
    }
  }

  private mutating func weigh(
    _ z: [Double], _ shapes: ShapeDictionary, _ dots: [SIMD2<Double>], _ products: [ShapeDictionary.Product],
    _ rho: Double
  ) {
    let (total, constant) = (total(z, rho), rho * (1 - rho) * (z[0] + z[cells - 1]))
    let one = constantNorm(cells, rho)
    func projection(_ row: Int) -> Double {
      let ends = shapes.ends[row]
      let inner =
        (1 + rho * rho) * dots[row].x - rho * rho * (ends.x * z[0] + ends.y * z[cells - 1])
      return inner - rho * dots[row].y - products[row].one * constant / one
    }
    var gains = [Double](repeating: -1, count: 7)
    var best = [Int](repeating: 0, count: 7)
    func note(_ row: Int, _ gain: Double) {
      let index = shapes.entries[row].pattern.index
      if gain > gains[index] { (gains[index], best[index]) = (gain, row) }
    }
    for row in 0..<shapes.firstPair {
      let p = projection(row)
      note(row, p * p / products[row].own)
    }
    for row in stride(from: shapes.firstPair, to: dots.count, by: 2) {
      let (a, b, qa, qb) = (projection(row), projection(row + 1), products[row].own, products[row + 1].own)
      let ab = products[row].pair
      note(row, (qb * a * a - 2 * ab * a * b + qa * b * b) / (qa * qb - ab * ab))
    }
    for index in 0..<7 {
      let likelihood = value(total - gains[index], rho)
      guard likelihood > values[index] else { continue }
      (values[index], starts[index]) = (likelihood, shapes.entries[best[index]].start)
    }
  }

  /// The squared norm of the cells under AR(1) noise, the constant projected out.
  private func total(_ z: [Double], _ rho: Double) -> Double {
    let last = cells - 1
    var (same, beside) = (0.0, 0.0)
    for i in z.indices { same += z[i] * z[i] }
    for i in 0..<last { beside += z[i] * z[i + 1] }
    let constant = rho * (1 - rho) * (z[0] + z[last])
    return (1 + rho * rho) * same - rho * rho * (z[0] * z[0] + z[last] * z[last]) - 2 * rho * beside
      - constant * constant / constantNorm(cells, rho)
  }

  private mutating func weighNoise(_ z: [Double]) {
    for rho in ShapeDictionary.correlations + [0.9, 0.95] {
      values[7] = max(values[7], value(total(z, rho), rho))
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
  var probabilities: [Double] { logistic(ClassicalCoefficients.rows, features) }
}

/// The probabilities of multinomial logistic regression; a row of coefficients for each class.
func logistic(_ rows: [[Double]], _ features: [Double]) -> [Double] {
  let scores = rows.map { row in
    var sum = 0.0
    for i in row.indices { sum += row[i] * features[i] }
    return sum
  }
  let most = scores.max() ?? 0
  let weights = scores.map { exp($0 - most) }
  let sum = weights.reduce(0, +)
  return weights.map { $0 / sum }
}
