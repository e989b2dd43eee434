internal import ZlibStreams

/// Reads the messages of a client: frames put together, expanded and checked as they come. No I/O, used like
/// `RequestParser`.
struct WebSocketReader {
  enum Event: Equatable {
    case needsMore
    /// `takeMessage` has it.
    case message(isText: Bool)
    /// `control` has what a pong gives back.
    case ping
    case pong
    /// The client says goodbye, with a code or without.
    case close(UInt16?)
    /// Any further call gives the same fault.
    case failed(WebSocketFault)
  }

  /// Bytes of a message, expanded.
  let limit: Int
  /// The payload of a control frame.
  private(set) var control: [UInt8] = []
  private let terms: DeflateTerms?
  private var frames: FrameParser
  private var message: [UInt8] = []
  private var isText = false
  private var isCompressed = false
  private var text = UTF8Check()
  private var inflater: MessageExpander?
  /// What a compressed message may refer to of those before it.
  private var history: [UInt8] = []
  /// A compressed piece, its mask taken off.
  private var piece: [UInt8] = []
  private var fault: WebSocketFault?

  init(limit: Int, terms: DeflateTerms?) {
    (self.limit, self.terms) = (limit, terms)
    frames = FrameParser(allowsCompression: terms != nil)
  }

  /// The message that came last.
  mutating func takeMessage() -> [UInt8] {
    defer { message = [] }
    return message
  }

  /// Memory of a message that is on its way.
  var messageRoom: Int { message.capacity }

  /// Gives up memory that only a message needs which is on its way.
  mutating func rest() {
    piece = []
    guard frames.isBetweenFrames else { return }
    control = []
    if !frames.isInMessage { message = [] }
  }

  /// Reads on from `place` and moves it behind what was used.
  mutating func next(_ bytes: Span<UInt8>, from place: inout Int) -> Event {
    if let fault { return .failed(fault) }
    do throws(WebSocketFault) {
      while true {
        switch frames.next(bytes, from: &place) {
        case .needsMore: return .needsMore
        case .begin: try begin()
        case .payload(let range): try take(bytes.extracting(range))
        case .end: if let event = try end() { return event }
        case .failed(let fault): throw fault
        }
      }
    } catch {
      fault = error
      return .failed(error)
    }
  }

  private mutating func begin() throws(WebSocketFault) {
    let frame = frames.frame
    if frame.opcode.isControl { return control.removeAll(keepingCapacity: true) }
    if frame.opcode != .continuation {
      message.removeAll(keepingCapacity: true)
      (isText, isCompressed, text) = (frame.opcode == .text, frame.isCompressed, UTF8Check())
    }
    // Of a compressed one only what it expands to counts.
    guard isCompressed || frame.length <= limit - message.count else { throw .tooLong }
    guard isCompressed, inflater == nil else { return }
    inflater = MessageExpander(after: history)
    guard inflater != nil else {
      throw WebSocketFault(code: 1011, reason: "there is no memory to expand messages: try again later")
    }
  }

  private mutating func take(_ bytes: Span<UInt8>) throws(WebSocketFault) {
    let frame = frames.frame
    // Where the mask stands: the parser has told these bytes already.
    let phase = frames.told - bytes.count
    if frame.opcode.isControl {
      appendUnmasked(bytes, frame.mask, phase, to: &control)
    } else if isCompressed {
      piece.removeAll(keepingCapacity: true)
      appendUnmasked(bytes, frame.mask, phase, to: &piece)
      // Apart from `self`, whose message grows meanwhile.
      let (start, piece) = (message.count, piece)
      let outcome = inflater?.expand(piece.span, limit: limit, into: &message)
      try check(outcome, from: start)
    } else {
      let start = message.count
      appendUnmasked(bytes, frame.mask, phase, to: &message)
      try check(.done, from: start)
    }
  }

  /// Judges what was appended to the message: its text first, which came before whatever ended the expanding, so that
  /// the fault told is the same however the bytes were cut.
  private mutating func check(_ outcome: MessageExpander.Outcome?, from start: Int) throws(WebSocketFault) {
    if isText {
      // Apart from `self`, whose bytes are looked at meanwhile.
      var text = self.text
      guard text.accepts(message.span.extracting(start..<message.count)) else { throw .notText }
      self.text = text
    }
    switch outcome {
    case .done: break
    case .tooLong: throw .tooLong
    case .broken, nil: throw .notDeflate
    }
  }

  private mutating func end() throws(WebSocketFault) -> Event? {
    switch frames.frame.opcode {
    case .ping: return .ping
    case .pong: return .pong
    case .close: return .close(try closeCode())
    case .continuation, .text, .binary: break
    }
    guard frames.frame.isFinal else { return nil }
    if isCompressed {
      let start = message.count
      let outcome = inflater?.finish(limit: limit, into: &message)
      try check(outcome, from: start)
      if let terms, terms.clientKeepsContext {
        guard let kept = inflater?.history(1 << terms.clientWindowBits) else { throw .notDeflate }
        history = kept
      }
      inflater = nil
    }
    guard !isText || text.isComplete else { throw .notText }
    return .message(isText: isText)
  }

  /// The code of a close frame (RFC 6455 section 7.4 and the registry that it founded).
  private func closeCode() throws(WebSocketFault) -> UInt16? {
    guard !control.isEmpty else { return nil }
    guard control.count > 1 else { throw .broken("a close frame has half a code") }
    let code = UInt16(control[0]) << 8 | UInt16(control[1])
    switch code {
    case 1000...1003, 1007...1014, 3000...4999: break
    default: throw .broken("a close frame has a code that may not be sent")
    }
    var reason = UTF8Check()
    guard reason.accepts(control.span.extracting(2..<control.count)), reason.isComplete else {
      throw .notText
    }
    return code
  }
}

/// Puts a copy of `bytes` at the end, without their mask.
///
/// - Parameter phase: the place of the first of them in their frame.
private func appendUnmasked(_ bytes: Span<UInt8>, _ mask: UInt32, _ phase: Int, to out: inout [UInt8]) {
  let start = out.count
  append(bytes, to: &out)
  let turn = UInt32(phase & 3) * 8
  let turned = turn == 0 ? mask : mask >> turn | mask << (32 - turn)
  let (m0, m1, m2, m3) = (
    UInt8(truncatingIfNeeded: turned), UInt8(truncatingIfNeeded: turned >> 8),
    UInt8(truncatingIfNeeded: turned >> 16), UInt8(truncatingIfNeeded: turned >> 24)
  )
  var span = out.mutableSpan
  var i = start
  while i &+ 4 <= span.count {
    span[i] ^= m0
    span[i &+ 1] ^= m1
    span[i &+ 2] ^= m2
    span[i &+ 3] ^= m3
    i &+= 4
  }
  for (j, byte) in [m0, m1, m2].enumerated() where i &+ j < span.count { span[i &+ j] ^= byte }
}
