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
    guard distance < lengths[piece], !ranges[piece].isEmpty else { return nil }
    let all = panels
    let own = all.span.extracting(ranges[piece])
    let found = own[ArcPanels.index(of: distance, in: own, near: -1)]
    let arc = Int(found.arc)
    let u =
      if let cubic = table.cubicSpeed(arc) {
        ArcWalk(cubic, found).parameter(at: distance)
      } else {
        ArcWalk(table.arc(arc), found).parameter(at: distance)
      }
    return (arc, u)
  }

  /// The next arc of a piece that has a length.
  func arc(after arc: Int, piece: Int) -> Int? {
    let own = ranges[piece]
    let place = firstPanel(beyond: arc, own)
    return place < own.upperBound ? Int(panels[place].arc) : nil
  }

  /// The last arc with a length before another.
  func arc(before arc: Int, piece: Int) -> Int? {
    let own = ranges[piece]
    let place = firstPanel(beyond: arc - 1, own)
    return place > own.lowerBound ? Int(panels[place - 1].arc) : nil
  }

  private func firstPanel(beyond arc: Int, _ own: Range<Int>) -> Int {
    var (low, high) = (own.lowerBound, own.upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if panels[middle].arc > arc { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Places at distances along a piece, one after the other: a panel that holds several is made ready once.
  package func places(
    _ count: Int, piece: Int, distance: (Int) -> Double, body: (Int, (arc: Int, u: Double)?) -> Void
  ) {
    if table.isCubic {
      places(count, piece, distance, body) { table.cubicSpeed($0)! }
    } else {
      places(count, piece, distance, body) { table.arc($0) }
    }
  }

  @inline(__always)
  private func places<Speed: ArcSpeed>(
    _ count: Int, _ piece: Int, _ distance: (Int) -> Double, _ body: (Int, (arc: Int, u: Double)?) -> Void,
    _ speed: (Int) -> Speed
  ) {
    let all = panels
    let own = all.span.extracting(ranges[piece])
    var run = ArcRun<Speed>(length: lengths[piece])
    for i in 0..<count { body(i, run.place(distance(i), own, speed)) }
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
