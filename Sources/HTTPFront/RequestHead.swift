/// A request without its body: bytes as they came, and where its parts lie in them.
///
/// Spans handed out are borrowed from the head: read them before the parser goes on.
public struct RequestHead: Sendable {
  public internal(set) var method = Method.get
  /// The minor version: 0 or 1 of HTTP/1.
  public internal(set) var minorVersion: UInt8 = 1
  /// How the body comes.
  public internal(set) var body = BodyFraming.none
  /// Whether the connection may serve another request after this one (RFC 9112 section 9.3).
  public internal(set) var keepsAlive = false
  /// Whether the client waits for `100 Continue` before it sends the body (RFC 9110 section 10.1.1).
  public internal(set) var expectsContinue = false
  /// What the target stood in.
  public internal(set) var form = TargetForm.origin

  /// How a request's body is framed.
  public enum BodyFraming: Sendable, Equatable {
    /// There is none.
    case none
    /// So many bytes; 0 is an empty body that was announced.
    case sized(Int)
    case chunked
  }

  /// The forms of a target (RFC 9112 section 3.2).
  public enum TargetForm: Sendable, Equatable { case origin, absolute, authority, asterisk }

  var bytes: [UInt8] = []

  /// The whole target as sent.
  public var target: Span<UInt8> { bytes.span }
  /// The target's path, percent escapes as sent; `/` for an absolute target without one, empty for `*` and CONNECT.
  public var path: Span<UInt8> { bytes.span }
  /// The target's query without `?`, escapes as sent; nil without `?`.
  public var query: Span<UInt8>? { nil }
  /// The authority: of an absolute target its own, else that of the `Host` field; empty when there is none.
  public var authority: Span<UInt8> { bytes.span }

  /// The number of fields.
  public var fieldCount: Int { 0 }
  /// The name of field `index` as sent.
  @_lifetime(borrow self) public func name(_ index: Int) -> Span<UInt8> { bytes.span }
  /// The value of field `index` without surrounding white space.
  @_lifetime(borrow self) public func value(_ index: Int) -> Span<UInt8> { bytes.span }
  /// The first field of that name, its value; nil when there is none.
  @_lifetime(borrow self) public func value(of name: FieldName) -> Span<UInt8>? { nil }
  /// The number of fields of that name.
  public func count(of name: FieldName) -> Int { 0 }
  /// Whether a comma-separated field of that name (all its lines) holds `token`, in lower case, without regard to case.
  public func contains(_ token: FieldName, in name: FieldName) -> Bool { false }
}
