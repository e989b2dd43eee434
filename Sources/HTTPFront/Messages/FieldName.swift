/// The name of a header field, or another token; compares without regard to case.
///
/// Making one allocates: what is asked for at each request is kept as a constant.
public struct FieldName: Sendable, Hashable, ExpressibleByStringLiteral {
  /// In lower case.
  let bytes: [UInt8]
  /// As it goes out.
  let spelling: [UInt8]

  /// A name that is known to be a token (RFC 9110 section 5.6.2).
  public init(stringLiteral name: StaticString) {
    guard let name = FieldName(token: "\(name)") else { preconditionFailure("a field name is a token") }
    self = name
  }

  /// - Returns: nil when `name` is no token.
  public init?(token name: String) {
    let token = OctetSet.token
    guard !name.isEmpty, name.utf8.allSatisfy({ token.contains($0) }) else { return nil }
    spelling = Array(name.utf8)
    bytes = spelling.map(Octets.lowered)
  }

  public static func == (a: FieldName, b: FieldName) -> Bool { a.bytes == b.bytes }
  public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

  public static let accept: FieldName = "Accept"
  public static let acceptEncoding: FieldName = "Accept-Encoding"
  public static let authorization: FieldName = "Authorization"
  public static let connection: FieldName = "Connection"
  public static let contentLength: FieldName = "Content-Length"
  public static let contentType: FieldName = "Content-Type"
  public static let expect: FieldName = "Expect"
  public static let host: FieldName = "Host"
  public static let ifNoneMatch: FieldName = "If-None-Match"
  public static let origin: FieldName = "Origin"
  public static let transferEncoding: FieldName = "Transfer-Encoding"
  public static let upgrade: FieldName = "Upgrade"

  static let chunked: FieldName = "chunked"
  static let close: FieldName = "close"
  static let keepAlive: FieldName = "keep-alive"
  static let weight: FieldName = "q"
  static let charset: FieldName = "charset"
  static let utf8: FieldName = "utf-8"
  static let gzip: FieldName = "gzip"
  static let xGzip: FieldName = "x-gzip"
  static let identity: FieldName = "identity"
  static let any: FieldName = "*"
  static let bearer: FieldName = "bearer"
  static let continue100: FieldName = "100-continue"
}
