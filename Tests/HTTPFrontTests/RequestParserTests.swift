import HTTPFront
import Testing

@Suite struct RequestParserTests {
  @Test func `a parser begins between requests`() {
    #expect(RequestParser().isBetweenRequests)
  }
}
