/// The methods of RFC 9110 and RFC 5789; any other is answered by 501. They are told apart by case.
public enum Method: UInt8, Sendable, CaseIterable {
  case get, head, post, put, delete, options, patch, trace, connect, query

  /// As it stands in a request line.
  public var text: String {
    switch self {
    case .get: "GET"
    case .head: "HEAD"
    case .post: "POST"
    case .put: "PUT"
    case .delete: "DELETE"
    case .options: "OPTIONS"
    case .patch: "PATCH"
    case .trace: "TRACE"
    case .connect: "CONNECT"
    case .query: "QUERY"
    }
  }

  /// The method that stands in a range of bytes; nil when it is none of these.
  init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    for method in Method.allCases where Self.equal(bytes, range, method.text) {
      self = method
      return
    }
    return nil
  }

  private static func equal(_ bytes: Span<UInt8>, _ range: Range<Int>, _ text: String) -> Bool {
    let text = text.utf8
    guard text.count == range.count else { return false }
    var i = range.lowerBound
    for c in text {
      if bytes[i] != c { return false }
      i += 1
    }
    return true
  }
}
