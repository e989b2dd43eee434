/// Which samples a rendering consists of: any range of them can be drawn alone.
package struct SamplePlan: Sendable {
  package enum Mode: Sendable {
    case even(Int)
    /// `steps + 1` points a piece.
    case count(steps: Int)
    case at([Double])
    case places(any PlaceSource)
  }

  package let mode: Mode
  /// Points of the whole result, those between pieces included.
  package let count: Int
  /// Where each piece's points begin in the result.
  package let starts: [Int]

  /// What `Locate.fill` reads.
  package var located: (steps: Int, parameters: [Double]) {
    switch mode {
    case .even: (1, [])
    case .count(let steps): (steps, [])
    case .at(let parameters): (1, parameters)
    case .places: (1, [])
    }
  }

  /// What is drawn in place of the curve's own table, where there is such.
  package let substitute: Substitute?

  /// - Parameters:
  ///   - fitted: the table of positions that is drawn; nil: one of Double.
  ///   - derivative: of what is drawn.
  ///   - runner: for plans that take a while; nil: this thread.
  /// - Throws: what is wrong with the sampling; parameters off the curve with their index.
  package init(
    _ sampling: Sampling, _ shape: CurveShape, _ fitted: FittedTable? = nil, derivative: Int = 0,
    runner: (any PlanRunner)? = nil
  ) throws(CurveError) {
    let flat = try Flattened(sampling, shape, fitted, derivative: derivative, runner)
    let evenly = try EvenlySpaced(sampling, shape, fitted, derivative: derivative)
    substitute = flat?.substitute ?? evenly?.substitute
    switch sampling {
    case .samplesPerSegment(let s):
      guard s >= 1, s <= 1 << 31 else {
        throw .wrongSampling(name: "samplesPerSegment", value: s, smallest: 1)
      }
      mode = .even(s)
    case .count(let k, _):
      guard k >= 2, k <= 1 << 31 else { throw .wrongSampling(name: "count", value: k, smallest: 2) }
      mode = evenly.map { .places($0.places) } ?? .count(steps: k - 1)
    case .tolerance: mode = flat.map { .places($0.places) } ?? .even(1)
    case .at(let parameters):
      try SamplePlan.check(parameters, shape)
      mode = .at(parameters)
      (count, starts) = (parameters.count, [])
      return
    }
    if shape.pieces.count == 1 {
      count = try SamplePlan.count(mode, shape.pieces[0], index: 0)
      starts = atZero
      guard count <= 1 << 31 else { throw .tooManyPoints(count) }
      return
    }
    var starts: [Int] = []
    starts.reserveCapacity(shape.pieces.count)
    var total = 0
    for (index, piece) in shape.pieces.enumerated() {
      if total > 0 { total += 1 }
      starts.append(total)
      total += try SamplePlan.count(mode, piece, index: index)
      guard total <= 1 << 31 else { throw .tooManyPoints(nil) }
    }
    (count, self.starts) = (total, starts)
  }

  /// Points of one piece.
  package static func count(_ mode: Mode, _ piece: CurvePiece, index: Int) throws(CurveError) -> Int {
    switch mode {
    case .even(let samples):
      let (product, overflows) = piece.segments.multipliedReportingOverflow(by: samples)
      guard !overflows, product < Int.max else { throw .tooManyPoints(nil) }
      return product + 1
    case .count(let steps): return piece.segments == 0 ? 1 : steps + 1
    case .at(let parameters): return parameters.count
    case .places(let source): return source.count(piece: index)
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

/// Another curve or table that a plan's samples are drawn from.
package struct Substitute: Sendable {
  /// The staircase of a step curve, else the curve itself.
  package let shape: CurveShape
  /// Of another scalar than the output's: its points are rounded when they are drawn.
  package let table: FittedTable
}

/// Where the one piece of a curve without gaps begins.
private let atZero = [0]

extension CurveShape {
  /// The parameters that lie on the curve, gaps between them included.
  package var parameterRange: (first: Double, last: Double) {
    guard let first = pieces.first, let last = pieces.last else { return (0, 0) }
    return (parameters(of: first).lowerBound, parameters(of: last).upperBound)
  }
}

/// A stretch of a range of output points.
package enum PlanPart {
  /// Samples `samples` of a piece, the number of which comes first (for `at`: these parameters); they go to `place`, counted from the range's begin.
  case piece(Int, CurvePiece, samples: Range<Int>, place: Int)
  /// A point where there is no curve: between two pieces, or `at` a parameter in a gap.
  case gap(place: Int)
}

extension SamplePlan {
  /// Cuts a range of output points at the pieces' ends.
  package func forEachPart(of range: Range<Int>, _ shape: CurveShape, _ body: (PlanPart) -> Void) {
    if case .at(let parameters) = mode { return forEachRun(of: range, parameters, shape, body) }
    var index = pieceIndex(of: range.lowerBound)
    var next = range.lowerBound
    while next < range.upperBound, index < starts.count {
      let start = starts[index]
      let end = index + 1 < starts.count ? starts[index + 1] - 1 : count
      if next < end {
        let stop = min(end, range.upperBound)
        body(
          .piece(
            index, shape.pieces[index], samples: next - start..<stop - start, place: next - range.lowerBound))
        next = stop
      }
      if next == end, next < range.upperBound {
        body(.gap(place: next - range.lowerBound))
        next += 1
        index += 1
      }
    }
  }

  /// Runs of parameters on the same piece.
  private func forEachRun(
    of range: Range<Int>, _ parameters: [Double], _ shape: CurveShape, _ body: (PlanPart) -> Void
  ) {
    var next = range.lowerBound
    while next < range.upperBound {
      let place = next - range.lowerBound
      guard let index = shape.piece(at: parameters[next]) else {
        body(.gap(place: place))
        next += 1
        continue
      }
      let piece = shape.pieces[index]
      let bounds = shape.parameters(of: piece)
      let first = next
      repeat { next += 1 } while next < range.upperBound && bounds.contains(parameters[next])
      body(.piece(index, piece, samples: first..<next, place: place))
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
}

extension CurveShape {
  /// What `at` may ask of one piece.
  func parameters(of piece: CurvePiece) -> ClosedRange<Double> {
    if let first = breaks.first, let last = breaks.last { return first...last }
    if isByX {
      return points[piece.points.lowerBound * dimensions]...points[(piece.points.upperBound - 1) * dimensions]
    }
    let origin = origin(of: piece)
    return origin...origin + Double(piece.segments)
  }

  /// The parameter of a piece's begin, where every segment is one long: pieces are counted by their points, and a
  /// B-spline with uniform knots begins at knot `degree`.
  package func origin(of piece: CurvePiece) -> Double {
    let isSpline = options.family == .bSpline || options.family == .nurbs
    let lead = isSpline && options.knots == .uniform && !options.isClosed ? Int(options.degree) : 0
    return Double(piece.points.lowerBound + lead)
  }

  /// The number of the piece that a parameter lies on.
  func piece(at t: Double) -> Int? {
    var (low, high) = (0, pieces.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if parameters(of: pieces[middle]).lowerBound <= t { low = middle } else { high = middle }
    }
    return parameters(of: pieces[low]).contains(t) ? low : nil
  }
}
