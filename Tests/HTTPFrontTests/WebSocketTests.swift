import Foundation
import Testing
import ZlibStreams

@testable import HTTPFront

/// WebSockets on a real socket, with clients that keep the rules and clients that do not.
@Suite(.timeLimit(.minutes(20))) struct WebSocketTests {
  typealias Frame = WebSocketClient.Frame

  @Test func `a handshake is answered as RFC 6455 section 1-3 shows`() throws {
    try serve { server, handler in
      let client = try WebSocketClient(
        port: server.port, "/socket", ["Sec-WebSocket-Protocol: first.test, second.test"])
      let lines = client.head.components(separatedBy: "\r\n")
      #expect(lines[0] == "HTTP/1.1 101 Switching Protocols")
      for line in [
        "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
        "Sec-WebSocket-Protocol: second.test",
      ] { #expect(lines.contains(line), "\(line) in \(client.head)") }
      #expect(!client.head.contains("Sec-WebSocket-Extensions"))
      #expect(!client.head.lowercased().contains("content-length"))
      #expect(handler.sockets.withLock { $0.opened } == 1)
      #expect(handler.ended.map(\.status) == [101])
    }
  }

  @Test func `what is no handshake is refused, and says what one is`() throws {
    try serve { server, handler in
      let right = WebSocketClient.fields
      let cases: [(fields: [String], status: Int)] = [
        (["Host: a"], 426),
        (right.map { $0.replacing("Upgrade: websocket", with: "Upgrade: h2c") }, 426),
        (right.map { $0.replacing("keep-alive, Upgrade", with: "keep-alive") }, 426),
        (right.map { $0.replacing("13", with: "12") }, 426), (right.filter { !$0.contains("13") }, 426),
        (right + ["Sec-WebSocket-Version: 13"], 426),
        (right.filter { !$0.contains("Key") }, 400),
        (right + ["Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="], 400),
        (right.map { $0.replacing("dGhlIHNhbXBsZSBub25jZQ==", with: "dGhlIHNhbXBsZSBub25jZQ") }, 400),
        (right.map { $0.replacing("dGhlIHNhbXBsZSBub25jZQ==", with: "dGhlIHNhbXBsZSBub25j****") }, 400),
        (right + ["Content-Length: 1"], 400),
      ]
      for (fields, status) in cases {
        let client = try TestSocket(port: server.port)
        client.send(WebSocketClient.request("/socket", fields + ["X-Last: 1"]) + (status == 400 ? "x" : ""))
        client.finishSending()
        let answer = client.receiveAll()
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(fields) \(answer.prefix(60))")
        #expect(answer.contains("Sec-WebSocket-Version: 13") == (status == 426))
      }
      let old = try TestSocket(port: server.port)
      old.send("GET /socket HTTP/1.0\r\n" + right.joined(separator: "\r\n") + "\r\n\r\n")
      #expect(old.receiveAll().hasPrefix("HTTP/1.1 426 "))
      #expect(handler.sockets.withLock { $0.opened } == 0)
    }
  }

  @Test func `messages come back: behind the handshake, in parts around a ping, byte by byte, long`() throws {
    try serve { server, _ in
      let early =
        WebSocketClient.frame(0x81, Array("early".utf8)) + WebSocketClient.frame(0x01, Array("o".utf8))
      let client = try WebSocketClient(port: server.port, "/socket", sending: early)
      #expect(client.receive() == .text("early"))
      client.send(0x89, [1, 2, 3])
      #expect(client.receive() == Frame(0x8A, [1, 2, 3]))
      client.send(0x80, Array("ne".utf8))
      #expect(client.receive() == .text("one"))
      for byte in WebSocketClient.frame(0x82, [UInt8](0..<200)) { client.socket.send([byte]) }
      #expect(client.receive() == Frame(0x82, [UInt8](0..<200)))
      // More than one read takes.
      let long = (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      for _ in 0..<3 {
        client.send(0x82, long)
        let isSame = client.receive()?.payload == long
        #expect(isSame)
      }
      client.send(0x88, [0x0F, 0xA0, 0x68, 0x69])
      #expect(client.receive() == .close(4000))
      #expect(client.receive() == nil)
    }
  }

  @Test func `compressed messages come back compressed, with and without context`() throws {
    try serve { server, _ in
      for (offer, keeps) in [
        (WebSocketClient.deflate, true),
        ("Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover", false),
      ] {
        let client = try WebSocketClient(port: server.port, "/socket", [offer])
        #expect(client.head.contains("Sec-WebSocket-Extensions: permessage-deflate"))
        let inflater = try #require(MessageExpander())
        let text = [UInt8](String(repeating: "Hello, curves. ", count: 100).utf8)
        var sizes: [Int] = []
        for _ in 0..<3 {
          // Sent as it is, answered compressed: an endpoint decides for itself.
          client.send(0x81, text)
          let frame = try #require(client.receive())
          #expect(frame.first == 0xC1)
          sizes.append(frame.payload.count)
          var out: [UInt8] = []
          #expect(inflater.expand(frame.payload.span, limit: 1 << 20, into: &out) == .done)
          #expect(inflater.finish(limit: 1 << 20, into: &out) == .done)
          #expect(out == text)
        }
        #expect(sizes[0] < 100)
        #expect(keeps ? sizes[1] < sizes[0] : sizes[1] == sizes[0])
        // RFC 7692 section 7.2.3.1.
        client.send(0xC1, [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00])
        #expect(client.receive() == .text("Hello"))
      }
    }
  }

  @Test func `messages on their way take memory that is meant for bodies, however few bytes they came in`()
    throws
  {
    // Room for one whose array has doubled, or for two that have not.
    let most = 1_450_000
    let change = { (options: inout ServerOptions) in options.bodyBytes = most }
    try serve(change) { server, handler in
      let zeros = [UInt8](repeating: 0, count: 700 << 10)
      let short = try #require(MessageCompressor(windowBits: 12)).compress(zeros.span, keepsContext: false)
      #expect(short.count < 4096)
      var clients: [WebSocketClient] = []
      var last: Frame?
      repeat {
        let client = try WebSocketClient(port: server.port, "/socket", [WebSocketClient.deflate])
        clients.append(client)
        client.send(0x42, short)
        client.send(0x89, [])
        last = client.receive()
      } while last == Frame(0x8A, []) && clients.count < 4
      #expect(last?.code == 1013)
      #expect(2...3 ~= clients.count)
      #expect((700 << 10)...most ~= handler.figures.bodyBytes)
      clients[0].send(0x80, [])
      #expect(clients[0].receive()?.first == 0xC2)
      for client in clients.dropFirst() { client.socket.vanish() }
      for _ in 0..<10_000 where handler.figures.bodyBytes > 0 {
        let other = try TestSocket(port: server.port)
        other.send("GET / HTTP/1.0\r\n\r\n")
        _ = other.receiveAll()
      }
      #expect(handler.figures.bodyBytes == 0)
    }
  }

  @Test func `who sends much in few bytes has its turn as others have`() throws {
    try serve { server, handler in
      let zeros = [UInt8](repeating: 0, count: 300 << 10)
      let short = try #require(MessageCompressor(windowBits: 12)).compress(zeros.span, keepsContext: false)
      let many = try WebSocketClient(port: server.port, "/socket", [WebSocketClient.deflate])
      let other = try WebSocketClient(port: server.port, "/socket")
      other.send(text: "early")
      #expect(other.receive() == .text("early"))
      let (heard, socket) = (Monitor([Int]()), other.socket)
      // The other sends its message while the first of many is answered.
      handler.onMessage.withLock {
        $0 = { message in
          let isFirst = heard.change { sizes in
            sizes.append(message.bytes.count)
            return sizes.count == 1
          }
          if isFirst { socket.send(WebSocketClient.frame(0x81, [1])) }
        }
      }
      // Few enough bytes for one read of the server's.
      many.socket.send((0..<20).flatMap { _ in WebSocketClient.frame(0xC2, short) })
      #expect(other.receive() == Frame(0x81, [1]))
      for _ in 0..<20 { #expect(many.receive()?.first == 0xC2) }
      let place = heard.change { $0.firstIndex(of: 1) }
      #expect(1...3 ~= place ?? 20)
    }
  }

  @Test func `who breaks a rule is told which, and counted once`() throws {
    try serve { server, handler in
      let cases: [([UInt8], Int)] = [
        ([0x81, 0x01, 0x41], 1002), (WebSocketClient.frame(0x81, [0xFF]), 1007),
        (
          WebSocketClient.frame(0x02, [UInt8](repeating: 0, count: 1 << 20))
            + WebSocketClient.frame(0x80, [0]), 1009
        ),
      ]
      for (bytes, code) in cases {
        let client = try WebSocketClient(port: server.port, "/socket")
        client.socket.send(bytes)
        #expect(client.receive()?.code == code)
        #expect(client.receive() == nil)
      }
      #expect(handler.sockets.withLock { $0.opened } == 3)
      #expect(handler.sockets.withLock { $0.closed } == 3)
    }
  }

  @Test func `however a client goes, it is counted once`() throws {
    try serve { server, handler in
      let polite = try WebSocketClient(port: server.port, "/socket")
      polite.send(0x88, [])
      // Counted before the client can know.
      #expect(polite.receive() == Frame(0x88, []))
      #expect(handler.sockets.withLock { $0.closed } == 1)
      #expect(polite.receive() == nil)
      let half = try WebSocketClient(port: server.port, "/socket")
      half.socket.finishSending()
      #expect(half.receive() == nil)
      #expect(handler.sockets.withLock { $0.closed } == 2)
      for _ in 0..<50 {
        let client = try WebSocketClient(port: server.port, "/socket")
        client.send(0x01, [1, 2])
        client.socket.vanish()
      }
      // Whoever asks now is served after those who have gone.
      for _ in 0..<10_000 where handler.sockets.withLock({ $0.closed }) < 52 {
        let other = try TestSocket(port: server.port)
        other.send("GET / HTTP/1.0\r\n\r\n")
        _ = other.receiveAll()
      }
      #expect(handler.sockets.withLock { $0.closed } == 52)
      #expect(handler.sockets.withLock { $0.opened } == 52)
      #expect(handler.log.withLock { $0.started } == handler.ended.count)
    }
  }

  @Test func `a silent client is asked, then left; one that answers stays`() throws {
    let change = { (options: inout ServerOptions) in
      (options.webSocketPingSeconds, options.webSocketIdleSeconds) = (0.05, 0.5)
    }
    try serve(change) { server, handler in
      let client = try WebSocketClient(port: server.port, "/socket")
      var pings = 0
      while let frame = client.receive(), frame.code == nil {
        #expect(frame == Frame(0x89, []))
        pings += 1
      }
      #expect(pings > 1)
      #expect(handler.sockets.withLock { $0.closed } == 1)
    }
    let lively = { (options: inout ServerOptions) in options.webSocketPingSeconds = 0.01 }
    try serve(lively) { server, _ in
      let client = try WebSocketClient(port: server.port, "/socket")
      for _ in 0..<20 {
        #expect(client.receive() == Frame(0x89, []))
        client.send(0x8A, [])
      }
    }
  }

  @Test func `a server that ends says goodbye, and ends when it is answered`() throws {
    var options = ServerOptions()
    (options.reactors, options.workers) = (2, 1)
    let handler = TestHandler()
    let server = try HTTPServer(options, handler)
    let clients = try (0..<4).map { _ in try WebSocketClient(port: server.port, "/socket") }
    server.drain()
    for client in clients {
      #expect(client.receive()?.code == 1001)
      client.send(0x88, [0x03, 0xE9])
      #expect(client.receive() == nil)
      client.socket.vanish()
    }
    server.waitUntilFinished()
    #expect(handler.sockets.withLock { $0.closed } == 4)
  }

  @Test func `who reads nothing is passed over, holds up nobody, and gets new messages when it reads`() throws
  {
    try serve { server, handler in
      let asleep = try WebSocketClient(port: server.port, "/channel", receiveBuffer: 4096)
      let awake = try WebSocketClient(port: server.port, "/channel")
      var (heard, skipped) = (0, 0)
      while heard < 50 || skipped < 5 {
        try #require(awake.receive()?.payload.count == 256 << 10)
        heard += 1
        skipped = handler.sockets.withLock { $0.skipped }
        try #require(heard < 2000)
      }
      func number() throws -> Int {
        let payload = try #require(asleep.receive()?.payload)
        #expect(payload.count == 256 << 10)
        return (0..<4).reduce(0) { $0 | Int(payload[$1]) << (8 * $1) }
      }
      // What was kept for it: a mebibyte and a message, beside what the system's own buffers took (at most 4 MiB by
      // tcp_wmem); then what is new.
      var (kept, last) = (1, try number())
      while case let next = try number(), next == last + 1 { (kept, last) = (kept + 1, next) }
      #expect(kept <= 5 + 4 * 6)
      for _ in 0..<40 { _ = try number() }
    }
  }

  @Test func `who takes nothing is cut off`() throws {
    let change = { (options: inout ServerOptions) in options.sendSeconds = 0.3 }
    try serve(change) { server, handler in
      let asleep = try WebSocketClient(port: server.port, "/channel", receiveBuffer: 4096)
      #expect(asleep.isOpen)
      let awake = try WebSocketClient(port: server.port, "/channel")
      while handler.sockets.withLock({ $0.closed }) == 0 { try #require(awake.receive() != nil) }
      #expect(handler.sockets.withLock { $0.opened } == 2)
    }
  }

  @Test func `one who sends without reading is not heard until it reads`() throws {
    try serve { server, _ in
      let client = try WebSocketClient(port: server.port, "/socket", receiveBuffer: 4096)
      let message = [UInt8](repeating: 3, count: 64 << 10)
      // Far more than all buffers hold: sent beside the reading.
      let count = 400
      let (socket, frame) = (client.socket, WebSocketClient.frame(0x82, message))
      let sender = Thread { for _ in 0..<count { socket.send(frame) } }
      sender.start()
      for _ in 0..<count {
        let isSame = client.receive() == Frame(0x82, message)
        try #require(isSame)
      }
    }
  }

  @Test func `a channel's messages are compressed once for all who take them so`() throws {
    try serve { server, _ in
      let clients = try (0..<2).map { _ in
        try WebSocketClient(port: server.port, "/channel", [WebSocketClient.deflate])
      }
      #expect(clients[0].head.contains("server_no_context_takeover"))
      for client in clients {
        let frame = try #require(client.receive())
        #expect(frame.first == 0xC2)
        #expect(frame.payload.count < 2000)
      }
      let plain = try WebSocketClient(port: server.port, "/channel")
      #expect(plain.receive()?.payload.count == 256 << 10)
    }
  }
}
