/// A connection's part that is a WebSocket: what it has heard, and how far it is from its end.
final class WebSocket {
  enum Stage {
    case open
    /// The server has said goodbye, the client has not: it has until then.
    case closing(until: Int64)
    /// Both have, or one has broken the rules: nothing more is heard.
    case closed
  }

  let endpoint: any WebSocketEndpoint
  let terms: DeflateTerms?
  var reader: WebSocketReader
  var stage = Stage.open
  /// When bytes came last.
  var lastHeard: Int64
  var nextPing: Int64
  /// Too much waits for the client: what its channel sends passes it by until all of that has gone.
  var isSkipped = false
  /// The mailbox holds its next turn to be heard: once, or each ping would give it one more of them for good.
  var hasTurnComing = false
  private var deflater: MessageCompressor?
  /// Whether anything was compressed since the last ping.
  private var hasCompressed = false

  /// Messages up to this size are sent as they are: a header for them would cost more.
  private static let leastCompressed = 64
  /// Longer ones, too: compressing them would keep the other clients waiting.
  private static let mostCompressed = 1 << 20

  init(_ upgrade: WebSocketUpgrade, now: Int64, ping: Int64) {
    (endpoint, terms, lastHeard, nextPing) = (upgrade.endpoint, upgrade.deflate, now, now + ping)
    reader = WebSocketReader(limit: upgrade.endpoint.messageBytes, terms: upgrade.deflate)
  }

  var isOpen: Bool { if case .open = stage { true } else { false } }
  var isClosed: Bool { if case .closed = stage { true } else { false } }

  /// The payload of a message's frame, and whether it is compressed.
  ///
  /// - Parameter common: streams that keep nothing between messages, by their window.
  func payload(
    _ message: [UInt8], _ common: inout [Int: MessageCompressor]
  ) -> (bytes: [UInt8], isCompressed: Bool) {
    guard let terms, WebSocket.leastCompressed...WebSocket.mostCompressed ~= message.count else {
      return (message, false)
    }
    let keeps = terms.serverKeepsContext
    let stream = keeps ? deflater : common[terms.serverWindowBits]
    guard let stream = stream ?? MessageCompressor(windowBits: terms.serverWindowBits) else {
      return (message, false)
    }
    if keeps { (deflater, hasCompressed) = (stream, true) } else { common[terms.serverWindowBits] = stream }
    let bytes = stream.compress(message.span, keepsContext: keeps)
    // What a later message may refer to has to be sent.
    return keeps || bytes.count < message.count ? (bytes, true) : (message, false)
  }

  /// Forgets what messages were compressed with, if none was since the last call: the next begins anew.
  func rest() {
    if !hasCompressed { deflater = nil }
    hasCompressed = false
  }

  /// When something is to be done, apart from what waits for the client.
  func deadline(idle: Int64) -> Int64 {
    switch stage {
    case .open: min(nextPing, lastHeard + idle)
    case .closing(let until): until
    case .closed: .max
    }
  }
}
