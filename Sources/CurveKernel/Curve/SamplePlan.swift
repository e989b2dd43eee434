/// Which samples a rendering consists of: any range of them can be drawn alone.
package struct SamplePlan: Sendable {
  package enum Mode: Sendable, Equatable {
    case even(Int)
    /// `steps + 1` points a piece.
    case count(steps: Int)
    case at([Double])
  }

  package let mode: Mode
  /// Points of the whole result, those between pieces included.
  package let count: Int
  /// Where each piece's points begin in the result.
  package let starts: [Int]

  /// - Throws: what is wrong with the sampling; parameters off the curve with their index.
  package init(_ sampling: Sampling, _ shape: CurveShape) throws(CurveError) {
    switch sampling {
    case .samplesPerSegment(let s):
      guard s >= 1, s <= 1 << 31 else {
        throw .wrongSampling(name: "samplesPerSegment", value: s, smallest: 1)
      }
      mode = .even(s)
    case .count(let k):
      guard k >= 2, k <= 1 << 31 else { throw .wrongSampling(name: "count", value: k, smallest: 2) }
      mode = .count(steps: k - 1)
    case .at(let parameters):
      try SamplePlan.check(parameters, shape)
      mode = .at(parameters)
      (count, starts) = (parameters.count, [])
      return
    }
    var starts: [Int] = []
    starts.reserveCapacity(shape.pieces.count)
    var total = 0
    for piece in shape.pieces {
      if total > 0 { total += 1 }
      starts.append(total)
      total += try SamplePlan.count(mode, piece)
      guard total <= 1 << 31 else { throw .tooManyPoints(shape.pieces.count == 1 ? total : nil) }
    }
    (count, self.starts) = (total, starts)
  }

  /// Points of one piece.
  package static func count(_ mode: Mode, _ piece: CurvePiece) throws(CurveError) -> Int {
    switch mode {
    case .even(let samples):
      let (product, overflows) = piece.segments.multipliedReportingOverflow(by: samples)
      guard !overflows, product < Int.max else { throw .tooManyPoints(nil) }
      return product + 1
    case .count(let steps): return piece.segments == 0 ? 1 : steps + 1
    case .at(let parameters): return parameters.count
    }
  }

  private static func check(_ parameters: [Double], _ shape: CurveShape) throws(CurveError) {
    guard !parameters.isEmpty else {
      throw .wrongSampling(name: "the number of parameters in at", value: 0, smallest: 1)
    }
    guard parameters.count <= 1 << 31 else { throw .tooManyPoints(parameters.count) }
    let (first, last) = shape.parameterRange
    for (i, t) in parameters.enumerated() where !(t >= first && t <= last) {
      throw .outside(index: i, value: t, first: first, last: last)
    }
  }
}

extension CurveShape {
  /// The parameters that lie on the curve, gaps between them included.
  package var parameterRange: (first: Double, last: Double) {
    guard let first = pieces.first, let last = pieces.last else { return (0, 0) }
    if isByX {
      return (points[first.points.lowerBound * dimensions], points[(last.points.upperBound - 1) * dimensions])
    }
    if pieces.count == 1, first.points.lowerBound == 0 { return (0, Double(first.segments)) }
    return (Double(first.points.lowerBound), Double(last.points.upperBound - 1))
  }
}

/// A stretch of a range of output points.
package enum PlanPart {
  /// The points `points` of one piece; they go to `place`, counted from the range's begin.
  case piece(CurvePiece, points: Range<Int>, place: Int)
  /// The point between two pieces.
  case gap(place: Int)
}

extension SamplePlan {
  /// Cuts a range of output points at the pieces' ends. Not for `at`, whose points belong to no order of pieces.
  package func forEachPart(of range: Range<Int>, _ shape: CurveShape, _ body: (PlanPart) -> Void) {
    var index = pieceIndex(of: range.lowerBound)
    var next = range.lowerBound
    while next < range.upperBound, index < starts.count {
      let start = starts[index]
      let end = index + 1 < starts.count ? starts[index + 1] - 1 : count
      if next < end {
        let stop = min(end, range.upperBound)
        body(.piece(shape.pieces[index], points: next - start..<stop - start, place: next - range.lowerBound))
        next = stop
      }
      if next == end, next < range.upperBound {
        body(.gap(place: next - range.lowerBound))
        next += 1
        index += 1
      }
    }
  }

  /// The piece that holds an output point or the gap behind it.
  private func pieceIndex(of point: Int) -> Int {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= point { low = middle } else { high = middle }
    }
    return low
  }

  /// Where samples lie in the table; u is NaN where there is no curve.
  package func locate(_ range: Range<Int>, _ shape: CurveShape, into located: inout [Located]) {
    let d = shape.dimensions
    switch mode {
    case .at(let parameters):
      var near = 0
      for i in range { located.append(shape.locate(parameters[i], near: &near)) }
    case .count(let steps):
      forEachPart(of: range, shape) { part in
        switch part {
        case .gap: located.append(Located(0, .nan))
        case .piece(let piece, let samples, _):
          let points = shape.points.span.extracting(piece.points.lowerBound * d..<piece.points.upperBound * d)
          var near = 0
          for i in samples {
            var place = Locate.even(
              i, steps: steps, segments: piece.segments, points: points, dimensions: d, byX: shape.isByX,
              near: near)
            near = Int(place.segment)
            place.segment += Int32(truncatingIfNeeded: piece.firstEntry)
            located.append(place)
          }
        }
      }
    case .even: break
    }
  }
}

extension CurveShape {
  /// The place of a parameter on the piece that has it.
  fileprivate func locate(_ t: Double, near: inout Int) -> Located {
    var (low, high) = (0, pieces.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      let first = pieces[middle].points.lowerBound
      if (isByX ? points[first * dimensions] : Double(first)) <= t { low = middle } else { high = middle }
    }
    let piece = pieces[low]
    let range = piece.points.lowerBound * dimensions..<piece.points.upperBound * dimensions
    let own =
      isByX || pieces.count == 1 && low == 0 && piece.points.lowerBound == 0
      ? t : t - Double(piece.points.lowerBound)
    let last = isByX ? points[range.upperBound - dimensions] : Double(piece.segments)
    guard own <= last else { return Located(piece.firstEntry, .nan) }
    var place = Locate.at(
      own, segments: piece.segments, points: points.span.extracting(range), dimensions: dimensions,
      byX: isByX,
      near: near)
    near = Int(place.segment)
    place.segment += Int32(truncatingIfNeeded: piece.firstEntry)
    return place
  }
}
