// What the measure of a curve tells of single places.
extension CurveMeasure {
  /// The curve's point at a parameter.
  ///
  /// - Throws: `outside` when the curve has no such parameter.
  public func position(at parameter: Double) throws(CurveError) -> [Double] {
    // By other than x a step curve is at its points alone: its staircase runs where the curve is not.
    if table.shape.options.family == .step, !table.shape.isByX { return try point(at: parameter) }
    return position(of: try place(at: parameter))
  }

  /// The direction of travel at a parameter: a vector of length 1.
  ///
  /// Where the derivative is 0 (a cusp, a point given twice) the direction in which the curve leaves the place, at its end
  /// the one in which it arrived; zero on a curve that is a point.
  public func tangent(at parameter: Double) throws(CurveError) -> [Double] {
    let direction = self.direction(at: try place(at: parameter))
    return (0..<dimensions).map { direction[$0] }
  }

  /// The tangent turned to the left (from the first axis to the second): (−y, x). Curves of 2 dimensions have one.
  public func normal(at parameter: Double) throws(CurveError) -> [Double] {
    guard dimensions == 2 else {
      throw .optionMismatch(name: "normal", reason: "belongs to points of 2 coordinates: take the tangent")
    }
    let direction = self.direction(at: try place(at: parameter))
    return [-direction.y, direction.x]
  }

  /// The curvature at a parameter, one over the radius of the circle that fits best; nil where there is none: at a cusp
  /// and on a point.
  ///
  /// With 2 dimensions (x′y″ − y′x″)/|y′|³, positive where the curve turns left; with 3 and 4 without a sign; with 1 it is 0.
  public func curvature(at parameter: Double) throws(CurveError) -> Double? {
    let place = try place(at: parameter)
    guard let arc = place.arc, let curvature = table.arc(arc).curvature(place.u) else { return nil }
    return curvature / table.unit + 0  // no minus zero
  }

  /// The curve's nearest point to another: the global minimum.
  ///
  /// - Throws: `wrongDimensions` when `query` has other than the curve's, `notFinite` for what is no point.
  public func nearest(to query: [Double]) throws(CurveError) -> NearestPoint {
    guard query.count == dimensions else { throw .wrongDimensions(query.count) }
    var target = ArcRow.zero
    for k in 0..<dimensions {
      guard query[k].isFinite else { throw .notFinite(index: 0) }
      target[k] = query[k] / table.unit
    }
    var searched = table
    var found = boxes.nearest(to: target, in: table)
    if !found.foot.squaredDistance.isFinite {
      // So far away that squares leave the range: a coarser unit, in which the curve may be a point.
      let size = query.reduce(max(boxes.whole.low.largest, boxes.whole.high.largest) * table.unit) {
        max($0, $1.magnitude)
      }
      searched = MeasureTable(table, unit: Double(sign: .plus, exponent: size.exponent, significand: 1))
      for k in 0..<dimensions { target[k] = query[k] / searched.unit }
      found = ArcBoxes(searched).nearest(to: target, in: searched)
    }
    let distance = found.foot.squaredDistance.squareRoot() * searched.unit
    guard distance.isFinite else { throw .tooLarge(isFloat: false) }
    let place = Place(piece: found.piece, index: found.arc, u: found.foot.u, table)
    return NearestPoint(
      point: position(of: place), parameter: parameter(of: place),
      distance: distance)
  }
}

/// A place on a curve: a piece and an arc's u; the end of a piece is its last arc's u = 1.
struct Place {
  let piece: Int
  /// The arc; nil where the piece is a point.
  let arc: Int?
  let u: Double

  init(piece: Int, index: Int, u: Double, _ table: MeasureTable) {
    let arcs = table.pieces[piece].arcs
    self.piece = piece
    arc = arcs.isEmpty ? nil : min(index, arcs.upperBound - 1)
    self.u = index < arcs.upperBound ? u : 1
  }
}

extension CurveMeasure {
  func place(at parameter: Double) throws(CurveError) -> Place { try table.place(at: parameter, index: 0) }

  /// A step curve's point at a parameter.
  private func point(at parameter: Double) throws(CurveError) -> [Double] {
    let place = try place(at: parameter)
    let (segment, u) =
      place.arc.map {
        table.partition.segment($0 - table.pieces[place.piece].arcs.lowerBound, place.u)
      } ?? (0, 0)
    let isNext =
      switch table.shape.options.placement {
      case .after: u == 1
      case .before: u > 0
      case .middle: u >= 0.5
      }
    let points = table.shape.pieces[place.piece].points
    let index = points.lowerBound + (segment + (isNext ? 1 : 0)) % points.count
    return Array(table.shape.points[index * dimensions..<(index + 1) * dimensions])
  }

  func position(of place: Place) -> [Double] {
    var point: ArcRow
    if let arc = place.arc {
      point = table.point(arc, place.u)
    } else {
      point = table.start(table.pieces[place.piece].arcs.lowerBound)
    }
    point *= table.unit
    return (0..<dimensions).map { point[$0] }
  }

  private func direction(at place: Place) -> ArcRow {
    guard let arc = place.arc else { return .zero }
    let arcs = table.pieces[place.piece].arcs
    // What the curve does next …
    if !(arc + 1 == arcs.upperBound && place.u == 1) {
      var way = table.arc(arc).directionAfter(place.u)
      var next = arc
      while way == .zero, let other = arcLength.arc(after: next, piece: place.piece) {
        way = table.arc(other).directionAfter(0)
        next = other
      }
      if way != .zero { return way }
    }
    // … or, at its end, has done.
    var way = table.arc(arc).directionBefore(place.u)
    var last = arc
    while way == .zero, let other = arcLength.arc(before: last, piece: place.piece) {
      way = table.arc(other).directionBefore(1)
      last = other
    }
    return way
  }

  func parameter(of place: Place) -> Double {
    let piece = table.pieces[place.piece]
    guard let arc = place.arc else { return table.shape.parameter(segment: 0, 0, piece: place.piece) }
    let (segment, u) = table.partition.segment(arc - piece.arcs.lowerBound, place.u)
    return table.shape.parameter(segment: segment, u, piece: place.piece)
  }
}

extension MeasureTable {
  /// The place of a parameter; at a joint the right-hand segment counts, except at the last.
  ///
  /// - Throws: `outside`, with this index.
  func place(at parameter: Double, index: Int) throws(CurveError) -> Place {
    guard let piece = shape.piece(at: parameter) else {
      let (first, last) = shape.parameterRange
      guard parameter >= first, parameter <= last else {
        throw .outside(index: index, value: parameter, first: first, last: last)
      }
      throw .inGap(index: index, value: parameter)
    }
    let located = shape.locate(parameter, piece: piece)
    let arcs = pieces[piece].arcs
    guard located.segment < pieces[piece].segments else {
      return Place(piece: piece, index: arcs.upperBound, u: 0, self)
    }
    let (arc, u) = partition.arc(Int(located.segment), located.u)
    return Place(piece: piece, index: arcs.lowerBound + arc, u: u, self)
  }
}
