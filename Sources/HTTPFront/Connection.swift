/// One client: what came from it and what goes to it. A reactor's thread alone touches it.
///
/// While it idles it holds this object and nothing else: the bytes of requests are read into the reactor's buffer, and
/// those of answers lie in buffers that go back to their pool when they were sent.
final class Connection {
  /// What is being done.
  enum Phase {
    /// Requests are read and answered at once.
    case reading
    /// A worker makes the answer; what else comes is kept.
    case making(Making)
    /// A request opened a WebSocket: messages go both ways.
    case webSocket(WebSocket)
    /// The last answer was sent; what still comes is dropped, so that the client reads the answer before it learns that
    /// nobody listens.
    case lingering
  }

  /// The request in hand.
  struct InHand {
    let started: Int64
    var terms: ResponseTerms
    var record = RequestRecord()
    /// Nobody reads its body.
    var dropsBody = false
    /// Answered before its body came.
    var isAnswered = false
  }

  let socket: Socket
  /// Tells it from connections that had its place before.
  let key: UInt64
  var phase = Phase.reading
  var parser: RequestParser
  var encoder = ResponseEncoder()
  var request: InHand?
  var body: [UInt8] = []
  /// Bytes that were taken from the budget for it.
  var bodyRoom = 0
  /// Bytes that came while an earlier answer was being made or sent.
  var unread: [UInt8] = []
  /// The client sends nothing more.
  var hasEnded = false
  var closesWhenSent = false

  /// Bytes on their way to the client.
  struct Outgoing {
    let buffer: ByteBuffer
    /// Whether more may be written behind it; a piece is sent as it is.
    let isText: Bool
    /// Whether it goes to others, too: nobody may use it again.
    var isShared = false
    /// Who is told that a piece was sent.
    var making: Making?
    /// Bytes of pieces that were copied into it: told, too, when they were sent.
    var copied = 0
  }

  /// Bytes still to come of the body whose length was told; nil where none was.
  private var owed: Int?

  private(set) var queue: [Outgoing] = []
  /// Bytes of the first buffer that went.
  private(set) var skipped = 0
  private(set) var unsent = 0

  var interest = Poller.Interest.read
  /// When the first byte of the request in hand came.
  var headStarted: Int64 = 0
  /// Since when the client has taken nothing of what waits; nil: nothing waits.
  var waitsSince: Int64?
  var lingersUntil: Int64 = 0
  /// When a client that sends no more is asked whether it still reads.
  var probesAt = Int64.max
  var deadline = Int64.max
  /// The earliest entry in the heap for it.
  var alarm = Int64.max

  init(_ socket: Socket, key: UInt64, limits: RequestLimits) {
    (self.socket, self.key) = (socket, key)
    parser = RequestParser(limits: limits)
  }

  /// Whether nothing of a request has come and nothing of an answer waits.
  var isIdle: Bool {
    guard case .reading = phase else { return false }
    return request == nil && parser.isBetweenRequests && unsent == 0 && unread.isEmpty
  }

  /// Puts text at the end.
  func write(_ bytes: [UInt8], _ pool: BufferPool) {
    guard !bytes.isEmpty else { return }
    text(pool).append(bytes)
    unsent += bytes.count
  }

  /// Puts a copy of a small piece of `making` at the end.
  func write(copyOf piece: ByteBuffer, of making: Making?, _ pool: BufferPool) {
    let text = text(pool)
    piece.withBytes { text.append($0) }
    unsent += piece.count
    guard let making else { return }
    let last = queue.count - 1
    // What an earlier answer had in it needs not be told: that answer is complete.
    if queue[last].making !== making { (queue[last].making, queue[last].copied) = (making, 0) }
    queue[last].copied += piece.count
  }

  /// Puts a piece at the end, which is sent from where it lies.
  func write(piece: ByteBuffer, of making: Making?) {
    queue.append(Outgoing(buffer: piece, isText: false, making: making))
    unsent += piece.count
  }

  /// Puts what many get at the end, which is sent from where it lies.
  func write(shared buffer: ByteBuffer) {
    queue.append(Outgoing(buffer: buffer, isText: false, isShared: true))
    unsent += buffer.count
  }

  private func text(_ pool: BufferPool) -> ByteBuffer {
    if let last = queue.last, last.isText { return last.buffer }
    let buffer = pool.take()
    queue.append(Outgoing(buffer: buffer, isText: true))
    return buffer
  }

  /// So many bytes went: `done` gets what was sent whole.
  func wereSent(_ count: Int, done: (Outgoing) -> Void) {
    unsent -= count
    skipped += count
    var whole = 0
    while whole < queue.count, skipped >= queue[whole].buffer.count {
      skipped -= queue[whole].buffer.count
      done(queue[whole])
      whole += 1
    }
    queue.removeFirst(whole)
  }

  /// Takes note of the length that an answer tells; nil where it tells none, or sends no body.
  func owes(_ count: Int?) { owed = count }

  /// Whether a piece keeps to the length that was told: a client would take what is too much for the next answer.
  func fits(_ piece: ByteBuffer, isLast: Bool) -> Bool {
    guard let left = owed else { return true }
    owed = left - piece.count
    return isLast ? left == piece.count : left >= piece.count
  }

  /// Gives back memory that only a busy connection needs.
  func rest() {
    parser.releaseBuffers()
    if unread.capacity > 0 { unread = [] }
    if queue.isEmpty, queue.capacity > 4 { queue = [] }
  }
}
