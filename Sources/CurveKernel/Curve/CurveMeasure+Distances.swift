// What the measure of a curve tells of distances along it: 0 to `length`, from the curve's begin.
extension CurveMeasure {
  /// The parameter of the point so far along the curve.
  ///
  /// Where a curve stands still (a point given twice) or jumps (a step) one parameter has, or many have, the distance: it is one
  /// of them. Exact within 10⁻¹² of the length.
  ///
  /// - Throws: `optionOutOfRange` for a distance off the curve.
  public func parameter(atDistance distance: Double) throws(CurveError) -> Double {
    parameter(of: try place(atDistance: distance))
  }

  /// The point so far along the curve; on a step curve it may lie within a jump.
  ///
  /// - Throws: `optionOutOfRange` for a distance off the curve.
  public func position(atDistance distance: Double) throws(CurveError) -> [Double] {
    position(of: try place(atDistance: distance))
  }

  /// The distance along the curve from its begin to a parameter.
  ///
  /// - Throws: `outside` when the curve has no such parameter.
  public func distance(at parameter: Double) throws(CurveError) -> Double {
    let place = try place(at: parameter)
    let before = arcLength.starts[place.piece]
    let own = place.arc.map { arcLength.distance($0, place.u, piece: place.piece) } ?? 0
    return min((before + own) * table.unit, length)
  }

  private func place(atDistance distance: Double) throws(CurveError) -> Place {
    guard distance >= 0, distance <= length else {
      throw .optionOutOfRange(
        name: "distance", value: distance, range: "0 to the curve's length, \(shown(length))")
    }
    let whole = distance / table.unit
    // A curve of length 0 is at its begin, not at its end.
    let piece = whole > 0 ? arcLength.piece(at: whole) : 0
    let rest = whole - arcLength.starts[piece]
    let arcs = table.pieces[piece].arcs
    guard let found = arcLength.place(rest, piece: piece) else {
      return Place(piece: piece, index: rest > 0 ? arcs.upperBound : arcs.lowerBound, u: 0, table)
    }
    return Place(piece: piece, index: found.arc, u: found.u, table)
  }
}
