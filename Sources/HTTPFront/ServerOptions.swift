/// Where a server listens, with how many threads, and what it puts up with.
public struct ServerOptions: Sendable {
  /// An address or a name.
  public var host = "127.0.0.1"
  /// 0 takes a free port.
  public var port: UInt16 = 0
  /// Threads that serve connections.
  public var reactors = MachineLimits.cores
  /// Threads that make large answers.
  public var workers = MachineLimits.cores
  /// Sizes of requests.
  public var limits = RequestLimits()
  /// From a request's first byte to the end of its head: above it 408.
  public var headerSeconds = 10.0
  /// Without a byte between requests: the connection is closed.
  public var idleSeconds = 60.0
  /// Between two reads of a body: above it 408.
  public var bodySeconds = 20.0
  /// An answer of which the client takes nothing: the connection is cut.
  public var sendSeconds = 30.0
  /// How long a short answer may be held back, so that it goes together with those to requests that came with it.
  public var heldSeconds = 0.0005
  /// How long a closed connection is still read, so that the client gets the answer to what it went on sending.
  public var lingerSeconds = 5.0
  /// Between two pings to a WebSocket.
  public var webSocketPingSeconds = 15.0
  /// Without a byte from a WebSocket, an answer to a ping for one: it is closed.
  public var webSocketIdleSeconds = 30.0
  /// Open connections: above it 503.
  public var connections = 10_000
  /// Bytes that the bodies of all requests in hand may take together: above it 503. Bodies up to 64 KiB may take an eighth more.
  public var bodyBytes = 512 << 20
  /// Bytes of an answer that wait for a client: none are made above it. A WebSocket's client is passed over, and not heard.
  public var unsentBytes = 1 << 20
  /// Large answers that wait for a worker: above it 503.
  public var waitingAnswers = 4096

  public init() {}
}
