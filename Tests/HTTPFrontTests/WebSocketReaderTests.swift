import Testing
import ZlibStreams

@testable import HTTPFront

/// Frames to messages, without a socket.
@Suite struct WebSocketReaderTests {
  enum Heard: Equatable {
    case message(isText: Bool, [UInt8])
    case ping([UInt8])
    case pong
    case close(UInt16?)
    case fault(UInt16)
  }

  static let terms = DeflateTerms.offer("permessage-deflate; client_max_window_bits")

  /// What a reader hears when the bytes are cut at `cuts`, and how many bytes it had when it was done.
  func hear(
    _ bytes: [UInt8], cuts: [Int] = [], limit: Int = 1 << 16, terms: DeflateTerms? = nil
  ) -> (heard: [Heard], used: Int) {
    var (reader, heard, start) = (WebSocketReader(limit: limit, terms: terms), [Heard](), 0)
    for end in cuts + [bytes.count] {
      let piece = Array(bytes[start..<end])
      var place = 0
      events: while true {
        switch reader.next(piece.span, from: &place) {
        case .needsMore: break events
        case .message(let isText): heard.append(.message(isText: isText, reader.takeMessage()))
        case .ping: heard.append(.ping(reader.control))
        case .pong: heard.append(.pong)
        case .close(let code): heard.append(.close(code))
        case .failed(let fault): return (heard + [.fault(fault.code)], start + place)
        }
      }
      reader.rest()
      start = end
    }
    return (heard, bytes.count)
  }

  static let hello = Array("Hello".utf8)
  static func frame(_ first: UInt8, _ payload: [UInt8]) -> [UInt8] { WebSocketClient.frame(first, payload) }

  @Test func `the frames of RFC 6455 section 5-7 are read`() {
    #expect(
      hear([0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58]).heard
        == [.message(isText: true, Self.hello)])
    #expect(
      hear([0x89, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58]).heard == [.ping(Self.hello)])
    let parts =
      Self.frame(0x01, Array("Hel".utf8)) + Self.frame(0x8A, Self.hello) + Self.frame(0x80, Array("lo".utf8))
    #expect(hear(parts).heard == [.pong, .message(isText: true, Self.hello)])
    for count in [0, 125, 126, 256, 65535, 65536] {
      let payload = [UInt8](repeating: 9, count: count)
      #expect(hear(Self.frame(0x82, payload)).heard == [.message(isText: false, payload)])
    }
  }

  @Test func `the compressed messages of RFC 7692 section 7-2-3 are read`() {
    let compressed: [UInt8] = [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]
    let cases: [[UInt8]] = [
      Self.frame(0xC1, compressed),
      Self.frame(0x41, Array(compressed.prefix(3))) + Self.frame(0x80, Array(compressed.suffix(4))),
      Self.frame(0xC1, [0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00]),
      Self.frame(0xC1, [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00]),
      Self.frame(0xC1, [0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00]),
    ]
    for bytes in cases {
      #expect(hear(bytes, terms: Self.terms).heard == [.message(isText: true, Self.hello)])
    }
    // The second refers to the first.
    let both = Self.frame(0xC1, compressed) + Self.frame(0xC1, [0xF2, 0x00, 0x11, 0x00, 0x00])
    #expect(
      hear(both, terms: Self.terms).heard == [
        .message(isText: true, Self.hello), .message(isText: true, Self.hello),
      ])
    let forgetful = DeflateTerms.offer("permessage-deflate")
    #expect(hear(both, terms: forgetful).heard == [.message(isText: true, Self.hello), .fault(1007)])
  }

  @Test func `what breaks a rule is refused with the code of the rule`() {
    let cases: [([UInt8], UInt16)] = [
      ([0x81, 0x05] + Self.hello, 1002),
      (Self.frame(0xC1, Self.hello), 1002), (Self.frame(0xA1, Self.hello), 1002),
      (Self.frame(0x91, []), 1002),
      (Self.frame(0x83, []), 1002), (Self.frame(0x87, []), 1002), (Self.frame(0x8B, []), 1002),
      (Self.frame(0x8F, []), 1002), (Self.frame(0x09, []), 1002), (Self.frame(0x08, []), 1002),
      (Self.frame(0x89, [UInt8](repeating: 0, count: 126)), 1002),
      (Self.frame(0x80, []), 1002), (Self.frame(0x00, []), 1002),
      (Self.frame(0x01, []) + Self.frame(0x81, []), 1002),
      ([0x82, 0xFE, 0, 125], 1002), ([0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], 1002),
      ([0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0], 1002),
      (Self.frame(0x88, [3]), 1002), (Self.frame(0x88, [3, 232, 0xFF]), 1007),
      (Self.frame(0x81, [0xC3]), 1007), (Self.frame(0x81, [0xED, 0xA0, 0x80]), 1007),
      (Self.frame(0x82, [UInt8](repeating: 0, count: 1 << 16 | 1)), 1009),
      (
        Self.frame(0x02, [UInt8](repeating: 0, count: 1 << 15))
          + Self.frame(0x80, [UInt8](repeating: 0, count: 1 << 15 | 1)), 1009
      ),
    ]
    for (bytes, code) in cases {
      #expect(hear(bytes).heard == [.fault(code)], "\(bytes.prefix(20))")
      #expect(hear(bytes, cuts: Array(bytes.indices)).heard == [.fault(code)], "\(bytes.prefix(20))")
    }
    // A continuation and a control frame say nothing of compression.
    for bytes in [Self.frame(0x01, []) + Self.frame(0xC0, []), Self.frame(0xC9, [])] {
      #expect(hear(bytes, terms: Self.terms).heard == [.fault(1002)])
    }
    #expect(hear(Self.frame(0xC1, [0xFF, 0xFF]), terms: Self.terms).heard == [.fault(1007)])
  }

  @Test func `close codes are those that may be sent`() {
    for code in 0...5000 {
      let isKnown = [1000, 1001, 1002, 1003].contains(code) || 1007...1014 ~= code || 3000...4999 ~= code
      let bytes = Self.frame(0x88, [UInt8(code >> 8), UInt8(code & 0xFF)])
      #expect(hear(bytes).heard == [isKnown ? .close(UInt16(code)) : .fault(1002)], "\(code)")
    }
    #expect(hear(Self.frame(0x88, [])).heard == [.close(nil)])
    #expect(hear(Self.frame(0x88, [3, 232] + Array("bye".utf8))).heard == [.close(1000)])
  }

  @Test func `a text is refused at the byte that cannot be, before the rest has come`() {
    let good = Array("κόσμε".utf8)
    let first = Self.frame(0x01, good)
    let bytes = first + Self.frame(0x00, [0xF4, 0x90, 0x80, 0x80]) + Self.frame(0x80, good)
    let (heard, used) = hear(bytes, cuts: Array(bytes.indices))
    #expect(heard == [.fault(1007)])
    #expect(used == first.count + 6 + 2)
  }

  @Test func `what is too long is refused at its length, a bomb while it expands`() throws {
    let length: [UInt8] = [0x82, 0xFF, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0]
    #expect(hear(length).heard == [.fault(1009)])
    let bomb = try #require(MessageCompressor(windowBits: 12))
      .compress([UInt8](repeating: 0, count: 50 << 20).span, keepsContext: true)
    #expect(bomb.count < 300_000)
    #expect(hear(Self.frame(0xC2, bomb), terms: Self.terms).heard == [.fault(1009)])
  }

  @Test func `of two faults the one that comes first is told, however the bytes are cut`() throws {
    let deflate = try #require(MessageCompressor(windowBits: 12))
    for (text, code) in [
      ([0xFF] + [UInt8](repeating: 97, count: 5000), UInt16(1007)),
      ([UInt8](repeating: 97, count: 5000) + [0xFF], 1009),
    ] {
      let bytes = Self.frame(0xC1, deflate.compress(text.span, keepsContext: false))
      for cuts in [[], Array(bytes.indices)] {
        #expect(hear(bytes, cuts: cuts, limit: 2000, terms: Self.terms).heard == [.fault(code)])
      }
    }
  }

  @Test func `the last of a window's blocks may come often, not without end`() {
    // An empty block that says it is the last, and fills its second byte.
    let last: [UInt8] = [0x03, 0x00]
    let few = (0..<20).flatMap { _ in last }
    #expect(hear(Self.frame(0xC1, few + [0x00]), terms: Self.terms).heard == [.message(isText: true, [])])
    let many = (0..<2000).flatMap { _ in last }
    #expect(hear(Self.frame(0xC1, many + [0x00]), terms: Self.terms).heard == [.fault(1007)])
  }

  @Test func `a compressed message whose last block is cut is refused (7692 7-2-2)`() {
    let compressed: [UInt8] = [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]
    let stored: [UInt8] = [0x00, 0x05, 0x00, 0xFA, 0xFF] + Self.hello + [0x00]
    // Of the stored one 1 byte is an empty message, and 6 are a whole one: the 4 that are put behind it are its last.
    let cuts =
      (1...6).map { Array(compressed.prefix($0)) } + [2, 3, 4, 5, 7, 8, 9].map { Array(stored.prefix($0)) }
    for cut in cuts {
      let bytes = Self.frame(0xC2, cut)
      #expect(hear(bytes, terms: Self.terms).heard == [.fault(1007)], "\(cut)")
      #expect(hear(bytes, cuts: Array(bytes.indices), terms: Self.terms).heard == [.fault(1007)], "\(cut)")
    }
  }

  @Test func `what a message refers to beyond the agreed window does not depend on how it is cut`() throws {
    var generator = SeededGenerator(seed: 5)
    let noise = (0..<600).map { _ in UInt8.random(in: 0...255, using: &generator) }
    // Compressed with 4 KiB where 512 bytes were agreed; a second message says again what began the first.
    let deflate = try #require(MessageCompressor(windowBits: 12))
    let first = Self.frame(0xC2, deflate.compress((noise + noise).span, keepsContext: true))
    let second = Self.frame(0xC2, deflate.compress(Array(noise.prefix(60)).span, keepsContext: true))
    #expect(first.count < 700 && second.count < 30)
    let narrow = try #require(DeflateTerms.offer("permessage-deflate; client_max_window_bits=9"))
    let wide = try #require(DeflateTerms.offer("permessage-deflate; client_max_window_bits"))
    let heard = Heard.message(isText: false, noise + noise)
    for cuts in [[], Array((first + second).indices)] {
      #expect(hear(first + second, cuts: cuts, terms: narrow).heard == [heard, .fault(1007)])
      #expect(
        hear(first + second, cuts: cuts, terms: wide).heard == [
          heard, .message(isText: false, Array(noise.prefix(60))),
        ])
    }
  }

  @Test func `a compressed message of whole blocks needs no empty one behind it`() {
    let hello = Heard.message(isText: true, Self.hello)
    let last: [UInt8] = [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]
    let stored: [UInt8] = [0x00, 0x05, 0x00, 0xFA, 0xFF] + Self.hello
    for payload in [last, stored, stored + [0x00, 0x00, 0x00, 0xFF, 0xFF]] {
      let bytes = Self.frame(0xC1, payload)
      #expect(hear(bytes + bytes, terms: Self.terms).heard == [hello, hello], "\(payload)")
    }
    let empty = Self.frame(0xC1, [])
    #expect(
      hear(empty + Self.frame(0xC1, last), terms: Self.terms).heard == [.message(isText: true, []), hello])
  }

  @Test func `events do not depend on how the bytes are cut`() {
    var state: UInt64 = 11
    func random(_ below: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % below
    }
    for _ in 0..<200 {
      var bytes: [UInt8] = []
      for _ in 0..<1 + random(6) {
        let first = [0x81, 0x82, 0x01, 0x02, 0x00, 0x80, 0x89, 0x8A, 0xC1, 0x88][random(10)]
        bytes += Self.frame(UInt8(first), (0..<random(140)).map { _ in UInt8(random(90)) })
      }
      let whole = hear(bytes, terms: Self.terms).heard
      #expect(hear(bytes, cuts: Array(bytes.indices), terms: Self.terms).heard == whole)
      let cuts = bytes.indices.filter { _ in random(5) == 0 }
      #expect(hear(bytes, cuts: cuts, terms: Self.terms).heard == whole)
    }
  }
}

@Suite struct UTF8CheckTests {
  private func judges(_ bytes: [UInt8]) -> Bool {
    var check = UTF8Check()
    return check.accepts(bytes.span) && check.isComplete
  }

  @Test func `it agrees with the standard library on every pair of bytes`() {
    for first in UInt8.min...255 {
      for second in UInt8.min...255 {
        let bytes = [first, second]
        #expect(judges(bytes) == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
      }
    }
  }

  @Test
  func
    `it agrees with the standard library on long texts, right or wrong at any place, however they are cut`()
  {
    var generator = SeededGenerator(seed: 7)
    let characters = [
      "a", "\u{7F}", "\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FFFF}", "\u{10FFFF}",
    ]
    for round in 0..<4000 {
      var bytes: [UInt8] = []
      // Mostly ASCII, in runs around the width of a block.
      for _ in 0..<Int.random(in: 0...3, using: &generator) {
        bytes += [UInt8](repeating: 0x61, count: .random(in: 0...35, using: &generator))
        bytes += Array((characters.randomElement(using: &generator) ?? "").utf8)
      }
      if round % 2 == 1, let place = bytes.indices.randomElement(using: &generator) {
        bytes[place] = .random(in: 0x70...255, using: &generator)
      }
      let isText = String(validating: bytes, as: UTF8.self) != nil
      #expect(judges(bytes) == isText, "\(bytes)")
      var check = UTF8Check()
      let cut = Int.random(in: 0...bytes.count, using: &generator)
      let first = check.accepts(bytes.span.extracting(0..<cut))
      let both = first && check.accepts(bytes.span.extracting(cut..<bytes.count))
      #expect((both && check.isComplete) == isText, "\(bytes), cut at \(cut)")
    }
  }

  @Test func `a run of ASCII ends at the first other byte, wherever a span begins`() {
    for count in 0...40 {
      for place in 0...count {
        var bytes = [UInt8](repeating: 0x7F, count: count)
        if place < count { bytes[place] = 0x80 }
        for start in 0...place { #expect(asciiRun(bytes.span, from: start) == place) }
      }
    }
  }

  @Test func `it agrees with the standard library at the edges of longer characters`() {
    let edges: [UInt8] = [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0]
    for first: UInt8 in [0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF] {
      for second in edges {
        for third in edges {
          for bytes in [[first, second, third]] + edges.map({ [first, second, third, $0] }) {
            #expect(judges(bytes) == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
          }
        }
      }
    }
  }
}
