import Glibc

/// Finds the segments of a series among its knots by dynamic programming over the costs of stretches.
struct KnotSearch {
  /// A way to cut the series: its cost is a negative log-likelihood with penalties.
  struct Cut {
    var cost: Float
    /// Knots, by place in `StretchTable.knots`, ends included.
    var knots: [Int]
    var patterns: [Int]
  }

  static let most = 6
  private let table: StretchTable
  /// The cheapest curve of a stretch, its pattern, and the cost of no curve.
  private var curve: [Float]
  private var pattern: [Int8]
  private var none: [Float]
  let noise: Float

  init(_ table: StretchTable, _ weights: SearchWeights, evidence: SegmentEvidence?) {
    self.table = table
    let knots = table.knots.count
    noise = table.noise
    curve = [Float](repeating: .infinity, count: knots * knots)
    pattern = [Int8](repeating: 0, count: knots * knots)
    none = curve
    for a in 0..<knots - 1 {
      for b in (a + 1)..<knots where table.knots[b] - table.knots[a] >= table.least {
        weigh(a, b, weights, evidence)
      }
    }
  }

  private mutating func weigh(_ a: Int, _ b: Int, _ weights: SearchWeights, _ evidence: SegmentEvidence?) {
    let place = a * table.knots.count + b
    let length = Float(table.knots[b] - table.knots[a])
    let floor = weights.prior * noise
    let rest = table.rest[place]
    var costs = SIMD8<Float>()
    for lane in 0..<8 {
      costs[lane] = length / 2 * logf((rest[lane] + floor) / ((length + weights.prior) * noise))
    }
    costs += weights.penalties
    if let evidence {
      let scale = 1 / Double(table.cells)
      let (from, to) = (Double(table.knots[a]) * scale, Double(table.knots[b]) * scale)
      costs += SIMD8<Float>(evidence.cost(from: from, to: to))
      if a > 0 { costs += Float(evidence.edge(at: from)) }
    }
    // Stationary noise has a level of its own, a walk none.
    none[place] = min(costs[6], costs[7])
    for lane in 0..<6 where costs[lane] < curve[place] {
      (curve[place], pattern[place]) = (costs[lane], Int8(lane))
    }
  }

  /// The cheapest cut into each number of segments that is possible, from one on.
  func cuts() -> [Cut] {
    let knots = table.knots.count
    // Where the cheapest cut of k segments that ends at a knot begins its last, by whether that is a curve.
    var cost = [Float](repeating: .infinity, count: (Self.most + 1) * knots * 2)
    var from = [Int32](repeating: -1, count: (Self.most + 1) * knots * 2)
    func at(_ k: Int, _ knot: Int, _ isCurve: Int) -> Int { (k * knots + knot) * 2 + isCurve }
    cost[at(0, 0, 1)] = 0
    for k in 1...Self.most {
      for b in 1..<knots {
        for a in 0..<b where table.knots[b] - table.knots[a] >= table.least {
          let place = a * knots + b
          let (afterNone, afterCurve) = (cost[at(k - 1, a, 0)], cost[at(k - 1, a, 1)])
          let before = min(afterNone, afterCurve)
          if before + curve[place] < cost[at(k, b, 1)] {
            cost[at(k, b, 1)] = before + curve[place]
            from[at(k, b, 1)] = Int32(a * 2 + (afterNone < afterCurve ? 0 : 1))
          }
          if afterCurve + none[place] < cost[at(k, b, 0)] {
            cost[at(k, b, 0)] = afterCurve + none[place]
            from[at(k, b, 0)] = Int32(a * 2 + 1)
          }
        }
      }
    }
    return (1...Self.most).compactMap { k in
      let isCurve = cost[at(k, knots - 1, 1)] <= cost[at(k, knots - 1, 0)] ? 1 : 0
      let total = cost[at(k, knots - 1, isCurve)]
      guard total < .infinity else { return nil }
      var cut = Cut(cost: total, knots: [knots - 1], patterns: [])
      var (knot, state) = (knots - 1, isCurve)
      for left in (1...k).reversed() {
        let origin = Int(from[at(left, knot, state)])
        cut.patterns.append(state == 1 ? Int(pattern[(origin / 2) * knots + knot]) : 7)
        (knot, state) = (origin / 2, origin % 2)
        cut.knots.append(knot)
      }
      cut.knots.reverse()
      cut.patterns.reverse()
      return cut
    }
  }
}
