/// The vertices of a flattened curve: how many each segment has, one byte a segment; where they lie is found again when
/// they are drawn.
///
/// Memory: a byte a segment, 8 bytes each 64 segments, 16 bytes each 256 chords of a segment of many.
package final class FlatPlaces: PlaceSource {
  /// The table that was measured, and that is drawn.
  let table: FittedTable
  private let basis: Basis
  private let flatness: Flatness
  private let codes: [UInt8]
  private let pieces: [FlatPiece]
  /// Chords before each block of `perBlock` segments, counted from the piece's begin.
  private let starts: [Int]
  /// Segments of more chords than a byte tells, by their place in `codes`.
  private let many: [Int: ManyChords]
  /// Each `perCheckpoint` chords of these.
  private let checkpoints: [FlatCursor]

  static let perBlock = 64
  private static let perCheckpoint = 256

  /// - Parameter runner: does the counting on several threads; nil: on this one.
  /// - Returns: nil when rounding takes too much of the tolerance for this way of drawing.
  /// - Throws: `tooManyPoints`, before hours or memory are spent on them; `weightsTooFar`.
  init?(
    _ table: FittedTable, _ shape: CurveShape, _ flatness: Flatness, _ runner: (any PlanRunner)?
  ) throws(CurveError) {
    let basis = shape.options.basis(derivative: 0)
    let tasks = FlatChunk.tasks(shape)
    let count = { @Sendable (i: Int) in FlatChunk(tasks[i], table, basis, flatness) }
    let chunks =
      tasks.count > 1 ? runner?.map(tasks.count, count) ?? tasks.indices.map(count) : tasks.indices.map(count)
    guard chunks.allSatisfy({ !$0.isTooFine }) else { return nil }
    var pieces: [FlatPiece] = []
    var codes: [UInt8] = []
    var starts: [Int] = []
    codes.reserveCapacity(shape.entryCount)
    starts.reserveCapacity(shape.entryCount / FlatPlaces.perBlock + tasks.count)
    for (task, chunk) in zip(tasks, chunks) {
      if task.segments.lowerBound == 0 {
        let segments = shape.pieces[task.piece].segments * shape.options.halves
        pieces.append(
          FlatPiece(first: codes.count, segments: segments, entry: task.entry, firstStart: starts.count))
      }
      let before = pieces[pieces.count - 1].chords
      codes += chunk.codes
      for start in chunk.starts { starts.append(before + start) }
      pieces[pieces.count - 1].chords += chunk.chords
    }
    var counter = ManyCounter(table, basis, flatness)
    if chunks.contains(where: \.hasMany) {
      try counter.estimate(codes, pieces)
      for i in pieces.indices { try counter.count(codes, &pieces[i], &starts) }
    }
    if counter.isForced {
      guard table.block.isDouble else { return nil }
      throw shape.weightsTooFar
    }
    guard pieces.allSatisfy({ $0.chords < 1 << 31 }) else { throw .tooManyPoints(nil) }
    (self.table, self.basis, self.flatness) = (table, basis, flatness)
    (self.pieces, self.codes, self.starts) = (pieces, codes, starts)
    (many, checkpoints) = (counter.many, counter.checkpoints)
  }

  package func count(piece: Int) -> Int { pieces[piece].chords + 1 }

  package func fill(_ located: inout MutableSpan<Located>, piece index: Int, first: Int) {
    let piece = pieces[index]
    let begin = place(of: first, piece)
    var (segment, chord) = (begin.segment, begin.chord)
    var next = 0
    while next < located.count {
      if segment == piece.segments {
        located[next] = Located(segment, 0)
        next += 1
        continue
      }
      let code = codes[piece.first + segment]
      if code <= FlatCode.mostEven {
        let n = Int(code)
        while chord < n, next < located.count {
          located[next] = Located(segment, Double(chord) / Double(n))
          (chord, next) = (chord + 1, next + 1)
        }
      } else {
        next = fillFound(&located, next, piece, segment, &chord)
      }
      if next < located.count { (segment, chord) = (segment + 1, 0) }
    }
  }

  /// The begins of a segment's chords, found again from its begin or from the checkpoint before them.
  private func fillFound(
    _ located: inout MutableSpan<Located>, _ start: Int, _ piece: FlatPiece, _ segment: Int,
    _ chord: inout Int
  ) -> Int {
    var cursor = FlatCursor()
    var at = 0
    if let own = many[piece.first + segment] {
      let mark = chord / FlatPlaces.perCheckpoint
      (cursor, at) = (checkpoints[own.firstCheckpoint + mark], mark * FlatPlaces.perCheckpoint)
    }
    var next = start
    var room = Ends(repeating: 0)
    while next < located.count, cursor.u < 1 {
      let begin = cursor.u
      var ends = room.mutableSpan
      // Those before `chord`, and as many as fit.
      let wanted = min(Ends.count, max(1, chord - at + located.count - next))
      var some = ends._mutatingExtracting(0..<wanted)
      let found = table.findChords(of: piece.entry + segment, basis, flatness, &cursor, into: &some)
      for i in 0..<found {
        if at == chord, next < located.count {
          located[next] = Located(segment, i == 0 ? begin : room[i - 1])
          (next, chord) = (next + 1, chord + 1)
        }
        at += 1
      }
    }
    return next
  }

  private typealias Ends = InlineArray<128, Double>

  /// Equal codes of a run that is drawn as evenly spaced samples, or vertices that are found first.
  enum Run {
    /// Samples of `perSegment` a segment, counted from the piece's first segment.
    case even(Range<Int>, perSegment: Int)
    case found(Int)
  }

  func position(of vertex: Int, piece: Int) -> Position { place(of: vertex, pieces[piece]) }

  /// Where a vertex stands: a segment of a piece and one of its chords.
  struct Position {
    var segment, chord: Int
  }

  /// How to draw the next vertices, `most` of them at most: the longest run of one kind. Moves the position behind it.
  func run(piece index: Int, from at: inout Position, most: Int) -> Run {
    let piece = pieces[index]
    var found = 0
    while found < most, at.segment < piece.segments {
      let code = codes[piece.first + at.segment]
      if code <= FlatCode.mostEven {
        let n = Int(code)
        let limit = most - found
        var last = at.segment + 1
        while last < piece.segments, (last - at.segment) * n - at.chord < limit,
          codes[piece.first + last] == code
        { last += 1 }
        let own = min(limit, (last - at.segment) * n - at.chord + (last == piece.segments ? 1 : 0))
        if own >= FlatPlaces.shortest {
          if found > 0 { break }
          let first = at.segment * n + at.chord
          at = Position(segment: (first + own) / n, chord: (first + own) % n)
          return .even(first..<first + own, perSegment: n)
        }
      }
      let own = chords(of: piece.first + at.segment) - at.chord
      if own > most - found {
        at.chord += most - found
        return .found(most)
      }
      found += own
      at = Position(segment: at.segment + 1, chord: 0)
    }
    return .found(at.segment == piece.segments ? most : found)
  }

  /// Runs of fewer vertices are not worth a call of their own.
  private static let shortest = 12

  /// The segment that a piece's chord lies on, and its number there. The end of the last chord: the end behind the last segment.
  private func place(of chord: Int, _ piece: FlatPiece) -> Position {
    if chord >= piece.chords { return Position(segment: piece.segments, chord: 0) }
    var (low, high) = (0, (piece.segments + FlatPlaces.perBlock - 1) / FlatPlaces.perBlock)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[piece.firstStart + middle] <= chord { low = middle } else { high = middle }
    }
    var (segment, left) = (low * FlatPlaces.perBlock, chord - starts[piece.firstStart + low])
    while true {
      let own = chords(of: piece.first + segment)
      if left < own { return Position(segment: segment, chord: left) }
      (segment, left) = (segment + 1, left - own)
    }
  }

  private func chords(of place: Int) -> Int {
    let code = codes[place]
    return code == FlatCode.many ? many[place]?.chords ?? 0 : FlatCode.chords(code)
  }
}

/// One piece of a flattened curve.
struct FlatPiece {
  /// Its segments in the codes and in the table, and its blocks' place in the starts.
  let first, segments, entry, firstStart: Int
  var chords = 0

  init(first: Int, segments: Int, entry: Int, firstStart: Int) {
    (self.first, self.segments, self.entry, self.firstStart) = (first, segments, entry, firstStart)
  }
}

struct ManyChords {
  let chords, firstCheckpoint: Int
}

/// Counts the chords of segments that have more than a byte tells.
private struct ManyCounter {
  private let table: FittedTable
  private let basis: Basis
  private let flatness: Flatness
  private(set) var many: [Int: ManyChords] = [:]
  private(set) var checkpoints: [FlatCursor] = []
  private var total = 0
  /// Some chord as short as there are any deviates by more than it may.
  private(set) var isForced = false

  init(_ table: FittedTable, _ basis: Basis, _ flatness: Flatness) {
    (self.table, self.basis, self.flatness) = (table, basis, flatness)
  }

  /// Refuses what would take minutes to count and could not be drawn.
  func estimate(_ codes: [UInt8], _ pieces: [FlatPiece]) throws(CurveError) {
    var total = 0.0
    for piece in pieces {
      for i in 0..<piece.segments where codes[piece.first + i] == FlatCode.many {
        total += table.estimate(piece.entry + i, basis, flatness)
      }
    }
    guard total < 0x1p31 * 1.25 else { throw .tooManyPoints(total < 0x1p62 ? Int(total) : nil) }
  }

  /// Counts a piece's chords again, now all of them.
  mutating func count(_ codes: [UInt8], _ piece: inout FlatPiece, _ starts: inout [Int]) throws(CurveError) {
    var chords = 0
    for i in 0..<piece.segments {
      if i % FlatPlaces.perBlock == 0 { starts[piece.firstStart + i / FlatPlaces.perBlock] = chords }
      let code = codes[piece.first + i]
      chords += code == FlatCode.many ? try count(piece.first + i, piece.entry + i) : FlatCode.chords(code)
    }
    piece.chords = chords
  }

  /// - Parameter place: where the segment stands among the codes.
  private mutating func count(_ place: Int, _ segment: Int) throws(CurveError) -> Int {
    let firstCheckpoint = checkpoints.count
    var cursor = FlatCursor()
    var chords = 0
    var ends = InlineArray<256, Double>(repeating: 0)
    while cursor.u < 1, !cursor.isForced {
      checkpoints.append(cursor)
      var some = ends.mutableSpan
      chords += table.findChords(of: segment, basis, flatness, &cursor, into: &some)
      guard total + chords < 1 << 31 else { throw .tooManyPoints(nil) }
    }
    if cursor.isForced { isForced = true }
    total += chords
    many[place] = ManyChords(chords: chords, firstCheckpoint: firstCheckpoint)
    return chords
  }
}
