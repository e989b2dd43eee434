import Glibc

/// What a shape is fitted to: values at places evenly apart, and room for what steps compute of them.
struct FitPoints {
  private let count: Int
  private let y: [SIMD8<Double>]
  private var basis: ShapeBasis
  /// Slopes by each parameter but the offset, then what is left: a row of blocks each.
  private var rows: [SIMD8<Double>]

  /// - Parameter most: of more values means are taken, over so many equally long cells.
  init(_ z: borrowing Span<Double>, most: Int) {
    count = min(z.count, most)
    let width = Double(z.count) / Double(count)
    let unit = 1 / Double(max(z.count - 1, 1))
    basis = ShapeBasis(first: (width - 1) / 2 * unit, step: width * unit, count: count)
    y = z.count > most ? blocks(binned(z, most).span) : blocks(z)
    rows = [SIMD8<Double>](repeating: .zero, count: 5 * basis.blocks)
  }

  /// The normal equations of a step: J'J (upper triangle), J'r, r'r.
  struct Equations {
    var matrix = InlineArray<5, SIMD8<Double>>(repeating: .zero)
    var right = SIMD8<Double>.zero
    var error = 0.0
  }

  mutating func equations(_ model: ShapeModel, unknowns: Int) -> Equations {
    let blocks = basis.blocks
    basis.fill(model)
    for block in 0..<blocks { fillRows(model, block) }
    // The last block goes on beyond the values.
    for lane in (count - 8 * (blocks - 1))..<8 {
      for row in 0..<5 { rows[row * blocks + blocks - 1][lane] = 0 }
    }
    var made = Equations()
    made.matrix[0][0] = Double(count)
    made.right[0] = sum(4)
    made.error = product(4, 4)
    for i in 1..<max(unknowns, 1) {
      made.matrix[0][i] = sum(i - 1)
      made.right[i] = product(i - 1, 4)
      for j in i..<unknowns { made.matrix[i][j] = product(i - 1, j - 1) }
    }
    return made
  }

  @inline(__always)
  private mutating func fillRows(_ model: ShapeModel, _ block: Int) {
    let (p, blocks) = (model.p, basis.blocks)
    let (f, u) = (basis.f[block], basis.u(block))
    func row(_ i: Int) -> Int { i * blocks + block }
    rows[row(0)] = f
    rows[row(4)] = y[block] - basis.value(model, block)
    switch model.pattern {
    case .none, .linear, .step: break
    case .parabolic: rows[row(1)] = (u - p[2]) * (-2 * p[1])
    case .exponential: rows[row(1)] = (p[2] > 0 ? u - 1 : u) * f * p[1]
    case .logarithmic:
      let cu = u * exp(p[2])
      rows[row(1)] = cu * p[1] / (cu + 1)
    case .oscillating:
      let g = basis.g[block]
      rows[row(1)] = g
      rows[row(2)] = u * (g * p[1] - f * p[2]) * (2 * .pi)
      rows[row(3)] = -u * (f * p[1] + g * p[2])
    case .sigmoid:
      let slope = f * (1 - f) * p[1]
      rows[row(1)] = slope * -p[3]
      rows[row(2)] = (u - p[2]) * slope
    }
  }

  @inline(__always)
  private func sum(_ row: Int) -> Double {
    var sum = SIMD8<Double>.zero
    for block in 0..<basis.blocks { sum += rows[row * basis.blocks + block] }
    return sum.sum()
  }

  @inline(__always)
  private func product(_ a: Int, _ b: Int) -> Double {
    let blocks = basis.blocks
    var sum = SIMD8<Double>.zero
    for block in 0..<blocks { sum += rows[a * blocks + block] * rows[b * blocks + block] }
    return sum.sum()
  }
}

extension FitPoints.Equations {
  /// The step that solves the equations, their diagonal raised by a share.
  func step(damping: Double, unknowns: Int) -> SIMD8<Double> {
    var (matrix, x) = (matrix, right)
    for row in unknowns..<8 { x[row] = 0 }
    for row in 0..<unknowns { matrix[row][row] = matrix[row][row] * (1 + damping) + 1e-12 }
    for pivot in 0..<unknowns {
      for row in (pivot + 1)..<max(unknowns, pivot + 1) {
        let factor = matrix[pivot][row] / matrix[pivot][pivot]
        matrix[row] -= matrix[pivot] * factor
        x[row] -= x[pivot] * factor
      }
    }
    for row in (0..<unknowns).reversed() {
      for other in (row + 1)..<max(unknowns, row + 1) { x[row] -= matrix[row][other] * x[other] }
      x[row] /= matrix[row][row]
    }
    return x
  }
}
