/// What is wrong with what a client sent: what its WebSocket is closed with (RFC 6455 section 7.4).
struct WebSocketFault: Error, Equatable, Sendable {
  let code: UInt16
  /// One line, at most 123 bytes.
  let reason: String

  static func broken(_ reason: String) -> WebSocketFault { WebSocketFault(code: 1002, reason: reason) }
  static let notText = WebSocketFault(code: 1007, reason: "a text is not UTF-8")
  static let notDeflate = WebSocketFault(code: 1007, reason: "a compressed message cannot be expanded")
  static let tooLong = WebSocketFault(code: 1009, reason: "a message is longer than this path takes")
}

/// A frame without its payload.
struct FrameHeader: Equatable, Sendable {
  enum Opcode: UInt8, Sendable {
    case continuation = 0
    case text = 1
    case binary = 2
    case close = 8
    case ping = 9
    case pong = 10

    var isControl: Bool { rawValue >= 8 }
  }

  var opcode = Opcode.continuation
  var isFinal = true
  /// Whether it begins a compressed message (RFC 7692 section 6).
  var isCompressed = false
  var length = 0
  /// The mask's bytes, the first lowest.
  var mask: UInt32 = 0
}

/// Reads the frames of a client (RFC 6455 section 5.2): a state machine over the bytes as they come, in whatever pieces.
///
/// It does no I/O and allocates nothing. Used like `RequestParser`: `next` until it `needsMore`.
struct FrameParser: Sendable {
  enum Event: Equatable, Sendable {
    case needsMore
    /// `frame` is known; its payload follows.
    case begin
    /// A piece of the payload, still masked: places in the bytes fed in this call. Never empty.
    case payload(Range<Int>)
    case end
    /// Any further call gives the same fault.
    case failed(WebSocketFault)
  }

  private enum Stage { case first, second, length, mask, payload }

  /// Whether RSV1 has a meaning.
  let allowsCompression: Bool
  private(set) var frame = FrameHeader()
  /// Bytes of the payload that were told.
  private(set) var told = 0
  private var stage = Stage.first
  private var fault: WebSocketFault?
  /// Bytes of the length or mask still to come.
  private var left = 0
  private var length: UInt64 = 0
  private var lengthBytes = 0
  /// Whether a message's last frame has not come.
  private(set) var isInMessage = false

  init(allowsCompression: Bool) { self.allowsCompression = allowsCompression }

  /// Whether nothing of a frame has come.
  var isBetweenFrames: Bool { stage == .first }

  /// Reads on from `place` and moves it behind what was used.
  mutating func next(_ bytes: Span<UInt8>, from place: inout Int) -> Event {
    if let fault { return .failed(fault) }
    do throws(WebSocketFault) { return try advance(bytes, from: &place) } catch {
      fault = error
      return .failed(error)
    }
  }

  private mutating func advance(
    _ bytes: Span<UInt8>, from place: inout Int
  ) throws(WebSocketFault) -> Event {
    while true {
      if stage == .payload, told == frame.length {
        stage = .first
        return .end
      }
      guard place < bytes.count else { return .needsMore }
      if stage == .payload { return .payload(takePayload(bytes.count, from: &place)) }
      let byte = bytes[place]
      place += 1
      switch stage {
      case .first: try readFirst(byte)
      case .second: try readSecond(byte)
      case .length: try readLength(byte)
      default: if readMask(byte) { return .begin }
      }
    }
  }

  private mutating func takePayload(_ end: Int, from place: inout Int) -> Range<Int> {
    let count = min(frame.length - told, end - place)
    defer { (place, told) = (place + count, told + count) }
    return place..<place + count
  }

  private mutating func readFirst(_ byte: UInt8) throws(WebSocketFault) {
    guard let opcode = FrameHeader.Opcode(rawValue: byte & 0x0F) else {
      throw .broken("a frame has a reserved opcode")
    }
    let (isFinal, isCompressed) = (byte & 0x80 != 0, byte & 0x40 != 0)
    guard byte & 0x30 == 0 else { throw .broken("a frame has reserved bits") }
    guard !isCompressed || allowsCompression && (opcode == .text || opcode == .binary) else {
      throw .broken("a frame says that it is compressed where that was not agreed")
    }
    if opcode.isControl {
      guard isFinal else { throw .broken("a control frame is fragmented") }
    } else {
      guard isInMessage == (opcode == .continuation) else {
        throw .broken(
          isInMessage ? "a message begins within another" : "a continuation has nothing to continue")
      }
      isInMessage = !isFinal
    }
    frame = FrameHeader(opcode: opcode, isFinal: isFinal, isCompressed: isCompressed)
    stage = .second
  }

  private mutating func readSecond(_ byte: UInt8) throws(WebSocketFault) {
    guard byte & 0x80 != 0 else { throw .broken("a client's frame is not masked") }
    let short = byte & 0x7F
    guard !frame.opcode.isControl || short < 126 else {
      throw .broken("a control frame has more than 125 bytes")
    }
    (length, told) = (0, 0)
    lengthBytes = short == 126 ? 2 : short == 127 ? 8 : 0
    if lengthBytes == 0 { return beginMask(Int(short)) }
    (stage, left) = (.length, lengthBytes)
  }

  private mutating func readLength(_ byte: UInt8) throws(WebSocketFault) {
    length = length << 8 | UInt64(byte)
    left -= 1
    guard left == 0 else { return }
    guard length > (lengthBytes == 2 ? 125 : 0xFFFF), length <= UInt64(Int64.max) else {
      throw .broken("a frame's length is not in its shortest form")
    }
    beginMask(Int(length))
  }

  private mutating func beginMask(_ length: Int) {
    frame.length = length
    (stage, left) = (.mask, 4)
  }

  private mutating func readMask(_ byte: UInt8) -> Bool {
    frame.mask = frame.mask >> 8 | UInt32(byte) << 24
    left -= 1
    if left == 0 { stage = .payload }
    return left == 0
  }
}
