/// The answer to one request, while it is made.
public struct Answer: Sendable {
  /// How much body there will be.
  public enum Length: Sendable, Equatable {
    /// What `body` holds.
    case whole
    /// So many bytes, of which `body` holds the first.
    case sized(Int)
    /// Nobody knows yet; `body` holds the first.
    case streamed
    /// There is no body and no length, as for 204 and 304.
    case none
  }

  public var status = 200
  public var length = Length.whole
  /// The body, or its beginning.
  public let body: ByteBuffer
  /// Whether the connection is closed after it.
  public var closes = false
  /// Where `RequestHandler.admits` sets it: nobody reads the request's body. What comes of it is dropped, up to 64 KiB;
  /// more is refused with 413.
  public var dropsBody = false
  /// A number that `requestEnded` gets back, such as the route's.
  public var label = 0
  /// What comes after it instead of further requests.
  var upgrade: WebSocketUpgrade?
  /// Why the server could not answer, where that is so: told of the worker that tried.
  public var fault: String?
  /// The fields, as they go out.
  public private(set) var fields: [UInt8] = []
  private let encoder = ResponseEncoder()

  public init(body: ByteBuffer) { self.body = body }

  public mutating func field(_ name: FieldName, _ value: String) { encoder.field(name, value, into: &fields) }
  public mutating func field(_ name: FieldName, _ value: Int) { encoder.field(name, value, into: &fields) }
  /// Fields that were written by another answer or an encoder.
  public mutating func add(fields more: [UInt8]) { fields.append(contentsOf: more) }

  /// Whether there is a field of that name, in lower case as it was written, whose value begins so.
  public func holds(_ name: StaticString, _ start: StaticString = "") -> Bool {
    let text = Array("\(name): \(start)".utf8)
    var line = 0
    while line < fields.count {
      if fields[line...].starts(with: text, by: { $0 | 0x20 == $1 | 0x20 }) { return true }
      while line < fields.count, fields[line] != Octets.lineFeed { line += 1 }
      line += 1
    }
    return false
  }

  /// Forgets all, to begin anew.
  public mutating func reset() {
    (status, length, closes, label, fault) = (200, .whole, false, 0, nil)
    dropsBody = false
    upgrade = nil
    fields.removeAll(keepingCapacity: true)
    body.clear()
  }
}
