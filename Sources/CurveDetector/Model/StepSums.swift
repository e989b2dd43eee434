/// Sums over a series z and its steps d[i] = z[i + 1] − z[i].
struct StepSums {
  /// Σ z[i]·z[i + 1]; Σ d², Σ d⁴, Σ d[i]·d[i + 1], Σ d[i]·d[i + 2]; the largest |d|.
  private(set) var neighbours = 0.0, squares = 0.0, fourths = 0.0, beside = 0.0, afterNext = 0.0,
    largest = 0.0

  /// - Parameter z: 4 values or more.
  init(_ z: borrowing Span<Double>) {
    let steps = z.count - 1
    // Blocks of steps that have two more behind them, then the rest one by one.
    var (near, square, fourth, next, after, most) = (
      SIMD4<Double>(), SIMD4<Double>(), SIMD4<Double>(), SIMD4<Double>(), SIMD4<Double>(), SIMD4<Double>()
    )
    var i = 0
    while i + 6 <= steps {
      let (a, b, c, e) = (four(z, i), four(z, i + 1), four(z, i + 2), four(z, i + 3))
      let (d, d1, d2) = (b - a, c - b, e - c)
      let squared = d * d
      near += a * b
      square += squared
      fourth += squared * squared
      next += d * d1
      after += d * d2
      most.replace(with: d.magnitudes, where: d.magnitudes .> most)
      i += 4
    }
    (neighbours, squares, fourths, beside, afterNext, largest) = (
      near.sum(), square.sum(), fourth.sum(), next.sum(), after.sum(), most.max()
    )
    while i < steps {
      let d = z[i + 1] - z[i]
      neighbours += z[i] * z[i + 1]
      squares += d * d
      fourths += d * d * (d * d)
      if i + 1 < steps { beside += d * (z[i + 2] - z[i + 1]) }
      if i + 2 < steps { afterNext += d * (z[i + 3] - z[i + 2]) }
      largest = max(largest, abs(d))
      i += 1
    }
  }
}

/// Σ (z[i + lag] − z[i])².
func squaredDifferences(_ z: borrowing Span<Double>, _ lag: Int) -> Double {
  var (sum, i) = (SIMD4<Double>(), 0)
  while i + 4 + lag <= z.count {
    let far = four(z, i + lag) - four(z, i)
    sum += far * far
    i += 4
  }
  var rest = sum.sum()
  while i + lag < z.count {
    rest += (z[i + lag] - z[i]) * (z[i + lag] - z[i])
    i += 1
  }
  return rest
}

/// How many products of neighbouring steps lie below a limit.
func turns(_ z: borrowing Span<Double>, below limit: Double) -> Int {
  var (count, i) = (SIMD4<Double>(), 0)
  while i + 6 <= z.count {
    let (a, b, c) = (four(z, i), four(z, i + 1), four(z, i + 2))
    count.replace(with: count + 1, where: (b - a) * (c - b) .< limit)
    i += 4
  }
  var total = Int(count.sum())
  while i + 2 < z.count {
    if (z[i + 1] - z[i]) * (z[i + 2] - z[i + 1]) < limit { total += 1 }
    i += 1
  }
  return total
}
