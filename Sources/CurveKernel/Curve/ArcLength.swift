/// Lengths along a curve, and places at distances along it.
///
/// Made once, in memory of some 40 bytes a panel, and a panel or a few a segment; then any place is found alone.
/// Distances are in the table's unit, told from each piece's begin.
package final class ArcLength: Sendable {
  package let table: MeasureTable
  /// Each piece's panels, in order; none where its length is 0.
  private let panels: [ArcPanel]
  private let ranges: [Range<Int>]
  /// Each piece's length, and the lengths of those before it.
  package let lengths, starts: [Double]
  /// The whole length, gaps not counted.
  package let total: Double

  package init(_ table: MeasureTable) {
    self.table = table
    var panels: [ArcPanel] = []
    var ranges: [Range<Int>] = []
    var lengths: [Double] = []
    var starts: [Double] = []
    var total = CompensatedSum()
    for piece in table.pieces {
      let first = panels.count
      var sum = CompensatedSum()
      for arc in piece.arcs {
        var from = 0.0
        table.arc(arc).forEachPanel { end, length in
          if length > 0 {
            panels.append(ArcPanel(start: sum.value, length: length, from: from, to: end, arc: arc))
          }
          from = end
          sum.add(length)
        }
      }
      ranges.append(first..<panels.count)
      lengths.append(sum.value)
      starts.append(total.value)
      total.add(sum.value)
    }
    (self.panels, self.ranges, self.lengths) = (panels, ranges, lengths)
    (self.starts, self.total) = (starts, total.value)
  }

  /// The last piece that begins at or before a distance along the whole curve.
  package func piece(at distance: Double) -> Int {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if starts[middle] <= distance { low = middle } else { high = middle }
    }
    return low
  }

  /// The arc and its u at a distance along a piece; nil at the piece's end and beyond.
  package func place(_ distance: Double, piece: Int) -> (arc: Int, u: Double)? {
    var walk: ArcStroll?
    return place(distance, piece: piece, &walk)
  }

  /// The same for one distance after the other: what the last one found is looked at first.
  @inline(__always)
  func place(_ distance: Double, piece: Int, _ stroll: inout ArcStroll?) -> (arc: Int, u: Double)? {
    if let stroll, stroll.piece == piece, stroll.walk.holds(distance) {
      return (stroll.arc, stroll.walk.parameter(at: distance))
    }
    guard distance < lengths[piece], !ranges[piece].isEmpty else { return nil }
    let near = stroll?.piece == piece ? stroll!.panel : -1
    let all = panels
    let own = all.span.extracting(ranges[piece])
    let index = ArcPanels.index(of: distance, in: own, near: near)
    let arc = Int(own[index].arc)
    let walk = ArcWalk(table.arc(arc), own[index])
    stroll = ArcStroll(piece: piece, panel: index, arc: arc, walk: walk)
    return (arc, walk.parameter(at: distance))
  }

  /// The distance of an arc's u from its piece's begin.
  package func distance(_ arc: Int, _ u: Double, piece: Int) -> Double {
    let own = panels[ranges[piece]]
    var (low, high) = (own.startIndex, own.endIndex)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      let panel = own[middle]
      if panel.arc < arc || (panel.arc == arc && panel.from <= u) { low = middle } else { high = middle }
    }
    guard low < own.endIndex else { return 0 }
    let panel = own[low]
    if arc < panel.arc { return panel.start }
    if arc > panel.arc || u >= panel.to { return panel.start + panel.length }
    return panel.start + table.arc(arc).length8(panel.from, u).length
  }
}

/// The panel that was walked on last.
struct ArcStroll {
  let piece, panel, arc: Int
  let walk: ArcWalk
}

/// A sum that does not lose what is small beside it. Source: Neumaier 1974.
struct CompensatedSum {
  private var sum = 0.0
  private var lost = 0.0

  var value: Double { sum + lost }

  mutating func add(_ x: Double) {
    let next = sum + x
    lost += sum.magnitude >= x.magnitude ? (sum - next) + x : (x - next) + sum
    sum = next
  }
}
