/// Fits a shape to a stretch of z by least squares: Gauss–Newton steps, damped after Levenberg and Marquardt.
///
/// - Shape: up to `most` values as they are, more as means of so many cells, each at its middle.
/// - Source: Marquardt, An Algorithm for Least-Squares Estimation of Nonlinear Parameters (1963).
func fitShape(
  _ pattern: Pattern, start: SIMD2<Double>, to z: borrowing Span<Double>, points most: Int = 512,
  steps: Int = 40
) -> ShapeModel {
  var model = ShapeModel(pattern, start: start)
  if pattern == .step { return fitStep(z) }
  var points = FitPoints(z, most: most)
  // The offset and the scale alone first: from zero, the bending parameters would have no say.
  let (linear, unknowns) = (model.linearCount, model.count)
  model.p += points.equations(model, unknowns: linear).step(damping: 0, unknowns: linear)
  guard unknowns > linear else { return model }
  var (equations, damping) = (points.equations(model, unknowns: unknowns), 1e-3)
  for _ in 0..<steps {
    var next = model
    next.p += equations.step(damping: damping, unknowns: unknowns)
    next.clamp()
    let after = points.equations(next, unknowns: unknowns)
    guard after.error < equations.error else {
      damping *= 8
      if damping > 1e8 { break }
      continue
    }
    let isDone = equations.error - after.error <= 1e-7 * equations.error
    (model, equations, damping) = (next, after, max(damping / 8, 1e-12))
    if isDone { break }
  }
  return model
}

/// The jump that leaves least, both sides being level; at least a twentieth of the stretch on each.
private func fitStep(_ z: borrowing Span<Double>) -> ShapeModel {
  let count = z.count
  let margin = max(2, count / 20)
  let total = sums(z).values
  var (before, at, level) = (0.0, margin, 0.0)
  // The gain is (a·total − n·before)²/(a·b), a values before and b from the jump on.
  var (most, weight) = (-1.0, 1.0)
  for j in 1..<max(count - margin + 1, 1) {
    before += z[j - 1]
    guard j >= margin else { continue }
    let (a, b) = (Double(j), Double(count - j))
    let gap = a * total - Double(count) * before
    if gap * gap * weight > most * (a * b) { (most, weight, at, level) = (gap * gap, a * b, j, before) }
  }
  var model = ShapeModel(.step, start: [(Double(at) - 0.5) / Double(count - 1), 0])
  model.p[0] = level / Double(at)
  model.p[1] = (total - level) / Double(count - at) - model.p[0]
  return model
}
