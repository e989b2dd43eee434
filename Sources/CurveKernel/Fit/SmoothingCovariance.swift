/// What is known of a curve's value and slope at a knot from the points on one side of it: the covariance
/// (c₁₁ c₁₂; c₁₂ c₂₂) and its determinant, which is carried along and never computed by subtraction.
///
/// Everything is a sum of positive terms: each number keeps its relative accuracy over any number of knots, however
/// strong the smoothing and however uneven the steps.
struct SmoothingCovariance: BitwiseCopyable {
  var c11, c12, c22, determinant: Double

  init(c11: Double, c12: Double, c22: Double, determinant: Double) {
    (self.c11, self.c12, self.c22, self.determinant) = (c11, c12, c22, determinant)
  }

  /// At the second knot, a step `h` behind the first; `variance` of the first and of the second point.
  @inline(__always)
  init(_ noise: SmoothingNoise, step h: Double, variances first: Double, _ second: Double) {
    let perStep = 1 / h
    let spread = (first * perStep) * perStep + noise.process * h / 3
    c11 = second
    c12 = second * perStep
    c22 = (second * perStep) * perStep + spread
    determinant = second * spread
  }

  /// A step `h` later, before that knot's own point counts.
  @inline(__always)
  func moved(_ noise: SmoothingNoise, step h: Double) -> SmoothingCovariance {
    let square = h * h
    let qh = noise.process * h
    let third = qh * square / 3
    let growth = (qh * c11 + (qh * h) * c12) + third * c22
    return SmoothingCovariance(
      c11: (c11 + third) + ((2 * h) * c12 + square * c22), c12: (c12 + h * c22) + (qh * h) / 2, c22: c22 + qh,
      determinant: (determinant + growth) + third * (qh / 4))
  }

  /// After the knot's own point; `inverse` is 1/(c₁₁ + variance).
  @inline(__always)
  func updated(variance: Double, inverse: Double) -> SmoothingCovariance {
    let share = variance * inverse
    return SmoothingCovariance(
      c11: c11 * share, c12: c12 * share, c22: (determinant + c22 * variance) * inverse,
      determinant: determinant * share)
  }
}

/// The smoothing as two variances whose proportion is λ, the larger of them near 1: that of a point about the curve, and that
/// of the curve's slope over a unit of the parameter. λ = 0 makes the one 0, a λ beyond all numbers the other.
struct SmoothingNoise: BitwiseCopyable {
  let point, process: Double

  /// λ in the unit of steps that were multiplied by two to the power `scale`: λ counts the parameter to the third.
  init(lambda: Double, scale: Int) {
    if lambda == 0 {
      (point, process) = (0, 1)
      return
    }
    let exponent = Int(lambda.exponent) &+ 3 &* scale
    if exponent < 0 {
      (point, process) = (Double(sign: .plus, exponent: exponent, significand: lambda.significand), 1)
    } else {
      (point, process) = (
        1, Double(sign: .plus, exponent: 0 &- exponent, significand: 1 / lambda.significand)
      )
    }
  }
}
