/// A piece that is flattened in guest memory, and how far its vertices are found: `FlatPlaces` for a caller that brings the
/// memory. One layout on both sides, little-endian, fields in this order.
@frozen public struct GuestFlat: BitwiseCopyable, Sendable {
  public var tolerance, base: Double
  /// Where the next vertex lies on its segment, when it is not one of equal steps.
  public var cursor: FlatCursor
  /// A segment of the piece's table, and one of its chords.
  public var segment, chord: Int32
  /// The `GuestPiece`, and a byte for each segment of its table.
  public var piece, codes: UInt32
  /// `Flatness.Drawing`.
  public var drawing, reserved: Int32

  var flatness: Flatness {
    Flatness(tolerance: tolerance, drawing: Flatness.Drawing(rawValue: drawing) ?? .float, base: base)
  }

  /// Finds the chords of every segment.
  ///
  /// - Returns: about how many the segments of code 255 have; −1 when rounding takes too much of the tolerance.
  public func code<B: FlatBlock>(
    _: B.Type, _ table: Span<Segment<B.Row>>, _ basis: Basis, into codes: inout MutableSpan<UInt8>
  ) -> Double {
    let f = flatness
    let entries = table.extracting(0..<codes.count &* basis.entries)
    let total = B.countChords(entries, basis: basis, f, into: &codes)
    guard !total.isTooFine else { return -1 }
    var many = 0.0
    guard total.many > 0 else { return many }
    for i in codes.indices where codes[i] == FlatCode.many {
      many += B.estimate(table, segment: i, basis: basis, f)
    }
    return many
  }

  /// Vertices of the piece, its end included; beyond 2³¹ it stops counting. −1: weights are too unlike (`FlatCursor.isForced`).
  public func count<B: FlatBlock>(
    _: B.Type, _ table: Span<Segment<B.Row>>, _ basis: Basis, _ codes: Span<UInt8>
  ) -> Double {
    let f = flatness
    var chords = 0.0
    for i in codes.indices {
      guard codes[i] == FlatCode.many else {
        chords += Double(FlatCode.chords(codes[i]))
        continue
      }
      var cursor = FlatCursor()
      var ends = Ends(repeating: 0)
      while cursor.u < 1, chords < 0x1p31 {
        var room = ends.mutableSpan
        chords += Double(
          B.findChords(table, segment: i, basis: basis, f, cursor: &cursor, into: &room))
        if cursor.isForced { return -1 }
      }
    }
    return chords + 1
  }

  /// The next vertices.
  public mutating func fill<B: FlatBlock>(
    _: B.Type, _ table: Span<Segment<B.Row>>, _ basis: Basis, _ codes: Span<UInt8>,
    into located: inout MutableSpan<Located>
  ) {
    let f = flatness
    var next = 0
    while next < located.count {
      let at = Int(segment)
      guard at < codes.count else {
        located[next] = Located(at, 0)
        next &+= 1
        continue
      }
      let n = Int32(codes[at])
      if n <= FlatCode.mostEven {
        while chord < n, next < located.count {
          located[next] = Located(at, Double(chord) / Double(n))
          (chord, next) = (chord &+ 1, next &+ 1)
        }
        guard chord >= n else { return }
      } else {
        while cursor.u < 1, next < located.count {
          let begin = cursor.u
          var ends = Ends(repeating: 0)
          var room = ends.mutableSpan
          var some = room._mutatingExtracting(0..<min(Ends.count, located.count &- next))
          let found = B.findChords(table, segment: at, basis: basis, f, cursor: &cursor, into: &some)
          for i in 0..<found {
            located[next] = Located(at, i == 0 ? begin : some[i &- 1])
            next &+= 1
          }
        }
        guard cursor.u >= 1 else { return }
      }
      (segment, chord, cursor) = (segment &+ 1, 0, FlatCursor())
    }
  }

  private typealias Ends = InlineArray<64, Double>
}
