import Testing

@testable import CurveFormats

@Suite struct ShortestDigitsTests {
  private func written(_ value: Double) -> String {
    var text = TextBuffer()
    text.append(value)
    return String(decoding: text.bytes.prefix(text.count), as: UTF8.self)
  }

  private func written(_ value: Float) -> String {
    var text = TextBuffer()
    text.append(value)
    return String(decoding: text.bytes.prefix(text.count), as: UTF8.self)
  }

  /// The significant digits of a number as text.
  private func significant(_ text: String) -> String {
    let mantissa = text.prefix { $0 != "e" }
    let digits = mantissa.filter(\.isNumber).drop { $0 == "0" }
    return String(String(digits.reversed().drop { $0 == "0" }).reversed())
  }

  @Test(arguments: [
    (0.0, "0"), (-0.0, "-0"), (1, "1"), (-2.5, "-2.5"), (0.1, "0.1"), (100, "100"),
    (1e15, "1000000000000000"),
    (123456789.125, "123456789.125"), (1e20, "100000000000000000000"), (1e21, "1e+21"), (1.5e300, "1.5e+300"),
    (1e-6, "0.000001"), (1e-7, "1e-7"), (1.25e-9, "1.25e-9"), (.leastNonzeroMagnitude, "5e-324"),
    (0.3, "0.3"),
    (9_007_199_254_740_992, "9007199254740992"), (1.7976931348623157e308, "1.7976931348623157e+308"),
  ])
  func `numbers are written plainly, without a needless fraction`(value: Double, text: String) {
    #expect(written(value) == text)
  }

  @Test(arguments: [
    (Float(0.1), "0.1"), (16_777_216, "16777216"), (.leastNonzeroMagnitude, "1e-45"),
    (3.4028235e38, "3.4028235e+38"),
  ])
  func `a Float is written with its own shortest digits`(value: Float, text: String) {
    #expect(written(value) == text)
  }

  @Test func `the digits of a Double are the standard library's and read back`() {
    var random = SplitMix(seed: 11)
    for _ in 0..<60_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      let text = written(value)
      #expect(Double(text)?.bitPattern == value.bitPattern)
      #expect(significant(text) == significant(value.description), "\(value)")
    }
  }

  @Test func `the digits of a Float are the standard library's and read back`() {
    var random = SplitMix(seed: 12)
    for _ in 0..<60_000 {
      let value = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
      guard value.isFinite else { continue }
      let text = written(value)
      #expect(Float(text)?.bitPattern == value.bitPattern)
      #expect(significant(text) == significant(value.description), "\(value)")
    }
  }

  @Test func `powers of two, whose lower neighbour is closer, are written shortest too`() {
    for exponent in -1074...1023 {
      let value = Double(sign: .plus, exponent: exponent, significand: 1)
      #expect(significant(written(value)) == significant(value.description))
    }
    for exponent in -149...127 {
      let value = Float(sign: .plus, exponent: exponent, significand: 1)
      #expect(significant(written(value)) == significant(value.description))
    }
  }

  /// A number of some kind: of few decimals, of many, whole, tiny, huge, or one step from a short decimal.
  private static func number(_ random: inout SplitMix) -> Double {
    let bits = random.next()
    let places = Int(bits >> 3 % 24)
    let digits = Double(bits >> 8 % (1 << (bits >> 58)))
    let short = Double("\(Int(digits.truncatingRemainder(dividingBy: 1e15)))e-\(places)") ?? 0
    switch bits & 7 {
    case 0: return Double(bitPattern: random.next())
    case 1: return Double(bits >> 11) * 0x1p-53
    case 2: return short.nextUp
    case 3: return -short.nextDown
    case 4: return digits
    case 5: return Double(places) / 8
    default: return short
    }
  }

  @Test func `a number is written the same whatever was written before it`() {
    var random = SplitMix(seed: 13)
    var text = TextBuffer()
    for round in 0..<60_000 {
      let value = Self.number(&random)
      guard value.isFinite else { continue }
      // Now and then some of one kind in a row, as a column has them.
      for value in round % 7 == 0 ? [value, value * 3, value + 0.25] : [value] where value.isFinite {
        if text.bytes.count - text.count < TextBuffer.longestNumber { text = TextBuffer() }
        let start = text.count
        text.append(value)
        let written = String(decoding: text.bytes[start..<text.count], as: UTF8.self)
        #expect(written == self.written(value))
        #expect(significant(written) == significant(value.description))
      }
    }
  }

  @Test func `after a number of as many decimals the next is written as if it were the first`() {
    var random = SplitMix(seed: 14)
    for round in 0..<60_000 {
      let places = round % 10
      var text = TextBuffer()
      // It teaches the buffer how many decimals to expect.
      text.append(Double("0.\(String(repeating: "0", count: max(places - 1, 0)))1") ?? 0)
      let start = text.count
      let digits = random.next() % (0...round % 16).reduce(1) { power, _ in power * 10 }
      let short = Double("\(digits)e-\(places)") ?? 0
      // Some just beside: those have more decimals.
      let value = round % 5 == 0 ? short.nextDown : short
      text.append(-value)
      let written = String(decoding: text.bytes[start..<text.count], as: UTF8.self)
      #expect(written == self.written(-value), "\(value) after \(places) decimals")
    }
  }

  @Test func `eight digits are those of the number`() {
    var random = SplitMix(seed: 15)
    var values: [UInt64] = [0, 9999, 10_000, 99_999_999]
    for i: UInt64 in 0..<10_000 { values += [i * 10_000 + i, random.next() % 100_000_000] }
    for value in values {
      let digits = eightDigits(value)
      let text = (0..<8).map { String(UInt8(truncatingIfNeeded: digits >> (8 * $0))) }.joined()
      #expect(UInt64(text) == value && text.count == 8)
    }
  }

  @Test(arguments: 1...20) func `zeros fill the digits up`(digits: Int) {
    for value: UInt64 in [0, 7, 10, 99_999_999, 100_000_000, 1_234_567_890_123_456_789, .max] {
      let plain = String(value)
      guard plain.count <= digits else { continue }
      var text = TextBuffer(bytes: 0)
      text.appendPadded(value, digits: digits)
      let zeros = String(repeating: "0", count: digits - plain.count)
      #expect(String(decoding: text.bytes.prefix(text.count), as: UTF8.self) == zeros + plain)
    }
  }
}
