import Testing

@testable import HTTPFront

extension DeflateTerms {
  /// What a server agrees to for a value of Sec-WebSocket-Extensions.
  static func offer(_ value: String, isShared: Bool = false) -> DeflateTerms? {
    choose(
      head("GET / HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Extensions: \(value)\r\n\r\n"), isShared: isShared)
  }
}

private func head(_ text: String) -> RequestHead {
  var (parser, place) = (RequestParser(), 0)
  let bytes = Array(text.utf8)
  #expect(parser.next(bytes.span, from: &place) == .head)
  return parser.head
}

@Suite struct WebSocketHandshakeTests {
  @Test func `SHA-1 gives the digests of FIPS 180 and RFC 3174`() {
    func hex(_ text: String) -> String {
      SHA1.digest(Array(text.utf8)).map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }
        .joined()
    }
    #expect(hex("abc") == "a9993e364706816aba3e25717850c26c9cd0d89d")
    #expect(hex("") == "da39a3ee5e6b4b0d3255bfef95601890afd80709")
    #expect(
      hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "84983e441c3bd26ebaae4aa1f95129e5e54670f1")
    #expect(
      hex(String(repeating: "0123456701234567012345670123456701234567012345670123456701234567", count: 10))
        == "dea356a2cddd90c7a7ecedc5ebb563934f460452")
  }

  @Test func `Base64 gives the texts of RFC 4648`() {
    let cases = ["": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "foobar": "Zm9vYmFy"]
    for (text, encoded) in cases { #expect(Base64.encode(Array(text.utf8)) == encoded) }
  }

  @Test func `the key of RFC 6455 section 1-3 is accepted`() throws {
    #expect(
      WebSocketHandshake.accept(Array("dGhlIHNhbXBsZSBub25jZQ==".utf8)) == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
  }

  @Test func `offers of compression are met, or passed over`() {
    let cases: [(String, String?)] = [
      ("permessage-deflate", "permessage-deflate; client_no_context_takeover"),
      ("permessage-deflate; client_max_window_bits", "permessage-deflate; client_max_window_bits=12"),
      (
        "permessage-deflate; client_max_window_bits=9; server_max_window_bits=10",
        "permessage-deflate; server_max_window_bits=10; client_max_window_bits=9"
      ),
      (
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
      ),
      (
        "permessage-deflate; server_max_window_bits=\"15\"",
        "permessage-deflate; server_max_window_bits=12; client_no_context_takeover"
      ),
      // Named wrongly, or what cannot be met: the next offer, or none.
      ("permessage-deflate; server_max_window_bits=8", nil),
      (
        "permessage-deflate; server_max_window_bits=8, permessage-deflate",
        "permessage-deflate; client_no_context_takeover"
      ),
      ("permessage-deflate; server_max_window_bits", nil),
      ("permessage-deflate; server_max_window_bits=16", nil),
      ("permessage-deflate; server_max_window_bits=010", nil),
      ("permessage-deflate; client_max_window_bits=7", nil),
      ("permessage-deflate; client_max_window_bits=", nil),
      ("permessage-deflate; client_max_window_bits; client_max_window_bits", nil),
      ("permessage-deflate; server_no_context_takeover=1", nil),
      ("permessage-deflate; unknown", nil),
      ("permessage-deflate;", nil), ("permessage-deflate=1", nil), ("x-webkit-deflate-frame", nil),
      ("x, permessage-deflate; client_max_window_bits=15", "permessage-deflate; client_max_window_bits=12"),
    ]
    for (offer, answer) in cases { #expect(DeflateTerms.offer(offer)?.text == answer, "\(offer)") }
    #expect(
      DeflateTerms.offer("permessage-deflate; client_max_window_bits", isShared: true)?.text
        == "permessage-deflate; server_no_context_takeover; client_no_context_takeover; client_max_window_bits=12"
    )
    #expect(DeflateTerms.offer("permessage-deflate; server_max_window_bits=11", isShared: true) == nil)
  }
}
