/// Bare numbers and pairs, plain and without needless white space, many at a time: what `scanPoints` is asked for most.
///
/// Taken are points that lie whole in `bytes[start..<end]`, each with the comma and the begin of another behind it.
///
/// - Returns: the start of the first point that was not taken.
func scanPlainPoints(
  _ bytes: Span<UInt8>, from start: Int, to end: Int, form: PointForm, into values: inout [Double]
) -> Int {
  let (atOnce, given) = (256, values.count)
  // Before it, all that a point can read is there.
  let last = min(end, bytes.count) - 2 * nearBytes
  guard start < last else { return start }
  var scanner = PlainScanner(position: start, gap: gap(bytes, at: start, form))
  while scanner.position < last {
    let before = scanner.position
    values.append(addingCapacity: atOnce) { out in
      switch form {
      case .numbers: while scanner.position < last, out.freeCapacity > 0, scanner.number(bytes, &out) {}
      case .arrays(2): while scanner.position < last, out.freeCapacity > 1, scanner.pair(bytes, &out) {}
      case .arrays, .objects: break
      }
    }
    if scanner.position == before { break }
    if values.capacity - values.count < atOnce {
      // As much room as the rest needs if it goes on like this.
      let perNumber = (scanner.position - start) / (values.count - given) + 1
      values.reserveCapacity(values.count + (end - scanner.position) / perNumber + atOnce)
    }
  }
  return scanner.position
}

/// The spaces, none or one, behind the first comma.
private func gap(_ bytes: Span<UInt8>, at start: Int, _ form: PointForm) -> Int {
  var first = start
  if case .arrays = form { first += 1 }
  return loadByte(bytes, near: first, PlainNumber(bytes, at: first).count + 1) == UInt8(ascii: " ") ? 1 : 0
}

private struct PlainScanner {
  var position: Int
  /// Spaces behind each comma: told and not looked for, so that no place waits for a byte to come from memory.
  let gap: Int

  @inline(__always)
  mutating func number(_ bytes: Span<UInt8>, _ out: inout OutputSpan<Double>) -> Bool {
    let number = PlainNumber(bytes, at: position)
    guard number.isTaken, isComma(bytes, position, number.count) else { return false }
    let next = number.count &+ 1 &+ gap
    let byte = loadByte(bytes, near: position, next)
    guard byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "-") else { return false }
    out.append(number.value)
    position &+= next
    return true
  }

  @inline(__always)
  mutating func pair(_ bytes: Span<UInt8>, _ out: inout OutputSpan<Double>) -> Bool {
    let start = position &+ 1
    let x = PlainNumber(bytes, at: start)
    guard x.isTaken, isComma(bytes, start, x.count), loadByte(bytes, near: position, 0) == UInt8(ascii: "[")
    else { return false }
    let second = start &+ x.count &+ 1 &+ gap
    let y = PlainNumber(bytes, at: second)
    guard y.isTaken, loadByte(bytes, near: second, y.count) == UInt8(ascii: "]"),
      isComma(bytes, second, y.count &+ 1)
    else { return false }
    let next = y.count &+ 2 &+ gap
    guard loadByte(bytes, near: second, next) == UInt8(ascii: "[") else { return false }
    out.append(x.value)
    out.append(y.value)
    position = second &+ next
    return true
  }

  /// Whether a comma and the gap lie `offset` behind `start`.
  @inline(__always)
  private func isComma(_ bytes: Span<UInt8>, _ start: Int, _ offset: Int) -> Bool {
    loadByte(bytes, near: start, offset) == UInt8(ascii: ",")
      && (gap == 0 || loadByte(bytes, near: start, offset &+ 1) == UInt8(ascii: " "))
  }
}
