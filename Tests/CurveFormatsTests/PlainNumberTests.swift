import Glibc
import Testing

@testable import CurveFormats

@Suite struct PlainNumberTests {
  private func digits(_ count: Int, _ random: inout SplitMix) -> String {
    (0..<count).map { _ in "\(Int.random(in: 0...9, using: &random))" }.joined()
  }

  @Test func `what is taken has the value and length that the C library finds`() {
    var random = SplitMix(seed: 1)
    for (whole, places) in (0...9).flatMap({ whole in (-1...9).map { (whole, $0) } }) {
      for turn in 0..<200 {
        var text = turn.isMultiple(of: 2) ? "-" : ""
        text += digits(whole, &random) + (places < 0 ? "" : "." + digits(places, &random))
        for end in [",", "]"] {
          let bytes = Array((text + end + "9,8]").utf8) + [UInt8](repeating: 0, count: nearBytes)
          let found = PlainNumber(bytes.span, at: 0)
          let isEnded = [UInt8(ascii: ","), UInt8(ascii: "]")].contains(bytes[found.count])
          let hasZero = whole > 1 && text.drop { $0 == "-" }.first == "0"
          let isPlain = (1...7).contains(whole) && places != 0 && places <= 7 && !hasZero
          // Eight bytes with the sign are one too many before a point.
          let isLong = whole == 7 && text.first == "-" && places > 0
          #expect((found.isTaken && isEnded) == (isPlain && !isLong), "\(text)\(end)")
          guard found.isTaken, isEnded else { continue }
          #expect(found.count == text.utf8.count, "\(text)\(end)")
          #expect(found.value.bitPattern == (unsafe strtod(text, nil)).bitPattern, "\(text)\(end)")
        }
      }
    }
  }

  /// The careful reader alone reads what comes byte by byte.
  @Test(arguments: ["[%,%]", "[%, %]", "%", "[ %,%]", "[%,%,%]"])
  func `a text is read alike whole and byte by byte, whatever is wrong with it`(form: String) {
    var random = SplitMix(seed: 2)
    let others = Array("0123456789-+.,[] eEn{\"\u{FF}".utf8)
    var (taken, refused) = (0, 0)
    for turn in 0..<2000 {
      let points = (0..<24).map { _ in
        form.map { c in
          guard c == "%" else { return String(c) }
          let sign = Bool.random(using: &random) ? "-" : ""
          let whole = Int.random(in: 0...99_999, using: &random)
          let places = Int.random(in: 0...9, using: &random)
          return sign + "\(whole)" + (places == 0 ? "" : "." + digits(places, &random))
        }.joined()
      }
      let comma = form.contains(", ") ? ", " : ","
      var text = Array("{\"points\":[\(points.joined(separator: comma))]}".utf8)
      if turn > 20 {
        text[Int.random(in: 11..<text.count, using: &random)] = others.randomElement(using: &random) ?? 0
      }
      let whole = Result { () throws(FormatError) in try JSONReader.read(text) }
      let single = Result { () throws(FormatError) in try readJSON(text, cut: Cut(chunk: 1, buffer: 16)) }
      #expect(whole == single, "\(String(decoding: text, as: UTF8.self))")
      if case .success = whole { taken += 1 } else { refused += 1 }
    }
    #expect(taken > 200 && refused > 200)
  }
}
