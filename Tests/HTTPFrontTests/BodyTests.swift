import HTTPFront
import Testing

/// What becomes of bodies that nobody wants, that are too much together, and of answers that break their word.
extension ServerTests {
  private static let post = "POST /unwanted HTTP/1.1\r\nHost: a\r\n"

  @Test func `a refusal does not wait for the body, and a short body leaves the connection open`() throws {
    try serve { server, handler in
      let client = try TestSocket(port: server.port)
      client.send("\(Self.post)Content-Length: 6\r\n\r\n")
      #expect(client.receive(until: "unwanted").hasPrefix("HTTP/1.1 403"))
      client.send("GET ab" + "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(client.receive(until: "hello").hasPrefix("HTTP/1.1 200"))
      #expect(handler.ended.map(\.status) == [403, 200])
      #expect(handler.ended.map(\.label) == [7, 7])
    }
  }

  @Test(arguments: ["Content-Length: 65537", "Transfer-Encoding: chunked"])
  func `after a refusal a long body, or one of unknown length, is not read`(framing: String) throws {
    try serve { server, handler in
      let client = try TestSocket(port: server.port)
      client.send("\(Self.post)\(framing)\r\n\r\n")
      let answer = client.receiveAll()
      #expect(answer.hasPrefix("HTTP/1.1 403"))
      #expect(answer.contains("Connection: close"))
      #expect(handler.ended.count == 1)
    }
  }

  @Test func `a dropped body that does not come ends the connection, and counts no second time`() throws {
    let quick = { (options: inout ServerOptions) in options.bodySeconds = 0.2 }
    try serve(quick) { server, handler in
      let client = try TestSocket(port: server.port)
      client.send("\(Self.post)Content-Length: 6\r\n\r\n")
      #expect(client.receiveAll().components(separatedBy: "HTTP/1.1").count == 2)
      #expect(handler.ended.map(\.status) == [403])
    }
  }

  @Test func `the label given to a head comes back with the body`() throws {
    try serve { server, _ in
      let client = try TestSocket(port: server.port)
      client.send("GET /label HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      #expect(client.receiveAll().hasSuffix("\r\n\r\n7"))
    }
  }

  @Test(arguments: [false, true])
  func `bodies that are too much together get 503, and leave nothing behind`(isChunked: Bool) throws {
    let change = { (options: inout ServerOptions) in options.bodyBytes = 1 << 20 }
    try serve(change) { server, handler in
      let first = try TestSocket(port: server.port)
      let size = 1_040_000
      let head = "POST /echo HTTP/1.1\r\nHost: a\r\n"
      let framing =
        isChunked ? "Transfer-Encoding: chunked\r\n\r\nfde80\r\n" : "Content-Length: \(size)\r\n\r\n"
      let body = [UInt8](repeating: 97, count: size)
      first.send(head + framing)
      first.send(body.dropLast().map { $0 })
      while handler.figures.bodyBytes < size - 1 { _ = try TestSocket(port: server.port) }
      let second = try TestSocket(port: server.port)
      second.send(head + framing)
      second.send(body)
      #expect(second.receiveAll().hasPrefix("HTTP/1.1 503"))
      // A short one still has its place.
      let short = try TestSocket(port: server.port)
      short.send("\(head)Connection: close\r\nContent-Length: 20000\r\n\r\n")
      short.send(body.prefix(20_000).map { $0 })
      #expect(short.receiveAll().hasPrefix("HTTP/1.1 200"))
      first.send(isChunked ? "a\r\n0\r\n\r\n" : "a")
      #expect(first.receive(until: String(repeating: "a", count: size)).hasPrefix("HTTP/1.1 200"))
      let third = try TestSocket(port: server.port)
      third.send(head + framing)
      third.vanish()
      while handler.figures.bodyBytes > 0 { _ = try TestSocket(port: server.port) }
      #expect(handler.ended.map(\.status).prefix(3) == [503, 200, 200])
    }
  }

  @Test func `an answer that is not as long as it said is cut`() throws {
    try serve { server, handler in
      for path in ["/short", "/over"] {
        let client = try TestSocket(port: server.port)
        client.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(!client.receiveAll().contains("hello"))
      }
      #expect(handler.ended.map(\.isAborted) == [true, true])
      let client = try TestSocket(port: server.port)
      client.send("GET /exact HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      #expect(client.receiveAll().hasSuffix("aaaaabbbbbccccc"))
    }
  }

  @Test func `who makes an answer hears that its client has gone`() throws {
    try serve { server, _ in
      do {
        let client = try TestSocket(port: server.port)
        client.send("GET /until-gone HTTP/1.1\r\nHost: a\r\n\r\n")
      }
      // The only worker is free again.
      let other = try TestSocket(port: server.port)
      other.send("GET /pieces HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      #expect(other.receiveAll().contains("ccccc"))
    }
  }

  @Test func `answers that wait for a busy worker are bounded: above it 503`() throws {
    let change = { (options: inout ServerOptions) in options.waitingAnswers = 2 }
    try serve(change) { server, handler in
      var clients: [TestSocket] = []
      // One is made, two wait.
      for waiting in [0, 1, 2] {
        let client = try TestSocket(port: server.port)
        client.send("GET /until-gone HTTP/1.1\r\nHost: a\r\n\r\n")
        clients.append(client)
        while handler.begun.load(ordering: .relaxed) == 0 || handler.figures.waitingAnswers != waiting {
          _ = try TestSocket(port: server.port)
        }
      }
      let last = try TestSocket(port: server.port)
      last.send("GET /until-gone HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")
      let answers = last.receive(until: "hello")
      #expect(answers.hasPrefix("HTTP/1.1 503"))
      #expect(answers.contains("HTTP/1.1 200"))
      #expect(handler.ended.map(\.label) == [7, 7])
      for client in clients { client.vanish() }
    }
  }
}
