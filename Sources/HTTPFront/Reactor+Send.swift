/// Answers to bytes, bytes to the client.
extension Reactor {
  /// Bodies up to this size are copied behind their head; larger ones are sent from where they lie.
  static let copied = 16 << 10

  /// Encodes an answer, or its beginning when there is more.
  func send(_ connection: Connection, _ answer: Answer, hasMore: Bool) {
    guard var request = connection.request else { return }
    request.record.status = answer.status
    if answer.label != 0 { request.record.label = answer.label }
    var terms = request.terms
    if isDraining || answer.closes { terms.keepsAlive = false }
    headBytes.removeAll(keepingCapacity: true)
    let framing: ResponseEncoder.Body =
      switch answer.length {
      case .whole: .sized(answer.body.count)
      case .sized(let count): .sized(count)
      case .streamed: .streamed
      case .none: .none
      }
    connection.encoder.begin(answer.status, body: framing, to: terms, now: Clock.date, into: &headBytes)
    headBytes.append(contentsOf: answer.fields)
    connection.encoder.endHead(into: &headBytes)
    request.record.bytesOut += headBytes.count
    connection.request = request
    let isWanted = connection.encoder.sendsBody
    connection.owes(isWanted ? framing.count : nil)
    guard connection.fits(answer.body, isLast: !hasMore) else { return vanish(connection) }
    connection.write(headBytes, texts)
    isWanted ? write(connection, piece: answer.body) : giveBack(answer.body, making(of: connection))
    if !hasMore || !isWanted { finishAnswer(connection) }
  }

  private func making(of connection: Connection) -> Making? {
    if case .making(let making) = connection.phase { return making }
    return nil
  }

  /// Puts a piece of the body behind what waits.
  private func write(_ connection: Connection, piece: ByteBuffer) {
    let making = making(of: connection)
    guard piece.count > 0 else { return giveBack(piece, making) }
    frame(connection) { encoder, out in encoder.beginPiece(count: piece.count, into: &out) }
    connection.request?.record.bytesOut += piece.count
    if piece.count <= Reactor.copied {
      connection.write(copyOf: piece, of: making, texts)
      if piece !== answer.body { shared.pieces.put(piece) }
    } else {
      connection.write(piece: piece, of: making)
      if piece === answer.body { answer = Answer(body: shared.pieces.take()) }
    }
    frame(connection) { encoder, out in encoder.endPiece(into: &out) }
  }

  /// Writes what stands around the pieces of a body that goes out in chunks.
  private func frame(_ connection: Connection, _ write: (ResponseEncoder, inout [UInt8]) -> Void) {
    guard connection.encoder.isChunked else { return }
    headBytes.removeAll(keepingCapacity: true)
    write(connection.encoder, &headBytes)
    connection.request?.record.bytesOut += headBytes.count
    connection.write(headBytes, texts)
  }

  /// The piece's bytes are no longer needed; who made it may go on.
  private func giveBack(_ piece: ByteBuffer, _ making: Making?) {
    guard piece !== answer.body else { return }
    if let making, making.wasSent(piece.count) { workers.add(making) }
    shared.pieces.put(piece)
  }

  /// The answer is complete: its end is told, and the next request may be read.
  private func finishAnswer(_ connection: Connection) {
    frame(connection) { encoder, out in encoder.endBody(into: &out) }
    if case .making(let making) = connection.phase {
      making.cancel()
      connection.phase = .reading
    }
    // An answer begun before the server began to end said nothing of it.
    if connection.encoder.closes || isDraining { connection.closesWhenSent = true }
    end(connection, isAborted: false)
  }

  /// Tells how the request went, once.
  func end(_ connection: Connection, isAborted: Bool) {
    guard let request = connection.request else { return }
    var record = request.record
    record.isAborted = isAborted
    record.nanoseconds = Clock.now - request.started
    handler.requestEnded(record, connection.parser.head)
    connection.request = nil
  }

  /// Takes what a worker has made for the connection, or its turn to be heard.
  func deliver(_ connection: Connection) {
    if case .webSocket(let socket) = connection.phase {
      socket.hasTurnComing = false
      return goOn(connection)
    }
    guard case .making(let making) = connection.phase else { return }
    for delivery in making.take() {
      switch delivery {
      case .begun(let answer, let hasMore):
        send(connection, answer, hasMore: hasMore)
      case .piece(let piece, let hasMore):
        // Too much or too little: the client must not take it for whole.
        guard connection.fits(piece, isLast: !hasMore) else { return vanish(connection) }
        write(connection, piece: piece)
        if !hasMore { finishAnswer(connection) }
      case .failed: return vanish(connection)
      }
      guard isOpen(connection), case .making = connection.phase else { break }
    }
    guard isOpen(connection) else { return }
    goOn(connection)
  }

  /// Answers that are held back together: few, so that the client has something to do while others are made.
  private static let heldAtOnce = 4

  /// Holds a short answer back, to be sent together with those to requests that came with its own: a client that has sent
  /// several, or a proxy, is woken once for all of them. That takes the system as long as it takes to make a small answer.
  func hold(_ connection: Connection) {
    if held.isEmpty { heldSince = Clock.now }
    held.append(connection.key)
  }

  /// Sends what was held back once it is enough, or the first of it has waited.
  func sendHeldInTime() {
    guard !held.isEmpty else { return }
    let isEnough = held.count >= Reactor.heldAtOnce
    if isEnough || Clock.now - heldSince > nanoseconds(options.heldSeconds) { sendHeld() }
  }

  func sendHeld() {
    var index = 0
    while index < held.count {
      if let connection = connection(held[index]) { settle(connection) }
      index += 1
    }
    held.removeAll(keepingCapacity: true)
  }

  /// Sends what waits, and reads on when all has gone.
  func goOn(_ connection: Connection) {
    flush(connection)
    if isOpen(connection), connection.unsent == 0 {
      switch connection.phase {
      case .reading: resume(connection)
      case .webSocket where !connection.unread.isEmpty: resume(connection)
      default: break
      }
    }
    guard isOpen(connection) else { return }
    watch(connection)
    schedule(connection)
  }

  /// Sends what waits, as far as the client takes it.
  func flush(_ connection: Connection) {
    while connection.unsent > 0 {
      if connection.waitsSince == nil { connection.waitsSince = now }
      let (wanted, buffers) = (connection.unsent, connection.queue.count)
      let count: Int
      do throws(SystemError) {
        count = try connection.socket.send(connection.queue.lazy.map(\.buffer), skipping: connection.skipped)
      } catch {
        return error == .wouldBlock ? () : vanish(connection)
      }
      connection.waitsSince = now
      connection.wereSent(count) { outgoing in
        guard !outgoing.isShared else { return }
        guard outgoing.isText else { return giveBack(outgoing.buffer, outgoing.making) }
        if let making = outgoing.making, making.wasSent(outgoing.copied) { workers.add(making) }
        texts.put(outgoing.buffer)
      }
      // A short count means that the socket is full: the poller tells when it is not.
      if count < wanted, buffers <= Socket.buffersAtOnce { return }
    }
    connection.waitsSince = nil
    if connection.closesWhenSent { linger(connection) }
  }

  /// The last answer has gone: the client is told so, and heard until it closes.
  private func linger(_ connection: Connection) {
    if case .lingering = connection.phase { return }
    guard !connection.hasEnded else { return close(connection) }
    connection.phase = .lingering
    connection.socket.finishSending()
    connection.rest()
    connection.lingersUntil = now + nanoseconds(options.lingerSeconds)
  }
}
