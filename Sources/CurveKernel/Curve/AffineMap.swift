/// A map of points that keeps lines straight: x ↦ A·x + t.
public struct AffineMap: Sendable, Equatable {
  /// A, row by row: as many rows, and numbers in each, as a point has coordinates.
  public let matrix: [[Double]]
  /// t.
  public let translation: [Double]

  /// - Throws: `optionMismatch` when the matrix is not square or the translation is of another size, or they hold what is no
  ///   finite number.
  public init(matrix: [[Double]], translation: [Double]) throws(CurveError) {
    for row in matrix + [translation] {
      guard row.count == matrix.count else {
        throw .optionMismatch(
          name: "affine map", reason: "of \(matrix.count) rows: give as many numbers in each, and to move by")
      }
      for number in row where !number.isFinite {
        throw .optionMismatch(name: "affine map", reason: "holds \(number): give finite numbers")
      }
    }
    (self.matrix, self.translation) = (matrix, translation)
  }

  /// Moves everything by a vector.
  public static func translation(_ vector: [Double]) throws(CurveError) -> AffineMap {
    try scaling([Double](repeating: 1, count: vector.count), thenMoving: vector)
  }

  /// Multiplies each coordinate by its factor, then moves.
  public static func scaling(
    _ factors: [Double], thenMoving vector: [Double] = []
  ) throws(CurveError) -> AffineMap {
    let rows = factors.indices.map { i in factors.indices.map { $0 == i ? factors[i] : 0 } }
    let zero = [Double](repeating: 0, count: factors.count)
    return try AffineMap(matrix: rows, translation: vector.isEmpty ? zero : vector)
  }

  /// A·x + t; without t for vectors, such as tangents.
  func apply(_ x: [Double], isVector: Bool = false) -> [Double] {
    matrix.indices.map { i in
      var sum = 0.0
      for k in x.indices { sum += matrix[i][k] * x[k] }
      return isVector ? sum : sum + translation[i]
    }
  }

  func apply(_ x: ArcRow) -> ArcRow {
    var result = ArcRow.zero
    for i in matrix.indices {
      for k in matrix.indices { result[i] += matrix[i][k] * x[k] }
    }
    return result
  }
}

extension Curve {
  /// The curve of the mapped points: every point x of the curve becomes A·x + t.
  ///
  /// The kind stays where its mapped control points make that curve. Kinds that measure distances (`alpha` above 0, chordal
  /// and centripetal), are run by x, choose slopes by each coordinate alone (`monotone`, `akima`, `makima`) or choose λ become
  /// the `linear`, `bezier` or `b-spline` curve of their segments, as `part` makes them.
  ///
  /// - Throws: `optionMismatch` for a map of other dimensions, `tooLarge` when points leave the range.
  public func mapped(by map: AffineMap) throws(CurveError) -> Curve {
    guard map.matrix.count == dimensions else {
      throw .optionMismatch(
        name: "affine map", reason: "of \(map.matrix.count) dimensions: the curve has \(dimensions)")
    }
    guard let kind = mappedKind(map) else { return try mappedArcs(map) }
    var flat: [Double] = []
    flat.reserveCapacity(shape.points.count)
    for i in 0..<pointCount {
      let point = Array(shape.points[i * dimensions..<(i + 1) * dimensions])
      let isGap = point.contains { $0.isNaN }
      for x in isGap ? point.map({ _ in Double.nan }) : map.apply(point) {
        guard isGap || x.isFinite else { throw .tooLarge(isFloat: false) }
        flat.append(x)
      }
    }
    return try Curve(kind, flat: flat, dimensions: dimensions, closed: isClosed, gaps: .break)
  }

  private func mappedKind(_ map: AffineMap) -> CurveKind? {
    guard [.uniform].contains(shape.options.parameterization) || kind.name == "linear" && !shape.isByX else {
      return nil
    }
    switch kind {
    case .monotone, .akima, .makima, .smoothing(nil, _): return nil
    case .catmullRom(let alpha, _, _) where alpha > 0: return nil
    case .hermite(let tangents): return .hermite(tangents: tangents.map { map.apply($0, isVector: true) })
    case .cubic(.clamped(let start, let end), let p):
      return .cubic(
        boundary: .clamped(start: map.apply(start, isVector: true), end: map.apply(end, isVector: true)),
        parameterization: p)
    default: return kind
    }
  }

  private func mappedArcs(_ map: AffineMap) throws(CurveError) -> Curve {
    let table = try MeasureTable(shape)
    var writer = ArcWriter(table)
    // The table's coordinates are told in its unit, and so is the translation.
    var move = ArcRow.zero
    for k in 0..<dimensions { move[k] = map.translation[k] / table.unit }
    for (number, piece) in table.pieces.enumerated() {
      if number > 0 { writer.gap() }
      for arc in piece.arcs { writer.add(table.arc(arc).mapped(by: map, move)) }
      writer.end(map.apply(table.start(piece.arcs.upperBound)) + move)
    }
    return try writer.curve()
  }
}

extension Arc {
  fileprivate func mapped(by map: AffineMap, _ move: ArcRow) -> Arc {
    var n = self.n
    for i in 0...degree { n[i] = map.apply(n[i]) }
    return Arc(
      degree: degree, isRational: isRational, dimensions: dimensions, origin: map.apply(origin) + move, n: n,
      w: w)
  }
}
