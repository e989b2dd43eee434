extension Curve {
  /// The stretch of the curve between two parameters, as `Sampling.at` counts them: the same points, told exactly.
  ///
  /// It is a `linear` curve where the segments are straight (a step curve gives the staircase that is drawn), a `bezier` one
  /// where they are cubics, else a `b-spline` or `nurbs` of degree 5. Its segments are the curve's, the first and last cut,
  /// two for each of an interpolating B-spline of even degree; its parameter counts them from 0.
  ///
  /// - Throws: `outside` for a parameter off the curve or in a gap (0: `first`, 1: `last`), `optionOutOfRange` when `last` is not above
  ///   `first`, `optionMismatch` for splines of degree 4 and 5 and rational ones over a gap.
  public func part(from first: Double, to last: Double) throws(CurveError) -> Curve {
    guard first < last else {
      throw .optionOutOfRange(
        name: "the part's end", value: last, range: "more than its begin, \(shown(first))")
    }
    let table = try MeasureTable(shape)
    let begin = try table.place(at: first, index: 0)
    let end = try table.place(at: last, index: 1)
    var writer = ArcWriter(table)
    for index in begin.piece...end.piece {
      if index > begin.piece { writer.gap() }
      let arcs = table.pieces[index].arcs
      var (from, to) = ((arc: arcs.lowerBound, u: 0.0), (arc: arcs.upperBound, u: 0.0))
      if index == begin.piece, let arc = begin.arc { from = (arc, begin.u) }
      if index == end.piece, let arc = end.arc { to = (arc, end.u) }
      if from.u == 1 { from = (from.arc + 1, 0) }
      if to.u == 1 { to = (to.arc + 1, 0) }
      var point = table.start(from.arc)
      var arc = from.arc
      while arc < to.arc || arc == to.arc && to.u > 0 {
        let own = table.arc(arc)
        let (a, b) = (arc == from.arc ? from.u : 0, arc == to.arc ? to.u : 1)
        guard a < b else { break }
        let piece = a == 0 && b == 1 ? own : own.part(a, b)
        writer.add(piece)
        point = b == 1 ? table.start(arc + 1) : piece.origin + piece.control(piece.degree)
        arc += 1
      }
      if arc == from.arc, from.u > 0 { point = table.arc(arc).split(from.u).tail.origin }
      writer.end(point)
    }
    return try writer.curve()
  }

  /// The curve before a parameter and the one behind it, as `part` gives them.
  ///
  /// - Throws: as `part`; a parameter at an end leaves nothing on one side and is refused.
  public func split(at parameter: Double) throws(CurveError) -> (head: Curve, tail: Curve) {
    let (first, last) = shape.parameterRange
    guard parameter > first, parameter < last else {
      throw .outside(index: 0, value: parameter, first: first, last: last)
    }
    return (try part(from: first, to: parameter), try part(from: parameter, to: last))
  }
}
