import CurveFormats
import Testing

@Suite struct CalendarDateTests {
  @Test(arguments: [
    ("1970-01-01", 0.0), ("1969-12-31", -86_400), ("2000-02-29", 951_782_400), ("2000/03/01", 951_868_800),
    ("1900-03-01", -2_203_891_200), ("2000-1-5", 947_030_400), ("1970-01-01T00:00:01Z", 1),
    ("1970-01-01 00:01", 60), ("1970-01-01T00:00:00.25", 0.25), ("1970-01-01T01:00:00+01:00", 0),
    ("1970-01-01T00:00:00-0130", 5_400), ("1970-01-01t00:00z", 0), ("1970-01-01T02:00+02", 0),
    ("Jan 1 2000", 946_684_800), ("January 1, 2000", 946_684_800), ("1 Jan 2000", 946_684_800),
    ("1 may 1970", 10_368_000), ("2016-12-31T23:59:60Z", 1_483_228_800),
  ])
  func `a date is its seconds since 1970`(text: String, seconds: Double) {
    #expect(CalendarDate.secondsSince1970(text) == seconds)
  }

  @Test(arguments: [
    "", "2000", "20000101", "2000-13-01", "2000-00-01", "2001-02-29", "1900-02-29", "2000-01-32",
    "2000-01-00",
    "2000-01/01", "01/02/2000", "2000-01-01T", "2000-01-01T24:00", "2000-01-01T10", "2000-01-01T10:60",
    "2000-01-01T10:00:61", "2000-01-01T10:00:00.", "2000-01-01T10:00:00.5e3", "2000-01-01T10:00+25:00",
    "2000-01-01T10:00Zx", "Foo 1 2000", "Ja 1 2000", "Jan 1", "1 Jan", "2000-01-01x",
  ])
  func `what is no date, or no day of the calendar, is refused`(text: String) {
    #expect(CalendarDate.secondsSince1970(text) == nil)
  }

  @Test func `days follow one another through a whole era`() {
    var expected = -11_016.0 * 86_400  // 1939-11-04
    for year in 1940...2003 {
      let isLeap = year % 4 == 0
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      if year == 1940 { expected = CalendarDate.secondsSince1970("1940-01-01") ?? .nan }
      for (month, length) in lengths.enumerated() {
        for day in 1...length {
          #expect(CalendarDate.secondsSince1970("\(year)-\(month + 1)-\(day)") == expected)
          expected += 86_400
        }
      }
    }
    #expect(expected == CalendarDate.secondsSince1970("2004-01-01"))
  }
}
