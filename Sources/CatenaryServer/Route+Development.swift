import Catenary
import CurveFormats
import CurveRequests
import HTTPFront

extension Route {
  static func metrics(_ call: borrowing Call, _ answer: inout Answer) -> (any AnswerSource)? {
    let (counters, sockets) = (call.server.counters, call.server.sockets)
    let (seconds, nanoseconds) = WallClock.now
    answer.field("cache-control", "no-store")
    answer.field("content-type", "application/json")
    // Written by hand: a Double does not hold nanoseconds since 1970.
    answer.body.append(
      "{\"timestamp\":\"\(timestamp(seconds, nanoseconds))\","
        + "\"timestampNs\":\(seconds * 1_000_000_000 + nanoseconds),\"metrics\":{"
        + "\"pendingRequests\":\(counters.pending),\"pendingWebSockets\":\(sockets.open),\"activeConnections\":\(sockets.open),"
        + "\"totals\":{\"requests\":\(counters.requests.load(ordering: .relaxed)),"
        + "\"responses\":\(counters.responses.load(ordering: .relaxed)),"
        + "\"websocketOpens\":\(sockets.opens.load(ordering: .relaxed)),"
        + "\"websocketCloses\":\(sockets.closes.load(ordering: .relaxed))}}}")
    return nil
  }

  static func prometheus(_ call: borrowing Call, _ answer: inout Answer) -> (any AnswerSource)? {
    let (counters, routes, sockets) = (call.server.counters, call.server.routes, call.server.sockets)
    var text = """
      # HELP catenary_http_requests_in_flight Requests begun and not answered.
      # TYPE catenary_http_requests_in_flight gauge
      catenary_http_requests_in_flight \(counters.pending)
      # HELP catenary_http_request_body_bytes_total Bytes of request bodies.
      # TYPE catenary_http_request_body_bytes_total counter
      catenary_http_request_body_bytes_total \(counters.bytesIn.load(ordering: .relaxed))
      # HELP catenary_http_response_bytes_total Bytes of answers, heads included.
      # TYPE catenary_http_response_bytes_total counter
      catenary_http_response_bytes_total \(counters.bytesOut.load(ordering: .relaxed))
      # HELP catenary_points_rendered_total Points of curves that were asked for.
      # TYPE catenary_points_rendered_total counter
      catenary_points_rendered_total{backend="native"} \(counters.points(by: .native))
      catenary_points_rendered_total{backend="wasm"} \(counters.points(by: .wasm))
      # HELP catenary_websockets_open WebSockets that are open.
      # TYPE catenary_websockets_open gauge
      catenary_websockets_open \(sockets.open)
      # HELP catenary_websocket_opens_total WebSockets that were opened.
      # TYPE catenary_websocket_opens_total counter
      catenary_websocket_opens_total \(sockets.opens.load(ordering: .relaxed))
      # HELP catenary_websocket_closes_total WebSockets that have ended.
      # TYPE catenary_websocket_closes_total counter
      catenary_websocket_closes_total \(sockets.closes.load(ordering: .relaxed))
      # HELP catenary_websocket_skips_total Messages that passed a client by since too much waited for it.
      # TYPE catenary_websocket_skips_total counter
      catenary_websocket_skips_total \(sockets.skips.load(ordering: .relaxed))
      # HELP catenary_http_requests_total Requests answered, by route and status; status 0 had no answer.
      # TYPE catenary_http_requests_total counter

      """
    for (key, count) in counters.answered {
      let route = routes.indices.contains(key.route) ? routes[key.route] : nil
      text +=
        "catenary_http_requests_total{route=\"\(route?.path ?? "")\",method=\"\(route?.method.word ?? "")\","
      text += "status=\"\(key.status)\"} \(count)\n"
    }
    answer.field("content-type", "text/plain; version=0.0.4; charset=utf-8")
    answer.body.append(text)
    return nil
  }

  static func endpoints(_ call: borrowing Call, _ answer: inout Answer) -> (any AnswerSource)? {
    let list = call.server.routes.map { route in
      object([
        ("method", .string(route.method.word)), ("path", .string(route.path)),
        ("summary", .string(route.summary)), ("protected", .bool(route.isProtected)),
        ("protocol", .string(route.isSocket ? "websocket" : "http")),
      ])
    }
    answer.json(object([("endpoints", .array(list))]))
    return nil
  }

  static func openAPI(_ call: borrowing Call, _ answer: inout Answer) -> (any AnswerSource)? {
    var paths: [(String, [(String, JSONValue)])] = []
    for route in call.server.routes {
      let operation = ("\(route.method)", operation(route))
      if let place = paths.firstIndex(where: { $0.0 == route.path }) {
        paths[place].1.append(operation)
      } else {
        paths.append((route.path, [operation]))
      }
    }
    let info = object([("title", .string("Catenary")), ("version", .string(CurveServer.version))])
    let bearer = object([("type", .string("http")), ("scheme", .string("bearer"))])
    answer.json(
      object([
        ("openapi", .string("3.1.0")), ("info", info),
        ("paths", object(paths.map { ($0.0, object($0.1)) })),
        ("components", object([("securitySchemes", object([("token", bearer)]))])),
      ]))
    return nil
  }

  private static func operation(_ route: Route) -> JSONValue {
    var members: [(String, JSONValue)] = [("summary", .string(route.summary))]
    if !route.parameters.isEmpty {
      let list = route.parameters.map { parameter in
        let choices = parameter.choices.map(JSONValue.string)
        return object([
          ("name", .string(parameter.name)), ("in", .string("query")),
          ("description", .string(parameter.summary)), ("required", .bool(parameter.isRequired)),
          (
            "schema",
            object([("type", .string("string"))] + (choices.isEmpty ? [] : [("enum", .array(choices))]))
          ),
        ])
      }
      members.append(("parameters", .array(list)))
    }
    if !route.takes.isEmpty {
      let content = object(route.takes.map { ($0, object([])) })
      members.append(("requestBody", object([("required", .bool(true)), ("content", content)])))
    }
    var answers = [
      (
        route.isSocket ? "101" : "200",
        route.isSocket
          ? object([("description", .string("A WebSocket is open."))])
          : object([
            ("description", .string("Done.")), ("content", object(route.gives.map { ($0, object([])) })),
          ])
      )
    ]
    for status in Set(route.statuses + [400, 408, 413, 414, 431, 500, 501, 503, 505]).sorted() {
      answers.append(("\(status)", problem(status)))
    }
    members.append(("responses", object(answers)))
    // No token is needed where the server has none.
    if route.isProtected {
      members.append(("security", .array([object([("token", .array([]))]), object([])])))
    }
    return object(members)
  }

  private static func problem(_ status: Int) -> JSONValue {
    guard status != 304 else { return object([("description", .string("Not modified."))]) }
    return object([
      ("description", .string(Problem.title(status))),
      ("content", object([("application/problem+json", object([]))])),
    ])
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
