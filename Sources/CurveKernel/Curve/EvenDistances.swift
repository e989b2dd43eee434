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
    let arcs = arcLength.table.pieces[piece].arcs
    let end = Located(arcLength.table.polynomials(of: piece), 0)
    let length = arcLength.lengths[piece]
    var stroll: ArcStroll?
    for i in located.indices {
      let index = first + i
      if index >= steps, length > 0 {
        located[i] = end
        continue
      }
      let distance = length * (Double(index) / Double(steps))
      guard let place = arcLength.place(distance, piece: piece, &stroll) else {
        // Rounded up to the end, or a curve of length 0.
        located[i] = length > 0 ? end : Located(0, 0)
        continue
      }
      located[i] = arcLength.table.located(place.arc - arcs.lowerBound, place.u)
    }
  }
}
