// Sums over series, four values at a time: one after another, each addition would wait for the one before.

/// Four neighbouring values.
@inline(__always)
func four(_ z: borrowing Span<Double>, _ i: Int) -> SIMD4<Double> {
  SIMD4(z[i], z[i + 1], z[i + 2], z[i + 3])
}

/// Eight neighbouring values.
@inline(__always)
func eight(_ z: borrowing Span<Double>, _ i: Int) -> SIMD8<Double> {
  SIMD8(lowHalf: four(z, i), highHalf: four(z, i + 4))
}

@inline(__always)
func eight(_ z: borrowing Span<Float>, _ i: Int) -> SIMD8<Float> {
  SIMD8(z[i], z[i + 1], z[i + 2], z[i + 3], z[i + 4], z[i + 5], z[i + 6], z[i + 7])
}

/// Values as blocks of eight, the last filled up with zeros. Lanes set one by one would wait for memory.
func blocks(_ z: borrowing Span<Double>) -> [SIMD8<Double>] {
  var list: [SIMD8<Double>] = []
  list.reserveCapacity((z.count + 7) / 8)
  for block in 0..<z.count / 8 { list.append(eight(z, 8 * block)) }
  let rest = z.count % 8
  if rest > 0 {
    var last = SIMD8<Double>.zero
    for lane in 0..<rest { last[lane] = z[z.count - rest + lane] }
    list.append(last)
  }
  return list
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
