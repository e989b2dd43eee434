import Glibc

/// The shapes while they are being listed, in the order of `models/fit_classical.py`.
struct ShapeList {
  let cells: Int
  private(set) var entries: [ShapeDictionary.Entry] = []
  private(set) var rows: [[Double]] = []
  /// Norms before they were made one.
  private(set) var norms: [Double] = []
  /// What f[i − 1] + f[i + 1] takes of f[i] and of its mate's i before means and norms were taken out; for those rows f
  /// before the first cell and behind the last.
  private(set) var recurrences: [Recurrence?] = []

  struct Recurrence {
    var own, mate: Double
    var before = 0.0
    var behind = 0.0
  }

  init(cells: Int) { self.cells = cells }

  private mutating func add(
    _ pattern: Pattern, _ start: SIMD2<Double>, _ recurrence: Recurrence? = nil, _ shape: (Double) -> Double
  ) {
    var row = (0..<cells).map { shape(Double($0) / Double(cells - 1)) }
    let mean = row.reduce(0, +) / Double(cells)
    for i in row.indices { row[i] -= mean }
    let norm = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
    for i in row.indices { row[i] /= norm }
    rows.append(row)
    norms.append(norm)
    var beyond = recurrence
    beyond?.before = (shape(-step) - mean) / norm
    beyond?.behind = (shape(1 + step) - mean) / norm
    recurrences.append(beyond)
    entries.append(.init(pattern: pattern, start: start))
  }

  private var step: Double { 1 / Double(cells - 1) }

  mutating func addSingles() {
    let straight = Recurrence(own: 2, mate: 0)
    add(.linear, [0, 0], straight) { $0 }
    for j in 0..<13 {
      let v = 0.2 + 0.05 * Double(j)
      add(.parabolic, [v, 0], straight) { ($0 - v) * ($0 - v) }
    }
    for k in [1.5, 2, 2.5, 3, 3.7, 4.5, 5.2, 6] {
      let growth = Recurrence(own: 2 * cosh(k * step), mate: 0)
      add(.exponential, [k, 0], growth) { exp(k * $0) }
      add(.exponential, [-k, 0], growth) { exp(-k * $0) }
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
        // 2·cosh((iw − d)·step), w the angle of the whole.
        let (turn, fall) = (2 * Double.pi * m * step, d * step)
        let (own, mate) = (2 * cosh(fall) * cos(turn), -2 * sinh(fall) * sin(turn))
        add(.oscillating, [m, d], Recurrence(own: own, mate: mate)) {
          exp(-d * $0) * sin(2 * .pi * m * $0)
        }
        add(.oscillating, [m, d], Recurrence(own: own, mate: -mate)) {
          exp(-d * $0) * cos(2 * .pi * m * $0)
        }
      }
    }
  }
}
