import Foundation
import HTTPFront
import Testing
import WorkerRegistry

@testable import CatenaryServer
@testable import HTTPFront

/// What the workers do, over HTTP.
@Suite(.timeLimit(.minutes(20))) struct WorkerRouteTests {
  private let base = ServerRouteTests()
  private static let cores = MachineLimits.cores

  private func workers(_ port: Int, _ path: String = "/api/dev/workers") throws -> [String: [String: Any]] {
    try base.curl(port, path).json as? [String: [String: Any]] ?? [:]
  }

  private func scale(_ port: Int, _ body: String, _ arguments: [String] = []) throws -> ServerRouteTests.Reply
  {
    try base.curl(port, "/api/workers/scale", ServerRouteTests.json + arguments, send: Array(body.utf8))
  }

  private func check(
    _ port: Int, _ body: String, _ arguments: [String] = [], gives status: Int,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    let answer = try scale(port, body, arguments)
    #expect(answer.status == status, "\(body) \(arguments)", sourceLocation: location)
  }

  @Test func `each worker says what it did, over HTTP as in shared memory`() throws {
    try base.serve { port in
      let before = UInt64(Date().timeIntervalSince1970 * 1000) - 60_000
      #expect(try base.curl(port, "/api/spline/render?points=70000").body.count == 560_000)
      let answer = try base.curl(port, "/api/dev/workers")
      #expect(answer.fields["cache-control"] == "no-cache")
      #expect(answer.fields["content-type"] == "application/json")
      let all = try workers(port, "/api/workers/registry")
      #expect(all.keys.sorted() == ["worker-1"])
      let worker = try #require(all["worker-1"])
      #expect(worker["id"] as? String == "worker-1")
      #expect(worker["messages_processed"] as? Int == 1)
      #expect(worker["errors"] as? Int == 0)
      #expect(worker["queue_depth"] as? Int == 0)
      #expect(worker["last_error"] == nil)
      #expect(worker["created_at"] as? UInt64 ?? 0 > before)
      let usage = try #require(worker["resource_usage"] as? [String: Double])
      #expect(usage.keys.sorted() == ["external_mb", "heap_total_mb", "heap_used_mb", "rss_mb"])
      #expect(usage["rss_mb"] ?? 0 > usage["heap_used_mb"] ?? 0)
      let registry = try RegistryReader(port: UInt16(port)).workers()
      #expect(registry.map(\.processed) == [1])
      #expect(registry.map(\.pieces) == [3])
    }
    // Gone with the server.
    #expect(throws: RegistryError.self) { try RegistryReader(port: 1) }
  }

  @Test func `memory is looked at while nothing is done`() throws {
    let port = UInt16.random(in: 600...900)
    let curves = try CurveServer(backend: .native)
    let board = try #require(curves.begins(port, WorkerPool(threads: 1)))
    defer { curves.end() }
    let reader = try RegistryReader(port: port)
    let first = reader.usage.at
    // At most ten times a second.
    while reader.usage.at == first { board.ticks() }
    #expect(reader.usage.residentBytes > 0)
    #expect(reader.usage.at > first)
  }

  @Test func `a server that comes before the last one has gone takes its name over then`() throws {
    let port = UInt16.random(in: 901...1023)
    let last = try WorkerRegistry(port: port, slots: 3)
    try last.publish()
    let curves = try CurveServer(backend: .native)
    let board = try #require(curves.begins(port, WorkerPool(threads: 1)))
    #expect(curves.registryFault?.contains("until it has ended") == true)
    board.came(5)
    board.ticks()
    #expect(curves.registryFault != nil)
    #expect(try RegistryReader(port: port).slots == 3)
    last.end()
    board.ticks()
    #expect(curves.registryFault == nil)
    #expect(try RegistryReader(port: port).workers().map(\.number) == [5])
    curves.end()
    #expect(throws: RegistryError.missing(port: port)) { try RegistryReader(port: port) }
  }

  @Test func `the pool is scaled between one and four times the cores`() throws {
    try base.serve { port in
      let most = 4 * Self.cores
      var answer = try scale(port, "{\"count\":\(most)}")
      #expect(answer.json as? [String: Int] == ["created": most - 1, "terminated": 0])
      #expect(try workers(port).count == most)
      answer = try scale(port, "{\"count\":1}")
      #expect(answer.json as? [String: Int] == ["created": 0, "terminated": most - 1])
      for (body, status) in [
        ("{\"count\":0}", 422), ("{\"count\":-3}", 422), ("{\"count\":\(most + 1)}", 422),
        ("{\"count\":1e300}", 422),
        ("{\"count\":1.5}", 400), ("{\"count\":\"2\"}", 400), ("{}", 400), ("[1]", 400),
        ("{\"count\":1,\"x\":1}", 400),
        ("{", 400),
      ] {
        let answer = try scale(port, body)
        #expect(answer.status == status, "\(body)")
        #expect(answer.fields["content-type"] == "application/problem+json")
      }
      #expect(try base.curl(port, "/api/workers/scale").fields["allow"] == "POST, OPTIONS")
    }
  }

  @Test func `pages of other origins need a token`() throws {
    try base.serve { port in
      for (origin, status) in [
        ("http://127.0.0.1:\(port)", 200), ("http://evil.example", 403), ("null", 403),
        ("https://127.0.0.1:\(port)", 403), ("http://localhost:\(port)", 403),
      ] {
        try check(port, "{\"count\":1}", ["-H", "Origin: \(origin)"], gives: status)
      }
      // Whose name leads here is no reason to trust a page.
      let rebound = ["-H", "Origin: http://evil.example:\(port)", "-H", "Host: evil.example:\(port)"]
      try check(port, "{\"count\":1}", rebound, gives: 403)
      let prefixed = ["-H", "Origin: http://127.evil.example", "-H", "Host: 127.evil.example"]
      try check(port, "{\"count\":1}", prefixed, gives: 403)
    }
    try base.serve(token: "secret") { port in
      let bearer = ["-H", "Authorization: Bearer secret"]
      try check(port, "{\"count\":1}", gives: 401)
      try check(port, "{\"count\":1}", bearer + ["-H", "Origin: http://evil.example"], gives: 200)
      for path in ["/api/dev/workers", "/api/workers/registry"] {
        #expect(try base.curl(port, path).status == 401)
        #expect(try base.curl(port, path, bearer).status == 200)
      }
    }
  }

  @Test func `scaling under load loses no answer`() throws {
    let change = { (options: inout ServerOptions) in (options.reactors, options.workers) = (2, 2) }
    try base.serve(token: nil, change) { port in
      let (process, output) = (Process(), Pipe())
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      // Eight clients, five long answers each; what is wrong is told.
      process.arguments = [
        "python3", "-c",
        """
        import sys, threading, urllib.request
        address = f"http://127.0.0.1:{sys.argv[1]}/api/spline/render?points=200000"
        first = urllib.request.urlopen(address).read()
        good = []
        def client():
            for _ in range(5):
                if urllib.request.urlopen(address).read() == first: good.append(1)
        threads = [threading.Thread(target=client) for _ in range(8)]
        for thread in threads: thread.start()
        print("started", flush=True)
        for thread in threads: thread.join()
        print(len(first), len(good))
        """, "\(port)",
      ]
      process.standardOutput = output
      try process.run()
      for round in 0..<40 { try check(port, "{\"count\":\(1 + round * round % 7)}", gives: 200) }
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(text == "started\n1600000 40\n")
      try check(port, "{\"count\":2}", gives: 200)
      let all = try workers(port)
      #expect(all.count == 2)
    }
  }
}
