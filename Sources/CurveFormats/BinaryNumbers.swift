/// Takes numbers of one width and byte order out of a stream of bytes.
struct BinaryNumbers {
  let scalar: ScalarType
  var isBigEndian = false

  /// Appends the whole numbers among `bytes[range]`.
  func append(_ bytes: Span<UInt8>, _ range: Range<Int>, to values: inout [Double]) {
    let count = range.count / scalar.size
    if !isBigEndian {
      let some = bytes.extracting(range)
      return scalar == .f32 ? appendFloats(some, to: &values) : appendDoubles(some, to: &values)
    }
    let base = values.count
    // Room first, then plain stores: one check of the array for all of them.
    values.append(contentsOf: repeatElement(0, count: count))
    var target = values.mutableSpan
    for i in 0..<count {
      let place = range.lowerBound + scalar.size * i
      target[base + i] =
        scalar == .f32
        ? Double(Float(bitPattern: loadFour(bytes, at: place).byteSwapped))
        : Double(bitPattern: loadEight(bytes, at: place).byteSwapped)
    }
  }
}

/// A stream of numbers: at most `limit` bytes of them, straight from a window into an array.
extension ByteWindow {
  /// Appends numbers until `limit` bytes are read, or the input ends.
  ///
  /// - Returns: how many bytes were there, which may be fewer than `limit` and end within a number.
  mutating func readNumbers(
    _ numbers: BinaryNumbers, limit: Int, into values: inout [Double],
    from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) -> Int {
    var taken = 0
    while taken < limit {
      let available = min(end - position, limit - taken)
      let whole = available / numbers.scalar.size * numbers.scalar.size
      if whole > 0 {
        numbers.append(storage.span, position..<position + whole, to: &values)
        position += whole
        taken += whole
      } else if try !refill(from: &source) {
        return taken + min(end - position, limit - taken)
      }
    }
    return taken
  }
}
