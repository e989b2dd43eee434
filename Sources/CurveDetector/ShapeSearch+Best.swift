extension ShapeSearch {
  /// For each correlation the row of each pattern that explains most, at [correlation · 7 + pattern]; of oscillations the
  /// sine's.
  ///
  /// - Parameters:
  ///   - z: cells, mean-free.
  ///   - besides: for each the sum of its neighbours.
  func best(_ z: [Double], besides: [Double]) -> [Int] {
    let own = singles(z)
    var best = [Int](repeating: 0, count: ShapeDictionary.correlations.count * 7)
    noteSingles(z, own, singles(besides), &best)
    notePairs(z, own, &best)
    return best
  }

  /// Blocks of eight in single precision.
  private func singles(_ z: [Double]) -> [SIMD8<Float>] {
    let whole = CurveDetector.blocks(z.span)
    return whole.map { SIMD8<Float>($0) }
  }

  @inline(__always)
  private func product(_ row: Int, _ z: [SIMD8<Float>]) -> Float {
    var sum = SIMD8<Float>.zero
    for block in 0..<blocks { sum += rows[row * blocks + block] * z[block] }
    return sum.sum()
  }

  private func noteSingles(
    _ z: [Double], _ own: [SIMD8<Float>], _ beside: [SIMD8<Float>], _ best: inout [Int]
  ) {
    let count = groups[groups.count - 1].blocks.upperBound
    var x = [Float](repeating: 0, count: 8 * count)
    var y = x
    for group in groups.dropLast() {
      for (i, row) in group.rows.enumerated() {
        x[8 * group.blocks.lowerBound + i] = product(row, own)
        if row >= firstOfTwo { y[8 * group.blocks.lowerBound + i] = product(row, beside) }
      }
    }
    fillSteps(z, &x, &y)
    let ends = SIMD2(Float(z[0]), Float(z[z.count - 1]))
    for (place, rho) in ShapeDictionary.correlations.enumerated() {
      for group in groups {
        best[place * 7 + group.pattern] = self.best(group, lanes[place], x, y, Float(rho), ends)
      }
    }
  }

  private func fillSteps(_ z: [Double], _ x: inout [Float], _ y: inout [Float]) {
    let (first, last) = (8 * groups[groups.count - 1].blocks.lowerBound, z[z.count - 1])
    let (start, all) = (steps[0].at, z.reduce(0, +))
    var after = all
    for i in 0..<start { after -= z[i] }
    for (i, step) in steps.enumerated() {
      let j = step.at
      x[first + i] = Float((after - step.share * all) * step.scale)
      let beside = 2 * after + z[j - 1] - z[j] - last + step.share * (z[0] + last - 2 * all)
      y[first + i] = Float(beside * step.scale)
      after -= z[j]
    }
  }

  private func best(
    _ group: Group, _ lanes: [Single], _ x: [Float], _ y: [Float], _ rho: Float, _ ends: SIMD2<Float>
  ) -> Int {
    var most = SIMD8<Float>(repeating: -1)
    var places = SIMD8<Int32>.zero
    for block in group.blocks {
      let lane = lanes[block]
      let inner = lane.own * eight(x.span, 8 * block) - eight(y.span, 8 * block) * rho
      let projection = inner - lane.first * ends.x - lane.last * ends.y
      let gain = projection * projection * lane.inverse
      let isMore = gain .> most
      most.replace(with: gain, where: isMore)
      places.replace(with: SIMD8(repeating: Int32(block)), where: isMore)
    }
    var lane = 0
    for i in 1..<8 where most[i] > most[lane] { lane = i }
    let row = group.rows.lowerBound + (Int(places[lane]) - group.blocks.lowerBound) * 8 + lane
    return min(max(row, group.rows.lowerBound), group.rows.upperBound - 1)
  }
}

// MARK: Oscillations

extension ShapeSearch {
  private func notePairs(_ z: [Double], _ own: [SIMD8<Float>], _ best: inout [Int]) {
    let slow = (frequencies + 7) / 8
    var sines = [Float](repeating: 0, count: 8 * slow)
    var cosines = sines
    for j in 0..<frequencies {
      (sines[j], cosines[j]) = (
        product(wave(j, Self.undamped), own), product(wave(j, Self.undamped) + 1, own)
      )
    }
    let ends = SIMD2(Float(z[0]), Float(z[z.count - 1]))
    var (wanted, gains) = (UInt64(0), [Float](repeating: 0, count: 8 * slow))
    for place in pairs.indices {
      for block in 0..<slow {
        let eight = gain(
          pairs[place][block], eight(sines.span, 8 * block), eight(cosines.span, 8 * block), ends)
        for lane in 0..<8 { gains[8 * block + lane] = eight[lane] }
      }
      wanted |= promising(gains)
    }
    var most = [Float](repeating: -1, count: pairs.count)
    for j in 0..<frequencies where wanted & (1 << UInt64(j)) != 0 {
      func products(_ half: Int) -> SIMD8<Float> {
        func one(_ d: Int) -> Float { product(wave(j, d) + half, own) }
        return SIMD8(one(0), one(1), one(2), one(3), one(4), 0, 0, 0)
      }
      let (s, c) = (products(0), products(1))
      for place in pairs.indices {
        let gains = gain(pairs[place][slow + j], s, c, ends)
        for d in 0..<Self.dampings where gains[d] > most[place] {
          most[place] = gains[d]
          best[place * 7 + 4] = firstPair + (j * Self.dampings + d) * 2
        }
      }
    }
  }

  /// The row, among those that are kept, of a sine; its cosine is the next.
  private func wave(_ j: Int, _ d: Int) -> Int { firstPair - steps.count + (j * Self.dampings + d) * 2 }

  @inline(__always)
  private func gain(
    _ pair: Pair, _ s: SIMD8<Float>, _ c: SIMD8<Float>, _ ends: SIMD2<Float>
  ) -> SIMD8<Float> {
    let a = pair.own * s - pair.sine.mate * c - pair.sine.first * ends.x - pair.sine.last * ends.y
    let b = pair.own * c - pair.cosine.mate * s - pair.cosine.first * ends.x - pair.cosine.last * ends.y
    return pair.sines * a * a + pair.both * a * b + pair.cosines * b * b
  }

  /// The frequency that explains most, the best one apart from it, and their neighbours, as bits.
  private func promising(_ gains: [Float]) -> UInt64 {
    var (best, other) = (0, -1)
    for j in 1..<max(frequencies, 1) where gains[j] > gains[best] { best = j }
    for j in 0..<frequencies where abs(j - best) > 2 {
      if other < 0 || gains[j] > gains[other] { other = j }
    }
    func around(_ j: Int) -> UInt64 { j < 0 ? 0 : (UInt64(7) << UInt64(j)) >> 1 }
    return around(best) | around(other)
  }
}
