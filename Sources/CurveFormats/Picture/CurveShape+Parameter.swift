import CurveKernel

/// What the parameter of a curve is along its polynomials.
extension CurveShape {
  /// The parameter over polynomial `k` of a piece, as a straight segment: in the units of `at`.
  func parameterSegment(_ k: Int, of piece: CurvePiece) -> LaneSegment {
    let halves = options.halves
    let whole = k / halves
    let (from, to) = ends(of: min(whole, max(piece.segments - 1, 0)), piece)
    // Behind the last polynomial stands the end of the piece.
    if whole >= piece.segments { return LaneSegment(d: piece.segments == 0 ? from : to) }
    let share = (to - from) / Double(halves)
    return LaneSegment(c: share, d: from + Double(k % halves) * share)
  }

  private func ends(of segment: Int, _ piece: CurvePiece) -> (Double, Double) {
    switch parameterColumn {
    case .even:
      let from = origin(of: piece) + Double(segment)
      return (from, from + 1)
    case .x:
      let row = (piece.points.lowerBound + segment) * dimensions
      return (points[row], piece.segments == 0 ? points[row] : points[row + dimensions])
    case .breaks: return (breaks[segment], breaks[segment + 1])
    }
  }
}

/// The parameters of a plan's samples, a range at a time.
struct SampleParameters {
  let plan: SamplePlan
  let shape: CurveShape

  /// NaN where there is a gap.
  func values(_ range: Range<Int>) -> [Double] {
    var values = [Double](repeating: .nan, count: range.count)
    plan.forEachPart(of: range, shape) { part in
      guard case .piece(let index, let piece, let samples, let place) = part else { return }
      var located = [Located](repeating: Located(0, 0), count: samples.count)
      var span = located.mutableSpan
      plan.locate(&span, shape, piece: index, first: samples.lowerBound)
      for i in located.indices {
        let segment = shape.parameterSegment(Int(located[i].segment), of: piece)
        values[place + i] = segment.c * located[i].u + segment.d
      }
    }
    return values
  }
}
