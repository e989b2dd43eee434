/// Dates as they stand in tables, turned into numbers.
public enum CalendarDate {
  /// Seconds since 1970-01-01T00:00:00Z; without an offset the time is taken for UTC.
  ///
  /// - Shape: `2000-01-31`, `2000/01/31`, either with `T12:00[:00[.5]]` or a space for the `T` and with `Z`, `±hh:mm`,
  ///   `±hhmm` or `±hh` behind; `Jan 31 2000`, `Jan 31, 2000`, `31 Jan 2000`, `31 January 2000`.
  /// - Returns: nil for anything else, and for days that the Gregorian calendar lacks.
  public static func secondsSince1970(_ text: String) -> Double? {
    secondsSince1970(Array(text.utf8).span)
  }

  static func secondsSince1970(_ bytes: Span<UInt8>) -> Double? {
    var scan = DateScanner(end: bytes.count)
    guard let day = scan.day(bytes) else { return nil }
    guard let time = scan.time(bytes), scan.position == bytes.count else { return nil }
    return Double(day) * 86_400 + time
  }

  /// Days since 1970-01-01, counted in years that begin in March; nil when there is no such day.
  ///
  /// - Source: E. G. Richards' form of the Gregorian rule, with eras of 400 years.
  static func days(year: Int, month: Int, day: Int) -> Int? {
    guard (1...12).contains(month), (1...length(of: month, in: year)).contains(day) else { return nil }
    let marchYear = month > 2 ? year : year - 1
    let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
    let yearOfEra = marchYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func length(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

/// Walks over a date. Each method leaves `position` behind what it took and gives nil when it finds something else.
private struct DateScanner {
  var position = 0
  let end: Int

  init(end: Int) { self.end = end }

  func peek(_ bytes: Span<UInt8>) -> UInt8? { position < end ? bytes[position] : nil }

  mutating func take(_ byte: Character, _ bytes: Span<UInt8>) -> Bool {
    guard peek(bytes) == byte.asciiValue else { return false }
    position += 1
    return true
  }

  /// A number of `count` digits.
  mutating func number(_ count: ClosedRange<Int>, _ bytes: Span<UInt8>) -> Int? {
    let start = position
    var value = 0
    while let byte = peek(bytes), byte &- UInt8(ascii: "0") < 10, position - start < count.upperBound {
      value = value * 10 + Int(byte &- UInt8(ascii: "0"))
      position += 1
    }
    return position - start >= count.lowerBound ? value : nil
  }

  mutating func day(_ bytes: Span<UInt8>) -> Int? {
    if let month = month(bytes) {
      guard take(" ", bytes), let day = number(1...2, bytes) else { return nil }
      _ = take(",", bytes)
      guard take(" ", bytes), let year = number(4...4, bytes) else { return nil }
      return CalendarDate.days(year: year, month: month, day: day)
    }
    guard let first = number(1...4, bytes) else { return nil }
    if position <= 2, take(" ", bytes) {
      guard let month = month(bytes), take(" ", bytes), let year = number(4...4, bytes) else { return nil }
      return CalendarDate.days(year: year, month: month, day: first)
    }
    guard position == 4, let separator = peek(bytes),
      separator == UInt8(ascii: "-") || separator == UInt8(ascii: "/")
    else { return nil }
    position += 1
    guard let month = number(1...2, bytes), peek(bytes) == separator else { return nil }
    position += 1
    guard let day = number(1...2, bytes) else { return nil }
    return CalendarDate.days(year: first, month: month, day: day)
  }

  /// An English month, whole or its first three letters.
  mutating func month(_ bytes: Span<UInt8>) -> Int? {
    let start = position
    var word = ""
    while let byte = peek(bytes), (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20),
      word.utf8.count < 10
    {
      word.unicodeScalars.append(Unicode.Scalar(byte | 0x20))
      position += 1
    }
    let names = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
      "november",
      "december",
    ]
    let match = names.firstIndex { $0 == word || word.utf8.count == 3 && $0.hasPrefix(word) }
    if match == nil { position = start }
    return match.map { $0 + 1 }
  }

  /// Seconds within the day, less the offset; 0 where the text has ended.
  mutating func time(_ bytes: Span<UInt8>) -> Double? {
    if position == end { return 0 }
    guard take("T", bytes) || take("t", bytes) || take(" ", bytes) else { return nil }
    guard let hour = number(2...2, bytes), hour < 24, take(":", bytes) else { return nil }
    guard let minute = number(2...2, bytes), minute < 60 else { return nil }
    var seconds = Double(hour * 3600 + minute * 60)
    if take(":", bytes) {
      guard let second = number(2...2, bytes), second <= 60 else { return nil }
      seconds += Double(second)
      if take(".", bytes) {
        guard let fraction = fraction(bytes) else { return nil }
        seconds += fraction
      }
    }
    guard let offset = offset(bytes) else { return nil }
    return seconds - Double(offset)
  }

  private mutating func fraction(_ bytes: Span<UInt8>) -> Double? {
    // The point is part of the number: `.25`.
    let number = scanDecimal(bytes, from: position - 1, to: end, strict: false)
    let start = position
    while let byte = peek(bytes), byte &- UInt8(ascii: "0") < 10 { position += 1 }
    return number.fault == nil && number.next == position && position > start ? number.value : nil
  }

  private mutating func offset(_ bytes: Span<UInt8>) -> Int? {
    if position == end || take("Z", bytes) || take("z", bytes) { return 0 }
    let isWest = take("-", bytes)
    guard isWest || take("+", bytes), let hours = number(2...2, bytes), hours < 24 else { return nil }
    var minutes = 0
    if position < end {
      _ = take(":", bytes)
      guard let given = number(2...2, bytes), given < 60 else { return nil }
      minutes = given
    }
    return (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
  }
}
