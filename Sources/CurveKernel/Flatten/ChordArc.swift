/// A segment that can be cut into chords.
protocol ChordArc {
  /// At least the largest distance of the curve between two places from the chord that joins them.
  func deviation(_ u0: Double, _ u1: Double) -> Double
  /// The length of the second derivative at 0: it decides where the search for the first chord begins.
  var firstGuess: Double { get }
}

extension ChordArc {
  /// Moves a cursor to the end of a chord that deviates by `room` at most and, where the search finds it in a few steps,
  /// by hardly less: the farthest that a greedy polyline reaches.
  ///
  /// Deviation grows about as the square of the length, so the search takes secants of its square root, kept within the
  /// bracket of the longest chord that fits and the shortest that does not.
  ///
  /// A chord one step of the grid long is taken even where it deviates by more, which only rational segments of very
  /// unlike weights do (`Flatness`): the cursor then says so.
  @inline(__always) func advance(_ cursor: inout FlatCursor, room: Double, _ f: Flatness) {
    let u0 = cursor.u
    var isForced = false
    var (low, lowRoot) = (u0, 0.0)
    var (high, highRoot) = (2.0, 0.0)
    let full = room.squareRoot()
    let aim = 0.985 * full
    var length = cursor.length > 0 ? cursor.length : full * (8 / firstGuess).squareRoot()
    if !(length < 1) { length = 1 }
    var tries = 0
    while true {
      var u1 = (u0 + length + f.gridding) - f.gridding
      if u1 >= high { u1 = high - f.step }
      if u1 <= low { u1 = low + f.step }
      if u1 >= 1 { u1 = 1 }
      if u1 >= high { break }
      let deviation = deviation(u0, u1)
      tries += 1
      let root = deviation.squareRoot()
      if deviation <= room || u1 <= u0 + f.step {
        (low, lowRoot) = (u1, root)
        isForced = !(deviation <= room)
        if u1 == 1 || root >= 0.97 * full { break }
      } else {
        (high, highRoot) = (u1, root)
      }
      if low > u0, tries >= 10 { break }
      if high > 1 {
        length = (low - u0) * (root > 0.25 * aim ? aim / root : 4)
        if u0 + 1.1 * length > 1 { length = 1 - u0 }
        continue
      }
      // Between what fits and what does not: a secant, and halves when it crawls.
      let width = high - low
      var part = (aim - lowRoot) / (highRoot - lowRoot)
      if tries > 5 { part = 0.5 }
      part = !(part > 0.05) ? 0.05 : part > 0.95 ? 0.95 : part
      length = low - u0 + width * part
      if tries > 60 { length = 0 }
    }
    cursor.length = low - u0
    if lowRoot > 0.5 * aim { cursor.length *= aim / lowRoot }
    cursor.u = low
    if isForced { cursor.length = .infinity }
  }

  /// Chords from a cursor to the segment's end; it stops short of it after `most`.
  @inline(__always) func count(_ cursor: inout FlatCursor, room: Double, most: Int, _ f: Flatness) -> Int {
    var chords = 0
    while cursor.u < 1, chords < most, !cursor.isForced {
      advance(&cursor, room: room, f)
      chords += 1
    }
    return chords
  }
}
