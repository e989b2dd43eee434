/// How a curve is flattened for one output type: where its vertices lie, and what they are drawn from.
struct Flattened {
  let places: any PlaceSource
  let substitute: Substitute?

  /// - Parameter fitted: the table of positions; nil: of Double.
  /// - Returns: nil for another sampling.
  /// - Throws: `optionOutOfRange`, `toleranceTooFine`, `tooManyPoints`.
  init?(
    _ sampling: Sampling, _ shape: CurveShape, _ fitted: FittedTable?, derivative: Int,
    _ runner: (any PlanRunner)?
  ) throws(CurveError) {
    guard case .tolerance(let tolerance) = sampling else { return nil }
    guard tolerance > 0, tolerance.isFinite else {
      throw .optionOutOfRange(name: "tolerance", value: tolerance, range: "a finite number above 0")
    }
    let block = fitted?.block ?? BlockKind(lanes: shape.dimensions, isDouble: true)
    guard shape.options.family == .step else {
      let table: FittedTable
      if let fitted { table = fitted } else { table = try FittedTable(shape, derivative: 0, block: block) }
      let (places, wide) = try Flattened.places(tolerance, shape, table, runner)
      self.places = places
      substitute = derivative > 0 ? nil : wide.map { Substitute(shape: shape, table: $0) }
      return
    }
    // The staircase is a curve of its own, of straight segments; it has no slope, so derivatives are the steps'.
    let stairs = try shape.stairs()
    let table = try FittedTable(stairs, derivative: 0, block: block)
    let (places, wide) = try Flattened.places(tolerance, stairs, table, runner)
    self.places = derivative > 0 ? StairPlaces(shape) : places
    substitute = derivative > 0 ? nil : Substitute(shape: stairs, table: wide ?? table)
  }

  /// Vertices, and a table of Double where Float's rounding in between would take too much of the tolerance.
  private static func places(
    _ tolerance: Double, _ shape: CurveShape, _ table: FittedTable, _ runner: (any PlanRunner)?
  ) throws(CurveError) -> (FlatPlaces, wide: FittedTable?) {
    let isFloat = !table.block.isDouble
    if let places = try FlatPlaces(
      table, shape, Flatness(tolerance: tolerance, drawing: isFloat ? .float : .double), runner)
    {
      return (places, nil)
    }
    let block = BlockKind(lanes: table.block.lanes, isDouble: true)
    let wide = isFloat ? try FittedTable(shape, derivative: 0, block: block) : table
    // In the points' own units: what is lost does not depend on the tolerance.
    let reach = wide.reach(shape, Flatness(tolerance: 1, drawing: .double))
    let base = isFloat ? reach.lostToFloat : 0
    let least = (base + reach.inner) * 1.002
    if isFloat, tolerance > least {
      let flatness = Flatness(tolerance: tolerance, drawing: .doubleRoundedToFloat, base: base)
      if let places = try FlatPlaces(wide, shape, flatness, runner) { return (places, wide) }
    }
    throw .toleranceTooFine(
      tolerance, isFloat: isFloat, largest: reach.largest,
      step: isFloat ? 2 * Flatness.halfUlpOfFloat(reach.largest) : reach.largest.ulp,
      least: twoDigits(above: least))
  }
}

extension FlatReach {
  fileprivate var largest: Double { coordinates.max() }

  /// What rounding a point to Float moves it by, at most: half an ulp in each coordinate.
  fileprivate var lostToFloat: Double {
    var square = 0.0
    let unit = Flatness.halfUlpOfFloat(largest)
    for k in 0..<4 where coordinates[k] > 0 {
      let part = Flatness.halfUlpOfFloat(coordinates[k]) / unit
      square += part * part
    }
    return unit * square.squareRoot()
  }
}

/// The next larger number of two digits.
private func twoDigits(above x: Double) -> Double {
  guard x > 0, x.isFinite else { return x }
  var (exponent, rest) = (0, x)
  while rest >= 100 { (exponent, rest) = (exponent + 1, rest / 10) }
  while rest < 10 { (exponent, rest) = (exponent - 1, rest * 10) }
  return Double("\(Int(rest.rounded(.up)))e\(exponent)") ?? x
}
