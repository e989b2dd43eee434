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
  /// The form of the target.
  public var form: TargetForm { parts.form }

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

  /// Request line and fields with their line ends.
  var bytes: [UInt8] = []
  var parts = Target()
  var fields: [Field] = []

  /// Where a target's parts lie.
  struct Target: Sendable, Equatable {
    var whole = 0..<0
    var path = 0..<0
    var query: Range<Int>?
    var authority = 0..<0
    var form = TargetForm.origin
  }

  /// Where a field's parts lie.
  struct Field: Sendable, Equatable {
    var nameStart, nameEnd, valueStart, valueEnd: UInt32
    var name: Range<Int> { Int(nameStart)..<Int(nameEnd) }
    var value: Range<Int> { Int(valueStart)..<Int(valueEnd) }
  }

  /// The whole target, its path as below, the rest as sent.
  public var target: Span<UInt8> { bytes.span.extracting(parts.whole) }
  /// The target's path, escapes as sent but for those that are none: `/%68ealth` is `/health`; empty for `*`, for CONNECT and for an absolute target without one.
  public var path: Span<UInt8> { bytes.span.extracting(parts.path) }
  /// The target's query without `?`, escapes as sent; empty without one.
  public var query: Span<UInt8> { bytes.span.extracting(parts.query ?? 0..<0) }
  /// Whether the target holds a `?`.
  public var hasQuery: Bool { parts.query != nil }
  /// Host and port: of an absolute target its own, else what the `Host` field says; empty when there is none.
  public var authority: Span<UInt8> { bytes.span.extracting(parts.authority) }

  /// The number of fields.
  public var fieldCount: Int { fields.count }
  /// The name of field `index` as sent.
  @_lifetime(borrow self) public func name(_ index: Int) -> Span<UInt8> {
    bytes.span.extracting(fields[index].name)
  }
  /// The value of field `index` without surrounding white space.
  @_lifetime(borrow self) public func value(_ index: Int) -> Span<UInt8> {
    bytes.span.extracting(fields[index].value)
  }
  /// The value of the first field of that name; nil when there is none.
  @_lifetime(borrow self) public func value(of name: FieldName) -> Span<UInt8>? {
    guard let index = index(of: name, from: 0) else { return nil }
    return value(index)
  }
  /// The place of the next field of that name, counted from `start`.
  public func index(of name: FieldName, from start: Int = 0) -> Int? {
    var i = start
    while i < fields.count {
      if bytes.span.matches(name, in: fields[i].name) { return i }
      i += 1
    }
    return nil
  }
  /// The number of fields of that name.
  public func count(of name: FieldName) -> Int {
    var (count, next) = (0, index(of: name))
    while let i = next {
      count += 1
      next = index(of: name, from: i + 1)
    }
    return count
  }
  /// Whether a comma-separated field of that name, all its lines taken together, holds `token`.
  public func contains(_ token: FieldName, in name: FieldName) -> Bool {
    var next = index(of: name)
    while let i = next {
      var elements = ListElements(fields[i].value)
      let bytes = bytes.span
      while let element = elements.next(in: bytes) {
        if bytes.matches(token, in: element) { return true }
      }
      next = index(of: name, from: i + 1)
    }
    return false
  }
}
