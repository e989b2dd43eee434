/// The boxes of a curve's arcs, some at a time: which of 100,000 arcs are worth looking at.
struct ArcBoxes: Sendable {
  /// Arcs a box.
  private static let size = 16
  private struct Block: Sendable {
    var box: ArcBox
    let piece: Int
    let arcs: Range<Int>
  }

  let whole: ArcBox
  private let blocks: [Block]

  init(_ table: MeasureTable) {
    var whole = ArcBox()
    var blocks: [Block] = []
    for (number, piece) in table.pieces.enumerated() {
      var first = piece.arcs.lowerBound
      repeat {
        let arcs = first..<min(first + ArcBoxes.size, piece.arcs.upperBound)
        var box = ArcBox()
        for arc in arcs {
          box.add(table.start(arc))
          box.add(table.arc(arc).bounds())
        }
        box.add(table.start(arcs.upperBound))
        whole.add(box)
        blocks.append(Block(box: box, piece: number, arcs: arcs))
        first = arcs.upperBound
      } while first < piece.arcs.upperBound
    }
    (self.whole, self.blocks) = (whole, blocks)
  }

  /// A place that is nearest to a point, in the table's unit.
  struct Found {
    var piece, arc: Int
    var foot: ArcFoot
  }

  /// The least distance of all: proven, since only blocks and arcs are left out whose boxes are farther.
  func nearest(to query: ArcRow, in table: MeasureTable) -> Found {
    let distances = blocks.map { $0.box.squaredDistance(to: query) }
    var best = Found(piece: 0, arc: 0, foot: ArcFoot(u: 0, squaredDistance: .infinity))
    // The nearest box first: what it gives spares most of the others.
    let first = distances.indices.min { distances[$0] < distances[$1] } ?? 0
    search(first, query, table, &best)
    for i in blocks.indices where i != first && distances[i] < best.foot.squaredDistance {
      search(i, query, table, &best)
    }
    return best
  }

  private func search(_ index: Int, _ query: ArcRow, _ table: MeasureTable, _ best: inout Found) {
    let block = blocks[index]
    for arc in block.arcs {
      let own = table.arc(arc)
      guard own.hull().squaredDistance(to: query) < best.foot.squaredDistance else { continue }
      if let foot = own.foot(of: query, nearerThan: best.foot.squaredDistance) {
        best = Found(piece: block.piece, arc: arc, foot: foot)
      }
    }
    guard block.arcs.isEmpty else { return }
    // A lone point.
    let gap = table.start(block.arcs.lowerBound) - query
    if gap.dot(gap) < best.foot.squaredDistance {
      let foot = ArcFoot(u: 0, squaredDistance: gap.dot(gap))
      best = Found(piece: block.piece, arc: block.arcs.lowerBound, foot: foot)
    }
  }
}
