/// Positions, derivatives and speeds of an arc.
extension Arc {
  /// Position (told from `origin`), first and second derivative per unit of u.
  public struct Jet {
    public var offset, first, second: ArcRow
  }

  public func jet(_ u: Double) -> Jet {
    let v = 1 - u
    if degree == 3 {
      let first = (e[0] * (v * v) + e[1] * (2 * (u * v))) + e[2] * (u * u)
      let second = (e[1] - e[0]) * v + (e[2] - e[1]) * u
      let offset = (n[1] * (3 * (u * v * v)) + n[2] * (3 * (u * u * v))) + n[3] * (u * u * u)
      return Jet(offset: offset, first: first, second: second * 2)
    }
    let b = quartic(u, v)
    let point = quintic(b, u, v)
    let number = Jet(offset: sum(n, point), first: sum(e, b), second: bend(e, u, v))
    guard isRational else { return number }
    // y = N/W, so N′ = y′W + yW′ and N″ = y″W + 2y′W′ + yW″.
    let weight = sum(w, point)
    let (rise, bend) = (sum(f, b), bend(f, u, v))
    let y = number.offset / weight
    let first = (number.first - y * rise) / weight
    let second = (number.second - (first * (2 * rise) + y * bend)) / weight
    return Jet(offset: y, first: first, second: second)
  }

  /// Speeds |y′(u)| at four parameters.
  @inline(__always)
  func speeds(_ u: SIMD4<Double>) -> SIMD4<Double> {
    guard degree == 3 else { return speedsOfFive(u, 1 - u) }
    return CubicSpeed(e0: e[0], e1: e[1], e2: e[2], dimensions: dimensions).speeds(u)
  }

  /// Speeds of degree 5, rational or not.
  @inline(never)
  private func speedsOfFive(_ u: SIMD4<Double>, _ v: SIMD4<Double>) -> SIMD4<Double> {
    let b = quartic(u, v)
    let point = quintic(b, u, v)
    let weight = isRational ? blend(point, w) : SIMD4(repeating: 1)
    let turn = isRational ? blend(b, f) / weight : .zero
    var sum = SIMD4<Double>.zero
    for k in 0..<dimensions {
      let slope = column(b, k)
      let x = isRational ? (slope - column(point, k) * turn) / weight : slope
      sum += x * x
    }
    return sum.squareRoot()
  }

  /// Σ e_i B_i of one coordinate.
  @inline(__always)
  private func column(_ b: InlineArray<5, SIMD4<Double>>, _ k: Int) -> SIMD4<Double> {
    let (low, high) = (b[0] * e[0][k] + b[1] * e[1][k], b[3] * e[3][k] + b[4] * e[4][k])
    return (low + b[2] * e[2][k]) + high
  }

  /// Σ n_i B_i of one coordinate, n_0 = 0.
  @inline(__always)
  private func column(_ b: InlineArray<6, SIMD4<Double>>, _ k: Int) -> SIMD4<Double> {
    let (low, high) = (b[1] * n[1][k] + b[2] * n[2][k], b[3] * n[3][k] + b[4] * n[4][k])
    return (low + high) + b[5] * n[5][k]
  }
}

/// Bernstein polynomials of degree 4, of a number or of four at a time.
@inline(__always)
private func quartic(_ u: Double, _ v: Double) -> InlineArray<5, Double> {
  let (uv, u2, v2) = (u * v, u * u, v * v)
  return [v2 * v2, 4 * (uv * v2), 6 * (uv * uv), 4 * (uv * u2), u2 * u2]
}

@inline(__always)
private func quartic(_ u: SIMD4<Double>, _ v: SIMD4<Double>) -> InlineArray<5, SIMD4<Double>> {
  let (uv, u2, v2) = (u * v, u * u, v * v)
  return [v2 * v2, 4 * (uv * v2), 6 * (uv * uv), 4 * (uv * u2), u2 * u2]
}

/// Those of degree 5 out of those of degree 4: v·B_i + u·B_(i−1).
@inline(__always)
private func quintic(_ b: InlineArray<5, Double>, _ u: Double, _ v: Double) -> InlineArray<6, Double> {
  [
    v * b[0], v * b[1] + u * b[0], v * b[2] + u * b[1], v * b[3] + u * b[2], v * b[4] + u * b[3], u * b[4],
  ]
}

@inline(__always)
private func quintic(
  _ b: InlineArray<5, SIMD4<Double>>, _ u: SIMD4<Double>, _ v: SIMD4<Double>
) -> InlineArray<6, SIMD4<Double>> {
  [
    v * b[0], v * b[1] + u * b[0], v * b[2] + u * b[1], v * b[3] + u * b[2], v * b[4] + u * b[3], u * b[4],
  ]
}

@inline(__always)
private func sum<let count: Int>(
  _ rows: InlineArray<count, ArcRow>, _ b: InlineArray<count, Double>
) -> ArcRow {
  var sum = rows[0] * b[0]
  for i in 1..<count { sum += rows[i] * b[i] }
  return sum
}

@inline(__always)
private func sum<let count: Int>(
  _ numbers: InlineArray<count, Double>, _ b: InlineArray<count, Double>
) -> Double {
  var sum = numbers[0] * b[0]
  for i in 1..<count { sum += numbers[i] * b[i] }
  return sum
}

@inline(__always)
private func blend<let count: Int>(
  _ b: InlineArray<count, SIMD4<Double>>, _ numbers: InlineArray<count, Double>
) -> SIMD4<Double> {
  var sum = b[0] * numbers[0]
  for i in 1..<count { sum += b[i] * numbers[i] }
  return sum
}

/// The derivative of Σ e_i B_i of degree 4.
@inline(__always)
private func bend(_ e: InlineArray<5, ArcRow>, _ u: Double, _ v: Double) -> ArcRow {
  let (low, high) = ((e[1] - e[0]) * (v * v * v), (e[4] - e[3]) * (u * u * u))
  let inner = (e[2] - e[1]) * (3 * (u * v * v)) + (e[3] - e[2]) * (3 * (u * u * v))
  return ((low + inner) + high) * 4
}

@inline(__always)
private func bend(_ f: InlineArray<5, Double>, _ u: Double, _ v: Double) -> Double {
  let (low, high) = ((f[1] - f[0]) * (v * v * v), (f[4] - f[3]) * (u * u * u))
  let inner = (f[2] - f[1]) * (3 * (u * v * v)) + (f[3] - f[2]) * (3 * (u * u * v))
  return ((low + inner) + high) * 4
}
