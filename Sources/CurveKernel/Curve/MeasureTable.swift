/// A curve's arcs in Double: what all its measures are computed from, whatever its own output type.
///
/// A class: its arrays travel as one reference. Coordinates are told in a unit, a power of two: 1 but for curves so large or so
/// small that the squares of their differences would leave the range, however far they lie from the origin.
package final class MeasureTable: Sendable {
  package let shape: CurveShape
  package let pieces: [ArcPiece]
  /// What a coordinate of 1 in the table stands for.
  package let unit: Double
  let partition: ArcPartition
  private let basis: Basis
  private let entries: [Segment<ArcRow>]

  /// - Throws: `tooLarge` when the curve leaves the range of Double, `weightsTooFar` when it runs too unevenly.
  package init(_ shape: CurveShape) throws(CurveError) {
    try shape.checkMeasurable()
    self.shape = shape
    let partition = ArcPartition(shape)
    self.partition = partition
    basis = partition.isStaircase ? .cubic : shape.options.basis(derivative: 0)
    var entries = partition.isStaircase ? Staircase.table(shape) : try MeasureTable.fitted(shape)
    unit = try MeasureTable.scale(&entries, basis)
    self.entries = entries
    var first = 0
    pieces = shape.pieces.map { piece in
      let arcs = first..<first + piece.segments * partition.arcsPerSegment
      first = arcs.upperBound + 1
      return ArcPiece(arcs: arcs, segments: piece.segments)
    }
  }

  /// The same in another unit, above it by a power of two.
  init(_ other: MeasureTable, unit: Double) {
    (shape, pieces, partition, basis) = (other.shape, other.pieces, other.partition, other.basis)
    var entries = other.entries
    MeasureTable.multiply(&entries, other.basis, by: other.unit / unit)
    (self.entries, self.unit) = (entries, unit)
  }

  package var dimensions: Int { shape.dimensions }

  /// One arc, by its number in `pieces`.
  package func arc(_ index: Int) -> Arc { MeasureTable.arc(entries, basis, index, dimensions) }

  var isCubic: Bool { basis == .cubic }

  /// The point at an arc's u: of a cubic to the bit what the evaluators draw.
  func point(_ index: Int, _ u: Double) -> ArcRow {
    // At its end an arc is the next one's first point.
    if u == 1 { return start(index + 1) }
    guard isCubic else { return arc(index).origin + arc(index).jet(u).offset }
    let (s, rest) = (entries[index], 1 - u)
    let both = u * rest
    return ((s.b * (both * rest) + s.a * (both * u)) + s.c * u) + s.d
  }

  /// The speed of an arc that is a cubic.
  @inline(__always)
  func cubicSpeed(_ index: Int) -> CubicSpeed? {
    isCubic ? CubicSpeed(entries[index], dimensions: dimensions) : nil
  }

  /// The first point of an arc, or the last point of the piece that ends there.
  package func start(_ index: Int) -> ArcRow { entries[index * basis.entries].d }

  /// Polynomials of a piece of the curve's own table.
  func polynomials(of piece: Int) -> Int {
    partition.isStaircase ? pieces[piece].segments : pieces[piece].arcs.count
  }

  /// The place in the curve's own table of an arc's u, counted within a piece.
  func located(_ arc: Int, _ u: Double) -> Located {
    guard partition.isStaircase else { return Located(arc, u) }
    let (segment, u) = partition.segment(arc, u)
    return Located(segment, u)
  }

  private static func arc(
    _ entries: [Segment<ArcRow>], _ basis: Basis, _ index: Int, _ dimensions: Int
  ) -> Arc {
    Arc(entries.span, basis, index, dimensions: dimensions)
  }

  private static func fitted(_ shape: CurveShape) throws(CurveError) -> [Segment<ArcRow>] {
    guard case .double4(let table) = try FittedTable(shape, derivative: 0, block: .double4) else { return [] }
    return table
  }

  /// Tells a table in a unit in which squares of coordinates are in range, and says which.
  private static func scale(
    _ entries: inout [Segment<ArcRow>], _ basis: Basis
  ) throws(CurveError) -> Double {
    var unit = ArcUnit()
    unit.add(entries.span, basis)
    guard unit.isFinite else { throw .tooLarge(isFloat: false) }
    guard unit.factor != 1 else { return 1 }
    multiply(&entries, basis, by: unit.factor)
    return 1 / unit.factor
  }

  private static func multiply(_ entries: inout [Segment<ArcRow>], _ basis: Basis, by factor: Double) {
    var span = entries.mutableSpan
    ArcUnit.multiply(&span, basis, by: factor)
  }
}

/// The arcs of one curve between gaps.
package struct ArcPiece: Sendable, Equatable {
  /// Behind them stands the piece's last point.
  package let arcs: Range<Int>
  /// Segments that `at` counts.
  package let segments: Int
}

/// How the segments that `at` counts are made of arcs.
enum ArcPartition: Sendable {
  case whole
  /// Two polynomials.
  case halves
  /// Runs and jumps of a staircase.
  case after, before, middle

  init(_ shape: CurveShape) {
    guard shape.options.family == .step else {
      self = shape.options.halves == 2 ? .halves : .whole
      return
    }
    switch shape.options.placement {
    case .after: self = .after
    case .before: self = .before
    case .middle: self = .middle
    }
  }

  var isStaircase: Bool {
    switch self {
    case .whole, .halves: false
    case .after, .before, .middle: true
    }
  }

  var arcsPerSegment: Int {
    switch self {
    case .whole: 1
    case .halves, .after, .before: 2
    case .middle: 3
    }
  }

  /// The arc of a segment's u, both counted within a piece.
  func arc(_ segment: Int, _ u: Double) -> (arc: Int, u: Double) {
    switch self {
    case .whole: (segment, u)
    case .halves: u < 0.5 ? (2 * segment, 2 * u) : (2 * segment + 1, 2 * u - 1)
    case .after: (2 * segment, u)
    case .before: u > 0 ? (2 * segment + 1, u) : (2 * segment, 0)
    case .middle: u < 0.5 ? (3 * segment, 2 * u) : (3 * segment + 2, 2 * u - 1)
    }
  }

  /// The segment's u of an arc's u; a jump is where its curve jumps.
  func segment(_ arc: Int, _ u: Double) -> (segment: Int, u: Double) {
    let (segment, part) = arc.quotientAndRemainder(dividingBy: arcsPerSegment)
    switch self {
    case .whole: return (segment, u)
    case .halves: return (segment, 0.5 * (Double(part) + u))
    case .after: return part == 0 ? (segment, u) : (segment + 1, 0)
    case .before: return part == 0 ? (segment, 0) : (segment, u)
    case .middle: return (segment, part == 0 ? 0.5 * u : part == 1 ? 0.5 : 0.5 + 0.5 * u)
    }
  }
}
