/// The counting of some segments: what one thread does at a time.
package struct FlatChunk: Sendable {
  let codes: [UInt8]
  /// Chords before each block of `FlatPlaces.perBlock` segments.
  let starts: [Int]
  /// Chords of all segments but those of code 255.
  let chords: Int
  let hasMany, isTooFine: Bool

  init(_ task: FlatTask, _ table: FittedTable, _ basis: Basis, _ flatness: Flatness) {
    var codes = [UInt8](repeating: 0, count: task.segments.count)
    var starts: [Int] = []
    starts.reserveCapacity(task.segments.count / FlatPlaces.perBlock + 1)
    var total = FlatCount()
    for first in stride(from: 0, to: codes.count, by: FlatPlaces.perBlock) {
      starts.append(total.chords)
      let own = first..<min(first + FlatPlaces.perBlock, codes.count)
      let entry = (task.entry + task.segments.lowerBound + first) * basis.entries
      var all = codes.mutableSpan
      var some = all._mutatingExtracting(own)
      let count = table.countChords(entry..<entry + own.count * basis.entries, basis, flatness, into: &some)
      total.chords += count.chords
      total.many += count.many
      total.isTooFine = count.isTooFine
      if count.isTooFine { break }
    }
    (self.codes, self.starts) = (codes, starts)
    (chords, hasMany, isTooFine) = (total.chords, total.many > 0, total.isTooFine)
  }

  /// Pieces, the long ones in parts of whole blocks.
  static func tasks(_ shape: CurveShape) -> [FlatTask] {
    var tasks: [FlatTask] = []
    for (index, piece) in shape.pieces.enumerated() {
      let segments = piece.segments * shape.options.halves
      for first in stride(from: 0, to: max(segments, 1), by: mostSegments) {
        tasks.append(
          FlatTask(
            piece: index, segments: first..<min(first + mostSegments, segments), entry: piece.firstEntry))
      }
    }
    return tasks
  }

  /// Some tens of microseconds.
  private static let mostSegments = 128 * FlatPlaces.perBlock
}

/// Segments of a piece, and where the piece begins in the table.
struct FlatTask: Sendable {
  let piece: Int
  let segments: Range<Int>
  let entry: Int
}

/// Does parts of a plan on several threads.
package protocol PlanRunner: Sendable {
  /// The results of items 0..<count, in order.
  func map<Result: Sendable>(_ count: Int, _ item: @escaping @Sendable (Int) -> Result) -> [Result]
}
