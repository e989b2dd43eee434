import CurveFormats
import HTTPFront

/// `/ws/workers/telemetry`: what all workers do, again and again. Whoever asked for the same interval at the same moment
/// gets the same messages.
struct Telemetry: WebSocketEndpoint {
  let channel: Channel?

  private static let intervals = 100...60_000

  /// - Throws: an interval that is none, or another option.
  init(_ call: borrowing Call) throws(Problem) {
    var query = try Query(call.head)
    _ = query.take("access_token")
    let text = query.take("interval") ?? "1000"
    guard let interval = Int(text), Telemetry.intervals.contains(interval) else {
      throw Problem(400, "query: interval is \"\(text)\": give whole milliseconds from 100 to 60000")
    }
    if let other = query.pairs.first {
      throw Problem(400, "query: unknown option \"\(other.name)\": there is interval alone")
    }
    let board = try Route.board(call)
    // The first message comes at once, the next an interval later, but for at most a tenth of it.
    let window = min(50, interval / 10)
    let phase = Channel.milliseconds % interval / window * window
    let name = "telemetry \(interval) "
    channel = try call.server.shelf.channel(name + "\(phase)", orLike: name) {
      Channel(every: Double(interval) / 1000, phaseSeconds: Double(phase) / 1000, isText: true) {
        Telemetry.message(board)
      }
    }
  }

  private static func message(_ board: WorkerBoard) -> [UInt8] {
    let ((seconds, nanoseconds), document) = (WallClock.now, board.document)
    var out: [UInt8] = []
    out.append(text: "{\"timestamp\":\(seconds * 1000 + nanoseconds / 1_000_000),\"workers\":")
    document.appendWorkers(to: &out)
    out.append(text: ",\"summary\":")
    document.appendSummary(to: &out)
    out.append(UInt8(ascii: "}"))
    return out
  }

  func answer(_ message: WebSocketMessage) -> WebSocketMessage? {
    guard message.isText, let value = try? JSONReader.readValue(message.bytes),
      value["type"] == .string("heartbeat")
    else { return nil }
    return WebSocketMessage(text: "{\"type\":\"heartbeat-ack\"}")
  }
}
