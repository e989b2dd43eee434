/// The date of answers, `Sun, 06 Nov 1994 08:49:37 GMT` (IMF-fixdate, RFC 9110 section 5.6.7), made once a second.
struct HTTPDate: Sendable {
  private var second = Int.min
  private(set) var bytes: [UInt8] = []

  /// - Parameter now: seconds since 1970 UTC.
  mutating func update(_ now: Int) {
    guard now != second else { return }
    second = now
    bytes.removeAll(keepingCapacity: true)
    // Years that are no four digits have no form.
    let now = min(max(now, -62_135_596_800), 253_402_300_799)
    let days = floor(now, 86_400)
    let (year, month, day) = Self.civil(days)
    append(Self.weekdays, at: days - floor(days + 4, 7) * 7 + 4)
    bytes.append(contentsOf: ", ".utf8)
    append(day, digits: 2, then: " ")
    append(Self.months, at: month - 1)
    bytes.append(Octets.space)
    append(year, digits: 4, then: " ")
    let time = now - days * 86_400
    append(time / 3600, digits: 2, then: ":")
    append(time / 60 % 60, digits: 2, then: ":")
    append(time % 60, digits: 2, then: " GMT")
  }

  private static let weekdays = "SunMonTueWedThuFriSat"
  private static let months = "JanFebMarAprMayJunJulAugSepOctNovDec"

  private mutating func append(_ names: String, at index: Int) {
    bytes.append(contentsOf: names.utf8.dropFirst(3 * index).prefix(3))
  }

  private mutating func append(_ value: Int, digits: Int, then text: String) {
    bytes.appendDecimal(value, digits: digits)
    bytes.append(contentsOf: text.utf8)
  }

  /// The Gregorian date of a day counted from 1970-01-01.
  ///
  /// Years are counted from 1 March, so that the leap day ends one; months then have 30.6 days on average, 153 in five.
  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let day = days + 719_468
    let era = floor(day, 146_097)
    let ofEra = day - era * 146_097
    let year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * year + year / 4 - year / 100)
    let shifted = (5 * ofYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (era * 400 + year + (month <= 2 ? 1 : 0), month, ofYear - (153 * shifted + 2) / 5 + 1)
  }
}

/// The quotient rounded down.
private func floor(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : -((b - 1 - a) / b) }

extension [UInt8] {
  /// A number that is not negative, with leading zeros up to `digits`.
  mutating func appendDecimal(_ value: Int, digits: Int = 1) {
    var (divisor, width) = (1, 1)
    while width < digits || value / divisor >= 10 {
      divisor *= 10
      width += 1
    }
    while divisor > 0 {
      append(48 + UInt8(value / divisor % 10))
      divisor /= 10
    }
  }

  mutating func appendHexadecimal(_ value: Int) {
    var shift = Swift.max(0, (Int.bitWidth - value.leadingZeroBitCount - 1) / 4 * 4)
    while shift >= 0 {
      let digit = UInt8(value >> shift & 15)
      append(digit < 10 ? 48 + digit : 87 + digit)
      shift -= 4
    }
  }
}
