import CurveFormats
import CurveRequests
import HTTPFront
import Synchronization

extension Route {
  /// Paths that open WebSockets.
  static let sockets: [Route] = [
    Route(
      method: .get, path: "/ws/workers/telemetry", summary: "What each worker does, at each interval.",
      parameters: [
        Parameter(name: "interval", summary: "milliseconds between messages, 100 to 60000 (default 1000)")
      ], statuses: [400, 401, 426], isProtected: true, isSocket: true
    ) { call, answer in try open(Telemetry(call), call, &answer) },
    Route(
      method: .get, path: "/ws/spline-live", summary: "A curve that moves, 60 times a second.",
      parameters: [
        Parameter(name: "format", summary: "of its messages (default text)", choices: ["text", "binary"]),
        Parameter(name: "type", summary: "kind of curve", choices: KindName.allCases.map(\.rawValue)),
        Parameter(name: "points", summary: "points of a message, 2 to 10000 (default 200)"),
      ], statuses: [400, 426], isSocket: true
    ) { call, answer in try open(LiveCurve(call), call, &answer) },
  ]

  /// For those who test clients and the server itself.
  static let echo = Route(
    method: .get, path: "/ws/echo", summary: "Sends back what it gets, up to 16 MiB a message.",
    statuses: [400, 426], isSocket: true
  ) { call, answer in try open(Echo(), call, &answer) }

  /// Opens a WebSocket.
  ///
  /// - Throws: 426 where none was asked for; 400 for a malformed handshake.
  static func open(
    _ endpoint: @autoclosure () throws -> any WebSocketEndpoint, _ call: borrowing Call,
    _ answer: inout Answer
  ) throws -> (any AnswerSource)? {
    let handshake: WebSocketHandshake
    do throws(WebSocketHandshake.Fault) { handshake = try WebSocketHandshake(call.head) } catch {
      error.write(to: &answer)
      throw Problem(error.status, error.detail)
    }
    answer.open(try endpoint(), handshake, call.head)
    return nil
  }
}

/// What comes goes back.
struct Echo: WebSocketEndpoint {
  let messageBytes = 16 << 20
  func answer(_ message: WebSocketMessage) -> WebSocketMessage? { message }
}

/// Channels that clients listen to, by what they asked for; one that nobody listens to is forgotten.
final class ChannelShelf: Sendable {
  private struct Place {
    weak var channel: Channel?
    /// What it draws each time.
    let points: Int
  }

  /// Points that all channels together may draw for one time: the threads that serve connections draw them.
  private static let mostPoints = 40_000
  /// Channels, each of which has a timer and makes its messages.
  static let mostChannels = 256

  private let places = Mutex<[String: Place]>([:])

  /// A channel that is there already, or a new one.
  ///
  /// - Parameters:
  ///   - points: what it draws each time.
  ///   - like: how the names begin of channels that do as well where there is no room for one more.
  /// - Throws: 503 when there is no room for it, and none like it.
  func channel(
    _ name: String, points: Int = 0, orLike like: String? = nil, _ make: () -> Channel
  ) throws(Problem) -> Channel {
    let channel: Channel? = places.withLock { places in
      if let channel = places[name]?.channel { return channel }
      places = places.filter { $0.value.channel != nil }
      let drawn = places.values.reduce(0) { $0 + $1.points }
      // Who fills the places of one family leaves those of the other alone.
      let count = places.values.count { ($0.points == 0) == (points == 0) }
      guard count < ChannelShelf.mostChannels, points == 0 || drawn + points <= ChannelShelf.mostPoints else {
        return like.flatMap { like in places.first { $0.key.hasPrefix(like) }?.value.channel }
      }
      let channel = make()
      places[name] = Place(channel: channel, points: points)
      return channel
    }
    if let channel { return channel }
    throw Problem(
      503,
      points == 0
        ? "as many different intervals are in use as this server keeps: take the default, or try again later"
        : "as many different curves are shown as this server draws at once: ask for fewer points, or try again later"
    )
  }
}

/// WebSockets, counted when they open and end.
final class SocketCounters: Sendable {
  let opens = Atomic<Int>(0)
  let closes = Atomic<Int>(0)
  /// Messages that were not sent to a client for whom too much waited.
  let skips = Atomic<Int>(0)

  var open: Int {
    // The end is read first: one that opens and ends in between is then open, never less than none.
    let closes = closes.load(ordering: .relaxed)
    return opens.load(ordering: .relaxed) - closes
  }
}
