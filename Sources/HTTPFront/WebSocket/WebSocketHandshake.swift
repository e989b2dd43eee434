/// A request for a WebSocket that is one (RFC 6455 section 4.2.1).
public struct WebSocketHandshake: Sendable {
  /// Why a request is none.
  public enum Fault: Error, Equatable, Sendable {
    /// It does not ask for a WebSocket, or for another version of it: 426.
    case notAsked
    /// What it says is malformed: 400.
    case malformed(String)

    public var status: Int { self == .notAsked ? 426 : 400 }

    /// One line: what to send instead.
    public var detail: String {
      switch self {
      case .notAsked:
        "this path is a WebSocket's: ask by GET over HTTP/1.1 with Connection: Upgrade, Upgrade: websocket, "
          + "Sec-WebSocket-Version: 13 and Sec-WebSocket-Key"
      case .malformed(let detail): detail
      }
    }

    /// Writes the fields that go with the status.
    public func write(to answer: inout Answer) {
      guard self == .notAsked else { return }
      answer.field(.upgrade, "websocket")
      answer.field(.connection, "Upgrade")
      answer.field(.webSocketVersion, "13")
    }
  }

  /// The value of `Sec-WebSocket-Accept`.
  let accept: String

  public init(_ head: borrowing RequestHead) throws(Fault) {
    guard head.method == .get, head.minorVersion >= 1, head.contains(.webSocket, in: .upgrade),
      head.contains(.upgrade, in: .connection), head.count(of: .webSocketVersion) == 1,
      let version = head.value(of: .webSocketVersion), version.count == 2,
      version[0] == UInt8(ascii: "1"), version[1] == UInt8(ascii: "3")
    else { throw .notAsked }
    guard head.body == .none || head.body == .sized(0) else {
      throw .malformed("a request for a WebSocket has no body: leave it out")
    }
    var key: [UInt8] = []
    if head.count(of: .webSocketKey) == 1, let value = head.value(of: .webSocketKey) {
      key.append(bytes: value)
    }
    guard Base64.isSixteenBytes(key) else {
      throw .malformed("sec-websocket-key: send it once, 16 random bytes in Base64")
    }
    accept = WebSocketHandshake.accept(key)
  }

  /// The proof that the key was understood (RFC 6455 section 4.2.2).
  static func accept(_ key: [UInt8]) -> String {
    Base64.encode(SHA1.digest(key + Array("258EAFA5-E914-47DA-95CA-C5AB0DC85B11".utf8)))
  }
}

/// What a WebSocket is opened with.
struct WebSocketUpgrade: Sendable {
  let endpoint: any WebSocketEndpoint
  let deflate: DeflateTerms?
}

extension Answer {
  /// Opens a WebSocket instead of an answer: 101, and what follows goes to and comes from `endpoint`.
  public mutating func open(
    _ endpoint: any WebSocketEndpoint, _ handshake: WebSocketHandshake, _ head: borrowing RequestHead
  ) {
    let deflate = DeflateTerms.choose(head, isShared: endpoint.channel != nil)
    (status, length) = (101, .none)
    field(.upgrade, "websocket")
    field(.connection, "Upgrade")
    field(.webSocketAccept, handshake.accept)
    if let deflate { field(DeflateTerms.field, deflate.text) }
    if let name = endpoint.protocols.first(where: {
      FieldName(token: $0).map { head.contains($0, in: .webSocketProtocol) } ?? false
    }) {
      field(.webSocketProtocol, name)
    }
    upgrade = WebSocketUpgrade(endpoint: endpoint, deflate: deflate)
  }
}

extension FieldName {
  static let webSocket: FieldName = "websocket"
  static let webSocketAccept: FieldName = "Sec-WebSocket-Accept"
  static let webSocketKey: FieldName = "Sec-WebSocket-Key"
  static let webSocketProtocol: FieldName = "Sec-WebSocket-Protocol"
  static let webSocketVersion: FieldName = "Sec-WebSocket-Version"
}
