/// Means over equally long cells of a series, one after another, a value across an edge shared in proportion.
struct CellMeans {
  private let count: Int
  private let width: Double
  private var (cell, next, rest) = (0, 0, 0.0)

  /// - Parameter cells: fewer than `count`, the number of values.
  init(_ count: Int, _ cells: Int) {
    self.count = count
    width = Double(count) / Double(cells)
  }

  mutating func next(_ z: borrowing Span<Double>) -> Double {
    // What the cell before left of its last value, whole values, and the share of one more.
    cell += 1
    let end = Double(cell) * width
    let last = min(Int(end), count)
    var sum = rest
    if last - next >= 8 {
      var four = SIMD4<Double>.zero
      while next + 4 <= last {
        four += CurveDetector.four(z, next)
        next += 4
      }
      sum += four.sum()
    }
    while next < last {
      sum += z[next]
      next += 1
    }
    let share = last < count ? z[last] * (end - Double(last)) : 0
    rest = -share
    return (sum + share) / width
  }
}

/// The series as means over `limit` equally long cells; itself when it has no more values.
func binned(_ z: [Double], _ limit: Int) -> [Double] {
  z.count > limit ? binned(z.span, limit) : z
}

func binned(_ z: borrowing Span<Double>, _ limit: Int) -> [Double] {
  var list: [Double] = []
  list.reserveCapacity(min(z.count, limit))
  if z.count > limit {
    var means = CellMeans(z.count, limit)
    for _ in 0..<limit { list.append(means.next(z)) }
  } else {
    for i in z.indices { list.append(z[i]) }
  }
  return list
}

/// With mean 0 and population standard deviation 1; as it is when that is 0.
func zScored(_ values: [Double]) -> [Double] {
  let (mean, spread) = moments(values)
  return values.map { spread > 0 ? ($0 - mean) / spread : 0 }
}

/// Mean and population standard deviation of one value or more.
func moments(_ values: [Double]) -> (mean: Double, spread: Double) {
  let count = Double(values.count)
  let mean = values.reduce(0, +) / count
  return (mean, (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot())
}
