/// Bytes to requests, requests to answers.
extension Reactor {
  /// Answers that a client does not take are not heaped up: nothing more of it is read above this.
  private static let heapedAnswers = 256 << 10
  /// The longest body that is read though nobody wants it.
  private static let droppedBytes = 64 << 10
  /// How long an answer is made for a client that sends no more before it is asked whether it is there.
  private static let probeSeconds = 1.0

  func receive(_ connection: Connection) {
    let count: Int
    do throws(SystemError) {
      var room = input.mutableSpan
      count = try connection.socket.receive(into: &room)
    } catch {
      return error == .wouldBlock ? () : vanish(connection)
    }
    guard count > 0 else { return ended(connection) }
    let bytes = input
    switch connection.phase {
    case .lingering: break
    case .reading where connection.unread.isEmpty && connection.unsent == 0:
      feed(connection, bytes.span.extracting(0..<count))
    case .webSocket where connection.unread.isEmpty && connection.unsent <= options.unsentBytes:
      feed(connection, bytes.span.extracting(0..<count))
    case .reading, .making, .webSocket:
      append(bytes.span.extracting(0..<count), to: &connection.unread)
      watch(connection)
    }
  }

  /// The client sends nothing more; it may still read (RFC 9112 section 9.6).
  private func ended(_ connection: Connection) {
    connection.hasEnded = true
    switch connection.phase {
    case .lingering: close(connection)
    // What it was sent behind its end can still be read, no more be answered.
    case .webSocket:
      connection.closesWhenSent && connection.unsent > 0 ? watch(connection) : close(connection)
    case .making:
      connection.probesAt = now + nanoseconds(Reactor.probeSeconds)
      watch(connection)
      schedule(connection)
    case .reading: connection.unsent > 0 ? watch(connection) : resume(connection)
    }
  }

  /// Whether the client that sends no more still reads shows only when it is sent something: while its answer is made, an
  /// interim one (RFC 9110 section 15.2). Who has gone is then known to have gone, and nothing is made for it any more.
  func probe(_ connection: Connection) {
    connection.probesAt = .max
    guard let request = connection.request, request.record.status == 0, request.terms.minorVersion > 0,
      connection.unsent == 0
    else { return }
    headBytes.removeAll(keepingCapacity: true)
    ResponseEncoder.processingLine(into: &headBytes)
    connection.write(headBytes, texts)
    flush(connection)
  }

  /// Reads on with what was kept while an answer was on its way.
  func resume(_ connection: Connection) {
    let bytes = connection.unread
    connection.unread = []
    if !bytes.isEmpty { feed(connection, bytes.span) }
    guard isOpen(connection), case .reading = connection.phase, connection.unsent == 0 else { return }
    if connection.hasEnded, connection.unread.isEmpty { close(connection) }
  }

  /// Reads requests and answers them, until the bytes are used up or an answer has to wait.
  private func feed(_ connection: Connection, _ bytes: Span<UInt8>) {
    if case .webSocket(let socket) = connection.phase { return hear(connection, socket, bytes) }
    if connection.parser.isBetweenRequests { connection.headStarted = now }
    var (place, isHeaped) = (0, false)
    while !connection.closesWhenSent {
      guard takeEvent(connection, bytes, &place) else { break }
      guard case .reading = connection.phase else { break }
      if connection.unsent > Reactor.heapedAnswers {
        flush(connection)
        guard isOpen(connection) else { return }
        if connection.unsent > 0 {
          isHeaped = true
          break
        }
      }
    }
    guard isOpen(connection) else { return }
    if !connection.closesWhenSent, place < bytes.count {
      append(bytes.extracting(place..<bytes.count), to: &connection.unread)
    }
    if isHolding, !isHeaped, !isDraining, (1...Reactor.copied).contains(connection.unsent) {
      return hold(connection)
    }
    settle(connection, isHeaped: isHeaped)
  }

  /// Sends what the client's bytes led to, and sees how it goes on.
  func settle(_ connection: Connection, isHeaped: Bool = false) {
    flush(connection)
    guard isOpen(connection) else { return }
    // The client may have taken what was heaped up since it was told to wait: nothing else would wake the connection.
    if isHeaped, connection.unsent == 0 { return resume(connection) }
    // What came behind the request is a WebSocket's.
    if case .webSocket = connection.phase, !connection.unread.isEmpty { return resume(connection) }
    if connection.isIdle { connection.rest() }
    watch(connection)
    schedule(connection)
  }

  /// Takes the next event of the parser.
  ///
  /// - Returns: whether there may be another.
  private func takeEvent(_ connection: Connection, _ bytes: Span<UInt8>, _ place: inout Int) -> Bool {
    switch connection.parser.next(bytes, from: &place) {
    case .needsMore: return false
    case .head: begin(connection)
    case .body(let range):
      connection.request?.record.bytesIn += range.count
      if connection.request?.isAnswered == false { keep(connection, bytes.extracting(range)) }
    case .end:
      complete(connection)
      connection.headStarted = now
    case .failed(let fault):
      if connection.request == nil { started(connection) }
      if fault.closes { connection.request?.terms.keepsAlive = false }
      refuseRequest(connection, fault.status, fault.detail, closes: fault.closes)
    }
    return true
  }

  private func keep(_ connection: Connection, _ piece: Span<UInt8>) {
    if let request = connection.request, request.dropsBody {
      guard request.record.bytesIn > Reactor.droppedBytes else { return }
      return refuseRequest(
        connection, 413, "this path takes no body: leave it out", closes: true)
    }
    guard !connection.keep(piece, most: options.limits.bodyBytes, shared.bodies) else { return }
    refuseRequest(
      connection, 503,
      "the bodies of other requests take all the memory that is meant for them: try again later",
      closes: true)
  }

  private func started(_ connection: Connection) {
    handler.requestStarted()
    connection.request = Connection.InHand(started: now, terms: ResponseTerms(connection.parser.head))
  }

  /// A head has come: its body is asked for, or refused.
  private func begin(_ connection: Connection) {
    started(connection)
    let head = connection.parser.head
    answer.reset()
    if handler.admits(head, &answer) {
      connection.request?.record.label = answer.label
      connection.request?.dropsBody = answer.dropsBody
      guard head.expectsContinue, head.body != .none else { return }
      headBytes.removeAll(keepingCapacity: true)
      ResponseEncoder.continueLine(into: &headBytes)
      connection.write(headBytes, texts)
      return
    }
    answer.closes = answer.closes || !isDropped(head)
    connection.request?.isAnswered = true
    send(connection, answer, hasMore: false)
  }

  /// Whether what comes of the body of a refused request is read and dropped, so that the connection can be kept.
  private func isDropped(_ head: borrowing RequestHead) -> Bool {
    switch head.body {
    case .none: true
    case .sized(let count): count <= Reactor.droppedBytes && !head.expectsContinue
    case .chunked: false
    }
  }

  /// A request is complete.
  private func complete(_ connection: Connection) {
    guard let request = connection.request, !request.isAnswered else { return }
    answer.reset()
    answer.label = request.record.label
    let (body, room) = (connection.body, connection.bodyRoom)
    (connection.body, connection.bodyRoom) = ([], 0)
    guard let source = handler.answer(connection.parser.head, body, &answer) else {
      shared.bodies.giveBack(room)
      if let upgrade = answer.upgrade { return open(connection, upgrade) }
      return send(connection, answer, hasMore: false)
    }
    guard source.runsAlone || workers.waiting < options.waitingAnswers else {
      shared.bodies.giveBack(room)
      return refuseRequest(
        connection, 503, "all workers are busy: try again later", closes: false)
    }
    let making = Making(
      source, label: answer.label, key: connection.key, mailbox: mailbox, buffers: shared.pieces,
      limit: options.unsentBytes, budget: shared.bodies, bodyRoom: room)
    connection.phase = .making(making)
    workers.add(making)
  }

  /// Answers a request that the protocol refuses.
  func refuseRequest(_ connection: Connection, _ status: Int, _ detail: String, closes: Bool) {
    answer.reset()
    handler.refuse(status, detail, &answer)
    answer.closes = answer.closes || closes
    connection.dropBody(shared.bodies)
    if connection.request?.isAnswered == true {
      connection.closesWhenSent = true
      return
    }
    send(connection, answer, hasMore: false)
  }

  /// Answers a connection that is to be closed.
  func refuse(_ connection: Connection, _ status: Int, _ detail: String) {
    if connection.request == nil { started(connection) }
    refuseRequest(connection, status, detail, closes: true)
    flush(connection)
    guard isOpen(connection) else { return }
    watch(connection)
    schedule(connection)
  }

  /// The client took too long for its head or body.
  func tooSlow(_ connection: Connection) {
    // It was answered before its body came.
    if connection.request == nil, connection.parser.isInBody { return close(connection) }
    let part = connection.parser.isInBody ? "body" : "head"
    refuse(connection, 408, "the \(part) of the request did not come in time: send it at once")
  }
}
