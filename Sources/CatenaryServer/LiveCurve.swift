import Catenary
import CurveFormats
import CurveRequests
import HTTPFront

/// `/ws/spline-live`: waves that run through thirteen control points, drawn anew for each message, the same for all who
/// asked for the same.
struct LiveCurve: WebSocketEndpoint {
  let channel: Channel?

  private static let perSecond = 60.0
  private static let pointRange = 2...10_000

  /// - Throws: options that are unknown, or that the kind cannot be drawn with.
  init(_ call: borrowing Call) throws {
    var query = try Query(call.head)
    _ = query.take("access_token")
    let format = query.take("format") ?? "text"
    guard ["text", "binary"].contains(format) else {
      throw Problem(400, "query: format is \"\(format)\": choose text, binary")
    }
    let points = query.take("points") ?? "200"
    guard let count = Int(points), LiveCurve.pointRange.contains(count) else {
      throw Problem(400, "query: points is \"\(points)\": give a whole number from 2 to 10000")
    }
    let values = try query.options(of: "render", { $0 == .type }, extra: ["format", "points"])
    let settings = try Settings(values, of: "render", isQuery: true)
    let kind = try settings.kindName()
    let engine = call.server.engines.native
    let (isText, drawing) = (format == "text", LiveDrawing(count: count, settings: settings, engine: engine))
    _ = try drawing.message(at: 0, isText: isText)
    channel = try call.server.shelf.channel("live \(format) \(count) \(kind.rawValue)", points: count) {
      Channel(every: 1 / LiveCurve.perSecond, isText: isText) {
        let (seconds, nanoseconds) = WallClock.now
        // What can be drawn once can be drawn at any time: the points never meet.
        return (try? drawing.message(at: seconds * 1000 + nanoseconds / 1_000_000, isText: isText)) ?? []
      }
    }
  }

  func answer(_ message: WebSocketMessage) -> WebSocketMessage? { nil }
}

/// The curve at any time.
private struct LiveDrawing: Sendable {
  let count: Int
  let settings: Settings
  let engine: Engine

  /// - Parameter milliseconds: since 1970.
  func message(at milliseconds: Int, isText: Bool) throws -> [UInt8] {
    let input = try PointInput.waves(at: Double(milliseconds) / 1000, settings)
    let render = try engine.prepare(settings.curve(input, as: Float.self), .count(count))
    let buffer = ByteBuffer(capacity: count * (isText ? 24 : render.pointBytes) + 64)
    guard isText else {
      try buffer.extend(by: count * render.pointBytes) { (out) throws(EngineError) in
        try render.draw(0..<count, into: &out)
      }
      return buffer.withSpan { bytes in bytes.indices.map { bytes[$0] } }
    }
    var numbers = [Float](repeating: 0, count: count * render.dimensions)
    var room = numbers.mutableSpan
    try render.draw(0..<count, into: &room)
    var writer = JSONPointWriter(
      to: BufferSink(buffer: buffer), as: .live, facts: [("t", Double(milliseconds))])
    try writer.begin(count: count, dimensions: render.dimensions)
    try writer.write(numbers.span)
    try writer.finish()
    return buffer.withSpan { bytes in bytes.indices.map { bytes[$0] } }
  }
}

extension PointInput {
  /// Thirteen points that every kind can draw, as for a demonstration: x rises, the last ordinate is the first.
  fileprivate static func waves(at seconds: Double, _ settings: Settings) throws -> PointInput {
    let y = (0...12).map { i in
      let place = Double(i % 12) / 12
      return 2.4 * wave(2 * place - 0.11 * seconds) + 1.3 * wave(3 * place + 0.17 * seconds)
        + 0.6 * wave(5 * place - 0.29 * seconds)
    }
    return try demonstration(settings, y: y)
  }

  /// A sine of so many turns, within a thousandth, from two parabolas.
  private static func wave(_ turns: Double) -> Double {
    let x = turns - turns.rounded()
    let y = 16 * x * (0.5 - abs(x))
    return 0.225 * (y * abs(y) - y) + y
  }
}
