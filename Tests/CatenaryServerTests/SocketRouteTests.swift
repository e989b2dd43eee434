import CatenaryServer
import Foundation
import HTTPFront
import SocketClients
import Synchronization
import Testing

/// The paths that open WebSockets, by a client that writes its frames by hand.
@Suite(.timeLimit(.minutes(20))) struct SocketRouteTests {
  func serve(
    token: String? = nil, hasDiagnostics: Bool = false, log: (@Sendable (String) -> Void)? = nil,
    _ body: (UInt16) throws -> Void
  ) throws {
    let curves = try CurveServer(backend: .native, token: token, hasDiagnostics: hasDiagnostics, log: log)
    var options = ServerOptions()
    (options.reactors, options.workers) = (2, 1)
    let server = try HTTPServer(options, curves)
    defer {
      server.stop()
      server.waitUntilFinished()
    }
    try body(server.port)
  }

  /// A document got by GET.
  func get(_ port: UInt16, _ path: String, _ fields: [String] = []) throws -> [String: Any] {
    let socket = try TestSocket(port: port)
    socket.send(WebSocketClient.request(path, ["Host: a", "Connection: close"] + fields))
    let text = socket.receiveAll()
    let start = try #require(text.range(of: "\r\n\r\n")).upperBound
    return try #require(JSONSerialization.jsonObject(with: Data(text[start...].utf8)) as? [String: Any])
  }

  func document(_ frame: WebSocketClient.Frame?) throws -> [String: Any] {
    let frame = try #require(frame)
    #expect(frame.first == 0x81)
    return try #require(JSONSerialization.jsonObject(with: Data(frame.payload)) as? [String: Any])
  }

  @Test func `echo is for diagnostics alone, and takes up to 16 MiB`() throws {
    try serve { port in
      let client = try WebSocketClient(port: port, "/ws/echo")
      #expect(client.head.hasPrefix("HTTP/1.1 404 "))
    }
    try serve(hasDiagnostics: true) { port in
      let client = try WebSocketClient(port: port, "/ws/echo")
      client.send(text: "hi")
      #expect(client.receive() == .text("hi"))
      let long = [UInt8](repeating: 7, count: 1 << 20 | 1)
      client.send(0x82, long)
      let isSame = client.receive()?.payload == long
      #expect(isSame)
      client.socket.send([0x82, 0xFF, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0])
      #expect(client.receive()?.code == 1009)
    }
  }

  @Test func `a GET that asks for no WebSocket gets 426`() throws {
    try serve(hasDiagnostics: true) { port in
      for path in ["/ws/workers/telemetry", "/ws/spline-live", "/ws/echo"] {
        let answer = try get(port, path)
        #expect(answer["status"] as? Int == 426)
        #expect((answer["detail"] as? String)?.contains("Upgrade: websocket") == true)
      }
    }
  }

  @Test func `the live curve moves, the same for all, as text and as numbers`() throws {
    try serve { port in
      let first = try WebSocketClient(port: port, "/ws/spline-live")
      let second = try WebSocketClient(port: port, "/ws/spline-live?points=200&format=text")
      var seen: [Double: [[Double]]] = [:]
      var times: [Double] = []
      for _ in 0..<20 {
        let message = try document(first.receive())
        #expect(message["points"] as? Int == 200)
        let (time, data) = (
          try #require(message["t"] as? Double), try #require(message["data"] as? [[Double]])
        )
        #expect(data.count == 200)
        #expect(data.allSatisfy { $0.count == 2 && $0.allSatisfy(\.isFinite) })
        #expect((times.last ?? 0) < time)
        times.append(time)
        seen[time] = data
      }
      #expect(Set(seen.values).count == 20)
      // Made once: what both got for a time is the same.
      var common = 0
      for _ in 0..<20 {
        let message = try document(second.receive())
        guard let same = seen[try #require(message["t"] as? Double)] else { continue }
        common += 1
        #expect(message["data"] as? [[Double]] == same)
      }
      #expect(common > 0)
      let binary = try WebSocketClient(port: port, "/ws/spline-live?format=binary&points=50&type=akima")
      let frame = try #require(binary.receive())
      #expect(frame.first == 0x82)
      #expect(frame.payload.count == 400)
      let x = stride(from: 0, to: 400, by: 8).map { i in
        Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(frame.payload[i + $1]) << UInt32(8 * $1) })
      }
      #expect(x.first == 0)
      #expect(x.last == 12)
      #expect(zip(x, x.dropFirst()).allSatisfy { $0 < $1 })
    }
  }

  @Test func `every kind lives, and a wrong option is told before the WebSocket opens`() throws {
    try serve { port in
      for kind in [
        "linear", "step", "hermite", "bezier", "quadratic-bezier", "nurbs", "smoothing", "monotone",
      ] {
        let client = try WebSocketClient(port: port, "/ws/spline-live?type=\(kind)&points=9")
        #expect((try document(client.receive())["data"] as? [[Double]])?.count == 9, "\(kind)")
      }
      for query in [
        "type=zigzag", "points=1", "points=10001", "format=xml", "tensoin=1", "points=2&points=3",
      ] {
        let client = try WebSocketClient(port: port, "/ws/spline-live?\(query)")
        #expect(client.head.hasPrefix("HTTP/1.1 400 "), "\(query)")
      }
    }
  }

  @Test func `so many different curves are drawn at once, and each for as many as ask for it`() throws {
    try serve { port in
      func open(_ points: Int) throws -> WebSocketClient {
        try WebSocketClient(port: port, "/ws/spline-live?format=binary&points=\(points)")
      }
      var clients = try [10_000, 9_999, 9_998, 9_997].map(open)
      clients += try [10_000, 6].map(open)
      #expect(clients.allSatisfy { $0.isOpen })
      let refused = try open(5)
      #expect(refused.head.hasPrefix("HTTP/1.1 503 "))
      #expect(refused.head.lowercased().contains("retry-after: 1"))
      // One that nobody looks at any more makes room.
      clients[1].socket.vanish()
      var late = refused
      for _ in 0..<10_000 where !late.isOpen { late = try open(5) }
      #expect(late.isOpen)
    }
  }

  @Test func `telemetry tells what the registry tells, at once and at each interval`() throws {
    try serve { port in
      let client = try WebSocketClient(port: port, "/ws/workers/telemetry?interval=100")
      var last = 0.0
      for _ in 0..<3 {
        let message = try document(client.receive())
        #expect(Set(message.keys) == ["timestamp", "workers", "summary"])
        let time = try #require(message["timestamp"] as? Double)
        // Timers do not ring early; the first message may stand for a moment up to a tenth before.
        if last > 0 { #expect(time - last > 80) }
        last = time
        let workers = try #require(message["workers"] as? [String: [String: Any]])
        let registry = try #require(try get(port, "/api/dev/workers") as? [String: [String: Any]])
        #expect(Set(workers.keys) == Set(registry.keys))
        #expect(workers.count == 1)
        for (id, worker) in workers { #expect(Set(worker.keys) == Set(registry[id]?.keys.map { $0 } ?? [])) }
        let summary = try #require(message["summary"] as? [String: Int])
        #expect(summary == ["total": 1, "idle": 1, "working": 0, "error": 0, "total_queue_depth": 0])
      }
      client.send(text: "{\"type\":\"heartbeat\"}")
      var answers: [String] = []
      while answers.isEmpty, let frame = client.receive() {
        if !frame.text.contains("timestamp") { answers.append(frame.text) }
      }
      #expect(answers == ["{\"type\":\"heartbeat-ack\"}"])
      // What is no heartbeat is heard and not answered.
      for text in ["{\"type\":\"other\"}", "[", ""] { client.send(text: text) }
      for _ in 0..<3 { #expect(try document(client.receive())["timestamp"] != nil) }
      for query in ["interval=99", "interval=60001", "interval=1e3", "interval=", "intervall=100"] {
        let refused = try WebSocketClient(port: port, "/ws/workers/telemetry?\(query)")
        #expect(refused.head.hasPrefix("HTTP/1.1 400 "), "\(query)")
      }
    }
  }

  @Test func `so many different intervals are kept, and each for as many as ask for it`() throws {
    try serve { port in
      func open(_ interval: Int) throws -> WebSocketClient {
        try WebSocketClient(port: port, "/ws/workers/telemetry?interval=\(interval)")
      }
      var clients: [WebSocketClient] = []
      for place in 0..<256 { clients.append(try open(1000 + place)) }
      #expect(clients.allSatisfy { $0.isOpen })
      let refused = try open(5000)
      #expect(refused.head.hasPrefix("HTTP/1.1 503 "))
      #expect(refused.head.lowercased().contains("retry-after: 1"))
      // An interval that is kept already needs no further timer, at whatever moment it is asked for.
      for _ in 0..<30 { #expect(try open(1000).isOpen) }
      let other = try open(1000)
      for _ in 0..<2 { #expect(try document(other.receive())["summary"] != nil) }
      #expect(try WebSocketClient(port: port, "/ws/spline-live?points=2").isOpen)
      clients[7].socket.vanish()
      var late = refused
      for _ in 0..<10_000 where !late.isOpen { late = try open(5000) }
      #expect(late.isOpen)
    }
  }

  @Test func `a page of any origin may listen, as it may ask for the same by GET`() throws {
    for token in [nil, "secret"] {
      try serve(token: token) { port in
        let origin = "Origin: http://elsewhere.example"
        let client = try WebSocketClient(port: port, "/ws/workers/telemetry", [origin])
        #expect(client.isOpen == (token == nil))
        let socket = try TestSocket(port: port)
        socket.send(WebSocketClient.request("/api/dev/workers", ["Host: a", "Connection: close", origin]))
        #expect(socket.receiveAll().hasPrefix("HTTP/1.1 \(token == nil ? 200 : 401) "))
      }
    }
  }

  @Test func `telemetry asks for the token, in a field or in the query, and no log tells it`() throws {
    let lines = Mutex<[String]>([])
    let log = { @Sendable (line: String) in lines.withLock { $0.append(line) } }
    try serve(token: "secret", log: log) { port in
      let cases: [(String, [String], Int)] = [
        ("", [], 401), ("?access_token=wrong", [], 401), ("?access_token=secret", [], 101),
        ("?interval=200&access_token=%73ecret", [], 101), ("", ["Authorization: Bearer secret"], 101),
        ("?access_token=secret2", ["Authorization: Bearer secret"], 101),
        ("?access_token=secret&interval=1", [], 400),
      ]
      for (query, fields, status) in cases {
        let client = try WebSocketClient(port: port, "/ws/workers/telemetry\(query)", fields)
        #expect(client.head.hasPrefix("HTTP/1.1 \(status) "), "\(query) \(fields)")
      }
      // Elsewhere a query is no place for it, and other WebSockets ask for none.
      let metrics = try get(port, "/api/dev/metrics?access_token=secret")
      #expect(metrics["status"] as? Int == 401)
      #expect(try WebSocketClient(port: port, "/ws/spline-live").isOpen)
    }
    #expect(lines.withLock { $0.count } == 9)
    #expect(!lines.withLock { $0.joined() }.contains("secret"))
  }

  @Test func `counters are exact, whatever way a WebSocket ends`() throws {
    try serve(hasDiagnostics: true) { port in
      func metrics() throws -> [Int] {
        let metrics = try #require(try get(port, "/api/dev/metrics")["metrics"] as? [String: Any])
        let totals = try #require(metrics["totals"] as? [String: Int])
        return try ["pendingWebSockets", "activeConnections"].map { try #require(metrics[$0] as? Int) }
          + ["websocketOpens", "websocketCloses"].map { try #require(totals[$0]) }
      }
      try #require(try metrics() == [0, 0, 0, 0])
      let polite = try WebSocketClient(port: port, "/ws/echo")
      let live = try WebSocketClient(port: port, "/ws/spline-live")
      #expect(try metrics() == [2, 2, 2, 0])
      polite.send(0x88, [])
      #expect(polite.receive()?.first == 0x88)
      #expect(try metrics() == [1, 1, 2, 1])
      live.socket.vanish()
      for _ in 0..<30 {
        let client = try WebSocketClient(port: port, "/ws/spline-live?format=binary")
        _ = client.receive()
        client.socket.vanish()
      }
      var last = try metrics()
      for _ in 0..<10_000 where last[0] > 0 { last = try metrics() }
      #expect(last == [0, 0, 32, 32])
      // What was refused was never open.
      _ = try get(port, "/ws/echo")
      #expect(try metrics() == [0, 0, 32, 32])
    }
  }

  @Test func `the list says which endpoints are WebSockets`() throws {
    try serve(hasDiagnostics: true) { port in
      let list = try #require(try get(port, "/api/dev/endpoints")["endpoints"] as? [[String: Any]])
      let sockets = list.filter { $0["protocol"] as? String == "websocket" }.compactMap {
        $0["path"] as? String
      }
      #expect(sockets.sorted() == ["/ws/echo", "/ws/spline-live", "/ws/workers/telemetry"])
    }
  }
}
