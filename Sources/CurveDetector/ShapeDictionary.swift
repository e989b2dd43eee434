import Glibc
import Synchronization

/// Unit-norm shapes over a number of cells; oscillations come in pairs, a sine and its cosine.
final class ShapeDictionary: Sendable {
  /// What a row is a shape of, with the parameters that it stands for.
  struct Entry: Sendable {
    let pattern: Pattern
    let start: SIMD2<Double>
  }

  /// Products of a row under the precision of AR(1) noise, the constant projected out.
  struct Product: Sendable {
    /// With the constant, with itself, and of the pair.
    var one, own, pair: Double
  }

  static let correlations = [0.0, 0.2, 0.4, 0.6, 0.8]
  /// Those that are tried for noise without a curve.
  static let noiseCorrelations = correlations + [0.9, 0.95]

  let cells: Int
  /// Rows of this many blocks of eight, padded with zeros.
  let blocks: Int
  let entries: [Entry]
  let rows: [SIMD8<Double>]
  /// First and last value of each row.
  let ends: [SIMD2<Double>]
  /// The rows before are single shapes, those from here on pairs.
  let firstPair: Int
  /// For each correlation, for each row.
  let products: [[Product]]
  let search: ShapeSearch
  /// (1 − ρ²)^(−1/cells) for each of `noiseCorrelations`: the likelihood falls with what is left times this.
  let costs: [Double]

  /// The numbers of cells that occur, and so the most dictionaries that are kept: about a tenth apart. Those below 16 are
  /// of short pieces of a series.
  private static let ladder = [
    8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 24, 26, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73,
    80, 88, 97, 107, 118, 128,
  ]

  /// The most of these cells that `count` values fill.
  static func cells(for count: Int) -> Int { ladder.last { $0 <= count } ?? ladder[0] }

  private static let cache = Mutex<[Int: ShapeDictionary]>([:])

  /// The dictionary for a number of cells of the ladder; made once for each.
  static func of(cells: Int) -> ShapeDictionary {
    if let found = cache.withLock({ $0[cells] }) { return found }
    let made = ShapeDictionary(cells: cells)
    cache.withLock { $0[cells] = made }
    return made
  }

  private init(cells n: Int) {
    var list = ShapeList(cells: n)
    list.addSingles()
    firstPair = list.entries.count
    list.addPairs()
    (cells, blocks, entries) = (n, (n + 7) / 8, list.entries)
    var packed: [SIMD8<Double>] = []
    packed.reserveCapacity(list.rows.count * ((n + 7) / 8))
    for row in list.rows {
      for block in 0..<(n + 7) / 8 {
        var eight = SIMD8<Double>()
        for lane in 0..<min(8, n - block * 8) { eight[lane] = row[block * 8 + lane] }
        packed.append(eight)
      }
    }
    self.rows = packed
    ends = list.rows.map { [$0[0], $0[n - 1]] }
    let (first, rows) = (firstPair, list.rows)
    let products = Self.correlations.map { rho in
      let one = constantNorm(n, rho)
      return rows.indices.map { i in
        let row = rows[i]
        let sum = rho * (1 - rho) * (row[0] + row[n - 1])
        let own = precision(row, row, rho) - sum * sum / one
        guard i >= first else { return Product(one: sum, own: own, pair: 0) }
        let mate = rows[first + (i - first) / 2 * 2 + (i - first + 1) % 2]
        let other = rho * (1 - rho) * (mate[0] + mate[n - 1])
        return Product(one: sum, own: own, pair: precision(row, mate, rho) - sum * other / one)
      }
    }
    self.products = products
    costs = Self.noiseCorrelations.map { pow(1 - $0 * $0, -1 / Double(n)) }
    search = ShapeSearch(list, products, firstPair: firstPair)
  }
}

/// The constant's squared norm under the precision of AR(1) noise.
func constantNorm(_ n: Int, _ rho: Double) -> Double {
  Double(n) * (1 - rho) * (1 - rho) + 2 * rho * (1 - rho)
}

/// f'Rg, R being the precision of AR(1) noise: tridiagonal, 1 + ρ² inside, 1 at the ends, −ρ beside.
private func precision(_ f: [Double], _ g: [Double], _ rho: Double) -> Double {
  let last = f.count - 1
  var (same, beside) = (0.0, 0.0)
  for i in f.indices { same += f[i] * g[i] }
  for i in 0..<last { beside += f[i] * g[i + 1] + f[i + 1] * g[i] }
  return (1 + rho * rho) * same - rho * rho * (f[0] * g[0] + f[last] * g[last]) - rho * beside
}
