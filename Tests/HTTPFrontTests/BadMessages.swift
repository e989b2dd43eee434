import Testing

/// A message that must be refused, the status, and where the standard says so.
struct BadMessage: Sendable, CustomTestStringConvertible {
  let claim: String, status: Int, closes: Bool
  let message: String

  init(_ claim: String, _ status: Int, closes: Bool = true, _ message: String) {
    (self.claim, self.status, self.closes, self.message) = (claim, status, closes, message)
  }

  var testDescription: String { claim }

  private static func get(_ fields: String) -> String { "GET / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n" }
  private static func post(_ fields: String, _ body: String = "") -> String {
    "POST /p HTTP/1.1\r\nHost: a\r\n\(fields)\r\n\(body)"
  }
  private static func chunked(_ body: String) -> String { post("Transfer-Encoding: chunked\r\n", body) }

  static let requestLines = [
    BadMessage("9112 2.2: bare LF ends no line", 400, "GET / HTTP/1.1\nHost: a\n\n"),
    BadMessage("9112 2.2: bare CR in the request line", 400, "GET /\r HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage("9112 2.2: CR CR LF", 400, "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n"),
    BadMessage(
      "9112 2.2: a second empty line before the request", 400, "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage(
      "9112 2.2: an empty line of LF before the request", 400, "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage("9112 2.2: white space before the request", 400, " GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage("9112 2.2: white space before the first field", 400, "GET / HTTP/1.1\r\n Host: a\r\n\r\n"),
    BadMessage("9112 3: two spaces before the target", 400, "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage("9112 3: two spaces behind the target", 400, "GET /  HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage("9112 3: a tab as separator", 400, "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage("9112 3: white space behind the version", 400, "GET / HTTP/1.1 \r\nHost: a\r\n\r\n"),
    BadMessage("9112 3: no target", 400, "GET HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage("9112 3: a space in the target", 400, "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage("9112 3.1: a method that is no token", 400, "G(T / HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage(
      "9110 9.1: methods are told apart by case", 501, closes: false, "get / HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage("9110 15.6.2: an unknown method", 501, closes: false, "BREW / HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage(
      "9110 15.6.2: an unknown method with a body", 501,
      "BREW / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx"),
    BadMessage("9112 2.3: HTTP/0.9", 400, "GET /\r\n"),
    BadMessage("9112 2.3: lower-case http", 400, "GET / http/1.1\r\nHost: a\r\n\r\n"),
    BadMessage("9112 2.3: a minor version of two digits", 400, "GET / HTTP/1.10\r\nHost: a\r\n\r\n"),
    BadMessage("9112 2.3: a version without minor", 400, "GET / HTTP/1\r\nHost: a\r\n\r\n"),
    BadMessage("9112 2.3: a version that is no number", 400, "GET / HTTP/1.x\r\nHost: a\r\n\r\n"),
    BadMessage("9110 15.6.6: HTTP/2", 505, "GET / HTTP/2.0\r\nHost: a\r\n\r\n"),
    BadMessage("9113 3.4: the preface of HTTP/2", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    BadMessage("9110 15.6.6: HTTP/0.9 by number", 505, "GET / HTTP/0.9\r\nHost: a\r\n\r\n"),
    BadMessage("8446 5.1: a TLS handshake", 400, "\u{16}\u{03}\u{01}\u{02}\u{00}\u{01}\u{00}"),
    BadMessage("5234: a byte above ASCII first", 400, "\u{FF}"),
    BadMessage("9112 3.2: a path without slash", 400, "GET index.html HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage("3986 3.5: a fragment", 400, "GET /#top HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage("3986 2.1: half an escape", 400, "GET /%4 HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage("3986 2.1: an escape of no digits", 400, "GET /a?b=%zz HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage("3986 2: a quote in the path", 400, "GET /\" HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage("3986 2: a byte above ASCII in the path", 400, "GET /\u{E9} HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage("3986 2: NUL in the path", 400, "GET /\u{0} HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage("9112 3.2.4: asterisk for GET", 400, "GET * HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage("9112 3.2.3: CONNECT with a path", 400, "CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage("9112 3.2.3: CONNECT without port", 400, "CONNECT a HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage("9110 4.2.4: user information", 400, "GET http://u:p@a/ HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage(
      "9110 4.2.1: an absolute target without host", 400, "GET http:///p HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage(
      "9110 4.2.1: an absolute target with port only", 400, "GET http://:80/ HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage("9112 3.2.2: another scheme", 400, "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n"),
    BadMessage("3986 3.2.3: a port of letters", 400, "GET http://a:b/ HTTP/1.1\r\nHost: a\r\n\r\n"),
  ]

  static let fields = [
    BadMessage("9112 5.1: white space before the colon", 400, get("X : a\r\n")),
    BadMessage("9112 5.1: a tab before the colon", 400, get("X\t: a\r\n")),
    BadMessage(
      "9112 5.1: white space before the colon of a length", 400, post("Content-Length : 5\r\n", "hello")),
    BadMessage("9112 5.2: folding", 400, get("X: a\r\n b\r\n")),
    BadMessage("9112 5.2: folding by tab", 400, get("X: a\r\n\tb\r\n")),
    BadMessage("9112 5: a line without colon", 400, get("X\r\n")),
    BadMessage("9112 5: an empty name", 400, get(": a\r\n")),
    BadMessage("9110 5.1: a name in parentheses", 400, get("(X): a\r\n")),
    BadMessage("9110 5.1: a name beyond ASCII", 400, get("\u{E9}: a\r\n")),
    BadMessage("9110 5.1: NUL in a name", 400, get("X\u{0}: a\r\n")),
    BadMessage("9110 5.5: NUL in a value", 400, get("X: a\u{0}b\r\n")),
    BadMessage("9110 5.5: CR in a value", 400, get("X: a\rb\r\n")),
    BadMessage("9110 5.5: CR before the line's end", 400, get("X: a\r\r\n")),
    BadMessage("9110 5.5: a control character in a value", 400, get("X: a\u{1}b\r\n")),
    BadMessage("9110 5.5: DEL in a value", 400, get("X: \u{7F}\r\n")),
    BadMessage("9112 2.2: bare LF behind a field", 400, get("X: a\nY: b\r\n")),
    BadMessage("9112 2.2: bare LF as the empty line", 400, "GET / HTTP/1.1\r\nHost: a\r\n\n"),
    BadMessage("9112 3.2: no Host", 400, "GET / HTTP/1.1\r\n\r\n"),
    BadMessage("9112 3.2: two Hosts", 400, get("Host: b\r\n")),
    BadMessage("9112 3.2: the same Host twice", 400, get("host: a\r\n")),
    BadMessage("9112 3.2: two Hosts in HTTP/1.0", 400, "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n"),
    BadMessage("9112 3.2: no Host with an absolute target", 400, "GET http://a/ HTTP/1.1\r\n\r\n"),
    BadMessage("9110 7.2: a Host with path", 400, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
    BadMessage("9110 7.2: a Host with user", 400, "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n"),
    BadMessage("9110 7.2: a Host with space", 400, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
    BadMessage("9110 7.2: a list of Hosts", 400, "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"),
    BadMessage("9110 7.2: a port of letters", 400, "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n"),
    BadMessage("3986 3.2.2: an address without end", 400, "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n"),
    BadMessage(
      "3986 3.2.2: an address of nine groups", 400, "GET / HTTP/1.1\r\nHost: [1:2:3:4:5:6:7:8:9]\r\n\r\n"),
    BadMessage("3986 3.2.2: an address with two gaps", 400, "GET / HTTP/1.1\r\nHost: [1::2::3]\r\n\r\n"),
    BadMessage("3986 3.2.2: a dotted part above 255", 400, "GET / HTTP/1.1\r\nHost: [::256.0.0.1]\r\n\r\n"),
    BadMessage("9110 10.1.1: an unknown expectation", 417, closes: false, get("Expect: payment\r\n")),
    BadMessage(
      "9110 10.1.1: an unknown expectation with a body", 417, post("Expect: 200-ok\r\nContent-Length: 3\r\n")),
  ]

  static let framing = [
    BadMessage(
      "9112 6.3: both lengths", 400, post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
    BadMessage(
      "9112 6.3: both lengths, the other way", 400,
      post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n")),
    BadMessage("9112 6.3: two lengths", 400, post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello")),
    BadMessage(
      "9112 6.3: the same length twice", 400, post("Content-Length: 5\r\ncontent-length: 5\r\n", "hello")),
    BadMessage("9112 6.3: a list of lengths", 400, post("Content-Length: 5, 5\r\n", "hello")),
    BadMessage("9110 8.6: a length with sign", 400, post("Content-Length: +5\r\n", "hello")),
    BadMessage("9110 8.6: a negative length", 400, post("Content-Length: -1\r\n")),
    BadMessage("9110 8.6: a hexadecimal length", 400, post("Content-Length: 0x5\r\n", "hello")),
    BadMessage("9110 8.6: a length with fraction", 400, post("Content-Length: 5.0\r\n", "hello")),
    BadMessage("9110 8.6: a length of two words", 400, post("Content-Length: 5 5\r\n", "hello")),
    BadMessage("9110 8.6: an empty length", 400, post("Content-Length:\r\n")),
    BadMessage("9110 8.6: a length beyond 64 bits", 413, post("Content-Length: 99999999999999999999999\r\n")),
    BadMessage("9110 15.5.14: a length above the limit", 413, post("Content-Length: 67108865\r\n")),
    BadMessage("9112 6.1: an unknown coding", 501, post("Transfer-Encoding: br\r\n")),
    BadMessage(
      "9112 6.1: a known coding that is not served", 501, post("Transfer-Encoding: gzip, chunked\r\n")),
    BadMessage("9112 6.1: identity is no coding any more", 501, post("Transfer-Encoding: identity\r\n")),
    BadMessage("9112 6.1: chunked is not last", 501, post("Transfer-Encoding: chunked, gzip\r\n")),
    BadMessage(
      "9112 6.1: codings over two lines", 501, post("Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n")),
    BadMessage("9112 7.1: a parameter of chunked", 501, post("Transfer-Encoding: chunked;q=1\r\n")),
    BadMessage("9112 6.1: almost chunked", 501, post("Transfer-Encoding: xchunked\r\n")),
    BadMessage("9112 6.1: chunked in quotes", 400, post("Transfer-Encoding: \"chunked\"\r\n")),
    BadMessage("9112 6.1: chunked twice", 400, post("Transfer-Encoding: chunked, chunked\r\n")),
    BadMessage("9112 6.1: an empty coding", 400, post("Transfer-Encoding:\r\n")),
    BadMessage("9112 6.1: a vertical tab before chunked", 400, post("Transfer-Encoding: \u{B}chunked\r\n")),
    BadMessage(
      "9112 6.1: chunked in HTTP/1.0", 400, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    BadMessage("9112 7.1: no size", 400, chunked("\r\n")),
    BadMessage("9112 7.1: a size with 0x", 400, chunked("0x5\r\nhello\r\n0\r\n\r\n")),
    BadMessage("9112 7.1: a size with sign", 400, chunked("+5\r\nhello\r\n0\r\n\r\n")),
    BadMessage("9112 7.1: a negative size", 400, chunked("-5\r\nhello\r\n0\r\n\r\n")),
    BadMessage("9112 7.1: white space before a size", 400, chunked(" 5\r\nhello\r\n0\r\n\r\n")),
    BadMessage("9112 7.1: white space behind a size", 400, chunked("5 \r\nhello\r\n0\r\n\r\n")),
    BadMessage("9112 7.1: letters beyond F", 400, chunked("5g\r\nhello\r\n0\r\n\r\n")),
    BadMessage("9112 7.1: underscores in a size", 400, chunked("1_0\r\n0123456789abcdef\r\n0\r\n\r\n")),
    BadMessage("9112 7.1: a size of 64 bits", 413, chunked("ffffffffffffffff\r\n")),
    BadMessage(
      "9112 7.1: a size that overflows to a small one", 413,
      chunked("10000000000000005\r\nhello\r\n0\r\n\r\n")),
    BadMessage("9112 7.1: a size line ended by LF", 400, chunked("5\nhello\r\n0\r\n\r\n")),
    BadMessage("9112 7.1: a chunk longer than its size", 400, chunked("4\r\nhello\r\n0\r\n\r\n")),
    BadMessage("9112 7.1: a chunk shorter than its size", 400, chunked("6\r\nhello\r\n0\r\n\r\n")),
    BadMessage("9112 7.1: a chunk ended by LF", 400, chunked("5\r\nhello\n0\r\n\r\n")),
    BadMessage("9112 7.1: a chunk ended by CR", 400, chunked("5\r\nhello\r0\r\n\r\n")),
    BadMessage("9112 7.1.1: an extension without name", 400, chunked("5;\r\nhello\r\n0\r\n\r\n")),
    BadMessage("9112 7.1.1: an extension without value", 400, chunked("5;a=\r\nhello\r\n0\r\n\r\n")),
    BadMessage("9112 7.1.1: an extension with bare CR", 400, chunked("5;a\rb\r\nhello\r\n0\r\n\r\n")),
    BadMessage("9112 7.1.1: an extension's open quotes", 400, chunked("5;a=\"b\r\nhello\r\n0\r\n\r\n")),
    BadMessage("9112 7.1.2: a trailer without colon", 400, chunked("0\r\nX\r\n\r\n")),
    BadMessage("9112 7.1.2: a trailer that folds", 400, chunked("0\r\nX: a\r\n b\r\n\r\n")),
    BadMessage("9112 7.1.2: a trailer ended by LF", 400, chunked("0\r\nX: a\n\r\n")),
    BadMessage("9112 7.1: the end by LF", 400, chunked("0\r\n\n")),
  ]
}
