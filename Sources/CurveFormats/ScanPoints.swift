/// How a point is written, and of how many numbers it consists.
enum PointForm {
  case numbers
  case arrays(Int)
  case objects(Int)

  /// The form of a point of `dimensions` coordinates that begins with `byte`.
  init?(_ byte: UInt8, _ dimensions: Int) {
    switch byte {
    case UInt8(ascii: "["): self = .arrays(dimensions)
    case UInt8(ascii: "{"): self = .objects(dimensions)
    default:
      guard dimensions == 1 else { return nil }
      self = .numbers
    }
  }
}

/// Reads points of one form as long as each lies whole in `bytes[start..<end]`, a comma behind it.
///
/// Anything else, gaps and faults included, is left to the careful reader, which also words the errors.
///
/// - Returns: the start of the first point that was not taken.
func scanPoints(
  _ bytes: Span<UInt8>, from start: Int, to end: Int, form: PointForm, into values: inout [Double]
) -> Int {
  var (position, pause) = (start, 0)
  while true {
    if pause == 0 {
      let start = position
      position = scanPlainPoints(bytes, from: start, to: end, form: form, into: &values)
      // Where numbers are longer than that, it is not asked before each of them.
      pause = position == start ? 16 : 0
    } else {
      pause -= 1
    }
    let whole = values.count
    var scan = PointScanner(position: position, end: end)
    let isTaken =
      switch form {
      case .numbers: scan.number(bytes, &values)
      case .arrays(let count): scan.array(bytes, count, &values)
      case .objects(let count): scan.object(bytes, count, &values)
      }
    guard isTaken, scan.take(UInt8(ascii: ","), bytes), scan.isBeforeByte(bytes),
      bytes[scan.position] != UInt8(ascii: "]")
    else {
      values.removeLast(values.count - whole)
      return position
    }
    position = scan.position
  }
}

/// Walks over one point; each method is false when it finds something else.
private struct PointScanner {
  var position: Int
  let end: Int

  @inline(__always)
  mutating func isBeforeByte(_ bytes: Span<UInt8>) -> Bool {
    while position < end, isJSONSpace(bytes[position]) { position += 1 }
    return position < end
  }

  @inline(__always)
  mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
    // Mostly no space comes first.
    if position < end, bytes[position] == byte {
      position += 1
      return true
    }
    guard isBeforeByte(bytes), bytes[position] == byte else { return false }
    position += 1
    return true
  }

  @inline(__always)
  mutating func number(_ bytes: Span<UInt8>, _ values: inout [Double]) -> Bool {
    guard isBeforeByte(bytes) else { return false }
    let scan = scanDecimal(bytes, from: position, to: end, strict: true)
    guard scan.fault == nil else { return false }
    values.append(scan.value)
    position = scan.next
    return true
  }

  @inline(__always)
  mutating func array(_ bytes: Span<UInt8>, _ count: Int, _ values: inout [Double]) -> Bool {
    guard take(UInt8(ascii: "["), bytes), number(bytes, &values) else { return false }
    for _ in 1..<count {
      guard take(UInt8(ascii: ","), bytes), number(bytes, &values) else { return false }
    }
    return take(UInt8(ascii: "]"), bytes)
  }

  mutating func object(_ bytes: Span<UInt8>, _ count: Int, _ values: inout [Double]) -> Bool {
    for place in 0..<count {
      guard take(UInt8(ascii: place == 0 ? "{" : ","), bytes), name(place, bytes), number(bytes, &values)
      else { return false }
    }
    return take(UInt8(ascii: "}"), bytes)
  }

  /// The name of coordinate `place` and its colon.
  private mutating func name(_ place: Int, _ bytes: Span<UInt8>) -> Bool {
    guard take(UInt8(ascii: "\""), bytes), end - position >= 2 else { return false }
    let letter = place == 3 ? UInt8(ascii: "w") : UInt8(ascii: "x") + UInt8(truncatingIfNeeded: place)
    guard bytes[position] == letter, bytes[position + 1] == UInt8(ascii: "\"") else { return false }
    position += 2
    return take(UInt8(ascii: ":"), bytes)
  }
}
