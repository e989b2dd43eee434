/// WebSockets: opened by a request, closed by both sides, a rule that was broken, or silence.
extension Reactor {
  /// Bytes of messages that are taken from one client before the others have their turn: expanded, a read of a socket may
  /// hold a hundred mebibytes of them.
  private static let heardAtOnce = 256 << 10

  /// The request that was answered asked for a WebSocket and gets one.
  func open(_ connection: Connection, _ upgrade: WebSocketUpgrade) {
    guard !isDraining else {
      return refuseRequest(connection, 503, "the server is ending: connect again later", closes: true)
    }
    send(connection, answer, hasMore: false)
    guard isOpen(connection) else { return }
    connection.closesWhenSent = false
    let socket = WebSocket(upgrade, now: now, ping: nanoseconds(options.webSocketPingSeconds))
    connection.phase = .webSocket(socket)
    handler.webSocketOpened()
    if let channel = upgrade.endpoint.channel { join(connection, socket, channel) }
  }

  /// Bytes from a client.
  func hear(_ connection: Connection, _ socket: WebSocket, _ bytes: Span<UInt8>) {
    socket.lastHeard = now
    var (place, heard, isHeaped) = (0, 0, false)
    while !socket.isClosed, !isHeaped, heard < Reactor.heardAtOnce,
      take(connection, socket, bytes, &place, &heard)
    {
      guard connection.unsent > options.unsentBytes else { continue }
      flush(connection)
      guard isOpen(connection) else { return }
      isHeaped = connection.unsent > options.unsentBytes
    }
    if !socket.isClosed, place < bytes.count {
      append(bytes.extracting(place..<bytes.count), to: &connection.unread)
    }
    socket.reader.rest()
    keepMessage(connection, socket)
    flush(connection)
    guard isOpen(connection) else { return }
    // Nothing else would wake it, as in `feed`; what waits for the client does.
    if !connection.unread.isEmpty, connection.unsent == 0, !socket.hasTurnComing {
      socket.hasTurnComing = true
      mailbox.send(.pieces(connection.key))
    }
    if connection.unsent == 0, connection.unread.isEmpty { connection.rest() }
    watch(connection)
    schedule(connection)
  }

  /// What has come of a message takes its part of the memory for bodies: a few bytes expand to a thousand times as many.
  private func keepMessage(_ connection: Connection, _ socket: WebSocket) {
    guard !socket.isClosed else { return }
    let room = socket.reader.messageRoom
    let more = room - connection.bodyRoom
    guard more > 0, !shared.bodies.take(more, of: room) else {
      shared.bodies.giveBack(-more)
      connection.bodyRoom = room
      return
    }
    let reason = "messages of all clients take all the memory that is meant for them: try again later"
    if socket.isOpen { write(connection, .close, FrameWriter.close(1013, reason)) }
    finish(connection, socket)
  }

  /// Takes the next event of the reader.
  ///
  /// - Parameter heard: bytes of messages, which it adds to.
  /// - Returns: whether there may be another.
  private func take(
    _ connection: Connection, _ socket: WebSocket, _ bytes: Span<UInt8>, _ place: inout Int,
    _ heard: inout Int
  ) -> Bool {
    switch socket.reader.next(bytes, from: &place) {
    case .needsMore: return false
    case .pong: break
    case .ping: if socket.isOpen { write(connection, .pong, socket.reader.control) }
    case .message(let isText):
      let message = WebSocketMessage(isText: isText, bytes: socket.reader.takeMessage())
      heard += message.bytes.count
      // Who has said goodbye answers no more.
      guard socket.isOpen, let reply = socket.endpoint.answer(message) else { break }
      let (payload, isCompressed) = socket.payload(reply.bytes, &deflaters)
      write(connection, reply.isText ? .text : .binary, isCompressed: isCompressed, payload)
    case .close(let code):
      if socket.isOpen { write(connection, .close, FrameWriter.close(code)) }
      finish(connection, socket)
    case .failed(let fault):
      if socket.isOpen { write(connection, .close, FrameWriter.close(fault.code, fault.reason)) }
      finish(connection, socket)
    }
    return true
  }

  /// Puts a frame behind what waits.
  private func write(
    _ connection: Connection, _ opcode: FrameHeader.Opcode, isCompressed: Bool = false, _ payload: [UInt8]
  ) {
    headBytes.removeAll(keepingCapacity: true)
    FrameWriter.head(opcode, isCompressed: isCompressed, count: payload.count, into: &headBytes)
    guard payload.count > Reactor.copied else {
      connection.write(headBytes, texts)
      return connection.write(payload, texts)
    }
    let piece = shared.pieces.take()
    piece.append(headBytes)
    piece.append(payload)
    connection.write(piece: piece, of: nil)
  }

  /// The WebSocket has ended: what waits is sent, then the connection is closed.
  private func finish(_ connection: Connection, _ socket: WebSocket) {
    ended(socket)
    connection.unread = []
    connection.closesWhenSent = true
  }

  /// Tells that a WebSocket is no more, once.
  func ended(_ socket: WebSocket) {
    guard !socket.isClosed else { return }
    socket.stage = .closed
    handler.webSocketClosed()
  }

  /// Says goodbye, and waits for the client to do so.
  func sayGoodbye(_ connection: Connection, _ socket: WebSocket) {
    guard socket.isOpen else { return }
    write(connection, .close, FrameWriter.close(1001, "the server is ending"))
    socket.stage = .closing(until: now + nanoseconds(options.lingerSeconds))
    goOn(connection)
  }

  /// A deadline's time has come: the client is too slow, silent, or asked whether it is there.
  func expire(_ connection: Connection, _ socket: WebSocket) {
    if let since = connection.waitsSince, since + nanoseconds(options.sendSeconds) <= now {
      return vanish(connection)
    }
    switch socket.stage {
    case .closed: break
    case .closing: return vanish(connection)
    // It is we who do not listen.
    case .open where !connection.unread.isEmpty:
      (socket.lastHeard, socket.nextPing) = (now, now + nanoseconds(options.webSocketPingSeconds))
    case .open where socket.lastHeard + nanoseconds(options.webSocketIdleSeconds) <= now:
      write(connection, .close, FrameWriter.close(1001, "nothing was heard: answer pings"))
      finish(connection, socket)
    case .open where socket.nextPing <= now:
      socket.nextPing = now + nanoseconds(options.webSocketPingSeconds)
      socket.rest()
      write(connection, .ping, [])
    case .open: break
    }
    goOn(connection)
  }
}
