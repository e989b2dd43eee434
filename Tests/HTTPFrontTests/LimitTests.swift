import HTTPFront
import Testing

@Suite struct LimitTests {
  private func status(_ message: String, _ limits: RequestLimits = RequestLimits()) -> Int? {
    let bytes = octets(message)
    let whole = Transcript([bytes], limits: limits)
    #expect(Transcript(bytes.map { [$0] }, limits: limits) == whole)
    for cut in stride(from: 1, to: bytes.count, by: 997) {
      #expect(Transcript([Array(bytes[..<cut]), Array(bytes[cut...])], limits: limits) == whole)
    }
    return whole.requests.last?.fault?.status
  }

  private func x(_ count: Int) -> String { String(repeating: "x", count: count) }

  @Test func `a target of 8192 bytes is taken, one more is 414`() {
    #expect(status("OPTIONS /\(x(8191)) HTTP/1.1\r\nHost: a\r\n\r\n") == nil)
    #expect(status("GET /\(x(8192)) HTTP/1.1\r\nHost: a\r\n\r\n") == 414)
    #expect(status("GET /\(x(9000)) HTTP/1.1\r\nHost: a\r\n\r\n") == 414)
  }

  @Test func `a target without end is 414, a method without end 400`() {
    #expect(status("GET /\(x(100_000))") == 414)
    #expect(status(x(100_000)) == 400)
  }

  @Test func `16 KiB of fields are taken, one byte more is 431`() {
    let host = "Host: a\r\n"
    let room = 16_384 - host.utf8.count - 5
    #expect(status("GET / HTTP/1.1\r\n\(host)X: \(x(room))\r\n\r\n") == nil)
    #expect(status("GET / HTTP/1.1\r\n\(host)X: \(x(room + 1))\r\n\r\n") == 431)
    #expect(status("GET / HTTP/1.1\r\n\(host)X: \(x(100_000))") == 431)
  }

  @Test func `128 fields are taken, one more is 431`() {
    let fields = String(repeating: "A: b\r\n", count: 127)
    #expect(status("GET / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n") == nil)
    #expect(status("GET / HTTP/1.1\r\nHost: a\r\n\(fields)A: b\r\n\r\n") == 431)
  }

  @Test func `a declared length above the limit is 413 before any body`() {
    var limits = RequestLimits()
    limits.bodyBytes = 10
    #expect(status("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n\(x(10))", limits) == nil)
    #expect(status("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n", limits) == 413)
  }

  @Test func `chunks above the limit are 413 at the size line that exceeds it`() {
    var limits = RequestLimits()
    limits.bodyBytes = 10
    let head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    #expect(status(head + "6\r\n\(x(6))\r\n4\r\n\(x(4))\r\n0\r\n\r\n", limits) == nil)
    #expect(status(head + "6\r\n\(x(6))\r\n5\r\n", limits) == 413)
    #expect(status(head + "b\r\n", limits) == 413)
  }

  @Test func `extensions and trailers have their limits`() {
    let head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    #expect(status(head + "1;\(x(1020))\r\nx\r\n0\r\n\r\n") == nil)
    #expect(status(head + "1;\(x(1021))\r\nx\r\n0\r\n\r\n") == 400)
    #expect(status(head + String(repeating: "1;\(x(500))\r\nx\r\n", count: 40)) == 400)
    #expect(status(head + String(repeating: "1\r\nx\r\n", count: 4000) + "0\r\n\r\n") == nil)
    #expect(status(head + "0\r\nX: \(x(8187))\r\n\r\n") == nil)
    #expect(status(head + "0\r\nX: \(x(8188))\r\n\r\n") == 431)
    #expect(status(head + "0\r\n" + String(repeating: "X: \(x(100))\r\n", count: 100)) == 431)
    #expect(status(head + "0\r\n" + String(repeating: "X:\r\n", count: 129)) == 431)
  }
}
