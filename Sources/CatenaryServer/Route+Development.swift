import Catenary
import CurveFormats
import CurveRequests
import HTTPFront

extension Route {
  static func endpoints(_ call: borrowing Call, _ answer: inout Answer) -> (any AnswerSource)? {
    let list = call.server.routes.map { route in
      object([
        ("method", .string(route.method.text)), ("path", .string(route.path)),
        ("summary", .string(route.summary)), ("protected", .bool(route.isProtected)),
        ("protocol", .string(route.isSocket ? "websocket" : "http")),
      ])
    }
    answer.json(object([("endpoints", .array(list))]))
    return nil
  }

  static func openAPI(_ call: borrowing Call, _ answer: inout Answer) -> (any AnswerSource)? {
    answer.field(.lowerContentType, "application/json")
    answer.body.append(call.server.openAPIText)
    return nil
  }
}

/// ISO 8601 with milliseconds, UTC.
func timestamp(_ seconds: Int, _ nanoseconds: Int) -> String {
  // Days to years of 400-year eras that begin in March: Hinnant, chrono-Compatible Low-Level Date Algorithms.
  let day = seconds / 86400 + 719_468
  let (era, dayOfEra) = (day / 146_097, day % 146_097)
  let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
  let shifted = (5 * dayOfYear + 2) / 153
  let (month, date) = (shifted < 10 ? shifted + 3 : shifted - 9, dayOfYear - (153 * shifted + 2) / 5 + 1)
  let time = seconds % 86400
  let words = [
    padded(era * 400 + year + (month <= 2 ? 1 : 0), 4), padded(month, 2), padded(date, 2),
    padded(time / 3600, 2),
    padded(time / 60 % 60, 2), padded(time % 60, 2), padded(nanoseconds / 1_000_000, 3),
  ]
  return "\(words[0])-\(words[1])-\(words[2])T\(words[3]):\(words[4]):\(words[5]).\(words[6])Z"
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = "\(number)"
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
