import Foundation
import SocketClients
import Testing

private let python = ProcessInfo.processInfo.environment["CATENARY_PYTHON"] ?? "python3"

private let clientIsHere: Bool = {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = [python, "-c", "import websockets"]
  process.standardError = FileHandle.nullDevice
  guard (try? process.run()) != nil else { return false }
  process.waitUntilExit()
  return process.terminationStatus == 0
}()

/// WebSockets of the program as it is started.
@Suite(.timeLimit(.minutes(20))) struct SocketClientTests {
  @Test func `a server that is ended tells its WebSockets so, and ends with 0`() throws {
    let workshop = try Workshop()
    let server = try ServeTests.Running(workshop, ["--port", "0", "--backend", "native", "--diagnostics"])
    let port = try #require(UInt16(server.port))
    let client = try WebSocketClient(port: port, "/ws/echo")
    client.send(text: "still here?")
    #expect(client.receive() == .text("still here?"))
    kill(server.process.processIdentifier, SIGTERM)
    #expect(client.receive()?.code == 1001)
    client.send(0x88, [0x03, 0xE9])
    #expect(client.receive() == nil)
    client.socket.vanish()
    server.process.waitUntilExit()
    #expect(server.process.terminationStatus == 0)
  }

  @Test func `its limits are options`() throws {
    let workshop = try Workshop()
    let server = try ServeTests.Running(
      workshop,
      [
        "--port", "0", "--backend", "native", "--diagnostics", "--websocket-ping=0.05",
        "--websocket-timeout=0.5",
      ])
    let client = try WebSocketClient(port: try #require(UInt16(server.port)), "/ws/echo")
    #expect(client.receive() == WebSocketClient.Frame(0x89, []))
    while let frame = client.receive(), frame.code == nil {}
    #expect(client.receive() == nil)
    try workshop.refuse(
      ["serve", "--diagnostics=maybe"], status: 2, saying: ["--diagnostics", "true or false"])
  }

  @Test(
    .enabled(
      if: clientIsHere, "websockets is missing: pip install it, and name its Python in CATENARY_PYTHON"))
  func `the package websockets talks to every path`() throws {
    let workshop = try Workshop()
    let server = try ServeTests.Running(workshop, ["--port", "0", "--backend", "native", "--diagnostics"])
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let script = root.appendingPathComponent("scripts/talk-over-websockets").path
    let outcome = try workshop.shell("timeout 240 \(python) '\(script)' \(server.port)")
    #expect(outcome.errors == "")
    #expect(outcome.text == "ok\n")
  }
}
