/// A coordinate of a picture, rounded to a hundredth of a pixel.
struct Hundredths: Equatable, ExpressibleByIntegerLiteral {
  private(set) var count: Int

  /// What is not a number a file can hold becomes the nearest one; NaN becomes 0.
  init(_ value: Double) {
    let scaled = value * 100
    count = scaled.isNaN ? 0 : Int(min(max(scaled, -1e12), 1e12).rounded())
  }

  init(integerLiteral value: Int) { count = value * 100 }

  /// Digits and point, none of them needless: `0.5`, `-12`, `3.25`.
  func append(to text: inout TextBuffer) {
    if count < 0 { text.append(UInt8(ascii: "-")) }
    let size = count.magnitude
    let (whole, rest) = (UInt64(size / 100), UInt64(size % 100))
    text.appendPadded(whole, digits: digitCount(whole))
    guard rest > 0 else { return }
    text.append(UInt8(ascii: "."))
    if rest.isMultiple(of: 10) {
      text.appendPadded(rest / 10, digits: 1)
    } else {
      text.appendPadded(rest, digits: 2)
    }
  }

  var text: String {
    var buffer = TextBuffer(bytes: 0)
    append(to: &buffer)
    return String(decoding: buffer.bytes.prefix(buffer.count), as: UTF8.self)
  }

  /// The text of this or of so many hundredths, what is more.
  func text(atLeast least: Int) -> String {
    var larger = self
    larger.count = max(count, least)
    return larger.text
  }
}

/// A point of a picture, rounded to hundredths of a pixel.
struct HundredthPoint: Equatable {
  var x: Hundredths = 0, y: Hundredths = 0

  init() {}

  init(_ point: SIMD2<Double>) { (x, y) = (Hundredths(point.x), Hundredths(point.y)) }
}
