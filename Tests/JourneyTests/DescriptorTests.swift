import Foundation
import SocketClients
import Testing

extension ServeTests {
  /// Processor time that a process took so far, in hundredths of a second.
  private func ticks(_ process: Process) throws -> Int {
    let stat = try String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)
    let fields = try #require(stat.components(separatedBy: ") ").last).split(separator: " ")
    return try #require(Int(fields[11])) + #require(Int(fields[12]))
  }

  /// Whether a request gets its answer; the connection stays open.
  private func asks(_ client: TestSocket) -> Bool {
    client.send("GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
    return client.receive(until: "{\"status\":\"ok\"}").hasPrefix("HTTP/1.1 200 ")
  }

  @Test func `without a descriptor left it turns clients away, serves the others, and rests`() throws {
    let workshop = try Workshop()
    let server = try Running(
      workshop, ["--port=0", "--backend=native", "--reactors=1", "--workers=1", "--idle-timeout=4"],
      descriptors: 48)
    let port = try #require(UInt16(server.port))
    var clients: [TestSocket] = []
    while clients.count < 48 {
      let client = try TestSocket(port: port)
      guard asks(client) else { break }
      clients.append(client)
    }
    #expect(clients.count > 10)
    #expect(clients.count < 48)
    for _ in 0..<20 {
      // It does not wait for a place: it is told at once that there is none.
      let refused = try TestSocket(port: port)
      #expect(!asks(refused))
      #expect(errno != EAGAIN)
    }
    let first = try #require(clients.first)
    #expect(asks(first))
    // The server gives up what idles: until then it has nothing to do, and does nothing.
    let before = try ticks(server.process)
    let (rest, reason) = (first.receive(), errno)
    #expect(rest?.isEmpty ?? (reason == ECONNRESET))
    #expect(try ticks(server.process) - before < 50)
    #expect(asks(try TestSocket(port: port)))
    #expect(try server.end(SIGTERM).status == 0)
  }
}
