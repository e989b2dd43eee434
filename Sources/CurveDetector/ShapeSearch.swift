/// Finds the rows of a dictionary that explain a window best: in single precision, eight shapes side by side, one row for
/// each pattern and each correlation of the noise. What is told of the window is then computed from these alone.
///
/// A row f asks for two products, Σ f[i]·z[i] and Σ f[i]·(z[i − 1] + z[i + 1]). Powers, exponentials and oscillations need
/// the first only: f[i − 1] + f[i + 1] is a combination of f[i], its mate's and a constant, and z is mean-free. Those of
/// steps come from running sums. Oscillations are looked for undamped; damped ones near the best of these.
struct ShapeSearch: Sendable {
  /// Eight shapes of a pattern under one correlation: their projections are own·Σ fz − ρ·Σ f·(beside) − first·z[0] −
  /// last·z[n − 1], the gains their squares times `inverse`.
  struct Single: Sendable {
    var own = SIMD8<Float>.zero, first = SIMD8<Float>.zero, last = SIMD8<Float>.zero
    var inverse = SIMD8<Float>.zero
  }

  /// Eight oscillations under one correlation: projections of sine and cosine as above, with what each takes of its
  /// mate's product; the gain a quadratic form of both.
  struct Pair: Sendable {
    var own = SIMD8<Float>.zero
    var sine = Half(), cosine = Half()
    var sines = SIMD8<Float>.zero, both = SIMD8<Float>.zero, cosines = SIMD8<Float>.zero
  }

  struct Half: Sendable {
    var mate = SIMD8<Float>.zero, first = SIMD8<Float>.zero, last = SIMD8<Float>.zero
  }

  /// The shapes of a pattern: their rows, and their blocks of eight lanes.
  struct Group: Sendable {
    let pattern: Int
    let rows: Range<Int>
    let blocks: Range<Int>
  }

  /// Dampings of each frequency, and the one that is none.
  static let dampings = 5
  static let undamped = 2

  /// All but oscillations, in the order of rows; steps are the last.
  let groups: [Group]
  let firstPair: Int
  let frequencies: Int
  /// Blocks of eight cells.
  let blocks: Int
  /// Of all rows but the steps'.
  let rows: [SIMD8<Float>]
  /// Rows from here on have no recurrence.
  let firstOfTwo: Int
  /// For each step the cell it jumps at, the share of cells from there on, one over the norm.
  let steps: [(at: Int, share: Double, scale: Double)]
  /// For each correlation, for each block of lanes.
  let lanes: [[Single]]
  /// For each correlation: undamped ones, eight frequencies a block; then a block for each frequency, its dampings in the
  /// first lanes.
  let pairs: [[Pair]]
}

// MARK: Making one

extension ShapeSearch {
  init(_ list: ShapeList, _ products: [[ShapeDictionary.Product]], firstPair: Int) {
    self.firstPair = firstPair
    let n = list.cells
    let (blocks, frequencies) = ((n + 7) / 8, (list.rows.count - firstPair) / (2 * Self.dampings))
    (self.blocks, self.frequencies) = (blocks, frequencies)
    var (groups, lanes, row): ([Group], Int, Int) = ([], 0, 0)
    while row < firstPair {
      let pattern = list.entries[row].pattern
      let end = list.entries[row..<firstPair].firstIndex { $0.pattern != pattern } ?? firstPair
      let more = (end - row + 7) / 8
      groups.append(Group(pattern: pattern.index, rows: row..<end, blocks: lanes..<lanes + more))
      (row, lanes) = (end, lanes + more)
    }
    let jumps = groups[groups.count - 1].rows
    self.groups = groups
    firstOfTwo = list.recurrences.firstIndex { $0 == nil } ?? firstPair
    var packed: [SIMD8<Float>] = []
    packed.reserveCapacity((list.rows.count - jumps.count) * blocks)
    for i in list.rows.indices where !jumps.contains(i) {
      for block in 0..<blocks {
        var eight = SIMD8<Float>.zero
        for lane in 0..<min(8, n - block * 8) { eight[lane] = Float(list.rows[i][block * 8 + lane]) }
        packed.append(eight)
      }
    }
    rows = packed
    steps = jumps.map { i in
      let at = Int(list.entries[i].start.x)
      return (at, Double(n - at) / Double(n), 1 / list.norms[i])
    }
    var (singles, pairs): ([[Single]], [[Pair]]) = ([], [])
    for (place, rho) in ShapeDictionary.correlations.enumerated() {
      let maker = LaneMaker(list: list, products: products[place], rho: rho)
      singles.append(maker.singles(groups, lanes))
      pairs.append(maker.pairs(firstPair, frequencies))
    }
    (self.lanes, self.pairs) = (singles, pairs)
  }
}

/// Computes lanes for one correlation.
private struct LaneMaker {
  let list: ShapeList
  let products: [ShapeDictionary.Product]
  let rho: Double

  func singles(_ groups: [ShapeSearch.Group], _ count: Int) -> [ShapeSearch.Single] {
    var made = [ShapeSearch.Single](repeating: .init(), count: count)
    for group in groups {
      for (i, row) in group.rows.enumerated() {
        let (block, lane, ends) = (group.blocks.lowerBound + i / 8, i % 8, ends(row))
        made[block].own[lane] = Float(own(row))
        made[block].first[lane] = Float(ends.x)
        made[block].last[lane] = Float(ends.y)
        made[block].inverse[lane] = Float(1 / products[row].own)
      }
    }
    return made
  }

  func pairs(_ first: Int, _ frequencies: Int) -> [ShapeSearch.Pair] {
    let slow = (frequencies + 7) / 8
    var made = [ShapeSearch.Pair](repeating: .init(), count: slow + frequencies)
    for j in 0..<frequencies {
      for d in 0..<ShapeSearch.dampings {
        let row = first + (j * ShapeSearch.dampings + d) * 2
        put(row, &made[slow + j], d)
        if d == ShapeSearch.undamped { put(row, &made[j / 8], j % 8) }
      }
    }
    return made
  }

  private func put(_ row: Int, _ pair: inout ShapeSearch.Pair, _ lane: Int) {
    let (a, b) = (products[row], products[row + 1])
    let inverse = 1 / (a.own * b.own - a.pair * a.pair)
    pair.own[lane] = Float(own(row))
    put(row, mate: row + 1, &pair.sine, lane)
    put(row + 1, mate: row, &pair.cosine, lane)
    pair.sines[lane] = Float(b.own * inverse)
    pair.cosines[lane] = Float(a.own * inverse)
    pair.both[lane] = Float(-2 * a.pair * inverse)
  }

  private func put(_ row: Int, mate: Int, _ half: inout ShapeSearch.Half, _ lane: Int) {
    let ends = ends(row)
    half.mate[lane] = Float(rho * (list.recurrences[row]?.mate ?? 0) * list.norms[mate] / list.norms[row])
    half.first[lane] = Float(ends.x)
    half.last[lane] = Float(ends.y)
  }

  private func own(_ row: Int) -> Double { 1 + rho * rho - rho * (list.recurrences[row]?.own ?? 0) }

  private func ends(_ row: Int) -> SIMD2<Double> {
    let n = list.cells
    let (first, last, beyond) = (list.rows[row][0], list.rows[row][n - 1], list.recurrences[row])
    let constant = products[row].one * rho * (1 - rho) / constantNorm(n, rho)
    return [
      rho * rho * first - rho * (beyond?.before ?? 0) + constant,
      rho * rho * last - rho * (beyond?.behind ?? 0) + constant,
    ]
  }
}
