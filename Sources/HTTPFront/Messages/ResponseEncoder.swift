/// Writes answers (RFC 9112) into a caller's buffer: no allocation once the buffer has grown, no String made.
///
/// ```
/// encoder.begin(200, body: .streamed, to: ResponseTerms(parser.head), now: seconds, into: &out)
/// encoder.field("Content-Type", "text/csv", into: &out)
/// encoder.endHead(into: &out)
/// encoder.piece(payload, into: &out)  // as often as there is one
/// encoder.endBody(into: &out)
/// ```
/// For a large piece that is sent from where it lies: `beginPiece`, the bytes, `endPiece`. To a request that gets no body
/// (HEAD) all of these write nothing; ask `sendsBody` to spare the making of one.
public struct ResponseEncoder: Sendable {
  /// Whether a body follows the head of the answer begun last: false for HEAD, 1xx, 204 and 304.
  public private(set) var sendsBody = false
  /// Whether the body of the answer begun last goes out in chunks (not to HTTP/1.0: there the end closes it).
  public private(set) var isChunked = false
  /// Whether the connection must be closed after the answer begun last.
  public private(set) var closes = false
  private var date = HTTPDate()

  public init() {}

  /// How the body of an answer goes out.
  public enum Body: Sendable, Equatable {
    /// No body: a length of 0, or none where the status has no body (1xx, 204, 304).
    case none
    /// So many bytes.
    case sized(Int)
    /// As many as come: chunked, or until the connection is closed for a client of HTTP/1.0.
    case streamed

    /// The length that is told; nil where none is.
    var count: Int? { if case .sized(let count) = self { count } else { nil } }
  }

  /// Status line, `Date` (made once a second), framing and `Connection` (not for 101: its caller writes that).
  ///
  /// - Parameters:
  ///   - status: 100…999.
  ///   - now: seconds since 1970 UTC.
  public mutating func begin(
    _ status: Int, body: Body, to terms: ResponseTerms, now: Int, into out: inout [UInt8]
  ) {
    precondition(100...999 ~= status, "a status has three digits")
    let hasBody = status >= 200 && status != 204 && status != 304
    let isStreamed = hasBody && body == .streamed
    isChunked = isStreamed && terms.minorVersion > 0
    closes = !terms.keepsAlive || isStreamed && !isChunked && !terms.isHead
    sendsBody = hasBody && !terms.isHead
    date.update(now)

    out.append(contentsOf: "HTTP/1.1 ".utf8)
    out.appendDecimal(status)
    out.append(Octets.space)
    out.append(contentsOf: reasonPhrase(status).utf8)
    out.append(contentsOf: "\r\nDate: ".utf8)
    out.append(contentsOf: date.bytes)
    endLine(&out)
    if hasBody { frame(body, into: &out) }
    if status == 101 { return }
    if closes {
      out.append(contentsOf: "Connection: close\r\n".utf8)
    } else if terms.minorVersion == 0 {
      out.append(contentsOf: "Connection: keep-alive\r\n".utf8)
    }
  }

  /// One field. Control characters in the value become spaces (RFC 9110 section 5.5): none can end the field.
  public func field(_ name: FieldName, _ value: String, into out: inout [UInt8]) {
    beginField(name, &out)
    let start = out.count
    out.append(contentsOf: value.utf8)
    endField(from: start, &out)
  }

  /// One field, its value as bytes.
  public func field(_ name: FieldName, _ value: Span<UInt8>, into out: inout [UInt8]) {
    beginField(name, &out)
    let start = out.count
    out.append(bytes: value)
    endField(from: start, &out)
  }

  /// One field, its value a number that is not negative.
  public func field(_ name: FieldName, _ value: Int, into out: inout [UInt8]) {
    beginField(name, &out)
    out.appendDecimal(max(0, value))
    endLine(&out)
  }

  /// The empty line.
  public func endHead(into out: inout [UInt8]) { endLine(&out) }

  /// A piece of the body, in a chunk if `isChunked`. An empty piece writes nothing.
  public func piece(_ bytes: Span<UInt8>, into out: inout [UInt8]) {
    guard sendsBody, !bytes.isEmpty else { return }
    beginPiece(count: bytes.count, into: &out)
    out.append(bytes: bytes)
    endPiece(into: &out)
  }

  /// What stands before a piece of `count` bytes that the caller sends itself; nothing unless `isChunked`.
  ///
  /// - Parameter count: at least 1: a chunk of 0 bytes would end the body.
  public func beginPiece(count: Int, into out: inout [UInt8]) {
    guard sendsBody, isChunked else { return }
    precondition(count > 0, "a chunk of 0 bytes ends the body")
    out.appendHexadecimal(count)
    endLine(&out)
  }

  /// What stands behind such a piece.
  public func endPiece(into out: inout [UInt8]) {
    if sendsBody, isChunked { endLine(&out) }
  }

  /// What ends a streamed body: the last chunk; nothing unless `isChunked`.
  public func endBody(into out: inout [UInt8]) {
    if sendsBody, isChunked { out.append(contentsOf: "0\r\n\r\n".utf8) }
  }

  /// `HTTP/1.1 100 Continue` with its empty line.
  public static func continueLine(into out: inout [UInt8]) {
    out.append(contentsOf: "HTTP/1.1 100 Continue\r\n\r\n".utf8)
  }

  /// `HTTP/1.1 102 Processing` (RFC 2518 section 10.1) with its empty line.
  public static func processingLine(into out: inout [UInt8]) {
    out.append(contentsOf: "HTTP/1.1 102 Processing\r\n\r\n".utf8)
  }

  private func frame(_ body: Body, into out: inout [UInt8]) {
    switch body {
    case .none: out.append(contentsOf: "Content-Length: 0\r\n".utf8)
    case .sized(let count):
      out.append(contentsOf: "Content-Length: ".utf8)
      out.appendDecimal(count)
      endLine(&out)
    case .streamed: if isChunked { out.append(contentsOf: "Transfer-Encoding: chunked\r\n".utf8) }
    }
  }

  private func beginField(_ name: FieldName, _ out: inout [UInt8]) {
    out.append(contentsOf: name.spelling)
    out.append(contentsOf: ": ".utf8)
  }

  private func endField(from start: Int, _ out: inout [UInt8]) {
    let allowed = OctetSet.fieldValue
    for i in start..<out.count where !allowed.contains(out[i]) { out[i] = Octets.space }
    endLine(&out)
  }

  private func endLine(_ out: inout [UInt8]) { out.append(contentsOf: "\r\n".utf8) }
}

extension [UInt8] {
  mutating func append(bytes: Span<UInt8>) { HTTPFront.append(bytes, to: &self) }
}
