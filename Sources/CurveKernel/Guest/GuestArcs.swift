/// A piece that is measured in guest memory, so that points are spaced evenly along it: `ArcLength` and `EvenDistances` for a
/// caller that brings the memory. One layout on both sides, little-endian, fields in this order.
@frozen public struct GuestArcs: BitwiseCopyable, Sendable {
  /// The piece's own, in the unit of its table.
  public var length: Double
  /// The `GuestPiece`, its table of four lanes of Double whatever the points' dimensions, and room for `ArcPanel`s.
  public var piece, panels: UInt32
  /// Of `panels`: room, and what there is of them.
  public var capacity, count: Int32
  /// From the first point to the last.
  public var steps, reserved: Int32

  /// Measures the piece. Where `count` exceeds the room there is, the panels behind it are lost: come again with more.
  ///
  /// - Shape: `arcs` is how many of the table's groups are arcs; the last group is the end.
  public mutating func measure(
    _ table: Span<Segment<ArcRow>>, _ basis: Basis, dimensions: Int, arcs: Int,
    into panels: inout MutableSpan<ArcPanel>
  ) {
    var (sum, found) = (CompensatedSum(), 0)
    for index in 0..<arcs {
      var from = 0.0
      Arc(table, basis, index, dimensions: dimensions).forEachPanel { end, length in
        if length > 0 {
          if found < panels.count {
            panels[found] = ArcPanel(start: sum.value, length: length, from: from, to: end, arc: index)
          }
          found &+= 1
        }
        from = end
        sum.add(length)
      }
    }
    (length, count) = (sum.value, Int32(truncatingIfNeeded: found))
  }

  /// Places of consecutive points, from the one of number `first` on.
  public func fill(
    _ located: inout MutableSpan<Located>, first: Int, _ table: Span<Segment<ArcRow>>, _ basis: Basis,
    dimensions: Int, arcs: Int, _ panels: Span<ArcPanel>
  ) {
    let even = EvenSteps(length: length, steps: Int(steps), end: Located(arcs, 0))
    if basis == .cubic {
      even.fill(&located, first: first, panels) { CubicSpeed(table[$0], dimensions: dimensions) }
    } else {
      even.fill(&located, first: first, panels) { Arc(table, basis, $0, dimensions: dimensions) }
    }
  }
}
