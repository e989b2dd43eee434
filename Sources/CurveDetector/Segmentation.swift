import Glibc

/// Cuts a series into segments: among knots first, then to the sample.
struct Segmentation {
  /// Longer series are cut as so many means.
  static let mostSamples = 4096

  let z: [Double]
  let weights: SearchWeights
  let evidence: SegmentEvidence?
  /// The fewest samples of a segment.
  let least: Int
  var segments: [Segment] = []
  /// What the cheapest cut into several segments saves over one, in nats.
  private(set) var saving: Double = 0

  /// - Parameter z: 32 values or more, not all equal, with mean 0 and standard deviation 1.
  init(_ z: [Double], _ proposals: Proposals?, _ weights: SearchWeights = SearchWeights()) {
    self.z = z
    self.weights = weights
    evidence = proposals.map { SegmentEvidence($0, weights) }
    let count = z.count
    least = max(16, count / 13 * 4 / 5)
    let cells = binned(z, 128)
    let grid = cells.count
    let spacing = max(1, (grid + 42) / 43)
    let knots = evidence?.knots(of: grid) ?? Segmentation.evenKnots(grid, spacing)
    let fewest = Int((max(16, Double(count) / 13) * Double(grid) / Double(count)).rounded(.down)) - spacing
    let table = StretchTable(cells, count: count, knots: knots, least: max(6, fewest))
    let search = KnotSearch(table, weights, evidence: evidence)
    let cuts = search.cuts()
    func cost(_ cut: KnotSearch.Cut) -> Float { cut.cost + weights.segment * Float(cut.patterns.count) }
    guard let best = cuts.min(by: { cost($0) < cost($1) }) else { return }
    if let one = cuts.first(where: { $0.patterns.count == 1 }) { saving = Double(cost(one) - cost(best)) }
    let edges = best.knots.map { knots[$0] * count / grid }
    for (i, pattern) in best.patterns.enumerated() {
      segments.append(start(edges[i]..<edges[i + 1], Pattern.allCases[pattern]))
    }
    let reach = max(3, (spacing + 1) * count / grid)
    for _ in 0..<weights.rounds {
      for i in segments.indices { segments[i].fit(z, points: 64, steps: 4) }
      for i in 0..<max(segments.count - 1, 0) { moveEdge(i, reach) }
    }
    if dropShort(weights.drop) {
      for i in 0..<max(segments.count - 1, 0) { moveEdge(i, reach) }
    }
    judge()
    if merge(weights.merge) {
      let judged = segments.map(\.range)
      for i in 0..<max(segments.count - 1, 0) { moveEdge(i, reach) }
      judge(except: judged)
    }
  }

  private static func evenKnots(_ grid: Int, _ spacing: Int) -> [Int] {
    Array(stride(from: 0, through: grid - spacing, by: spacing)) + [grid]
  }

  var count: Int { z.count }

  /// Whether a network had its say.
  var isProposed: Bool { evidence != nil }

  /// The same segments of the series whose means were cut, edges moved among its values.
  func refined(to longer: [Double]) -> Segmentation {
    var fine = Segmentation(longer, weights, least: least * longer.count / z.count)
    let scale = Double(longer.count) / Double(z.count)
    func place(_ edge: Int) -> Int { edge == z.count ? longer.count : Int(Double(edge) * scale) }
    for segment in segments {
      var segment = segment
      segment.range = place(segment.range.lowerBound)..<place(segment.range.upperBound)
      fine.segments.append(segment)
    }
    for i in 0..<max(segments.count - 1, 0) { fine.moveEdge(i, Int(2 * scale) + 1) }
    return fine
  }

  private init(_ z: [Double], _ weights: SearchWeights, least: Int) {
    (self.z, self.weights, self.least, evidence) = (z, weights, least, nil)
  }

  /// What is left of a sample when the segments explain it.
  var spread: Double {
    var sum = 0.0
    for segment in segments { sum += Misfit(segment, z).spread * Double(segment.range.count) }
    return sum / Double(z.count)
  }

  /// Where the fits begin: many cells are only needed to count cycles.
  private func start(_ range: Range<Int>, _ pattern: Pattern) -> Segment {
    Segment(range, of: z, as: pattern, evidence, cells: pattern == .oscillating ? 97 : 34)
  }

  /// - Parameter settled: ranges that are judged already.
  private mutating func judge(except settled: [Range<Int>] = []) {
    for i in segments.indices where !settled.contains(segments[i].range) {
      segments[i] = Segment(
        segments[i].range, of: z, evidence, cells: segments[i].pattern == .oscillating ? 97 : 66)
      segments[i].fit(z, points: 64, steps: 8)
    }
  }

  /// The segments as they are told, fitted at last: one that its curve does not explain has none, and neighbours without a
  /// curve are one.
  func told() -> [Segment] {
    var list: [Segment] = []
    for var segment in segments {
      segment.fit(z, points: 128, steps: 40)
      if !segment.model.explains(z.span.extracting(segment.range)) { segment = none(segment.range) }
      if let last = list.last, last.pattern == .none, segment.pattern == .none {
        list[list.count - 1] = none(last.range.lowerBound..<segment.range.upperBound)
      } else {
        list.append(segment)
      }
    }
    return list
  }

  private func none(_ range: Range<Int>) -> Segment {
    var segment = Segment(range, of: z, as: Pattern.none, evidence)
    segment.fit(z, points: 128, steps: 40)
    return segment
  }

  /// Moves the edge after segment i to where both curves, drawn on, leave least.
  mutating func moveEdge(_ i: Int, _ reach: Int) {
    let (left, right) = (segments[i], segments[i + 1])
    let edge = left.range.upperBound
    let low = max(left.range.lowerBound + least, edge - reach)
    let high = min(right.range.upperBound - least, edge + reach)
    guard low < high else { return }
    let (a, b) = (Misfit(left, z), Misfit(right, z))
    let spread =
      (a.spread * Double(left.range.count) + b.spread * Double(right.range.count))
      / Double(left.range.count + right.range.count)
    let (ours, theirs) = (a.costs(low..<high, spread), b.costs(low..<high, spread))
    var (sum, best, at) = (0.0, Double.infinity, low)
    for place in low...high {
      let total = sum + (evidence?.place(at: Double(place) / Double(z.count)) ?? 0)
      // Where curves meet, places are alike but for rounding: the first of them, in whatever units the prices are.
      if total < best - 1e-3 { (best, at) = (total, place) }
      if place < high { sum += ours[place - low] - theirs[place - low] }
    }
    segments[i].range = left.range.lowerBound..<at
    segments[i + 1].range = at..<right.range.upperBound
  }
}
