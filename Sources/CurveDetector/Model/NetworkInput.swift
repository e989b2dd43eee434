import Glibc

/// What the network sees of a series: a grid of 128 cells, and a few figures of all its values.
///
/// `models/features.py` computes the same; committed vectors compare the two.
struct NetworkInput {
  /// Of what is computed here: a model made for another is refused.
  static let version = "1"
  static let channels = 2
  static let cells = 128
  static let sideCount = 14

  /// The cells' values, then their steps; see `fillGrid`.
  private(set) var grid = [Float](repeating: 0, count: channels * cells)
  /// See `fillSide`.
  private(set) var side = [Float](repeating: 0, count: sideCount)
  private var values = [Double](repeating: 0, count: cells)

  /// - Parameter z: 16 values or more, mean 0 and population standard deviation 1.
  mutating func prepare(_ z: [Double]) {
    fillGrid(z)
    fillSide(z)
  }

  /// Channel 0: means over the cells, or z interpolated where it has no more values than cells; z-scored again.
  /// Channel 1: its differences (the first is 0) over their root mean square.
  private mutating func fillGrid(_ z: [Double]) {
    if z.count > NetworkInput.cells { average(z) } else { interpolate(z) }
    let count = Double(NetworkInput.cells)
    let first = values[0]
    var (mean, spread) = (0.0, 0.0)
    for value in values { mean += value - first }
    mean = mean / count + first
    for value in values { spread += (value - mean) * (value - mean) }
    let scale = spread > 0 ? 1 / (spread / count).squareRoot() : 1
    var (before, squares) = ((values[0] - mean) * scale, 0.0)
    for i in values.indices {
      let value = (values[i] - mean) * scale
      values[i] = value - before
      squares += values[i] * values[i]
      grid[i] = Float(value)
      before = value
    }
    let unit = 1 / max(squares / count, 1e-18).squareRoot()
    for i in values.indices { grid[NetworkInput.cells + i] = Float(values[i] * unit) }
  }

  private mutating func average(_ z: [Double]) {
    var means = CellMeans(z.count, NetworkInput.cells)
    for cell in values.indices { values[cell] = means.next(z.span) }
  }

  private mutating func interpolate(_ z: [Double]) {
    let step = Double(z.count - 1) / Double(NetworkInput.cells - 1)
    for i in values.indices {
      let place = Double(i) * step
      let left = min(Int(place), z.count - 2)
      values[i] = z[left] + (z[left + 1] - z[left]) * (place - Double(left))
    }
  }
}

// MARK: Figures of all values

extension NetworkInput {
  /// With d the steps z[i + 1] − z[i], and D their mean square:
  ///
  /// 0: ln n − 5. 1: ln √D. 2: Σ z[i]·z[i + 1] / n. 3, 4: Σ d[i]·d[i + 1] / Σ d², Σ d[i]·d[i + 2] / Σ d².
  /// 5 to 8: variance ratios at q = 2, 4, 8, 16: ln(mean (z[i + q] − z[i])² / (q·D)), q at most n − 1.
  /// 9, 10: the same at q = ⌊n/8⌋, ⌊n/4⌋. 11: ln(mean d⁴ / D²). 12: ln(max |d| / √D).
  /// 13: the share of neighbouring steps whose product is below −10⁻⁶·D.
  private mutating func fillSide(_ z: [Double]) {
    let (n, z) = (z.count, z.span)
    let sums = StepSums(z)
    let steps = Double(n - 1)
    let total = max(sums.squares, 1e-12 * steps)
    let mean = total / steps
    func note(_ place: Int, _ figure: Double) { side[place] = Float(figure) }
    note(0, log(Double(n)) - 5)
    note(1, 0.5 * log(mean))
    note(2, sums.neighbours / Double(n))
    note(3, sums.beside / total)
    note(4, sums.afterNext / total)
    for (place, lag) in [2, 4, 8, min(16, n - 1), n / 8, n / 4].enumerated() {
      let far = squaredDifferences(z, lag) / Double(n - lag)
      note(5 + place, log(max(far / (Double(lag) * mean), 1e-12)))
    }
    note(11, log(max(sums.fourths / steps / (mean * mean), 1e-12)))
    note(12, log(max(sums.largest / mean.squareRoot(), 1e-12)))
    note(13, Double(turns(z, below: -1e-6 * mean)) / Double(n - 2))
  }
}
