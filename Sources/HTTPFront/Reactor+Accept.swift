internal import Glibc

/// Connections come, and go when the server ends.
extension Reactor {
  /// Clients that are refused at the same time, above the limit of connections.
  private static let refusedAtOnce = 256

  func acceptAll() {
    guard let listener else { return }
    // Not without end: those who are connected have their turn.
    for _ in 0..<64 {
      do throws(SystemError) { try welcome(try listener.accept()) } catch {
        switch error.code {
        case EAGAIN: return
        case EMFILE, ENFILE: return refuseWithReserve(listener)
        case ENOBUFS, ENOMEM: return pauseAccepting(listener)
        // The client has gone before it was accepted: accept(2) names many reasons.
        default: continue
        }
      }
    }
  }

  private func welcome(_ socket: Socket) throws(SystemError) {
    let count = shared.connections.add(1, ordering: .relaxed).newValue
    let slot = freeSlots.popLast() ?? slots.count
    if slot == slots.count { slots.append(nil) }
    let key = uses << 32 | UInt64(slot)
    uses = uses % 0x7FFF_FFFF + 1
    let connection = Connection(socket, key: key, limits: options.limits)
    do throws(SystemError) { try poller.add(socket.number, .read, key: key) } catch {
      freeSlots.append(slot)
      shared.connections.subtract(1, ordering: .relaxed)
      return socket.close()
    }
    slots[slot] = connection
    if count > options.connections + Reactor.refusedAtOnce { return vanish(connection) }
    if count > options.connections {
      return refuse(connection, 503, "all \(options.connections) connections are in use: try again later")
    }
    schedule(connection)
  }

  /// No descriptor is left: the reserved one serves to turn the next client away, who would else wait and wake us for ever.
  private func refuseWithReserve(_ listener: Listener) {
    guard reserve != nil else { return pauseAccepting(listener) }
    reserve = nil
    (try? listener.accept())?.reset()
    reserve = try? Bell()
    if reserve == nil { pauseAccepting(listener) }
  }

  /// Looks away for a moment, since a socket with waiting clients would wake us at once.
  private func pauseAccepting(_ listener: Listener) {
    poller.remove(listener.descriptor.number)
    deadlines.insert(
      DeadlineHeap.Entry(time: now + nanoseconds(0.1), key: Reactor.acceptAgainKey))
  }

  func acceptAgain() {
    guard let listener else { return }
    if reserve == nil { reserve = try? Bell() }
    do throws(SystemError) {
      try poller.add(listener.descriptor.number, .read, key: Reactor.listenerKey)
    } catch { pauseAccepting(listener) }
  }

  /// No new connections; idle ones are closed, the others after the answer in hand.
  func drain() {
    guard !isDraining else { return }
    acceptAll()
    isDraining = true
    if let listener { poller.remove(listener.descriptor.number) }
    listener = nil
    for case let connection? in slots {
      // A request may have come that nobody has read yet.
      if connection.isIdle { receive(connection) }
      if case .webSocket(let socket) = connection.phase { sayGoodbye(connection, socket) }
      if connection.isIdle, isOpen(connection) { close(connection) }
    }
  }

  /// Ends a connection that is done.
  func close(_ connection: Connection) { forget(connection) { $0.close() } }

  /// Ends a connection in the middle, because the client has gone or takes nothing.
  func vanish(_ connection: Connection) { forget(connection) { $0.reset() } }

  private func forget(_ connection: Connection, _ close: (Socket) -> Void) {
    let slot = Int(connection.key & 0xFFFF_FFFF)
    guard slots[slot] === connection else { return }
    if case .making(let making) = connection.phase { making.cancel() }
    if case .webSocket(let socket) = connection.phase { ended(socket) }
    connection.dropBody(shared.bodies)
    // Whoever reads its bytes just now stops.
    connection.closesWhenSent = true
    end(connection, isAborted: true)
    slots[slot] = nil
    freeSlots.append(slot)
    shared.connections.subtract(1, ordering: .relaxed)
    close(connection.socket)
  }
}
