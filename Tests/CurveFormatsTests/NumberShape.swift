/// How the numbers of one comparison look.
struct NumberShape: Sendable, CustomStringConvertible {
  var seed: Int
  var integerDigits, fractionDigits: Int
  var exponents: ClosedRange<Int>?
  var batches = 8000

  var description: String {
    "\(integerDigits).\(fractionDigits) digits, exponents \(exponents.map { "\($0)" } ?? "none")"
  }

  /// Eight times 512,000, one of 896,000 and one of 128,000 numbers.
  static let all = [
    NumberShape(seed: 1, integerDigits: 3, fractionDigits: 3, exponents: nil, batches: 14_000),
    NumberShape(seed: 2, integerDigits: 1, fractionDigits: 16, exponents: -330 ... -300),
    NumberShape(seed: 3, integerDigits: 1, fractionDigits: 16, exponents: -307 ... -1),
    NumberShape(seed: 4, integerDigits: 1, fractionDigits: 16, exponents: 1...307),
    NumberShape(seed: 5, integerDigits: 9, fractionDigits: 8, exponents: nil),
    NumberShape(seed: 6, integerDigits: 17, fractionDigits: 0, exponents: -40...40),
    NumberShape(seed: 7, integerDigits: 1, fractionDigits: 15, exponents: -345...305),
    NumberShape(seed: 8, integerDigits: 4, fractionDigits: 12, exponents: nil),
    NumberShape(seed: 9, integerDigits: 10, fractionDigits: 12, exponents: -300...290),
    NumberShape(seed: 10, integerDigits: 20, fractionDigits: 40, exponents: -320...280, batches: 2000),
  ]

  /// Writes 64 numbers into `text`, each with a zero byte behind it.
  func fill(_ text: inout [UInt8], _ starts: inout [Int], _ random: inout SplitMix) {
    var position = 0
    for i in 0..<64 {
      starts[i] = position
      let choice = random.next()
      if choice & 1 == 1 {
        text[position] = UInt8(ascii: "-")
        position += 1
      }
      digits(integerDigits, &text, &position, &random)
      if fractionDigits > 0 {
        text[position] = UInt8(ascii: ".")
        position += 1
        digits(fractionDigits, &text, &position, &random)
      }
      if let exponents { exponent(exponents, choice >> 8, &text, &position) }
      text[position] = 0
      position += 1
    }
    starts[64] = position
  }

  private func digits(_ count: Int, _ text: inout [UInt8], _ position: inout Int, _ random: inout SplitMix) {
    var left = 0
    var bits: UInt64 = 0
    for i in 0..<count {
      if left == 0 { (bits, left) = (random.next(), 16) }
      // Sixteen values for ten digits: 0 and 9 come more often, as they do in hard cases.
      let nibble = UInt8(truncatingIfNeeded: bits & 15)
      text[position + i] = UInt8(ascii: "0") &+ (nibble < 10 ? nibble : nibble < 13 ? 0 : 9)
      bits >>= 4
      left -= 1
    }
    position += count
  }

  private func exponent(
    _ range: ClosedRange<Int>, _ bits: UInt64, _ text: inout [UInt8], _ position: inout Int
  ) {
    let value = range.lowerBound + Int(bits % UInt64(range.count))
    let size = value < 0 ? -value : value
    text[position] = UInt8(ascii: "e")
    text[position + 1] = value < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+")
    text[position + 2] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: size / 100)
    text[position + 3] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: size / 10 % 10)
    text[position + 4] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: size % 10)
    position += 5
  }
}
