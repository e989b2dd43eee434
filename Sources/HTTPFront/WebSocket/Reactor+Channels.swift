/// Who listens to which channel on this thread, and what they get.
extension Reactor {
  /// A channel's listeners here; those who have gone are dropped when the next message is due.
  struct Seats {
    let channel: Channel
    /// Keys of connections.
    var members: [UInt64] = []
  }

  /// Marks the keys of channels' deadlines; the lower bits are a place in `channels`.
  static let channelMark: UInt64 = 1 << 63

  /// The client hears the channel from now on, its last message at once.
  func join(_ connection: Connection, _ socket: WebSocket, _ channel: Channel) {
    let place = channels.firstIndex { $0?.channel === channel } ?? begin(channel)
    channels[place]?.members.append(connection.key)
    connection.write(shared: channel.frame(channel.tick(at: now), compressed: socket.terms != nil))
  }

  private func begin(_ channel: Channel) -> Int {
    let place = channels.firstIndex { $0 == nil } ?? channels.count
    if place == channels.count { channels.append(nil) }
    channels[place] = Seats(channel: channel)
    schedule(place, channel, after: channel.tick(at: now))
    return place
  }

  private func schedule(_ place: Int, _ channel: Channel, after tick: Int64) {
    deadlines.insert(
      DeadlineHeap.Entry(time: channel.time(after: tick), key: Reactor.channelMark | UInt64(place)))
  }

  /// A channel's message is due.
  func ring(channel place: Int) {
    guard var seats = channels[place] else { return }
    let (channel, tick) = (seats.channel, seats.channel.tick(at: now))
    channels[place] = nil
    seats.members.removeAll { key in
      guard let connection = connection(key), case .webSocket(let socket) = connection.phase, socket.isOpen
      else { return true }
      deliver(channel, tick, to: connection, socket)
      guard isOpen(connection) else { return true }
      watch(connection)
      schedule(connection)
      return false
    }
    guard !seats.members.isEmpty else { return }
    channels[place] = seats
    schedule(place, channel, after: tick)
  }

  private func deliver(_ channel: Channel, _ tick: Int64, to connection: Connection, _ socket: WebSocket) {
    let isFull = socket.isSkipped ? connection.unsent > 0 : connection.unsent > options.unsentBytes
    socket.isSkipped = isFull
    guard !isFull else { return handler.webSocketSkipped() }
    let waits = connection.unsent > 0
    connection.write(shared: channel.frame(tick, compressed: socket.terms != nil))
    // What waits says that the socket is full.
    if !waits { flush(connection) }
  }
}
