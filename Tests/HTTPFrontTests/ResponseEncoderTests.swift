import Foundation
import HTTPFront
import Testing

@Suite struct ResponseEncoderTests {
  private var terms: ResponseTerms {
    var terms = ResponseTerms()
    terms.keepsAlive = true
    return terms
  }

  /// The head's lines behind the status and the date.
  private func head(_ status: Int, _ body: ResponseEncoder.Body, _ terms: ResponseTerms) -> (
    lines: [String], ResponseEncoder
  ) {
    var (encoder, out) = (ResponseEncoder(), [UInt8]())
    encoder.begin(status, body: body, to: terms, now: 784_111_777, into: &out)
    encoder.endHead(into: &out)
    let lines = String(decoding: out, as: UTF8.self).components(separatedBy: "\r\n")
    #expect(lines.first?.hasPrefix("HTTP/1.1 \(status) ") == true)
    #expect(lines[1] == "Date: Sun, 06 Nov 1994 08:49:37 GMT")
    #expect(lines.suffix(2) == ["", ""])
    return (Array(lines[2..<lines.count - 2]), encoder)
  }

  @Test func `an answer is framed as its body and its client allow (9112 6)`() {
    var (old, oldKept, headOnly) = (ResponseTerms(), terms, terms)
    (old.minorVersion, oldKept.minorVersion, headOnly.isHead) = (0, 0, true)
    #expect(head(200, .sized(5), terms).lines == ["Content-Length: 5"])
    #expect(head(200, .none, terms).lines == ["Content-Length: 0"])
    #expect(head(200, .streamed, terms).lines == ["Transfer-Encoding: chunked"])
    #expect(head(200, .streamed, oldKept).lines == ["Connection: close"])
    #expect(head(200, .sized(5), oldKept).lines == ["Content-Length: 5", "Connection: keep-alive"])
    #expect(head(200, .sized(5), old).lines == ["Content-Length: 5", "Connection: close"])
    #expect(head(413, .sized(5), ResponseTerms()).lines == ["Content-Length: 5", "Connection: close"])
    #expect(head(204, .sized(5), terms).lines == [])
    #expect(head(304, .streamed, terms).lines == [])
    #expect(head(101, .none, terms).lines == [])
    #expect(head(200, .sized(5), headOnly).lines == ["Content-Length: 5"])
    for (status, terms) in [(200, headOnly), (204, terms), (304, terms), (101, terms)] {
      #expect(!head(status, .streamed, terms).1.sendsBody)
    }
  }

  @Test func `chunks are framed and read back by the parser (9112 7.1)`() {
    var (encoder, out) = (ResponseEncoder(), [UInt8]())
    encoder.begin(200, body: .streamed, to: terms, now: 0, into: &out)
    out = octets("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
    let pieces = [1, 15, 16, 0, 255, 256, 70_000].map { [UInt8](repeating: UInt8($0 & 255), count: $0) }
    for piece in pieces { encoder.piece(piece.span, into: &out) }
    encoder.beginPiece(count: 3, into: &out)
    out += octets("abc")
    encoder.endPiece(into: &out)
    encoder.endBody(into: &out)
    let heard = Transcript([out])
    #expect(heard.isClean)
    #expect(heard.requests.map(\.body) == [Array(pieces.joined()) + octets("abc")])
  }

  @Test func `nothing but the head goes out to HEAD`() {
    var (encoder, out, terms) = (ResponseEncoder(), [UInt8](), terms)
    terms.isHead = true
    encoder.begin(200, body: .streamed, to: terms, now: 0, into: &out)
    let head = out
    encoder.piece(octets("abc").span, into: &out)
    encoder.beginPiece(count: 3, into: &out)
    encoder.endPiece(into: &out)
    encoder.endBody(into: &out)
    #expect(out == head)
  }

  @Test func `a value cannot end its field (9110 5.5)`() {
    var out: [UInt8] = []
    let encoder = ResponseEncoder()
    encoder.field("X-A", "a\r\nSet-Cookie: b\0\u{7F}é\t", into: &out)
    encoder.field("X-B", octets("c\nd").span, into: &out)
    encoder.field("X-C", 1_234_567_890, into: &out)
    encoder.field("X-D", 0, into: &out)
    #expect(
      String(decoding: out, as: UTF8.self)
        == "X-A: a  Set-Cookie: b  é\t\r\nX-B: c d\r\nX-C: 1234567890\r\nX-D: 0\r\n")
    for name in ["a b", "", "a\r\n", "é", "a:"] { #expect(FieldName(token: name) == nil) }
    #expect(FieldName(token: "ETag") == "etag")
  }

  @Test func `dates are those of Foundation's calendar (9110 5.6.7)`() {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(identifier: "GMT")
    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    var encoder = ResponseEncoder()
    let steps = stride(from: -5_000_000_000, to: 20_000_000_000, by: 86_400 * 97 + 12_345)
    for now in Array(steps) + [951_782_400, 951_868_799, 4_107_542_400, -1, 0] {
      var out: [UInt8] = []
      encoder.begin(200, body: .none, to: terms, now: now, into: &out)
      let date = format.string(from: Date(timeIntervalSince1970: Double(now)))
      #expect(String(decoding: out, as: UTF8.self).contains("\r\nDate: \(date)\r\n"))
    }
  }

  @Test func `every status of the contract has its reason`() {
    for status in [
      100, 101, 200, 204, 304, 400, 401, 403, 404, 405, 406, 408, 411, 413, 414, 415, 417, 422, 429, 431, 500,
      501, 503, 505,
    ] {
      #expect(!reasonPhrase(status).isEmpty)
    }
    var out: [UInt8] = []
    ResponseEncoder.continueLine(into: &out)
    #expect(out == octets("HTTP/1.1 100 Continue\r\n\r\n"))
  }
}
