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
  /// The request begun last; valid from `head` (or `failed`, as far as it was read) until a call
  /// after `end` meets bytes of the next one.
  public internal(set) var head = RequestHead()
  public let limits: RequestLimits

  enum Stage { case done, requestLine, fields, sized, chunkLine, chunk, chunkEnd, trailers, end }
  var stage = Stage.done
  var fault: RequestFault?
  /// Where the line being read begins in `head.bytes`, or in `line`.
  var lineStart = 0
  /// A chunk's size line or a trailer line as far as it came.
  var line: [UInt8] = []
  /// What is still to come of the body or chunk; of a chunk's end, its bytes read.
  var remaining = 0
  /// The body's bytes announced so far, chunked.
  var announced = 0
  /// What chunk framing exceeded its data by, or bytes of trailers.
  var overhead = 0
  var trailerCount = 0
  var emptyLines = 0
  var framing = Framing()

  /// What a head of usual size takes.
  private static let (keptBytes, keptFields) = (1024, 32)

  public init(limits: RequestLimits = RequestLimits()) { self.limits = limits }

  /// Whether no byte of a further request has come: a connection that may be idle or closed without loss.
  public var isBetweenRequests: Bool {
    fault == nil && (stage == .done || stage == .requestLine && head.bytes.isEmpty)
  }
  /// Whether a request's head is complete and its `end` has not come.
  public var isInBody: Bool { fault == nil && stage != .done && stage != .requestLine && stage != .fields }

  /// Reads on from `place` and moves it behind what was used.
  ///
  /// - Returns: the next event; the events do not depend on how the bytes were cut, but for the cuts of body pieces.
  public mutating func next(_ bytes: Span<UInt8>, from place: inout Int) -> RequestEvent {
    if let fault { return .failed(fault) }
    do throws(RequestFault) { return try advance(bytes, from: &place) } catch {
      if error.closes {
        fault = error
        head.keepsAlive = false
      } else {
        stage = .done
      }
      return .failed(error)
    }
  }

  /// Forgets the last head, and gives up its buffers if they are larger than usual, for a connection that idles; does
  /// nothing amid a request.
  public mutating func releaseBuffers() {
    guard isBetweenRequests else { return }
    if head.bytes.capacity > Self.keptBytes || head.fields.capacity > Self.keptFields {
      head = RequestHead()
    } else {
      clearHead()
    }
    line = []
  }

  private mutating func advance(_ bytes: Span<UInt8>, from place: inout Int) throws(RequestFault)
    -> RequestEvent
  {
    if stage == .done, place < bytes.count { begin() }
    while place < bytes.count || stage == .end {
      switch stage {
      case .done: return .end
      case .requestLine: try readRequestLine(bytes, from: &place)
      case .fields: if try readField(bytes, from: &place) { return .head }
      case .sized, .chunk: return .body(takeBody(bytes.count, from: &place))
      case .chunkLine: try readChunkLine(bytes, from: &place)
      case .chunkEnd: try readChunkEnd(bytes, from: &place)
      case .trailers: try readTrailer(bytes, from: &place)
      case .end:
        stage = .done
        return .end
      }
    }
    return .needsMore
  }

  private mutating func clearHead() {
    head.bytes.removeAll(keepingCapacity: true)
    head.fields.removeAll(keepingCapacity: true)
    head.parts = RequestHead.Target()
    (head.method, head.minorVersion, head.body) = (.get, 1, .none)
    (head.keepsAlive, head.expectsContinue) = (false, false)
  }

  private mutating func begin() {
    clearHead()
    framing = Framing()
    (lineStart, emptyLines, announced, overhead, trailerCount) = (0, 0, 0, 0, 0)
    stage = .requestLine
  }

  private mutating func takeBody(_ end: Int, from place: inout Int) -> Range<Int> {
    let count = min(remaining, end - place)
    let range = place..<place + count
    place += count
    remaining -= count
    if remaining == 0 { stage = stage == .sized ? .end : .chunkEnd }
    return range
  }
}
