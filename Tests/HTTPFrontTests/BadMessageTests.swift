import HTTPFront
import Testing

@Suite struct BadMessageTests {
  @Test(arguments: BadMessage.requestLines + BadMessage.fields + BadMessage.framing)
  func `a bad message is refused alike in every split`(bad: BadMessage) {
    for pieces in splits(octets(bad.message)) {
      let fault = Transcript(pieces).requests.last?.fault
      #expect(fault?.status == bad.status, "\(pieces.map(\.count)) \(fault?.detail ?? "not refused")")
      #expect(fault?.closes == bad.closes)
    }
  }

  @Test(arguments: BadMessage.requestLines + BadMessage.fields + BadMessage.framing)
  func `nothing behind a message that closes is taken for a request`(bad: BadMessage) {
    guard bad.closes else { return }
    let smuggled = octets(bad.message + "GET /admin HTTP/1.1\r\nHost: a\r\n\r\n")
    for pieces in splits(smuggled) {
      #expect(!Transcript(pieces).requests.contains { $0.path == "/admin" })
    }
  }

  @Test(arguments: BadMessage.requestLines + BadMessage.fields + BadMessage.framing)
  func `a fault is told in one line of visible text and does not echo`(bad: BadMessage) throws {
    let detail = try #require(Transcript([octets(bad.message)]).requests.last?.fault?.detail)
    #expect(detail.hasSuffix(".") && detail.count > 20)
    #expect(detail.utf8.allSatisfy { 0x20...0x7E ~= $0 })
  }

  @Test func `a refused request without body leaves the next one in place`() {
    for pieces in splits(octets("BREW / HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n")) {
      let heard = Transcript(pieces)
      #expect(heard.requests.map(\.fault?.status) == [501, nil])
      #expect(heard.requests.last?.path == "/next")
      #expect(heard.isClean)
    }
  }

  @Test func `a fault that closes is given again whatever follows`() {
    var parser = RequestParser()
    var place = 0
    let bytes = octets("GET / HTTP/3.0\r\n\r\n")
    guard case .failed(let fault) = parser.next(bytes.span, from: &place) else {
      Issue.record("not refused")
      return
    }
    #expect(parser.next(bytes.span, from: &place) == .failed(fault))
    #expect(!parser.isBetweenRequests && !parser.isInBody)
    #expect(ResponseTerms(parser.head).keepsAlive == false)
  }
}
