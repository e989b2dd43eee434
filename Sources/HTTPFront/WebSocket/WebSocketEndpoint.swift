/// What a WebSocket's clients talk to. Its functions run on the threads that serve connections: none of them may wait.
public protocol WebSocketEndpoint: Sendable {
  /// Bytes of a client's message, expanded: above it the WebSocket is closed with 1009.
  var messageBytes: Int { get }
  /// The subprotocols that it speaks, the best first.
  var protocols: [String] { get }
  /// What all its clients get as time passes.
  var channel: Channel? { get }

  /// A message has come.
  ///
  /// - Returns: what is answered; nil: nothing.
  func answer(_ message: WebSocketMessage) -> WebSocketMessage?
}

extension WebSocketEndpoint {
  public var messageBytes: Int { 1 << 20 }
  public var protocols: [String] { [] }
  public var channel: Channel? { nil }
}

/// A message of a WebSocket.
public struct WebSocketMessage: Sendable, Equatable {
  /// Whether it is text, in UTF-8.
  public var isText: Bool
  public var bytes: [UInt8]

  public init(isText: Bool, bytes: [UInt8]) { (self.isText, self.bytes) = (isText, bytes) }

  public init(text: String) { self.init(isText: true, bytes: Array(text.utf8)) }
}
