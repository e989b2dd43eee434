/// A checked curve as numbers: what native and WebAssembly backends fit and draw.
///
/// A class: its arrays travel as one reference.
package final class CurveShape: Sendable {
  package let options: FitOptions
  package let dimensions: Int
  /// Flat and interleaved, gaps included.
  package let points: [Double]
  /// The tangents of a Hermite curve (flat, like `points`), the two end slopes of a clamped one, the weights of a
  /// rational one (one a point), then given knots and their breaks, else empty.
  package let extra: [Double]
  /// Where the segments of given knots meet: one more than segments; empty where each segment is one long.
  package let breaks: [Double]
  /// The curves between the gaps; one where there is none.
  package let pieces: [CurvePiece]

  /// - Throws: the first fault met, with its index.
  package init(
    _ kind: CurveKind, points: [Double], dimensions: Int, closed: Bool, gaps: Gaps
  ) throws(CurveError) {
    guard (1...4).contains(dimensions) else { throw .wrongDimensions(dimensions) }
    guard points.count % dimensions == 0 else { throw .ragged(numbers: points.count, dimensions: dimensions) }
    guard !points.isEmpty else { throw .noPoints }
    let options = kind.options(dimensions: dimensions, closed: closed)
    self.dimensions = dimensions
    self.points = points
    try CurveShape.check(kind, options, dimensions)
    let given = try CurveShape.extra(kind, options, dimensions, pointCount: points.count / dimensions)
    breaks = try CurveShape.breaks(kind, options, pointCount: points.count / dimensions)
    extra = given + breaks
    if areFinite(points.span) {
      let all = 0..<points.count / dimensions
      try CurveShape.checkPiece(kind, options, points, dimensions, all, isAlone: true)
      try CurveShape.checkTangents(extra, options, dimensions, all)
      pieces = [CurveShape.piece(all, options, breaks, firstEntry: 0)]
      self.options = try CurveShape.resolved(kind, options, points, dimensions, pieces)
      return
    }
    let ranges = try CurveShape.split(points, dimensions, options, gaps)
    guard breaks.isEmpty || ranges.count == 1 && ranges[0].count == points.count / dimensions else {
      throw .optionMismatch(
        name: "knots", reason: "cannot run over gaps: leave them out, or send each curve by itself")
    }
    var pieces: [CurvePiece] = []
    pieces.reserveCapacity(ranges.count)
    for range in ranges {
      try CurveShape.checkPiece(kind, options, points, dimensions, range, isAlone: ranges.count == 1)
      try CurveShape.checkTangents(extra, options, dimensions, range)
      if let before = pieces.last?.points, options.parameterization == .x {
        // One x, one curve: also over gaps.
        let last = points[(before.upperBound - 1) * dimensions]
        guard last < points[range.lowerBound * dimensions] else { throw .notRising(index: range.lowerBound) }
      }
      let entry = pieces.last.map { $0.firstEntry + $0.segments * options.halves + 1 } ?? 0
      pieces.append(CurveShape.piece(range, options, breaks, firstEntry: entry))
    }
    self.pieces = pieces
    self.options = try CurveShape.resolved(kind, options, points, dimensions, pieces)
  }

  /// The options with what the points themselves decide: chosen here, once, so that every backend fits with the same number.
  private static func resolved(
    _ kind: CurveKind, _ options: FitOptions, _ points: [Double], _ dimensions: Int, _ pieces: [CurvePiece]
  ) throws(CurveError) -> FitOptions {
    guard case .smoothing(nil, _) = kind else { return options }
    var (resolved, choice) = (
      options, SmoothingChoice(options, points: points, dimensions: dimensions, pieces: pieces)
    )
    resolved.lambda = try choice.lambda()
    return resolved
  }

  private static func piece(
    _ range: Range<Int>, _ options: FitOptions, _ breaks: [Double], firstEntry: Int
  ) -> CurvePiece {
    let segments =
      range.count == 1
      ? 0 : breaks.isEmpty ? Fit.segmentCount(options, pointCount: range.count) : breaks.count - 1
    return CurvePiece(points: range, segments: segments, firstEntry: firstEntry)
  }

  /// The first coordinate runs the curve.
  package var isByX: Bool { options.parameterization == .x }
  /// Groups of entries of the segment table over all pieces: one a polynomial, and one for each piece's end.
  package var entryCount: Int {
    pieces.last.map { $0.firstEntry + $0.segments * options.halves + 1 } ?? 0
  }

  /// Entries of a group.
  package var stride: Int { options.basis(derivative: 0).entries }

  /// The numbers of `extra` that belong to a piece.
  package func extraRange(of piece: CurvePiece) -> Range<Int> {
    switch options.family {
    case .hermite: piece.points.lowerBound * dimensions..<piece.points.upperBound * dimensions
    case .nurbs where breaks.isEmpty: piece.points
    default: 0..<extra.count
    }
  }

  /// What runs a piece: its parameter's value at each joint and how many numbers lie between two of them; nothing where
  /// every segment is one long.
  package var parameterColumn: ParameterColumn {
    !breaks.isEmpty ? .breaks : isByX ? .x : .even
  }
}

/// What the parameter of a curve counts.
package enum ParameterColumn: Sendable {
  /// Segments.
  case even
  /// The first coordinate.
  case x
  /// Given knots.
  case breaks
}

/// One curve between gaps.
package struct CurvePiece: Sendable, Equatable {
  /// Its control points, counted over the whole input.
  package let points: Range<Int>
  package let segments: Int
  /// Where its entries of the segment table begin.
  package let firstEntry: Int
}

extension CurveShape {
  private static func check(_ kind: CurveKind, _ o: FitOptions, _ dimensions: Int) throws(CurveError) {
    guard o.alpha >= 0, o.alpha <= 1 else {
      throw .optionOutOfRange(name: "alpha", value: o.alpha, range: "0 (uniform) to 1 (chordal)")
    }
    for (name, value) in [("tension", o.tension), ("continuity", o.continuity), ("bias", o.bias)] {
      guard value.isFinite else {
        throw .optionOutOfRange(name: name, value: value, range: "a finite number")
      }
    }
    if o.parameterization == .x {
      guard dimensions > 1 else {
        throw .optionMismatch(
          name: "parameterization x", reason: "needs points of 2 to 4 coordinates: 1-D points run by uniform")
      }
      guard !o.isClosed else {
        throw .optionMismatch(
          name: "parameterization x",
          reason: "cannot be closed, since x must increase: choose uniform or chordal")
      }
    }
    try checkSplines(kind, o)
    if case .cubic(let boundary?, _) = kind, o.isClosed, boundary != .periodic {
      throw .optionMismatch(name: "boundary", reason: "of a closed curve is periodic: leave it out")
    }
  }

  private static func extra(
    _ kind: CurveKind, _ o: FitOptions, _ dimensions: Int, pointCount: Int
  ) throws(CurveError) -> [Double] {
    switch kind {
    case .hermite(let tangents):
      guard tangents.count == pointCount else {
        throw .wrongTangents(index: nil, count: tangents.count, needed: pointCount)
      }
      var flat: [Double] = []
      flat.reserveCapacity(pointCount * dimensions)
      for (i, tangent) in tangents.enumerated() {
        guard tangent.count == dimensions else {
          throw .wrongTangents(index: i, count: tangent.count, needed: dimensions)
        }
        flat += tangent
      }
      return flat
    case .cubic(.clamped(let start, let end), _):
      return try slopes(start, o, dimensions) + slopes(end, o, dimensions)
    case .nurbs(_, let weights, let knots):
      return try self.weights(weights, pointCount: pointCount) + self.knots(knots)
    case .bSpline(_, let knots): return self.knots(knots)
    default: return []
    }
  }

  /// Those of a piece; tangents of gaps may be anything.
  private static func checkTangents(
    _ tangents: [Double], _ o: FitOptions, _ dimensions: Int, _ range: Range<Int>
  ) throws(CurveError) {
    guard o.family == .hermite else { return }
    for i in range.lowerBound * dimensions..<range.upperBound * dimensions where !tangents[i].isFinite {
      throw .tangentNotFinite(index: i / dimensions)
    }
  }

  private static func slopes(
    _ given: [Double], _ o: FitOptions, _ dimensions: Int
  ) throws(CurveError) -> [Double] {
    let isX = o.parameterization == .x
    for value in given where !value.isFinite {
      throw .optionOutOfRange(name: "slopes", value: value, range: "finite numbers")
    }
    if given.isEmpty { return (isX ? [1] : [0]) + [Double](repeating: 0, count: dimensions - 1) }
    if given.count == dimensions {
      guard !isX || given[0] == 1 else {
        throw .optionOutOfRange(
          name: "slopes", value: given[0],
          range: "per unit of x: 1 as the first number of a slope, or leave it out")
      }
      return given
    }
    guard isX, given.count == dimensions - 1 else {
      throw .wrongSlopes(count: given.count, needed: dimensions)
    }
    return [1] + given
  }

  /// The ranges of points between gaps.
  private static func split(
    _ points: [Double], _ dimensions: Int, _ o: FitOptions, _ gaps: Gaps
  ) throws(CurveError) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var first = 0
    let count = points.count / dimensions
    for i in 0..<count {
      var isGap = false
      for k in i * dimensions..<(i + 1) * dimensions where !points[k].isFinite {
        guard points[k].isNaN else { throw .notFinite(index: i) }
        isGap = true
      }
      if isGap {
        guard gaps == .break else { throw .gap(index: i) }
        guard !o.isClosed else {
          throw .optionMismatch(
            name: "gaps break", reason: "cannot be closed: point \(i) is a gap; leave closed out")
        }
        if first < i { ranges.append(first..<i) }
        first = i + 1
      }
    }
    if first < count { ranges.append(first..<count) }
    guard !ranges.isEmpty else { throw .noPoints }
    return ranges
  }

  private static func checkPiece(
    _ kind: CurveKind, _ o: FitOptions, _ points: [Double], _ dimensions: Int, _ range: Range<Int>,
    isAlone: Bool
  ) throws(CurveError) {
    let n = range.count
    if n == 1, !isAlone { return }  // a lone point between gaps is drawn as itself
    let needed = smallest(kind, o)
    guard n >= needed else {
      throw .tooFewPoints(kind: kind.name, count: n, needed: needed, from: range.lowerBound)
    }
    if let rule = wrongCount(o, n) {
      throw .wrongPointCount(kind: kind.name, count: n, rule: rule, from: range.lowerBound)
    }
    if o.parameterization == .x {
      for i in range.dropFirst() where !(points[(i - 1) * dimensions] < points[i * dimensions]) {
        throw .notRising(index: i)
      }
      let span = points[(range.upperBound - 1) * dimensions] - points[range.lowerBound * dimensions]
      guard span.isFinite else { throw .tooLarge(isFloat: false) }
    }
    if o.family == .cubic, o.boundary == .periodic, !o.isClosed {
      let (first, last) = (range.lowerBound * dimensions, (range.upperBound - 1) * dimensions)
      let isX = o.parameterization == .x
      for k in (isX ? 1 : 0)..<dimensions where points[first + k] != points[last + k] {
        throw .notPeriodic(index: range.upperBound - 1, isX: isX)
      }
    }
  }

  private static func smallest(_ kind: CurveKind, _ o: FitOptions) -> Int {
    if case .interpolatingBSpline(let degree, _) = kind { return degree + 1 }
    return switch o.family {
    case .bezier: o.isClosed ? 3 : 4
    case .quadraticBezier: o.isClosed ? 2 : 3
    case .bSpline, .nurbs: o.isClosed ? max(Int(o.degree), 2) : Int(o.degree) + 1
    case .cubic: o.boundary == .periodic && !o.isClosed ? 3 : 2
    default: 2
    }
  }

  private static func wrongCount(_ o: FitOptions, _ n: Int) -> String? {
    switch o.family {
    case .bezier: n % 3 == (o.isClosed ? 0 : 1) ? nil : o.isClosed ? "3k" : "3k + 1"
    case .quadraticBezier: n % 2 == (o.isClosed ? 0 : 1) ? nil : o.isClosed ? "2k" : "2k + 1"
    default: nil
    }
  }
}

/// Whether all numbers are finite: 0·x is NaN where x is not, and so is a sum of them. Eight at a time: one sum would
/// wait for the last.
private func areFinite(_ numbers: Span<Double>) -> Bool {
  var (low, high) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
  var i = 0
  while i &+ 7 < numbers.count {
    low += 0 * SIMD4(numbers[i], numbers[i &+ 1], numbers[i &+ 2], numbers[i &+ 3])
    high += 0 * SIMD4(numbers[i &+ 4], numbers[i &+ 5], numbers[i &+ 6], numbers[i &+ 7])
    i &+= 8
  }
  var rest = 0.0
  while i < numbers.count {
    rest += 0 * numbers[i]
    i &+= 1
  }
  return (low + high).sum() + rest == 0
}
