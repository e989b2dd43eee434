/// A natural number of any size, just enough of it to make tables and to settle ties exactly.
struct BigNatural: Equatable {
  /// Lowest word first; the highest word is not zero.
  private(set) var words: [UInt64]

  init(_ value: UInt64) { words = value == 0 ? [] : [value] }

  mutating func multiply(by factor: UInt64, adding addend: UInt64 = 0) {
    var carry = addend
    for i in words.indices {
      let (high, low) = words[i].multipliedFullWidth(by: factor)
      let (sum, overflow) = low.addingReportingOverflow(carry)
      words[i] = sum
      carry = high &+ (overflow ? 1 : 0)
    }
    if carry > 0 { words.append(carry) }
  }

  mutating func multiply(byPowerOfFive exponent: Int) {
    var left = exponent
    while left > 0 {
      let step = min(left, 27)
      var factor: UInt64 = 1
      for _ in 0..<step { factor *= 5 }
      multiply(by: factor)
      left -= step
    }
  }

  /// Divides and drops the remainder.
  mutating func divide(by divisor: UInt64) {
    var remainder: UInt64 = 0
    for i in words.indices.reversed() {
      (words[i], remainder) = divisor.dividingFullWidth((remainder, words[i]))
    }
    while words.last == 0 { words.removeLast() }
  }

  mutating func shiftLeft(_ count: Int) {
    guard !words.isEmpty, count > 0 else { return }
    multiply(by: 1 << UInt64(count % 64))
    words.insert(contentsOf: repeatElement(0, count: count / 64), at: 0)
  }

  /// The 128 highest bits, the highest of them set; what lies below is dropped. Not for zero.
  var top128: (high: UInt64, low: UInt64) {
    let zeros = words[words.count - 1].leadingZeroBitCount
    let high = word(1) << zeros | (zeros == 0 ? 0 : word(2) >> (64 - zeros))
    let low = word(2) << zeros | (zeros == 0 ? 0 : word(3) >> (64 - zeros))
    return (high, low)
  }

  /// The word at `place` from the top, 1 being the highest; zero below the lowest.
  private func word(_ place: Int) -> UInt64 { place <= words.count ? words[words.count - place] : 0 }

  /// -1, 0 or 1 as `self` is less than, equal to or more than `other`.
  func compare(_ other: BigNatural) -> Int {
    guard words.count == other.words.count else { return words.count < other.words.count ? -1 : 1 }
    for i in words.indices.reversed() where words[i] != other.words[i] {
      return words[i] < other.words[i] ? -1 : 1
    }
    return 0
  }
}
