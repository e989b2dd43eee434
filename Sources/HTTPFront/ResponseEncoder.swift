/// Writes answers (RFC 9112) into a caller's buffer: no allocation once the buffer has grown, no String made.
///
/// ```
/// encoder.begin(200, body: .streamed, to: ResponseTerms(parser.head), now: seconds, into: &out)
/// encoder.field("content-type", "text/csv", into: &out)
/// encoder.endHead(into: &out)
/// if encoder.sendsBody { encoder.piece(payload, into: &out); encoder.endBody(into: &out) }
/// ```
/// For a large piece that is sent from where it lies: `beginPiece`, the bytes, `endPiece`.
public struct ResponseEncoder: Sendable {
  /// What follows the head of the answer begun last: false for HEAD, 1xx, 204 and 304.
  public private(set) var sendsBody = false
  /// Whether the body of the answer begun last goes out in chunks (not to HTTP/1.0: there the end closes it).
  public private(set) var isChunked = false
  /// Whether the connection must be closed after the answer begun last.
  public private(set) var closes = false

  public init() {}

  /// How the body of an answer goes out.
  public enum Body: Sendable, Equatable {
    /// No body and no length (1xx, 204, 304, an upgrade).
    case none
    /// So many bytes.
    case sized(Int)
    /// As many as come: chunked, or until the connection is closed for a client of HTTP/1.0.
    case streamed
  }

  /// Status line, `Date` (made once a second), framing and `Connection`.
  ///
  /// - Parameter now: seconds since 1970 UTC.
  public mutating func begin(
    _ status: Int, body: Body, to terms: ResponseTerms, now: Int, into out: inout [UInt8]
  ) {}

  /// One field; CR, LF and NUL in the value become spaces (RFC 9110 section 5.5), so that none can end it.
  public func field(_ name: FieldName, _ value: String, into out: inout [UInt8]) {}
  public func field(_ name: FieldName, _ value: Span<UInt8>, into out: inout [UInt8]) {}
  public func field(_ name: FieldName, _ value: Int, into out: inout [UInt8]) {}

  /// The empty line.
  public func endHead(into out: inout [UInt8]) {}

  /// A piece of the body with its frame, if `isChunked`. An empty piece writes nothing.
  public func piece(_ bytes: Span<UInt8>, into out: inout [UInt8]) {}
  /// What stands before a piece of `count` bytes that the caller sends itself; nothing unless `isChunked`. `count` > 0.
  public func beginPiece(count: Int, into out: inout [UInt8]) {}
  /// What stands behind it.
  public func endPiece(into out: inout [UInt8]) {}
  /// What ends a streamed body: the last chunk; nothing unless `isChunked`.
  public func endBody(into out: inout [UInt8]) {}

  /// `HTTP/1.1 100 Continue` with its empty line.
  public static func continueLine(into out: inout [UInt8]) {}
}

/// What an answer must know of its request.
public struct ResponseTerms: Sendable, Equatable {
  public var isHead: Bool
  public var minorVersion: UInt8
  /// False: the answer says `Connection: close`. The server may take it back: when it drains, or after a fault.
  public var keepsAlive: Bool

  public init(_ head: borrowing RequestHead) {
    isHead = head.method == .head
    (minorVersion, keepsAlive) = (head.minorVersion, head.keepsAlive)
  }

  /// For a request whose head could not be read: closes.
  public init() { (isHead, minorVersion, keepsAlive) = (false, 1, false) }
}
