import Glibc

extension Segmentation {
  /// Joins two or three neighbours, the likeliest first, as long as one curve explains them nearly as well.
  mutating func merge(_ most: Double) -> Bool {
    var hasMerged = false
    var unions = possibleUnions(touching: 0..<z.count)
    while let i = unions.indices.min(by: { unions[$0].loss < unions[$1].loss }), unions[i].loss < most {
      let joined = unions[i].segment
      segments.removeAll { joined.range.contains($0.range.lowerBound) }
      segments.insert(
        joined, at: segments.firstIndex { $0.range.lowerBound > joined.range.lowerBound } ?? segments.count)
      unions.removeAll { $0.segment.range.overlaps(joined.range) }
      unions += possibleUnions(touching: joined.range)
      hasMerged = true
    }
    return hasMerged
  }

  private func possibleUnions(touching range: Range<Int>) -> [(segment: Segment, loss: Double)] {
    var list: [(segment: Segment, loss: Double)] = []
    // Three at once only where no network tells pieces from curves.
    for span in 2...(evidence == nil ? 3 : 2) {
      for i in segments.indices.dropLast(span - 1) {
        let parts = segments[i..<i + span]
        let whole = parts[i].range.lowerBound..<parts[i + span - 1].range.upperBound
        guard whole.overlaps(range), !parts.dropFirst().contains(where: isSure) else { continue }
        list.append(union(parts, whole))
      }
    }
    return list
  }

  /// Whether the network is sure of the edge before a segment.
  private func isSure(_ segment: Segment) -> Bool {
    (evidence?.edge(at: share(segment.range.lowerBound)) ?? 0) < -10
  }

  /// Segments as one, and what that loses, in nats.
  private func union(_ parts: ArraySlice<Segment>, _ range: Range<Int>) -> (segment: Segment, loss: Double) {
    let waves = parts.contains { $0.pattern == .oscillating }
    var all = Segment(range, of: z, evidence, cells: waves ? 97 : 41)
    let misfits = parts.map { Misfit($0, z) }
    // A walk passes near any values: it is no reason to join.
    guard all.pattern != .none, !misfits.contains(where: \.isWalk) else { return (all, .infinity) }
    all.fit(z, points: 64, steps: 8)
    var apart = 0.0
    for (part, misfit) in zip(parts, misfits) { apart += misfit.spread * Double(part.range.count) }
    let cells = Double(range.count) * Double(min(z.count, 128)) / Double(z.count)
    var loss = cells / 2 * log(Misfit(all, z).spread * Double(range.count) / apart)
    loss -= Double(parts.count - 2) * weights.merge
    for (left, right) in zip(parts, parts.dropFirst()) {
      // Lines in a row turn: where they do not, it is likelier one that an edge has bent.
      let isBent =
        left.pattern == .linear && right.pattern == .linear && left.model.p[1] * right.model.p[1] > 0
      if isBent { loss -= weights.line }
      loss -= evidence?.edge(at: share(right.range.lowerBound)) ?? 0
    }
    if let evidence {
      func said(_ segment: Segment) -> Double {
        evidence.cost(
          from: share(segment.range.lowerBound), to: share(segment.range.upperBound))[segment.pattern.index]
      }
      loss += said(all) - parts.reduce(0) { $0 + said($1) }
    }
    return (all, loss)
  }

  private func share(_ place: Int) -> Double { Double(place) / Double(z.count) }
}
