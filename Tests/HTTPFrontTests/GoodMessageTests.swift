import HTTPFront
import Testing

@Suite struct GoodMessageTests {
  /// What all splits of the message agree on.
  private func heard(_ message: String) -> [Transcript.Request] {
    let whole = Transcript([octets(message)])
    #expect(whole.isClean, "\(whole)")
    for pieces in splits(octets(message)) { #expect(Transcript(pieces) == whole, "\(pieces.map(\.count))") }
    #expect(whole.requests.allSatisfy { $0.isComplete && $0.fault == nil })
    return whole.requests
  }

  @Test func `a request is read with its parts as sent (9112 3)`() throws {
    let heard = heard(
      "GET /a/b%20c?x=1&y=[2,3];4|5 HTTP/1.1\r\nHost: example.org:8080\r\nX-Empty:\r\nAccept:\ttext/csv , */* \t\r\n"
        + "User-Agent: caf\u{E9} \"q\"\r\n\r\n")
    let request = try #require(heard.first)
    #expect(heard.count == 1)
    #expect(request.method == .get && request.minorVersion == 1 && request.keepsAlive)
    #expect(request.target == "/a/b%20c?x=1&y=[2,3];4|5")
    #expect(request.path == "/a/b%20c")
    #expect(request.query == "?x=1&y=[2,3];4|5")
    #expect(request.authority == "example.org:8080")
    #expect(request.fields.count == 4)
    #expect(Array(request.fields[..<3]) == ["Host=example.org:8080", "X-Empty=", "Accept=text/csv , */*"])
    #expect(request.framing == .none)
  }

  @Test(arguments: Method.allCases.filter { $0 != .connect }) func `every method is known (9110 9)`(
    method: Method
  ) {
    #expect(heard("\(method.text) / HTTP/1.1\r\nHost: a\r\n\r\n").map(\.method) == [method])
  }

  @Test(arguments: [
    ("HTTP/1.1", "", true), ("HTTP/1.1", "Connection: close\r\n", false),
    ("HTTP/1.1", "Connection: x, Close\r\n", false),
    ("HTTP/1.1", "Connection: x\r\nConnection: close\r\n", false),
    ("HTTP/1.1", "Connection: closed\r\n", true), ("HTTP/1.1", "Connection: keep-alive\r\n", true),
    ("HTTP/1.0", "", false), ("HTTP/1.0", "Connection: Keep-Alive\r\n", true),
    ("HTTP/1.0", "Connection: keep-alive, close\r\n", false), ("HTTP/1.7", "", true),
  ]) func `a connection is kept as version and field say (9112 9.3)`(
    version: String, field: String, keeps: Bool
  ) {
    #expect(heard("GET / \(version)\r\nHost: a\r\n\(field)\r\n").map(\.keepsAlive) == [keeps])
  }

  @Test(arguments: [
    ("GET http://b:81/p?q HTTP/1.1", "b:81", "/p", "?q"), ("GET HTTP://b HTTP/1.1", "b", "", ""),
    ("GET https://[::1]:1/ HTTP/1.1", "[::1]:1", "/", ""), ("GET http://b?q HTTP/1.1", "b", "", "?q"),
    ("OPTIONS * HTTP/1.1", "a", "", ""), ("CONNECT b:443 HTTP/1.1", "b:443", "", ""),
    ("GET //b/c HTTP/1.1", "a", "//b/c", ""), ("GET /? HTTP/1.1", "a", "/", "?"),
    ("GET /:@!$&'()*+,;=~ HTTP/1.1", "a", "/:@!$&'()*+,;=~", ""),
    ("GET /%68e%61%6C%6cth?%61=%62 HTTP/1.1", "a", "/heallth", "?%61=%62"),
    ("GET /a%2Fb%2f%20%7E%2D%2568%3a%FF? HTTP/1.1", "a", "/a%2Fb%2f%20~-%2568%3a%FF", "?"),
    ("GET http://b/%5F%41 HTTP/1.1", "b", "/_A", ""),
  ]) func `a target has its four forms (9112 3.2)`(
    line: String, authority: String, path: String, query: String
  ) {
    let request = heard("\(line)\r\nHost: a\r\n\r\n").first
    #expect(request?.authority == authority)
    #expect(request?.path == path)
    #expect(request?.query == query)
  }

  @Test(arguments: [
    "", "a", "a:", "a:80", "127.0.0.1:3002", "[::]", "[::1]:80", "[1:2:3:4:5:6:7:8]", "[fe80::a:b]", "[1::]",
    "[::ffff:1.2.3.4]",
    "[1:2:3:4:5:6:7.8.9.10]", "xn--bcher-kva.example", "a%20b", "a_b",
  ]) func `a Host is a name or an address with or without port (9110 7.2)`(host: String) {
    #expect(heard("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n").map(\.authority) == [host])
  }

  @Test func `HTTP 1.0 needs no Host (9112 3.2)`() {
    #expect(heard("GET / HTTP/1.0\r\n\r\n").map(\.minorVersion) == [0])
  }

  @Test func `one empty line before a request is passed over (9112 2.2)`() {
    let post = "\r\nPOST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx"
    #expect(heard(post + post).map(\.body) == [octets("x"), octets("x")])
  }

  @Test(arguments: [("5", "hello"), ("0", ""), ("00005", "hello"), ("5 ", "\r\n\0\u{FF}G")])
  func `a sized body is what its length says (9110 8.6)`(length: String, body: String) {
    let request = heard("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\r\n\(body)").first
    #expect(request?.framing == .sized(body.unicodeScalars.count))
    #expect(request?.body == octets(body))
  }

  @Test(arguments: [
    "5\r\nhello\r\n0\r\n\r\n", "1\r\nh\r\n04\r\nello\r\n000\r\n\r\n", "5;a\r\nhello\r\n0;b=c\r\n\r\n",
    "5 ; a = \"b;\\\"c\" ;d=e\r\nhello\r\n0\r\n\r\n", "5;a=\"\"\r\nhello\r\n0\r\n\r\n",
    "5\r\nhello\r\n0\r\nX: a\r\nContent-Length: 7\r\nY:\r\n\r\n", "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
  ]) func `chunks are put together, extensions and trailers dropped (9112 7.1)`(body: String) {
    let request = heard("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n\(body)").first
    #expect(request?.framing == .chunked)
    #expect(request?.body == octets("hello"))
    #expect(request?.fields.count == 2)
  }

  @Test func `hexadecimal sizes are read in both cases (9112 7.1)`() {
    let body = String(repeating: "x", count: 0xAb)
    let request = heard(
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:,chunked,\r\n\r\nAb\r\n\(body)\r\n0\r\n\r\n"
    ).first
    #expect(request?.body.count == 0xAB)
  }

  @Test(arguments: [
    ("HTTP/1.1", "Content-Length: 1\r\n", "x", true),
    ("HTTP/1.1", "Transfer-Encoding: chunked\r\n", "0\r\n\r\n", true),
    ("HTTP/1.1", "", "", false), ("HTTP/1.1", "Content-Length: 0\r\n", "", false),
    ("HTTP/1.0", "Content-Length: 1\r\n", "x", false),
  ]) func `only a client of 1.1 with a body waits for 100 (9110 10.1.1)`(
    version: String, framing: String, body: String, waits: Bool
  ) {
    let message = "POST / \(version)\r\nHost: a\r\nExpect: 100-Continue\r\n\(framing)\r\n\(body)"
    #expect(heard(message).map(\.expectsContinue) == [waits])
  }

  @Test func `pipelined requests come one by one (9112 9.3.2)`() {
    let first = "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
    let second = "PUT /2 HTTP/1.1\r\nHost: b\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n0\r\n\r\n"
    let third = "GET /3 HTTP/1.1\r\nHost: c\r\n\r\n"
    let heard = heard(first + second + third)
    #expect(heard.map(\.path) == ["/1", "/2", "/3"])
    #expect(heard.map(\.body) == [octets("abc"), octets("de"), []])
    #expect(heard.map(\.authority) == ["a", "b", "c"])
  }

  @Test func `a body's pieces are places in the bytes fed, and bytes behind it stay`() {
    var (parser, place) = (RequestParser(), 0)
    let bytes = octets("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET / ")
    #expect(parser.next(bytes.span, from: &place) == .head)
    #expect(parser.isInBody && !parser.isBetweenRequests)
    let start = bytes.count - 9
    #expect(parser.next(bytes.span, from: &place) == .body(start + 0..<start + 3))
    #expect(parser.next(bytes.span, from: &place) == .end)
    #expect(place == start + 3)
    #expect(parser.isBetweenRequests)
    #expect(parser.next(bytes.span, from: &place) == .needsMore)
    #expect(!parser.isBetweenRequests && !parser.isInBody)
  }

  @Test func `fields are found by name without regard to case`() {
    var (parser, place) = (RequestParser(), 0)
    let bytes = octets(
      "GET /ws HTTP/1.1\r\nhOST: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: \"websocket\"\r\nUPGRADE: h2c,WebSocket\r\n\r\n"
    )
    #expect(parser.next(bytes.span, from: &place) == .head)
    guard let host = parser.head.value(of: .host) else {
      Issue.record("no Host")
      return
    }
    #expect(text(host) == "a")
    #expect(parser.head.index(of: .accept) == nil)
    #expect(parser.head.count(of: "Upgrade") == 2)
    #expect(parser.head.contains("upgrade", in: .connection))
    #expect(parser.head.contains("websocket", in: .upgrade))
    #expect(!parser.head.contains("h2", in: .upgrade))
  }

  @Test func `a head stands until bytes of the next request come`() {
    var (parser, place) = (RequestParser(), 0)
    let bytes = octets("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
    for event in [RequestEvent.head, .end, .needsMore] {
      #expect(parser.next(bytes.span, from: &place) == event)
    }
    #expect(text(parser.head.path) == "/a" && parser.isBetweenRequests)
    place = bytes.count - 2
    #expect(parser.next(bytes.span, from: &place) == .needsMore)
    #expect(text(parser.head.path) == "")
  }

  @Test func `a released parser reads on`() {
    var (parser, place) = (RequestParser(), 0)
    let bytes = octets("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    for _ in 0..<2 {
      place = 0
      #expect(parser.next(bytes.span, from: &place) == .head)
      #expect(text(parser.head.path) == "/")
      #expect(parser.next(bytes.span, from: &place) == .end)
      parser.releaseBuffers()
      #expect(parser.head.fieldCount == 0)
    }
  }
}
