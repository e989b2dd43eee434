/// Marks at round dates; the axis counts seconds since 1970-01-01 UTC.
extension AxisTicks {
  /// The smallest round step that gives at most `count` steps; numbers where the range is below some seconds or leaves the
  /// years 1 to 9999.
  static func dates(_ range: AxisRange, count: Int) -> [AxisTick] {
    let seconds = range.reach * 2
    guard range.low > -62_135_596_800, range.high < 253_402_300_800, seconds >= 4, count > 0 else {
      return numbers(range, count: count)
    }
    for step in DateStep.all where step.seconds * Double(count) >= seconds {
      let ticks = ticks(range, step)
      if !ticks.isEmpty { return ticks }
    }
    return []
  }

  private static func ticks(_ range: AxisRange, _ step: DateStep) -> [AxisTick] {
    var dates: [(value: Double, date: CivilDate)] = []
    var next = step.first(from: range.low)
    while next <= range.high {
      dates.append((next, CivilDate(seconds: next)))
      next = step.next(after: next)
    }
    // Where a mark stands at the beginning of a day, that one names the day; those before it have their time alone.
    let midnight = step.isPartOfDay ? dates.firstIndex { $0.date.second == 0 } ?? 0 : 0
    var before: CivilDate?
    return dates.enumerated().map { i, mark in
      if i < midnight { return AxisTick(value: mark.value, label: step.clock(mark.date)) }
      defer { before = mark.date }
      return AxisTick(value: mark.value, label: step.label(mark.date, after: before))
    }
  }
}

/// A day of the Gregorian calendar and a second in it.
struct CivilDate: Equatable {
  let year, month, day: Int
  let second: Int

  /// - Source: the inverse of `CalendarDate.days`, in eras of 400 years that begin in March.
  init(seconds: Double) {
    let whole = Int(seconds.rounded(.down))
    let days = whole >= 0 ? whole / 86_400 : (whole - 86_399) / 86_400
    second = whole - days * 86_400
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  static func seconds(year: Int, month: Int) -> Double {
    Double(CalendarDate.days(year: year, month: month, day: 1) ?? 0) * 86_400
  }

  /// `31 Jan 2000`, or without the year.
  func text(withYear: Bool) -> String { "\(day) \(monthName)" + (withYear ? " \(year)" : "") }

  var monthName: String {
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][month - 1]
  }

  /// `06:30`, or with seconds.
  func clock(withSeconds: Bool) -> String {
    let parts = [second / 3600, second / 60 % 60] + (withSeconds ? [second % 60] : [])
    return parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }
}

/// A round distance of dates.
private enum DateStep {
  /// Even in seconds; weeks begin on Mondays.
  case even(Int)
  case months(Int)

  static let all: [DateStep] =
    [1, 2, 5, 10, 15, 30].map { .even($0) } + [1, 2, 5, 10, 15, 30].map { .even($0 * 60) }
    + [1, 2, 3, 6, 12].map { .even($0 * 3600) } + [1, 2, 7, 14].map { .even($0 * 86_400) }
    + [1, 2, 3, 6, 12].map { .months($0) }
    + [2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].map { .months($0 * 12) }

  /// About how long it is.
  var seconds: Double {
    switch self {
    case .even(let seconds): Double(seconds)
    case .months(let months): Double(months) * 2_629_746
    }
  }

  /// Monday 1970-01-05, from where weeks count.
  private var origin: Double {
    if case .even(let seconds) = self, seconds >= 7 * 86_400 { 4 * 86_400 } else { 0 }
  }

  func first(from low: Double) -> Double {
    switch self {
    case .even: return ((low - origin) / seconds).rounded(.up) * seconds + origin
    case .months(let months):
      let date = CivilDate(seconds: low)
      let index = date.year * 12 + date.month - 1
      let start = month(index - index % months)
      return start >= low ? start : month(index - index % months + months)
    }
  }

  func next(after value: Double) -> Double {
    switch self {
    case .even: return value + seconds
    case .months(let months):
      let date = CivilDate(seconds: value)
      return month(date.year * 12 + date.month - 1 + months)
    }
  }

  private func month(_ index: Int) -> Double {
    CivilDate.seconds(year: index / 12, month: index % 12 + 1)
  }

  var isPartOfDay: Bool { if case .even(let step) = self { step < 86_400 } else { false } }

  func clock(_ date: CivilDate) -> String { date.clock(withSeconds: seconds < 60) }

  /// The part of the date that tells the marks apart; the first one and those behind a change say more.
  func label(_ date: CivilDate, after before: CivilDate?) -> String {
    switch self {
    case .months(let months) where months.isMultiple(of: 12): return "\(date.year)"
    case .months: return before?.year == date.year ? date.monthName : "\(date.monthName) \(date.year)"
    case .even(let step) where step >= 86_400: return date.text(withYear: before?.year != date.year)
    case .even:
      let isSameDay = before.map { ($0.year, $0.month, $0.day) == (date.year, date.month, date.day) } ?? false
      if isSameDay { return clock(date) }
      return date.text(withYear: before?.year != date.year) + (date.second == 0 ? "" : " \(clock(date))")
    }
  }
}
