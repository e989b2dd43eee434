import Foundation
import HTTPFront
import Testing

/// RFC 9110 and 9112 on a real socket: raw bytes in, raw bytes out.
@Suite(.timeLimit(.minutes(20))) struct ConformanceTests {
  /// What comes until the connection ends.
  private func answer(_ bytes: [UInt8], _ server: HTTPServer) throws -> String {
    let client = try TestSocket(port: server.port)
    client.send(bytes)
    client.finishSending()
    return client.receiveAll()
  }

  private func statuses(_ text: String) -> [String] {
    text.components(separatedBy: "HTTP/1.1 ").dropFirst().map { String($0.prefix(3)) }
      .filter { Int($0) != nil }
  }

  @Test func `every bad message is refused with its status, and nothing behind it is answered`() throws {
    let all = BadMessage.requestLines + BadMessage.fields + BadMessage.framing
    try serve { server, handler in
      for bad in all {
        let rest = bad.closes ? "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\nsmuggled" : ""
        let text = try answer(octets(bad.message + rest), server)
        #expect(statuses(text) == ["\(bad.status)"], "\(bad.claim): \(text)")
        #expect(text.contains("Connection: close\r\n") == bad.closes, "\(bad.claim): \(text)")
        #expect(text.contains("x-refused: yes") && !text.contains("smuggled"))
      }
      #expect(handler.log.withLock { $0.started } == all.count)
      #expect(handler.ended.map(\.status) == all.map(\.status))
    }
  }

  @Test func `a client that sends on after a refusal reads it whole`() throws {
    try serve { server, _ in
      for bad in BadMessage.framing {
        let client = try TestSocket(port: server.port)
        client.send(octets(bad.message))
        for _ in 0..<20 { client.send([UInt8](repeating: 120, count: 50_000)) }
        let text = client.receiveAll()
        #expect(text.hasPrefix("HTTP/1.1 \(bad.status) "), "\(bad.claim)")
        let parts = text.components(separatedBy: "\r\n\r\n")
        #expect(parts.count == 2 && parts[0].contains("Content-Length: \(parts.last?.utf8.count ?? 0)\r\n"))
      }
    }
  }

  @Test func `HEAD has the fields of GET and no body (9110 9.3.2)`() throws {
    try serve { server, _ in
      let text = try answer(
        octets(
          "HEAD / HTTP/1.1\r\nHost: a\r\n\r\nHEAD /pieces HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"
        ),
        server)
      #expect(statuses(text) == ["200", "200", "200"])
      #expect(text.components(separatedBy: "Content-Length: 5\r\n").count == 3)
      #expect(text.components(separatedBy: "hello").count == 2)
      #expect(text.components(separatedBy: "Transfer-Encoding: chunked\r\n").count == 2)
      #expect(!text.contains("aaaaa") && !text.contains("\r\n0\r\n"))
    }
  }

  @Test func `a client of HTTP 1.0 gets no chunks, its connection's end ends the body (9112 6.3)`() throws {
    try serve { server, _ in
      let client = try TestSocket(port: server.port)
      client.send("GET /pieces HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
      let text = client.receiveAll()
      #expect(text.hasSuffix("\r\n\r\naaaaabbbbbccccc"))
      #expect(!text.contains("Transfer-Encoding") && text.contains("Connection: close\r\n"))
    }
  }

  @Test func `a client of HTTP 1.0 keeps its connection when it asks (9112 9.3)`() throws {
    try serve { server, _ in
      let client = try TestSocket(port: server.port)
      client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
      #expect(client.receive(until: "hello").contains("Connection: keep-alive\r\n"))
      client.send("GET / HTTP/1.0\r\n\r\n")
      #expect(client.receiveAll().contains("Connection: close\r\n"))
    }
  }

  @Test func `Connection close ends after its answer, what was piped behind it is not answered (9112 9.6)`()
    throws
  {
    try serve { server, _ in
      let close = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
      let text = try answer(octets(close + close), server)
      #expect(statuses(text) == ["200"])
    }
  }

  @Test func `every form of target is served (9112 3.2)`() throws {
    try serve { server, _ in
      let lines = [
        "GET http://a/ HTTP/1.1", "OPTIONS * HTTP/1.1", "GET /?x=%20 HTTP/1.1", "OPTIONS http://a HTTP/1.1",
      ]
      let text = try answer(octets(lines.map { "\($0)\r\nHost: a\r\n\r\n" }.joined()), server)
      #expect(statuses(text) == ["200", "200", "200", "200"])
    }
  }

  @Test func `a request cut off by its client is not answered as if it were whole (9112 8)`() throws {
    try serve { server, handler in
      let text = try answer(octets("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf"), server)
      #expect(!text.contains("200"))
      #expect(handler.ended.map(\.isAborted) == [true])
      let chunked = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"
      let cut = try answer(octets(chunked), server)
      #expect(!cut.contains("200"))
    }
  }

  @Test func `a chunk above the limit is refused while the client sends on`() throws {
    try serve { options in
      options.limits.bodyBytes = 1000
    } _: { server, _ in
      let client = try TestSocket(port: server.port)
      client.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
      for _ in 0..<200 where !client.send("ff\r\n" + String(repeating: "x", count: 255) + "\r\n") { break }
      #expect(client.receiveAll().hasPrefix("HTTP/1.1 413 "))
    }
  }

  @Test func `who pipes without reading is read no further, and loses nothing`() throws {
    try serve { server, handler in
      let client = try TestSocket(port: server.port, receiveBuffer: 4096)
      let body = String(repeating: "x", count: 20_000)
      let request = octets("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 20000\r\n\r\n\(body)")
      // Until the socket takes no more for a second: the server has stopped reading.
      var sent = 0
      let most = 200 << 20
      while sent < most, client.isWritable(milliseconds: 1000) {
        sent += client.sendSome(Array(request[(sent % request.count)...]))
      }
      #expect(sent < 64 << 20)
      let rest = request.count - sent % request.count
      let whole = (sent + rest) / request.count
      let text = client.exchange(Array(request.suffix(rest)))
      #expect(statuses(text).count == whole)
      #expect(text.utf8.count > whole * 20_000)
      #expect(handler.ended.count == whole)
    }
  }

  @Test func `a flood of long answers is made one after the other`() throws {
    try serve { server, handler in
      let client = try TestSocket(port: server.port)
      client.send(String(repeating: "GET /pieces HTTP/1.1\r\nHost: a\r\n\r\n", count: 5000))
      client.finishSending()
      let text = client.receiveAll()
      #expect(text.components(separatedBy: "ccccc\r\n0\r\n\r\n").count == 5001)
      #expect(handler.ended.allSatisfy { $0.status == 200 && !$0.isAborted })
    }
  }
}

extension TestSocket {
  /// Whether bytes can be sent now or in so many milliseconds.
  fileprivate func isWritable(milliseconds: Int32) -> Bool {
    ready(POLLOUT, milliseconds) & Int16(POLLOUT) != 0
  }

  private func ready(_ events: Int32, _ milliseconds: Int32) -> Int16 {
    var entry = pollfd(fd: number, events: Int16(events), revents: 0)
    return unsafe poll(&entry, 1, milliseconds) == 1 ? entry.revents : 0
  }

  /// Sends what the socket takes: how many bytes.
  fileprivate func sendSome(_ bytes: [UInt8]) -> Int {
    let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
    return max(
      0, unsafe bytes.withUnsafeBytes { unsafe Foundation.send(number, $0.baseAddress, $0.count, flags) })
  }

  /// Sends the bytes while it reads, then reads to the end.
  fileprivate func exchange(_ bytes: [UInt8]) -> String {
    var (rest, all) = (bytes[...], [UInt8]())
    while !rest.isEmpty {
      let events = ready(POLLIN | POLLOUT, 10_000)
      if events & Int16(POLLIN) != 0 { all += receive() ?? [] }
      if events & Int16(POLLOUT) != 0 { rest = rest.dropFirst(sendSome(Array(rest))) }
      if events & Int16(POLLIN | POLLOUT) == 0 { break }
    }
    finishSending()
    return String(decoding: all, as: UTF8.self) + receiveAll()
  }
}
