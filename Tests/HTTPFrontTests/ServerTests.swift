import HTTPFront
import Testing

/// A server on a real socket, and clients that behave as clients do.
@Suite(.timeLimit(.minutes(20))) struct ServerTests {
  @Test func `requests in one packet are answered in their order`() throws {
    try serve { server, handler in
      let client = try TestSocket(port: server.port)
      client.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\none"
          + "GET /pieces HTTP/1.1\r\nHost: a\r\n\r\n"
          + "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nthree\r\n0\r\n\r\n"
          + "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      let all = client.receiveAll()
      let bodies = ["one", "5\r\naaaaa\r\n5\r\nbbbbb\r\n5\r\nccccc\r\n0\r\n\r\n", "three", "hello"]
      var rest = all[...]
      for body in bodies {
        let found = try #require(rest.range(of: "\r\n\r\n\(body)"), "\(body) in \(all)")
        rest = rest[found.upperBound...]
      }
      #expect(handler.ended.map(\.status) == [200, 200, 200, 200])
      #expect(handler.ended.map(\.bytesIn) == [3, 0, 5, 0])
    }
  }

  @Test func `a request that comes byte by byte is answered like any other`() throws {
    try serve { server, _ in
      let client = try TestSocket(port: server.port)
      let request = "POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbyte"
      for byte in request.utf8 { client.send([byte]) }
      #expect(client.receiveAll().hasSuffix("\r\n\r\nbyte"))
    }
  }

  @Test func `100 Continue is sent before the body of a wanted request only`() throws {
    try serve { server, handler in
      let wanted = try TestSocket(port: server.port)
      wanted.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
      #expect(wanted.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 100 Continue\r\n"))
      wanted.send("ok")
      #expect(wanted.receive(until: "\r\n\r\nok").hasPrefix("HTTP/1.1 200"))
      let unwanted = try TestSocket(port: server.port)
      unwanted.send("POST /unwanted HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
      let answer = unwanted.receiveAll()
      #expect(answer.hasPrefix("HTTP/1.1 403"))
      #expect(answer.lowercased().contains("connection: close"))
      #expect(handler.ended.map(\.status) == [200, 403])
    }
  }

  @Test func `a body above the limit is refused at once, and the client reads why`() throws {
    let change = { (options: inout ServerOptions) in options.limits.bodyBytes = 1000 }
    try serve(change) { server, handler in
      let client = try TestSocket(port: server.port)
      client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 50000000\r\n\r\n")
      for _ in 0..<100 { client.send([UInt8](repeating: 0, count: 100_000)) }
      let answer = client.receiveAll()
      #expect(answer.hasPrefix("HTTP/1.1 413"))
      #expect(answer.lowercased().contains("x-refused: yes"))
      #expect(handler.ended.map(\.status) == [413])
    }
  }

  @Test func `a malformed request is answered by the handler and counted`() throws {
    try serve { server, handler in
      let client = try TestSocket(port: server.port)
      client.send("GET / HTTP/1.1\r\nHost : a\r\n\r\n")
      let answer = client.receiveAll()
      #expect(answer.hasPrefix("HTTP/1.1 400"))
      #expect(answer.lowercased().contains("x-refused: yes"))
      #expect(handler.log.withLock { $0.started } == 1)
      #expect(handler.ended.map(\.status) == [400])
    }
  }

  @Test func `a client that closes its sending side still gets its answer`() throws {
    try serve { server, _ in
      let client = try TestSocket(port: server.port)
      client.send("GET /pieces HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")
      client.finishSending()
      let all = client.receiveAll()
      #expect(all.contains("ccccc"))
      #expect(all.hasSuffix("hello"))
    }
  }

  @Test func `slow heads and bodies get 408, idle connections are closed`() throws {
    let quick = { (options: inout ServerOptions) in
      (options.headerSeconds, options.bodySeconds, options.idleSeconds) = (0.2, 0.2, 0.2)
    }
    try serve(quick) { server, handler in
      let head = try TestSocket(port: server.port)
      head.send("GET / HTTP/1.1\r\nHo")
      #expect(head.receiveAll().hasPrefix("HTTP/1.1 408"))
      let body = try TestSocket(port: server.port)
      body.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nx")
      #expect(body.receiveAll().hasPrefix("HTTP/1.1 408"))
      #expect(handler.ended.map(\.status) == [408, 408])
      let idle = try TestSocket(port: server.port)
      #expect(idle.receive().map(\.isEmpty) ?? true)
      #expect(handler.ended.count == 2)
    }
  }

  @Test(arguments: ["/big", "/crumbs"])
  func `for a client that reads nothing at most a mebibyte is made, and it is cut off`(path: String) throws {
    let change = { (options: inout ServerOptions) in options.sendSeconds = 0.5 }
    try serve(change) { server, handler in
      let client = try TestSocket(port: server.port, receiveBuffer: 4096)
      client.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
      // Another client is served meanwhile, by the same two threads.
      let other = try TestSocket(port: server.port)
      other.send("GET /pieces HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      #expect(other.receiveAll().contains("ccccc"))
      while handler.ended.count < 2 { _ = other.receive(1) }
      #expect(handler.ended.last?.isAborted == true)
      // What waits here, and what the system's own buffers took (at most 4 MiB by tcp_wmem).
      #expect(handler.drawn.load(ordering: .relaxed) <= (1 + 6) << 20)
    }
  }

  @Test func `the answer of a client that has gone is made no further`() throws {
    try serve { server, handler in
      do {
        let client = try TestSocket(port: server.port)
        client.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n")
        _ = client.receive()
        client.vanish()
      }
      while handler.ended.isEmpty {
        let other = try TestSocket(port: server.port)
        other.send("GET /echo HTTP/1.0\r\n\r\n")
        _ = other.receiveAll()
        if handler.ended.contains(where: \.isAborted) { break }
      }
      while !handler.ended.contains(where: \.isAborted) {
        let other = try TestSocket(port: server.port)
        other.send("GET / HTTP/1.0\r\n\r\n")
        _ = other.receiveAll()
      }
      #expect(handler.drawn.load(ordering: .relaxed) < 4000 * 256 << 10)
    }
  }

  @Test func `an answer that ends its connection comes whole, however its pieces are made`() throws {
    try serve { server, _ in
      for _ in 0..<200 {
        let client = try TestSocket(port: server.port)
        client.send("GET /pieces HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        let all = client.receiveAll()
        try #require(all.hasSuffix("5\r\nccccc\r\n0\r\n\r\n"), "\(all)")
      }
    }
  }

  @Test func `an answer that breaks is cut, not ended`() throws {
    try serve { server, handler in
      let client = try TestSocket(port: server.port)
      client.send("GET /fail HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(!client.receiveAll().hasSuffix("0\r\n\r\n"))
      #expect(handler.ended.map(\.isAborted) == [true])
    }
  }

  @Test func `connections above the limit get 503`() throws {
    let change = { (options: inout ServerOptions) in options.connections = 1 }
    try serve(change) { server, _ in
      let first = try TestSocket(port: server.port)
      first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(first.receive(until: "hello").hasPrefix("HTTP/1.1 200"))
      let second = try TestSocket(port: server.port)
      #expect(second.receiveAll().hasPrefix("HTTP/1.1 503"))
    }
  }

  @Test func `draining answers what is in hand, closes what idles, and ends`() throws {
    var options = ServerOptions()
    (options.reactors, options.workers) = (1, 1)
    let handler = TestHandler()
    let server = try HTTPServer(options, handler)
    let idle = try TestSocket(port: server.port)
    let busy = try TestSocket(port: server.port)
    busy.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
    _ = busy.receive(until: "\r\n\r\n")
    server.drain()
    #expect(idle.receiveAll().isEmpty)
    busy.send("last")
    let answer = busy.receiveAll()
    #expect(answer.hasSuffix("\r\n\r\nlast"))
    #expect(answer.lowercased().contains("connection: close"))
    // The last thread to hear of it may still take one.
    while (try? TestSocket(port: server.port)) != nil {}
    busy.vanish()
    idle.vanish()
    server.waitUntilFinished()
    #expect(server.connections == 0)
  }

  @Test func `an answer begun before draining is ended, and its connection closed`() throws {
    let change = { (options: inout ServerOptions) in options.idleSeconds = 3600 }
    try serve(change) { server, handler in
      let client = try TestSocket(port: server.port, receiveBuffer: 4096)
      client.send("GET /long HTTP/1.1\r\nHost: a\r\n\r\n")
      let start = client.receive(until: "aaaa")
      server.drain()
      #expect((start + client.receiveAll()).hasSuffix("\r\n0\r\n\r\n"))
      #expect(!start.contains("Connection: close"))
      server.waitUntilFinished()
      #expect(handler.ended.map(\.isAborted) == [false])
    }
  }

  @Test func `a port in use is refused in words, also where listeners share it`() throws {
    try serve { server, _ in
      var options = ServerOptions()
      (options.port, options.reactors) = (server.port, 2)
      #expect(throws: ServerFailure.inUse(host: "127.0.0.1", port: server.port)) {
        _ = try HTTPServer(options, TestHandler())
      }
    }
  }

  @Test func `a flood of requests is answered, every one`() throws {
    try serve { server, handler in
      let client = try TestSocket(port: server.port)
      let text = String(repeating: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", count: 5000)
      client.send(text)
      let all = client.receive(until: "hello", times: 5000)
      #expect(all.components(separatedBy: "HTTP/1.1 200").count == 5001)
      #expect(handler.ended.count == 5000)
    }
  }
}
