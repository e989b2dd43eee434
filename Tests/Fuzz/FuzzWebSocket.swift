// Coverage-guided fuzzing of the WebSocket reader: built and run by scripts/fuzz, never by the package.
//
// The first byte seeds the places where the bytes are cut and says whether compression was agreed; the rest is what a
// client sends. A trap, or events that depend on the cuts, is a defect; so is a message above the limit, a text that is no
// UTF-8, or a close code that may not be sent. A fuzzer cannot guess masks: the bytes are taken as if they had none, and a
// mask of zeros is put into each frame.

private struct Heard: Equatable {
  static let limit = 2000
  var events: [UInt8] = []

  init(_ bytes: [UInt8], cuts: [Int], terms: DeflateTerms?) {
    var (reader, start) = (WebSocketReader(limit: Heard.limit, terms: terms), 0)
    for end in cuts + [bytes.count] {
      guard feed(Array(bytes[start..<end]), to: &reader) else { return }
      reader.rest()
      start = end
    }
  }

  /// - Returns: whether there may be more.
  private mutating func feed(_ piece: [UInt8], to reader: inout WebSocketReader) -> Bool {
    var place = 0
    while true {
      switch reader.next(piece.span, from: &place) {
      case .needsMore:
        precondition(place == piece.count, "bytes are left")
        return true
      case .message(let isText):
        let message = reader.takeMessage()
        precondition(message.count <= Heard.limit, "a message is too long")
        precondition(!isText || String(validating: message, as: UTF8.self) != nil, "a text is none")
        events += [1, isText ? 1 : 0] + message
      case .ping:
        precondition(reader.control.count <= 125)
        events += [2] + reader.control
      case .pong: events.append(3)
      case .close(let code):
        precondition(code.map { $0 >= 1000 && ![1004, 1005, 1006, 1015].contains($0) } ?? true)
        events += [4, UInt8((code ?? 0) >> 8), UInt8((code ?? 0) & 0xFF)]
      case .failed(let fault):
        precondition(FrameWriter.close(fault.code, fault.reason).count <= 125)
        events += [5, UInt8(fault.code & 0xFF)]
        return false
      }
    }
  }
}

/// What may be agreed: with context and without, and with the smallest window.
private let offers = ["", "; client_max_window_bits", "; client_max_window_bits=9"].map { parameters in
  var (parser, place) = (RequestParser(), 0)
  let text = "GET / HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Extensions: permessage-deflate\(parameters)\r\n\r\n"
  _ = parser.next(Array(text.utf8).span, from: &place)
  return DeflateTerms.choose(parser.head, isShared: false)
}

/// Puts a mask of zeros behind the length of each frame, and sets its bit, as far as the bytes are frames.
private func masked(_ bytes: [UInt8]) -> [UInt8] {
  var (out, place) = ([UInt8](), 0)
  while place + 1 < bytes.count {
    let short = Int(bytes[place + 1] & 0x7F)
    let more = short == 126 ? 2 : short == 127 ? 8 : 0
    guard place + 2 + more <= bytes.count else { break }
    let length =
      more == 0 ? short : bytes[place + 2..<place + 2 + more].reduce(0) { $0 << 8 & 0xFFFFFF | Int($1) }
    out += [bytes[place], bytes[place + 1] | 0x80] + bytes[place + 2..<place + 2 + more] + [0, 0, 0, 0]
    let end = min(place + 2 + more + length, bytes.count)
    out += bytes[place + 2 + more..<end]
    place = end
  }
  return out + bytes[place...]
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzWebSocket(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 0 else { return 0 }
  let bytes = masked([UInt8](UnsafeBufferPointer(start: start + 1, count: count - 1)))
  var (state, cuts) = (UInt64(start[0]), [Int]())
  for place in bytes.indices {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    if state >> 60 < 3 { cuts.append(place) }
  }
  let terms = start[0] & 1 == 0 ? nil : offers[Int(start[0] >> 1) % offers.count]
  let whole = Heard(bytes, cuts: [], terms: terms)
  guard whole == Heard(bytes, cuts: cuts, terms: terms),
    whole == Heard(bytes, cuts: Array(bytes.indices), terms: terms)
  else { fatalError("the events depend on the cuts") }
  return 0
}
