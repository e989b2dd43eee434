import CatenaryServer
import Foundation
import HTTPFront
import Testing

extension ServerRouteTests {
  /// Requests by the status that they get; `~` stands for the end of a line.
  private static let requests: [(Int, String)] = [
    (200, "GET /health HTTP/1.1~Host: a~Connection: close~~"),
    (200, "GET /api/spline/render?points=90000 HTTP/1.1~Host: a~Connection: close~~"),
    (204, "OPTIONS * HTTP/1.1~Host: a~Connection: close~~"),
    (304, "GET /api/spline/render HTTP/1.1~Host: a~If-None-Match: *~Connection: close~~"),
    (400, "GET /health HTTP/1.1~Connection: close~~"), (400, "\u{16}\u{3}\u{1}"), (400, "GET  / HTTP/1.1~~"),
    (400, "POST /v2 HTTP/1.1~Host: a~Content-Length: 1~Transfer-Encoding: chunked~~"),
    (
      400,
      "POST /api/ai/maparse HTTP/1.1~Host: a~Content-Type: application/json~Transfer-Encoding: chunked~~x~"
    ),
    (400, "GET /api/spline/render?points=x HTTP/1.1~Host: a~Connection: close~~"),
    (401, "GET /metrics HTTP/1.1~Host: a~Connection: close~~"),
    (404, "GET /none HTTP/1.1~Host: a~Connection: close~~"),
    (405, "DELETE / HTTP/1.1~Host: a~Connection: close~~"),
    (406, "GET /api/spline/render HTTP/1.1~Host: a~Accept: a/b~Connection: close~~"),
    (408, "GET /health HTTP/1.1~Host: a~"),
    (408, "POST /api/ai/maparse HTTP/1.1~Host: a~Content-Type: application/json~Content-Length: 2~~{"),
    (411, "POST /api/ai/maparse HTTP/1.1~Host: a~Connection: close~~"),
    (413, "POST /api/ai/maparse HTTP/1.1~Host: a~Content-Length: 99999999~~"),
    (414, "GET /\(String(repeating: "a", count: 9000)) HTTP/1.1~Host: a~~"),
    (415, "POST /api/ai/maparse HTTP/1.1~Host: a~Content-Length: 0~Connection: close~~"),
    (417, "POST /api/ai/maparse HTTP/1.1~Host: a~Content-Length: 1~Expect: tea~~"),
    (422, "GET /api/ai/maparse?prices= HTTP/1.1~Host: a~Connection: close~~"),
    (431, "GET / HTTP/1.1~Host: a~A: \(String(repeating: "a", count: 17_000))~~"),
    (501, "BREW / HTTP/1.1~Host: a~Connection: close~~"),
    (501, "POST / HTTP/1.1~Host: a~Transfer-Encoding: gzip, chunked~~"), (505, "GET / HTTP/2.0~~"),
  ]

  @Test func `any page may read any answer, whoever gives it`() throws {
    let quick = { (options: inout ServerOptions) in (options.headerSeconds, options.bodySeconds) = (0.3, 0.3)
    }
    try serve(token: "secret", quick) { port in
      for (status, text) in Self.requests {
        let answer = try shell(port, text.replacingOccurrences(of: "~", with: "\r\n"))
        let head = answer.components(separatedBy: "\r\n\r\n")[0].lowercased()
        #expect(head.hasPrefix("http/1.1 \(status) "), "\(text.prefix(60)): \(head.prefix(60))")
        for field in [
          "access-control-allow-origin: *", "access-control-allow-methods: get, post, options",
          "access-control-allow-headers: content-type, authorization", "access-control-expose-headers: x-",
          "x-content-type-options: nosniff",
        ] {
          #expect(head.contains(field), "\(status) \(text.prefix(60))")
        }
        #expect(!head.contains("\nserver: "))
        #expect(status < 400 || answer.contains("\"status\":\(status)"), "\(text.prefix(60))")
      }
    }
  }

  @Test func `any page may read that there is no room for it`() throws {
    let full = { (options: inout ServerOptions) in options.connections = 0 }
    try serve(token: nil, full) { port in
      let answer = try shell(port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 503 "))
      #expect(answer.contains("access-control-allow-origin: *"))
      #expect(answer.contains("retry-after: 1"))
    }
  }
}
