/// Bytes to requests, requests to answers.
extension Reactor {
  /// Answers that a client does not take are not heaped up: nothing more of it is read above this.
  private static let heapedAnswers = 256 << 10

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
    case .making: watch(connection)
    // What it was sent behind its end can still be read, no more be answered.
    case .webSocket:
      connection.closesWhenSent && connection.unsent > 0 ? watch(connection) : close(connection)
    case .reading: connection.unsent > 0 ? watch(connection) : resume(connection)
    }
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
    if !connection.closesWhenSent, place < bytes.count {
      append(bytes.extracting(place..<bytes.count), to: &connection.unread)
    }
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
      let piece = bytes.extracting(range)
      if connection.request?.isAnswered == false { append(piece, to: &connection.body) }
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
      guard head.body != .none else { return }
      if case .sized(let count) = head.body { connection.body.reserveCapacity(min(count, 1 << 20)) }
      guard head.expectsContinue else { return }
      headBytes.removeAll(keepingCapacity: true)
      ResponseEncoder.continueLine(into: &headBytes)
      connection.write(headBytes, texts)
      return
    }
    if head.body != .none { answer.closes = true }
    connection.request?.isAnswered = true
    send(connection, answer, hasMore: false)
  }

  /// A request is complete.
  private func complete(_ connection: Connection) {
    guard let request = connection.request, !request.isAnswered else { return }
    answer.reset()
    let body = connection.body
    connection.body = []
    guard let source = handler.answer(connection.parser.head, body, &answer) else {
      if let upgrade = answer.upgrade { return open(connection, upgrade) }
      return send(connection, answer, hasMore: false)
    }
    guard workers.waiting < options.waitingAnswers else {
      return refuseRequest(
        connection, 503, "all workers are busy: try again later", closes: false)
    }
    let making = Making(
      source, key: connection.key, mailbox: mailbox, buffers: shared.pieces, limit: options.unsentBytes)
    connection.request?.record.label = answer.label
    connection.phase = .making(making)
    workers.add(making)
  }

  /// Answers a request that the protocol refuses.
  func refuseRequest(_ connection: Connection, _ status: Int, _ detail: String, closes: Bool) {
    answer.reset()
    handler.refuse(status, detail, &answer)
    answer.closes = answer.closes || closes
    connection.body = []
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
    let part = connection.parser.isInBody ? "body" : "head"
    refuse(connection, 408, "the \(part) of the request did not come in time: send it at once")
  }
}
