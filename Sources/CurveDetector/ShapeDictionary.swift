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
    rows = packed
    ends = list.rows.map { [$0[0], $0[n - 1]] }
    let first = firstPair
    products = Self.correlations.map { rho in
      let one = constantNorm(n, rho)
      return list.rows.indices.map { i in
        let row = list.rows[i]
        let sum = rho * (1 - rho) * (row[0] + row[n - 1])
        let own = precision(row, row, rho) - sum * sum / one
        guard i >= first else { return Product(one: sum, own: own, pair: 0) }
        let mate = list.rows[first + (i - first) / 2 * 2 + (i - first + 1) % 2]
        let other = rho * (1 - rho) * (mate[0] + mate[n - 1])
        return Product(one: sum, own: own, pair: precision(row, mate, rho) - sum * other / one)
      }
    }
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

/// The shapes while they are being listed, in the order of `models/fit_classical.py`.
private struct ShapeList {
  let cells: Int
  var entries: [ShapeDictionary.Entry] = []
  var rows: [[Double]] = []

  init(cells: Int) { self.cells = cells }

  private mutating func add(_ pattern: Pattern, _ start: SIMD2<Double>, _ shape: (Double) -> Double) {
    var row = (0..<cells).map { shape(Double($0) / Double(cells - 1)) }
    let mean = row.reduce(0, +) / Double(cells)
    for i in row.indices { row[i] -= mean }
    let norm = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
    for i in row.indices { row[i] /= norm }
    rows.append(row)
    entries.append(.init(pattern: pattern, start: start))
  }

  mutating func addSingles() {
    add(.linear, [0, 0]) { $0 }
    for j in 0..<13 {
      let v = 0.2 + 0.05 * Double(j)
      add(.parabolic, [v, 0]) { ($0 - v) * ($0 - v) }
    }
    for k in [1.5, 2, 2.5, 3, 3.7, 4.5, 5.2, 6] {
      add(.exponential, [k, 0]) { exp(k * $0) }
      add(.exponential, [-k, 0]) { exp(-k * $0) }
    }
    for j in 0..<7 {
      let c = 8 * pow(12.5, Double(j) / 6)
      add(.logarithmic, [log(c), 0]) { log1p(c * $0) }
    }
    for j in 0..<17 {
      let m = 0.3 + 0.025 * Double(j)
      for g in [10.0, 14, 20, 25] { add(.sigmoid, [m, g]) { 1 / (1 + exp(-g * ($0 - m))) } }
    }
    for j in Int(0.18 * Double(cells))...Int(0.82 * Double(cells)) {
      let edge = (Double(j) - 0.5) / Double(cells - 1)
      add(.step, [Double(j), 0]) { $0 > edge ? 1 : 0 }
    }
  }

  mutating func addPairs() {
    let top = max(2.01, min(12, Double(cells) / 8))
    for j in 0...Int((top - 2) / 0.2) {
      let m = 2 + 0.2 * Double(j)
      for d in [-1.0, -0.5, 0, 0.5, 1] {
        add(.oscillating, [m, d]) { exp(-d * $0) * sin(2 * .pi * m * $0) }
        add(.oscillating, [m, d]) { exp(-d * $0) * cos(2 * .pi * m * $0) }
      }
    }
  }
}
