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

  /// - Returns: nil when rounding takes too much of the tolerance for this way of drawing.
  /// - Throws: `tooManyPoints`, before hours or memory are spent on them.
  init?(_ table: FittedTable, _ shape: CurveShape, _ flatness: Flatness) throws(CurveError) {
    (self.table, self.flatness) = (table, flatness)
    basis = shape.options.basis(derivative: 0)
    var first = 0
    var pieces: [FlatPiece] = []
    for piece in shape.pieces {
      let segments = piece.segments * shape.options.halves
      pieces.append(FlatPiece(first: first, segments: segments, entry: piece.firstEntry))
      first += segments
    }
    var codes = [UInt8](repeating: 0, count: first)
    var starts: [Int] = []
    starts.reserveCapacity(first / FlatPlaces.perBlock + pieces.count)
    var hasMany = false
    for i in pieces.indices {
      pieces[i].firstStart = starts.count
      for block in pieces[i].blocks {
        starts.append(pieces[i].chords)
        var all = codes.mutableSpan
        var some = all._mutatingExtracting(
          pieces[i].first + block.lowerBound..<pieces[i].first + block.upperBound)
        let entry = (pieces[i].entry + block.lowerBound) * basis.entries
        let count = table.countChords(
          entry..<entry + block.count * basis.entries, basis, flatness, into: &some)
        guard !count.isTooFine else { return nil }
        pieces[i].chords += count.chords
        if count.many > 0 { hasMany = true }
      }
    }
    var counter = ManyCounter(table, basis, flatness)
    if hasMany {
      try counter.estimate(codes, pieces)
      for i in pieces.indices { try counter.count(codes, &pieces[i], &starts) }
    }
    guard pieces.allSatisfy({ $0.chords < 1 << 31 }) else { throw .tooManyPoints(nil) }
    (self.pieces, self.codes, self.starts) = (pieces, codes, starts)
    (many, checkpoints) = (counter.many, counter.checkpoints)
  }

  package func count(piece: Int) -> Int { pieces[piece].chords + 1 }

  package func fill(_ located: inout MutableSpan<Located>, piece index: Int, first: Int) {
    let piece = pieces[index]
    var (segment, chord) = place(of: first, piece)
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

  /// How to draw vertices from `first` on, `end` not included: the longest run of one kind.
  func run(piece index: Int, from first: Int, to end: Int) -> Run {
    let piece = pieces[index]
    var (segment, chord) = place(of: first, piece)
    var next = first
    while next < end, segment < piece.segments {
      let code = codes[piece.first + segment]
      if code <= FlatCode.mostEven {
        let n = Int(code)
        var last = segment + 1
        while last < piece.segments, codes[piece.first + last] == code { last += 1 }
        let end = min(end - next, (last - segment) * n - chord + (last == piece.segments ? 1 : 0))
        if end >= FlatPlaces.shortest {
          if next > first { break }
          return .even(segment * n + chord..<segment * n + chord + end, perSegment: n)
        }
      }
      next += chords(of: piece.first + segment) - chord
      (segment, chord) = (segment + 1, 0)
    }
    return .found(segment == piece.segments ? end - first : min(next, end) - first)
  }

  /// Runs of fewer vertices are not worth a call of their own.
  private static let shortest = 12

  /// The segment that a piece's chord lies on, and its number there. The end of the last chord: the end behind the last segment.
  private func place(of chord: Int, _ piece: FlatPiece) -> (segment: Int, chord: Int) {
    if chord >= piece.chords { return (piece.segments, 0) }
    var (low, high) = (0, (piece.segments + FlatPlaces.perBlock - 1) / FlatPlaces.perBlock)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[piece.firstStart + middle] <= chord { low = middle } else { high = middle }
    }
    var (segment, left) = (low * FlatPlaces.perBlock, chord - starts[piece.firstStart + low])
    while true {
      let own = chords(of: piece.first + segment)
      if left < own { return (segment, left) }
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
  /// Its segments in the codes and in the table.
  let first, segments, entry: Int
  /// Its blocks' place in the starts.
  var firstStart = 0
  var chords = 0

  init(first: Int, segments: Int, entry: Int) {
    (self.first, self.segments, self.entry) = (first, segments, entry)
  }

  /// Its segments, some at a time.
  var blocks: [Range<Int>] {
    stride(from: 0, to: segments, by: FlatPlaces.perBlock).map {
      $0..<min($0 + FlatPlaces.perBlock, segments)
    }
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
    for (block, segments) in piece.blocks.enumerated() {
      starts[piece.firstStart + block] = chords
      for i in segments {
        let code = codes[piece.first + i]
        chords += code == FlatCode.many ? try count(piece.first + i, piece.entry + i) : FlatCode.chords(code)
      }
    }
    piece.chords = chords
  }

  /// - Parameter place: where the segment stands among the codes.
  private mutating func count(_ place: Int, _ segment: Int) throws(CurveError) -> Int {
    let firstCheckpoint = checkpoints.count
    var cursor = FlatCursor()
    var chords = 0
    var ends = InlineArray<256, Double>(repeating: 0)
    while cursor.u < 1 {
      checkpoints.append(cursor)
      var some = ends.mutableSpan
      chords += table.findChords(of: segment, basis, flatness, &cursor, into: &some)
      guard total + chords < 1 << 31 else { throw .tooManyPoints(nil) }
    }
    total += chords
    many[place] = ManyChords(chords: chords, firstCheckpoint: firstCheckpoint)
    return chords
  }
}
