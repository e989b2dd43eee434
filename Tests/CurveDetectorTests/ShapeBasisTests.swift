import Testing

@testable import CurveDetector

/// Shapes by recurrence, and the slopes of a fit, against formulas and differences.
@Suite struct ShapeBasisTests {
  static let models: [ShapeModel] = Pattern.allCases.flatMap { pattern in
    [(0.4, 11.0), (0.7, 78)].map { a, b in
      let bends: [Pattern: SIMD2<Double>] = [
        .parabolic: [a, 0], .exponential: [b / 8, 0], .logarithmic: [b / 20, 0], .oscillating: [b / 6, a],
        .sigmoid: [a, b], .step: [a, 0],
      ]
      var model = ShapeModel(pattern, start: bends[pattern] ?? .zero)
      for i in 0..<model.linearCount { model.p[i] = 0.7 - 0.5 * Double(i) }
      return model
    }
  }

  @Test(arguments: models.indices, [(0.0, 1.0, 100), (0, 1, 5003), (-9, 11, 301)])
  func `values are those of the shape's formula`(place: Int, among: (Double, Double, Int)) {
    let (model, (first, last, count)) = (Self.models[place], among)
    let step = (last - first) / Double(count - 1)
    var basis = ShapeBasis(first: first, step: step, count: count)
    basis.fill(model)
    var most = 0.0
    for i in 0..<count {
      let u = first + Double(i) * step
      // A jump just at a sample may fall on either side of it.
      if model.pattern == .step, abs(u - model.p[2]) < 1e-9 { continue }
      let value = model.value(u)
      most = max(most, abs(basis.value(model, i / 8)[i % 8] - value) / max(1, abs(value)))
    }
    #expect(most < 1e-10, "\(model.pattern)")
  }

  @Test(arguments: models.indices)
  func `a fit's equations hold the slopes of what is left`(place: Int) throws {
    let model = Self.models[place]
    guard model.pattern != .step else { return }
    var dice = Dice(seed: 5)
    let z = (0..<100).map { _ in dice.normal() }
    var points = FitPoints(z.span, most: 256)
    let found = points.equations(model, unknowns: model.count)
    func left(_ model: ShapeModel) -> Double {
      z.indices.reduce(0) { sum, i in
        let r = z[i] - model.value(Double(i) / 99)
        return sum + r * r
      }
    }
    #expect(abs(found.error - left(model)) < 1e-9 * found.error)
    for k in 0..<model.count {
      var (up, down) = (model, model)
      let small = 1e-5 * max(1, abs(model.p[k]))
      up.p[k] += small
      down.p[k] -= small
      let slope = (left(down) - left(up)) / (4 * small)
      #expect(abs(found.right[k] - slope) < 1e-4 * max(1, abs(slope)), "\(model.pattern) parameter \(k)")
    }
  }

  @Test func `means of cells share a value across an edge`() {
    // Cells of two and a half values.
    let z: [Double] = [1, 2, 4, 8, 16]
    let cells = binned(z, 2)
    #expect(abs(cells[0] - (1 + 2 + 2) / 2.5) < 1e-15)
    #expect(abs(cells[1] - (2 + 8 + 16) / 2.5) < 1e-15)
    #expect(binned(z, 5) == z)
  }
}
