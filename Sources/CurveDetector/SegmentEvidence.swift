import Glibc

/// What a network's proposals say of segments, as costs in nats; places are shares of the series, 0…1.
struct SegmentEvidence {
  /// Running sums over cells of log-probabilities.
  private var sums: [SIMD8<Double>] = [.zero]
  private var edges: [Double] = []
  private var places: [Double] = []
  private let weights: SearchWeights

  init(_ proposals: Proposals, _ weights: SearchWeights) {
    self.weights = weights
    sums.reserveCapacity(Proposals.cells + 1)
    var sum = SIMD8<Double>.zero
    for var step in proposals.steps {
      step.clamp(lowerBound: SIMD8(repeating: -6), upperBound: .zero)
      // Noise and walks are `none` alike.
      step[6] = step[7]
      sum += step
      sums.append(sum)
    }
    let p = proposals.boundary
    for i in p.indices {
      let near = max(p[i], max(p[max(i - 1, 0)], p[min(i + 1, p.count - 1)]))
      places.append(-log(p[i] + 0.003))
      edges.append(-log((near + 0.003) / 0.06))
    }
  }

  /// Knots among `grid` cells: where edges are likely, and some between.
  func knots(of grid: Int) -> [Int] {
    var likely = places.indices.filter { i in
      places[i] <= places[max(i - 1, 0)] && places[i] < places[min(i + 1, places.count - 1)]
        && places[i] < -log(weights.knot + 0.003)
    }.map { ($0 * grid + Proposals.cells / 2) / Proposals.cells }
    likely.append(grid)
    var knots = [0]
    for place in likely where place - knots[knots.count - 1] >= min(2, grid / 32) || place == grid {
      if place == grid, knots.count > 1, grid - knots[knots.count - 1] < 2 { knots.removeLast() }
      let (last, gap) = (knots[knots.count - 1], place - knots[knots.count - 1])
      let between = (gap * Proposals.cells / grid) / weights.gap
      for j in 0..<between { knots.append(last + gap * (j + 1) / (between + 1)) }
      knots.append(place)
    }
    return knots
  }

  /// Probabilities of patterns, those of the network between two places counted in; not normalised.
  func weighed(_ shares: [Double], from a: Double, to b: Double) -> [Double] {
    let chances = (running(b) - running(a)) / ((b - a) * Double(Proposals.cells))
    return shares.indices.map {
      pow(max(shares[$0], 1e-9), 1 - weights.judge) * exp(weights.judgeSteps * chances[$0])
    }
  }

  /// Of each pattern between two places, in the lanes of `StretchTable`.
  func cost(from a: Double, to b: Double) -> SIMD8<Double> { (running(a) - running(b)) * weights.steps }

  func edge(at place: Double) -> Double { weights.edges * edges[cell(place)] }

  /// For an edge to lie just there.
  func place(at place: Double) -> Double { weights.place * places[cell(place)] }

  private func cell(_ place: Double) -> Int { min(Int(place * Double(Proposals.cells)), Proposals.cells - 1) }

  private func running(_ place: Double) -> SIMD8<Double> {
    let (i, x) = (cell(place), place * Double(Proposals.cells))
    return sums[i] + (sums[i + 1] - sums[i]) * (x - Double(i))
  }
}
