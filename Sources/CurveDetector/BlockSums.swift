// Sums over series, four values at a time: one after another, each addition would wait for the one before.

/// Four neighbouring values.
@inline(__always)
func four(_ z: borrowing Span<Double>, _ i: Int) -> SIMD4<Double> {
  SIMD4(z[i], z[i + 1], z[i + 2], z[i + 3])
}

extension SIMD4<Double> {
  @inline(__always)
  var magnitudes: SIMD4<Double> { SIMD4(abs(x), abs(y), abs(z), abs(w)) }
}

/// Σ z and Σ z².
func sums(_ z: borrowing Span<Double>) -> (values: Double, squares: Double) {
  var (values, squares, i) = (SIMD4<Double>(), SIMD4<Double>(), 0)
  while i + 4 <= z.count {
    let block = four(z, i)
    values += block
    squares += block * block
    i += 4
  }
  var (sum, squared) = (values.sum(), squares.sum())
  while i < z.count {
    sum += z[i]
    squared += z[i] * z[i]
    i += 1
  }
  return (sum, squared)
}

/// The largest |z|, and whether all are finite; NaN is left out of the largest.
func largest(_ z: borrowing Span<Double>) -> (magnitude: Double, isFinite: Bool) {
  var (most, zero, i) = (SIMD4<Double>(), SIMD4<Double>(), 0)
  while i + 4 <= z.count {
    let block = four(z, i)
    let magnitudes = block.magnitudes
    most.replace(with: magnitudes, where: magnitudes .> most)
    zero += block * 0
    i += 4
  }
  var (magnitude, rest) = (most.max(), zero.sum())
  while i < z.count {
    if abs(z[i]) > magnitude { magnitude = abs(z[i]) }
    rest += z[i] * 0
    i += 1
  }
  return (magnitude, rest == 0)
}
