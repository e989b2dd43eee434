/// The name of a header field; compares without regard to case.
public struct FieldName: Sendable, Hashable, ExpressibleByStringLiteral {
  /// In lower case.
  let bytes: [UInt8]

  /// A name that is known to be a token (RFC 9110 section 5.6.2).
  public init(stringLiteral name: StaticString) {
    self.init(checked: "\(name)")
  }

  /// - Returns: nil when `name` is no token.
  public init?(_ name: String) {
    guard !name.isEmpty, name.utf8.allSatisfy(Octets.isToken) else { return nil }
    bytes = name.utf8.map(Octets.lowered)
  }

  private init(checked name: String) {
    guard let name = FieldName(name) else { preconditionFailure("a field name is a token") }
    self = name
  }
}
