extension Segmentation {
  /// Gives short segments to their neighbours where those, drawn on, explain them nearly as well.
  ///
  /// A true edge between two knots makes such segments: no stretch between knots fits across it.
  mutating func dropShort(_ most: Double) -> Bool {
    var hasDropped = false
    while segments.count > 1 {
      let drops = segments.indices.filter { segments[$0].range.count <= 2 * least }.map { drop($0) }
      guard let best = drops.min(by: { $0.loss < $1.loss }), best.loss < most else { break }
      let (i, range) = (best.segment, segments[best.segment].range)
      if i > 0 { segments[i - 1].range = segments[i - 1].range.lowerBound..<best.edge }
      if i + 1 < segments.count { segments[i + 1].range = best.edge..<segments[i + 1].range.upperBound }
      assert(range.contains(best.edge) || range.upperBound == best.edge)
      segments.remove(at: i)
      for j in [i - 1, i] where segments.indices.contains(j) { segments[j].fit(z, points: 64, steps: 4) }
      hasDropped = true
    }
    return hasDropped
  }

  /// The best edge between the neighbours of segment i inside it, and what is lost without it, in nats.
  private func drop(_ segment: Int) -> (segment: Int, edge: Int, loss: Double) {
    let own = Misfit(segments[segment], z)
    let left = segment > 0 ? Misfit(segments[segment - 1], z) : nil
    let right = segment + 1 < segments.count ? Misfit(segments[segment + 1], z) : nil
    let range = segments[segment].range
    let around = [left, right].compactMap { $0?.spread }
    let common = max(around.reduce(0, +) / Double(around.count), 1e-12)
    // Every few samples of long ones.
    let stride = max(1, range.count / 64)
    let (ours, kept) = (
      left?.costs(range, stride: stride, common),
      own.costs(range, stride: stride, min(own.spread, common)).reduce(0, +)
    )
    let theirs = right?.costs(range, stride: stride, common)
    var after = theirs?.reduce(0, +) ?? 0
    let isLast = right == nil
    var (before, best, edge) = (
      0.0, isLast ? Double.infinity : after, isLast ? range.upperBound : range.lowerBound
    )
    for (i, cost) in (ours ?? []).enumerated() {
      before += cost
      after -= theirs?[i] ?? 0
      if isLast {
        best = before
      } else if before + after < best - 1e-3 {
        // Less by more than rounding: the same edge whatever the units of prices.
        (best, edge) = (before + after, min(range.lowerBound + (i + 1) * stride, range.upperBound))
      }
    }
    let scale = Double(stride) * Double(min(z.count, 128)) / Double(z.count)
    var loss = (best - kept) / 2 * scale
    if let evidence {
      func said(_ a: Int) -> Double { evidence.edge(at: Double(a) / Double(z.count)) }
      if left != nil { loss -= said(range.lowerBound) }
      if right != nil { loss -= said(range.upperBound) }
      if left != nil, right != nil { loss += said(edge) }
    }
    return (segment, edge, loss)
  }
}
