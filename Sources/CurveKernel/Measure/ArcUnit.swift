/// The unit of a table of arcs: a power of two in which squares of its coordinates are in range.
@frozen public struct ArcUnit: BitwiseCopyable, Sendable {
  /// The largest coordinate of a control point, told from its arc's begin, and of a begin.
  public var size = 0.0
  public var place = 0.0

  public init() {}

  /// Takes in a table, its end included.
  public mutating func add(_ table: Span<Segment<ArcRow>>, _ basis: Basis) {
    for index in 0..<table.count / basis.entries {
      let arc = Arc(table, basis, index, dimensions: 4)
      for i in 1...arc.degree { size = max(size, arc.control(i).largest) }
      place = max(place, arc.origin.largest)
    }
  }

  var isFinite: Bool { size.isFinite && place.isFinite }

  /// What to multiply the tables with; 1 but for curves so large or so small that the squares of their differences would
  /// leave the range, however far they lie from the origin.
  public var factor: Double {
    let isHuge = size > 0x1p400
    let isTiny = size > 0 && size < 0x1p-400 && place < 0x1p400
    return isHuge ? 0x1p-640 : isTiny ? 0x1p600 : 1
  }

  /// Tells a table in another unit; weights stay.
  public static func multiply(
    _ table: inout MutableSpan<Segment<ArcRow>>, _ basis: Basis, by factor: Double
  ) {
    for i in table.indices {
      var entry = table[i]
      switch (basis, i % basis.entries) {
      case (.rational, 1): (entry.c, entry.b) = (entry.c * factor, entry.b * factor)
      case (.rational, 2): continue
      default:
        (entry.c, entry.b) = (entry.c * factor, entry.b * factor)
        (entry.a, entry.d) = (entry.a * factor, entry.d * factor)
      }
      table[i] = entry
    }
  }
}

extension Arc {
  /// One arc of a table, by its number there.
  @inline(__always)
  init(_ table: Span<Segment<ArcRow>>, _ basis: Basis, _ index: Int, dimensions: Int) {
    switch basis {
    case .quintic: self.init(quintic: table[2 &* index], table[2 &* index &+ 1], dimensions: dimensions)
    case .rational:
      let first = 3 &* index
      self.init(rational: table[first], table[first &+ 1], table[first &+ 2], dimensions: dimensions)
    default: self.init(cubic: table[index], dimensions: dimensions)
    }
  }
}
