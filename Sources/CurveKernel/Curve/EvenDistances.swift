/// Points at even distances along a curve, ends included: constant speed. Each piece between gaps gets as many.
///
/// A point's place depends on its own number alone, so that any tile can be drawn by itself. A curve of length 0 has all
/// its points at its begin.
final class EvenDistances: PlaceSource {
  private let steps: Int
  private let arcLength: ArcLength

  /// - Throws: `tooLarge` when the curve leaves the range of Double, in which it is measured.
  init(count: Int, _ shape: CurveShape) throws(CurveError) {
    steps = count - 1
    arcLength = ArcLength(try MeasureTable(shape))
  }

  func count(piece: Int) -> Int { arcLength.table.pieces[piece].segments == 0 ? 1 : steps + 1 }

  func fill(_ located: inout MutableSpan<Located>, piece: Int, first: Int) {
    let table = arcLength.table
    let base = table.pieces[piece].arcs.lowerBound
    let end = Located(table.polynomials(of: piece), 0)
    let length = arcLength.lengths[piece]
    guard length > 0 else {
      for i in located.indices { located[i] = Located(0, 0) }
      return
    }
    var places = [Located](repeating: end, count: located.count)
    arcLength.places(located.count, piece: piece) { i in
      first + i < steps ? length * (Double(first + i) / Double(steps)) : length
    } body: { i, place in
      // The last is the curve's end itself, whatever the lengths sum up to.
      if let place, first + i < steps { places[i] = table.located(place.arc - base, place.u) }
    }
    for i in located.indices { located[i] = places[i] }
  }
}

/// How points are spaced evenly along a curve: where they lie, and what they are drawn from.
struct EvenlySpaced {
  let places: EvenDistances
  /// A step curve's staircase: a point at some distance may lie within a jump, where the step curve itself has none. It
  /// has no slope: derivatives are the steps', at the jump's parameter.
  let substitute: Substitute?

  /// - Parameter fitted: the table of positions that is drawn; nil: of Double.
  /// - Returns: nil for another sampling, or one that is refused elsewhere.
  init?(
    _ sampling: Sampling, _ shape: CurveShape, _ fitted: FittedTable?, derivative: Int
  ) throws(CurveError) {
    guard case .count(let count, .arcLength) = sampling, count >= 2 else { return nil }
    guard shape.options.family == .step, derivative == 0 else {
      (places, substitute) = (try EvenDistances(count: count, shape), nil)
      return
    }
    let stairs = try shape.stairs()
    let block = fitted?.block ?? BlockKind(lanes: shape.dimensions, isDouble: true)
    places = try EvenDistances(count: count, stairs)
    substitute = Substitute(shape: stairs, table: try FittedTable(stairs, derivative: 0, block: block))
  }
}
