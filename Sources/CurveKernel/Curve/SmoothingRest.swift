/// What a smoothing spline leaves over: the sum of squares of its residuals, and how many degrees of freedom.
struct SmoothingRest {
  var squares = 0.0
  var freedom = 0.0
  var points = 0
}

extension SmoothingRest {
  /// Adds one piece, whose residuals, steps and weights `Smoothing.solve` has left in `scratch`; the factors there are
  /// written over.
  ///
  /// - Parameter scale: what residuals are multiplied by, so that no square leaves the range of numbers.
  mutating func add(
    _ memory: SmoothingMemory, knots: Int, _ noise: SmoothingNoise, scale: Double,
    _ scratch: inout MutableSpan<Double>
  ) {
    points += memory.points
    for i in 0..<knots {
      var sum = 0.0
      for k in 0..<memory.columns {
        let residual = scratch[memory.residual(i) + k] * scale
        sum += residual * residual
      }
      squares += sum * memory.weight(i, scratch)
    }
    // Of w coinciding points, all but their mean are free.
    freedom += Double(memory.points - knots) + leftover(memory, knots: knots, noise, &scratch)
  }
}

/// Σ (1 − aᵢᵢ) over the knots, A the matrix from given to fitted ordinates: O(n), and all in sums of positive terms.
///
/// A knot's value is known from the points before it, from those behind it, and from its own: aᵢᵢ is the share of the
/// own one. With the covariances C (from before) and B (from behind, run backwards, so that its slope has the other sign),
/// the others know it to the information
/// σ = det(C⁻¹ + B⁻¹)/(C⁻¹ + B⁻¹)₂₂ = (|B| + |C| + c₂₂b₁₁ + c₁₁b₂₂ + 2c₁₂b₁₂)/(c₁₁|B| + b₁₁|C|), and 1 − aᵢᵢ = σr/(1 + σr).
/// It replaces the banded inverse of Hutchinson & de Hoog (1985), which loses the digits that Reinsch's system loses.
private func leftover(
  _ memory: SmoothingMemory, knots: Int, _ noise: SmoothingNoise, _ scratch: inout MutableSpan<Double>
) -> Double {
  if knots < 3 { return 0 }
  func variance(_ i: Int) -> Double { noise.point / memory.weight(i, scratch) }
  var behind = OneSided.nothing
  for i in stride(from: knots - 1, through: 0, by: -1) {
    if i < knots - 1 {
      behind.move(
        noise, step: memory.step(i, scratch), variance: variance(i + 1),
        before: i + 2 < knots ? variance(i + 2) : nil)
    }
    let place = memory.factor(i)
    let c = behind.covariance
    (scratch[place], scratch[place + 1]) = (c.c11, c.c12)
    (scratch[place + 2], scratch[place + 3]) = (c.c22, c.determinant)
  }
  var before = OneSided.nothing
  var sum = 0.0
  for i in 0..<knots {
    if i > 0 {
      before.move(
        noise, step: memory.step(i - 1, scratch), variance: variance(i - 1),
        before: i > 1 ? variance(i - 2) : nil)
    }
    let place = memory.factor(i)
    let c = before.covariance
    let b = SmoothingCovariance(
      c11: scratch[place], c12: scratch[place + 1], c22: scratch[place + 2], determinant: scratch[place + 3])
    let whole =
      (i + 2 < knots ? c.determinant : 0) + (i > 1 ? b.determinant : 0)
      + (c.c22 * b.c11 + c.c11 * b.c22 + 2 * (c.c12 * b.c12))
    let own = variance(i) * whole
    sum += own / ((c.c11 * b.determinant + b.c11 * c.determinant) + own)
  }
  return sum
}

/// What the points on one side tell of a knot, that knot's own not among them.
///
/// From no point nothing, from one a line of values and slopes: the covariance is then infinite. Both are kept as the
/// finite numbers that stand in for it where they are multiplied with the other side's (`nothing`: all 0 but the
/// determinant 1; one point: (h², h, 1) with the variance as determinant), and the other side's determinant has
/// no partner (`leftover`).
private struct OneSided {
  var covariance: SmoothingCovariance
  /// Points that are counted so far, and the last step.
  private var count = 0
  private var step = 0.0

  static let nothing = OneSided(covariance: SmoothingCovariance(c11: 0, c12: 0, c22: 0, determinant: 1))

  /// One step on: the point that is left behind, of this variance, counts from now on; `before` is the variance of the
  /// one before it.
  mutating func move(_ noise: SmoothingNoise, step h: Double, variance: Double, before: Double?) {
    count += 1
    if count == 1 {
      covariance = SmoothingCovariance(
        c11: h * h, c12: h, c22: 1, determinant: variance + noise.process * h * (h * h) / 3)
    } else if count == 2 {
      covariance = SmoothingCovariance(noise, step: step, variances: before ?? 0, variance)
        .moved(noise, step: h)
    } else {
      covariance = covariance.updated(variance: variance, inverse: 1 / (covariance.c11 + variance))
        .moved(noise, step: h)
    }
    step = h
  }
}
