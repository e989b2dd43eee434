import Glibc
import Testing

@testable import CurveFormats

@Suite struct DecimalScannerTests {
  private func scan(_ text: String, strict: Bool = false) -> ScannedDecimal {
    let bytes = Array(text.utf8)
    return scanDecimal(bytes.span, from: 0, to: bytes.count, strict: strict)
  }

  private func reference(_ text: String) -> Double { unsafe strtod(text, nil) }

  @Test(arguments: [
    "0", "-0", "1", "-1", "0.1", "1e22", "1e23", "9007199254740993", "2.2250738585072011e-308", "4.9e-324",
    "2.4703282292062327e-324", "2.4703282292062328e-324", "1.7976931348623157e308", "1.7976931348623158e308",
    "8.5e-324", "1e-400", "0e999999999999999999999", "123456789012345678901234567890e-25",
    "0.000000000000000000001",
    "6929495644600919.5", "3.7455744005952583e15", "2.2250738585072012e-308", "179769313486231570815e288",
    "7.2057594037927933e16", "9007199254740992.99999999999999999999", "1.00000000000000011102230246251565404",
  ])
  func `well-known hard numbers are read as the C library reads them`(text: String) {
    let found = scan(text)
    #expect(found.fault == nil)
    #expect(found.next == text.utf8.count)
    #expect(found.value.bitPattern == reference(text).bitPattern)
  }

  /// 5,100,000 numbers over the ten cases; text that is made cheaply, since the C library judges it.
  @Test(arguments: NumberShape.all)
  func `numbers of every shape are read bit for bit as the C library reads them`(shape: NumberShape) {
    var random = SplitMix(seed: UInt64(shape.seed))
    var text = [UInt8](repeating: 0, count: 64 * (shape.integerDigits + shape.fractionDigits + 32))
    var starts = [Int](repeating: 0, count: 65)
    var failures: [String] = []
    for _ in 0..<shape.batches {
      shape.fill(&text, &starts, &random)
      unsafe text.withUnsafeBufferPointer { buffer in
        for i in 0..<64 {
          let found = unsafe scanDecimal(buffer.span, from: starts[i], to: starts[i + 1] - 1, strict: false)
          let expected = unsafe strtod(
            UnsafeRawPointer(buffer.baseAddress! + starts[i]).assumingMemoryBound(to: CChar.self), nil)
          if found.value.bitPattern != expected.bitPattern || found.next != starts[i + 1] - 1 {
            failures.append(String(decoding: text[starts[i]..<starts[i + 1] - 1], as: UTF8.self))
          }
        }
      }
    }
    #expect(failures == [])
  }

  @Test func `every power of ten is read as the C library reads it`() {
    for exponent in -400...309 {
      for digits in [
        "1", "9", "123456789", "9999999999999999999", "18446744073709551615", "12345678901234567890123",
      ] {
        let text = "\(digits)e\(exponent)"
        #expect(scan(text).value.bitPattern == reference(text).bitPattern, "\(text)")
      }
    }
  }

  /// Points halfway between two Doubles, written with all their digits, and their nearest neighbours.
  @Test func `a number halfway between two Doubles goes to the even one, its neighbours to the nearer one`() {
    var random = SplitMix(seed: 7)
    for _ in 0..<1500 {
      let value = Double(bitPattern: random.next() & 0x7FEF_FFFF_FFFF_FFFF)
      let (digits, exponent) = exactMidpoint(above: value)
      let even = value.bitPattern & 1 == 0 ? value : value.nextUp
      #expect(scan("\(digits)e\(exponent)").value == even)
      #expect(scan("\(digits)000000e\(exponent - 6)").value == even)
      #expect(scan("\(digits)0000001e\(exponent - 7)").value == value.nextUp)
      #expect(scan("\(below(digits))9e\(exponent - 1)").value == value)
    }
  }

  @Test func `thousands of digits are read, and decide when they must`() {
    let (digits, exponent) = exactMidpoint(above: 1)
    let zeros = String(repeating: "0", count: 5000)
    #expect(scan("\(digits)\(zeros)e\(exponent - 5000)").value == 1)
    #expect(scan("\(digits)\(zeros)1e\(exponent - 5001)").value == Double(1).nextUp)
    #expect(scan("0.\(zeros)1e5001").value == 1)
    #expect(scan("1\(zeros)e-5000").value == 1)
  }

  @Test(arguments: [
    ("", DecimalFault.noDigits, 0), ("-", .noDigits, 1), ("+1", .noDigits, 0), (".5", .noDigits, 0),
    ("x", .noDigits, 0),
    ("01", .leadingZero, 0), ("-00", .leadingZero, 1), ("1.", .noFraction, 2), ("1.e5", .noFraction, 2),
    ("1e", .noExponent, 2), ("1e+", .noExponent, 3), ("1E-x", .noExponent, 3), ("1e309", .tooLarge, 5),
  ])
  func `the strict grammar says what is missing and where`(text: String, fault: DecimalFault, index: Int) {
    let found = scan(text, strict: true)
    #expect(found.fault == fault)
    #expect(found.next == index)
  }

  @Test(arguments: [("+1", 1.0), (".5", 0.5), ("5.", 5), ("007", 7), ("-.25e1", -2.5)])
  func `the loose grammar takes what tables hold`(text: String, value: Double) {
    #expect(scan(text).value == value)
    #expect(scan(text).next == text.utf8.count)
  }

  @Test(arguments: [("1e", 1), ("1.5x", 3), ("2000-01-01", 4), ("0x10", 1), ("1_000", 1)])
  func `a number ends where its grammar ends`(text: String, end: Int) {
    #expect(scan(text).next == end)
  }
}

/// The number halfway between `value` and the next Double, as digits and a power of ten.
private func exactMidpoint(above value: Double) -> (digits: String, exponent: Int) {
  let bits = value.bitPattern
  let biased = Int(bits >> 52)
  let fraction = bits & (1 << 52 - 1)
  var number = BigNatural(2 * (biased == 0 ? fraction : fraction | 1 << 52) + 1)
  let power = max(biased, 1) - 1076
  if power >= 0 { number.shiftLeft(power) } else { number.multiply(byPowerOfFive: -power) }
  var parts: [UInt64] = []
  while !number.words.isEmpty {
    let before = number
    number.divide(by: 10_000_000_000_000_000_000)
    parts.append(before.words[0] &- (number.words.first ?? 0) &* 10_000_000_000_000_000_000)
  }
  var digits = String(parts.removeLast())
  for part in parts.reversed() {
    let text = String(part)
    digits += String(repeating: "0", count: 19 - text.utf8.count) + text
  }
  return (digits, min(power, 0))
}

/// The digits of the whole number before: odd midpoints end in 5 or in a digit that is not 0, so one step suffices.
private func below(_ digits: String) -> String {
  var bytes = Array(digits.utf8)
  var i = bytes.count - 1
  while bytes[i] == UInt8(ascii: "0") {
    bytes[i] = UInt8(ascii: "9")
    i -= 1
  }
  bytes[i] -= 1
  return String(decoding: bytes, as: UTF8.self)
}
