/// Fits a shape to a stretch of z by least squares: Gauss–Newton steps, damped after Levenberg and Marquardt.
///
/// - Shape: up to `most` values as they are, more as means of so many runs, each at its middle.
/// - Source: Marquardt, An Algorithm for Least-Squares Estimation of Nonlinear Parameters (1963).
func fitShape(
  _ pattern: Pattern, start: SIMD2<Double>, to z: ArraySlice<Double>, points most: Int = 512, steps: Int = 40
) -> ShapeModel {
  var model = ShapeModel(pattern, start: start)
  if pattern == .step { return fitStep(z) }
  let points = FitPoints(z, most: most)
  // The offset and the scale alone first: from zero, the bending parameters would have no say.
  model = points.stepped(model, unknowns: model.linearCount, damping: 0)
  guard model.count > model.linearCount else { return model }
  var (error, damping) = (points.error(model), 1e-3)
  for _ in 0..<steps {
    let next = points.stepped(model, unknowns: model.count, damping: damping)
    let nextError = points.error(next)
    guard nextError < error else {
      damping *= 8
      if damping > 1e8 { break }
      continue
    }
    let isDone = error - nextError <= 1e-7 * error
    (model, error, damping) = (next, nextError, max(damping / 8, 1e-12))
    if isDone { break }
  }
  return model
}

/// The jump that leaves least, both sides being level; at least a twentieth of the stretch on each.
private func fitStep(_ z: ArraySlice<Double>) -> ShapeModel {
  let count = z.count
  let margin = max(2, count / 20)
  let total = z.reduce(0, +)
  var (before, best, at) = (0.0, -1.0, margin)
  for j in 1..<count {
    before += z[z.startIndex + j - 1]
    guard j >= margin, j <= count - margin else { continue }
    let (a, b) = (Double(j), Double(count - j))
    let gap = (total - before) / b - before / a
    let gain = gap * gap * a * b
    if gain > best { (best, at) = (gain, j) }
  }
  let before2 = z.prefix(at).reduce(0, +)
  var model = ShapeModel(.step, start: [(Double(at) - 0.5) / Double(count - 1), 0])
  model.p[0] = before2 / Double(at)
  model.p[1] = (total - before2) / Double(count - at) - model.p[0]
  return model
}

/// What is fitted: places u and values.
private struct FitPoints {
  var u: [Double] = []
  var y: [Double] = []

  init(_ z: ArraySlice<Double>, most: Int) {
    let (count, cells) = (z.count, min(z.count, most))
    for cell in 0..<cells {
      let (from, to) = (cell * count / cells, (cell + 1) * count / cells)
      var sum = 0.0
      for i in from..<to { sum += z[z.startIndex + i] }
      y.append(sum / Double(to - from))
      u.append((Double(from + to - 1) / 2) / Double(count - 1))
    }
  }

  func error(_ model: ShapeModel) -> Double {
    var sum = 0.0
    for i in u.indices {
      let residual = y[i] - model.value(u[i])
      sum += residual * residual
    }
    return sum
  }

  /// One damped step over the first `unknowns` parameters.
  func stepped(_ model: ShapeModel, unknowns: Int, damping: Double) -> ShapeModel {
    var matrix = [SIMD8<Double>](repeating: .zero, count: unknowns)
    var right = SIMD8<Double>()
    for i in u.indices {
      let (value, slopes) = model.evaluate(u[i])
      right += slopes * (y[i] - value)
      for row in 0..<unknowns { matrix[row] += slopes * slopes[row] }
    }
    for row in 0..<unknowns { matrix[row][row] = matrix[row][row] * (1 + damping) + 1e-12 }
    var next = model
    next.p += solved(matrix, right, unknowns)
    next.clamp()
    return next
  }
}

/// The solution of a symmetric positive system, by elimination.
private func solved(_ system: [SIMD8<Double>], _ right: SIMD8<Double>, _ count: Int) -> SIMD8<Double> {
  var (matrix, x) = (system, right)
  for row in count..<8 { x[row] = 0 }
  for pivot in 0..<count {
    for row in (pivot + 1)..<max(count, pivot + 1) {
      let factor = matrix[row][pivot] / matrix[pivot][pivot]
      matrix[row] -= matrix[pivot] * factor
      x[row] -= x[pivot] * factor
    }
  }
  for row in (0..<count).reversed() {
    for other in (row + 1)..<max(count, row + 1) { x[row] -= matrix[row][other] * x[other] }
    x[row] /= matrix[row][row]
  }
  return x
}
