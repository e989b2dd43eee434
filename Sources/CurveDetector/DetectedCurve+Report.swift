import Glibc

extension DetectedCurve {
  /// The report of a fitted stretch: everything in price units.
  init(_ model: ShapeModel, _ range: Range<Int>, confidence: Double, of series: PreparedSeries) {
    (start, end, pattern) = (range.lowerBound, range.upperBound, model.pattern)
    self.confidence = confidence
    let z = series.z.span.extracting(range)
    let count = Double(z.count)
    let rest = leftOver(model, z)
    r2 = determination(rest, model, z)
    rmse = series.difference((rest / count).squareRoot())
    noiseStd = series.difference((rest / max(count - Double(model.count), 1)).squareRoot())
    parameters = model.parameters(range, series)
    let points = model.controlPoints(range, series)
    let least = points.reduce(Double.infinity) { min($0, $1.y) }
    let most = points.reduce(-Double.infinity) { max($0, $1.y) }
    let prices = DecimalGrid(range: most - least)
    controlPoints = points.map { [$0.x, prices.rounded($0.y)] }
  }
}

extension ShapeModel {
  /// Whether it explains enough to be called a curve: a tenth of what the prices vary.
  ///
  /// Of noise that the statistics and the network never saw, such as prices that jump to and fro between two levels, either
  /// may be sure; the fit tells. Of thousands of generated curves at 0 dB the worst explains a quarter.
  func explains(_ z: borrowing Span<Double>) -> Bool {
    pattern == .none || determination(leftOver(self, z), self, z) >= 0.1
  }
}

/// The coefficient of determination, R²: the share of the variance that is not left over; 0 of no curve.
private func determination(_ rest: Double, _ model: ShapeModel, _ z: borrowing Span<Double>) -> Double {
  let whole = sumOfSquares(z)
  return model.pattern == .none || whole == 0 ? 0 : max(0, 1 - rest / whole)
}

/// Σ (z − the model)².
private func leftOver(_ model: ShapeModel, _ z: borrowing Span<Double>) -> Double {
  let step = 1 / Double(max(z.count - 1, 1))
  var rest = 0.0
  // Some thousand values at a time: memory does not grow with the series.
  for start in stride(from: 0, to: z.count, by: 4096) {
    let part = z.extracting(start..<min(start + 4096, z.count))
    rest += squares(part, below: model, first: Double(start) * step, step: step)
  }
  return rest
}

private func squares(
  _ z: borrowing Span<Double>, below model: ShapeModel, first: Double, step: Double
) -> Double {
  var basis = ShapeBasis(first: first, step: step, count: z.count)
  basis.fill(model)
  var sum = SIMD8<Double>.zero
  let whole = z.count / 8
  for block in 0..<whole {
    let residual = eight(z, 8 * block) - basis.value(model, block)
    sum += residual * residual
  }
  var rest = sum.sum()
  for i in 8 * whole..<z.count {
    let residual = z[i] - basis.value(model, whole)[i % 8]
    rest += residual * residual
  }
  return rest
}

/// Σ (z − mean)².
private func sumOfSquares(_ z: borrowing Span<Double>) -> Double {
  let mean = sums(z).values / Double(z.count)
  var (sum, i) = (SIMD4<Double>.zero, 0)
  while i + 4 <= z.count {
    let block = four(z, i) - mean
    sum += block * block
    i += 4
  }
  var rest = sum.sum()
  while i < z.count {
    rest += (z[i] - mean) * (z[i] - mean)
    i += 1
  }
  return rest
}

extension ShapeModel {
  /// Parameters by the names that the patterns define.
  fileprivate func parameters(_ range: Range<Int>, _ series: PreparedSeries) -> [DetectedCurve.Parameter] {
    var list: [DetectedCurve.Parameter] = []
    func add(_ name: String, _ value: Double) { list.append(.init(name: name, value: value)) }
    let direction = p[1] < 0 ? -1.0 : 1
    switch pattern {
    case .none: return []
    case .linear: add("slope", series.difference(p[1]))
    case .parabolic: add("vertex", p[2])
    case .exponential: add("rate", p[2])
    case .logarithmic: add("gain", exp(p[2]))
    case .oscillating:
      let turns = atan2(p[2], p[1]) / (2 * .pi)
      add("cycles", p[3])
      add("phase", turns < 0 ? turns + 1 : turns)
      add("damping", p[4])
    case .sigmoid:
      add("midpoint", p[2])
      add("steepness", p[3])
    case .step: add("at", Double(range.lowerBound) + (p[2] * Double(range.count - 1)).rounded(.up))
    }
    add("offset", series.price(p[0]))
    switch pattern {
    case .oscillating: add("scale", series.difference((p[1] * p[1] + p[2] * p[2]).squareRoot()))
    // The shape is exp(k·u), from the start of the curve.
    case .exponential where p[2] > 0: add("scale", series.difference(p[1] * exp(-p[2])))
    default: add("scale", series.difference(p[1]))
    }
    add("direction", pattern == .oscillating ? 1 : direction)
    return list
  }

  fileprivate func controlPoints(_ range: Range<Int>, _ series: PreparedSeries) -> [SIMD2<Double>] {
    let (first, length) = (Double(range.lowerBound), Double(range.count - 1))
    let places = DecimalGrid(range: length)
    // The price is the one at the rounded place: a steep curve is not left.
    func point(_ u: Double) -> SIMD2<Double> {
      let x = places.rounded(first + u * length)
      return [x, series.price(value((x - first) / length))]
    }
    switch pattern {
    case .none: return []
    case .linear: return [point(0), point(1)]
    case .step:
      let at = first + (p[2] * length).rounded(.up)
      return [point(0), [at, series.price(p[0] + p[1])], point(1)]
    case .parabolic: return (0...8).map { point(Double($0) / 8) }
    case .exponential, .sigmoid: return (0...96).map { point(Double($0) / 96) }
    // Denser at the ends, where a spline errs most: 40 cycles are within half a hundredth, evenly they were not within one.
    case .oscillating:
      return (0...255).map { i in
        let t = Double(i) / 255
        return point(i == 255 ? 1 : t - 0.25 * sin(2 * .pi * t) / (2 * .pi))
      }
    // It bends most at its start: points that are even in √u.
    case .logarithmic: return (0...96).map { point(Double($0 * $0) / 9216) }
    }
  }
}
