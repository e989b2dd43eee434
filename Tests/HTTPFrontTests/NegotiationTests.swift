import HTTPFront
import Testing

/// A parser that has read one request with these fields.
private func parsed(_ fields: String) -> RequestParser {
  var (parser, place) = (RequestParser(), 0)
  let event = parser.next(octets("GET / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n").span, from: &place)
  #expect(event == .head)
  return parser
}

@Suite struct NegotiationTests {
  static let offered: [MediaType] = ["application/octet-stream", "application/json", "text/csv", "text/html"]

  @Test(arguments: [
    ("", 0), ("Accept: */*\r\n", 0), ("Accept: application/json\r\n", 1), ("Accept: Text/CSV\r\n", 2),
    ("Accept: text/*\r\n", 2), ("Accept: text/*;q=0.5, application/json;q=0.4\r\n", 2),
    ("Accept: text/*;q=0.3, text/html;q=0.7, */*;q=0.5\r\n", 3),
    ("Accept: */*, application/octet-stream;q=0\r\n", 1),
    ("Accept: application/json;q=0.001, text/csv;q=0\r\n", 1),
    ("Accept: text/csv;q=1.000;x=\"a,b\"\r\n", nil),
    ("Accept: image/png\r\n", nil), ("Accept: application/json;q=0\r\n", nil), ("Accept:\r\n", nil),
    ("Accept: image/png\r\nAccept: text/csv\r\n", 2), ("Accept: application/json; charset=utf-8\r\n", 1),
    ("Accept: text/html;level=1;q=0.3, text/html;q=0.1, text/csv;q=0.2\r\n", 2),
    ("Accept: application/json;q=2, text/csv;q=0.1\r\n", 2),
    ("Accept: application/json;q=0.1234, text/csv;q=0.1\r\n", 2),
    ("Accept: json, text/csv;q=0.1\r\n", 2), ("Accept: application/json;q=.5, text/csv;q=1.\r\n", 2),
    ("Accept: application/json;q=1.001, text/csv;q=0.\r\n", nil),
  ]) func `the best type by weight and closeness is chosen (9110 12.5.1)`(fields: String, best: Int?) {
    #expect(parsed(fields).head.preferred(of: Self.offered) == best)
  }

  /// RFC 9110 section 12.5.1 gives this field and these weights, of which `text/html;level=3` and `level=1` are not
  /// offered here.
  @Test func `the example of RFC 9110 orders the types as it says`() {
    let field =
      "Accept: text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5\r\n"
    let head = parsed(field).head
    #expect(head.preferred(of: ["text/html", "image/jpeg", "text/plain"]) == 2)
    #expect(head.preferred(of: ["text/html", "image/jpeg"]) == 1)
    #expect(head.preferred(of: ["text/html"]) == 0)
  }

  @Test(arguments: [
    ("", false), ("Accept-Encoding: gzip\r\n", true), ("Accept-Encoding: GZIP;q=0.5\r\n", true),
    ("Accept-Encoding: deflate, gzip;q=1.0, *;q=0.5\r\n", true), ("Accept-Encoding: x-gzip\r\n", true),
    ("Accept-Encoding: *\r\n", true), ("Accept-Encoding: *, gzip;q=0\r\n", false),
    ("Accept-Encoding:\r\n", false),
    ("Accept-Encoding: gzip;q=0.000\r\n", false), ("Accept-Encoding: br, deflate\r\n", false),
    ("Accept-Encoding: identity, gzip;q=0.5\r\n", false), ("Accept-Encoding: identity;q=0.5, gzip\r\n", true),
    ("Accept-Encoding: gzip;q=x\r\n", false), ("Accept-Encoding: br\r\nAccept-Encoding: gzip\r\n", true),
    ("Accept-Encoding: gzipped\r\n", false),
  ]) func `gzip is used when it is asked for (9110 12.5.3)`(fields: String, wants: Bool) {
    #expect(parsed(fields).head.prefersGzip == wants)
  }

  @Test(arguments: [
    ("", RequestHead.ContentType.missing), ("Content-Type: application/json\r\n", .one(1)),
    ("Content-Type: Application/JSON ; charset=\"utf-8\"\r\n", .one(1)),
    ("Content-Type: text/csv;\r\n", .one(2)),
    ("Content-Type: application/jsonp\r\n", .other), ("Content-Type: application\r\n", .other),
    ("Content-Type: application/json, text/csv\r\n", .other), ("Content-Type: */*\r\n", .other),
    ("Content-Type: text/csv\r\nContent-Type: text/csv\r\n", .other),
    ("Content-Type: text/csv;a=\"\r\n", .other),
    ("Content-Type:\r\n", .other),
  ]) func `a body's type is one of the known ones or another (9110 8.3)`(
    fields: String, type: RequestHead.ContentType
  ) {
    #expect(parsed(fields).head.contentType(of: Self.offered) == type)
  }

  @Test(arguments: [
    ("", false), ("If-None-Match: \"a\"\r\n", true), ("If-None-Match: W/\"a\"\r\n", true),
    ("If-None-Match: *\r\n", true),
    ("If-None-Match: \"b\", \"a\"\r\n", true), ("If-None-Match: \"b\",W/\"c,d\\\" , \"a\"\r\n", true),
    ("If-None-Match: \"A\"\r\n", false), ("If-None-Match: a\r\n", false), ("If-None-Match: \"a\r\n", false),
    ("If-None-Match: w/\"a\"\r\n", false), ("If-None-Match: \"b\"\r\nIf-None-Match: \"a\"\r\n", true),
    ("If-None-Match: \"xay\", \"\"\r\n", false), ("If-None-Match: W/\r\n", false),
  ]) func `a tag is matched weakly in all the list (9110 13.1.2)`(fields: String, matches: Bool) {
    let head = parsed(fields).head
    #expect(head.ifNoneMatch(names: "\"a\"") == matches)
    #expect(head.ifNoneMatch(names: "W/\"a\"") == matches)
  }

  @Test(arguments: [
    ("Authorization: Bearer s3cret\r\n", "s3cret"), ("Authorization: bearer   a.b_c~+/=\r\n", "a.b_c~+/="),
    ("", nil),
    ("Authorization: Basic YTpi\r\n", nil), ("Authorization: Bearer\r\n", nil),
    ("Authorization: Bearers3cret\r\n", nil),
    ("Authorization: Bearer a b\r\n", nil), ("Authorization: Bearer a\r\nAuthorization: Bearer a\r\n", nil),
  ]) func `a bearer token is what follows its scheme (6750 2.1)`(fields: String, token: String?) {
    let parser = parsed(fields)
    guard let found = parser.head.bearerToken else {
      #expect(token == nil)
      return
    }
    #expect(text(found) == token)
  }

  @Test func `secrets are compared whole`() {
    let secret = octets("s3cret")
    for (given, isRight) in [
      ("s3cret", true), ("s3creT", false), ("S3cret", false), ("s3cre", false), ("", false),
    ] {
      #expect(constantTimeEqual(octets(given).span, secret.span) == isRight)
    }
  }
}
