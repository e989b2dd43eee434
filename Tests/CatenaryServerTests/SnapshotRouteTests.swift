import Foundation
import HTTPFront
import Synchronization
import Testing

@testable import CatenaryServer

/// Heap snapshots, as curl gets them.
@Suite(.timeLimit(.minutes(20))) struct SnapshotRouteTests {
  private let base = ServerRouteTests()
  private let path = "/api/workers/snapshot/worker-1"

  @Test func `it is a compressed file unless the client refuses that`() throws {
    try base.serve { port in
      let plain = try base.curl(port, path, ["-H", "Accept-Encoding: identity"])
      #expect(plain.fields["content-encoding"] == nil)
      #expect(plain.fields["content-disposition"] == "attachment; filename=\"heap-snapshot-worker-1.json\"")
      #expect(plain.json["id"] as? String == "worker-1")
      let zipped = try base.curl(port, path)
      #expect(zipped.fields["content-encoding"] == "gzip")
      #expect(zipped.fields["content-type"] == "application/json")
      #expect(zipped.fields["cache-control"] == "no-store")
      #expect(zipped.fields["transfer-encoding"] == "chunked")
      #expect(
        zipped.fields["content-disposition"] == "attachment; filename=\"heap-snapshot-worker-1.json.gz\"")
      #expect(zipped.body.starts(with: [0x1F, 0x8B]))
      let unzipped = try base.curl(port, path, ["--compressed"])
      #expect(unzipped.json["complete"] as? Bool == true)
      #expect(try base.curl(port, path, ["-H", "Accept-Encoding: br"]).fields["content-encoding"] == nil)
    }
  }

  @Test func `it tells the worker, the allocator, the pools and what is mapped`() throws {
    try base.serve { port in
      #expect(try base.curl(port, "/api/spline/render?points=70000").body.count == 560_000)
      let json = try base.curl(port, path, ["--compressed"]).json
      let worker = try #require(json["worker"] as? [String: Any])
      #expect(worker["messages_processed"] as? Int == 1)
      #expect(worker["pieces_made"] as? Int == 3)
      #expect(worker["current_job"] is NSNull)
      let thread = try #require(json["thread"] as? [String: Int])
      #expect(thread["cpu_ns"] ?? 0 > 0)
      #expect((1..<(thread["stack_bytes"] ?? 0)).contains(thread["stack_used_bytes"] ?? 0))
      let allocator = try #require(json["allocator"] as? [String: Any])
      #expect(allocator["source"] as? String == "mallinfo2")
      #expect(allocator["used_bytes"] as? Int ?? 0 > 100_000)
      let pools = try #require(json["buffer_pools"] as? [[String: Any]])
      #expect(pools.first?["name"] as? String == "answers")
      #expect(pools.allSatisfy { $0["bytes"] is Int && $0["buffers"] is Int })
      let maps = try #require(json["mapped_regions"] as? [[String: Any]])
      #expect(maps.contains { ($0["path"] as? String)?.hasSuffix("/catenary-\(getuid())-\(port)") ?? false })
      #expect(maps.allSatisfy { ($0["start"] as? String)?.hasPrefix("0x") ?? false })
      // Without WebAssembly there is none.
      #expect(json["linear_memory"] is NSNull || json["linear_memory"] is [String: Any])
    }
  }

  @Test func `a worker that is busy for long is told of without it, and asked once at a time`() throws {
    let curves = try CurveServer(backend: .native)
    var options = ServerOptions()
    (options.reactors, options.workers) = (1, 2)
    let server = try HTTPServer(options, curves)
    defer {
      server.stop()
      server.waitUntilFinished()
    }
    let port = Int(server.port)
    let gate = Mutex(())
    try gate.withLock { _ in
      // Both workers hang: snapshots are made by none of them.
      for worker in 1...2 { #expect(curves.board?.pool.ask(worker) { gate.withLock { _ in } } == true) }
      let (process, output) = (Process(), Pipe())
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["curl", "-sN", "--compressed", "-m", "60", "http://127.0.0.1:\(port)\(path)"]
      process.standardOutput = output
      try process.run()
      while curves.board?.snapshots.isTaken(1) != true { usleep(1000) }
      let second = try base.curl(port, path)
      #expect(second.status == 429)
      #expect(second.fields["retry-after"] == "1")
      #expect(try base.curl(port, "/health").status == 200)
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      #expect(json["complete"] as? Bool == false)
      #expect((json["reason"] as? String)?.contains("5 s") == true)
      #expect((json["worker"] as? [String: Any])?["messages_processed"] as? Int == 0)
      #expect(json["linear_memory"] == nil)
    }
    // It can be asked again, and answers now.
    #expect(try base.curl(port, path, ["--compressed"]).json["complete"] as? Bool == true)
  }

  @Test func `who is not there, and who may not ask`() throws {
    try base.serve { port in
      for (path, status) in [
        ("/api/workers/snapshot/worker-2", 404), ("/api/workers/snapshot/1", 404),
        ("/api/workers/snapshot/worker-1/more", 404), ("/api/workers/snapshot/", 404),
        ("\(path)?contents=2", 400),
        ("\(path)?content=1", 400), ("\(path)?contents=0", 200),
      ] {
        let answer = try base.curl(port, path)
        #expect(answer.status == status, "\(path)")
      }
      let foreign = ["-H", "Origin: http://evil.example"]
      #expect(try base.curl(port, "\(path)?contents=1", foreign).status == 403)
      // A page whose name was made to lead here asks without an origin.
      for (host, status) in [
        ("evil.example:\(port)", 403), ("127.evil.example", 403), ("localhost:\(port)", 200),
        ("[::1]:\(port)", 200), ("127.0.0.1", 200),
      ] {
        let answer = try base.curl(port, "\(path)?contents=1", ["-H", "Host: \(host)"])
        #expect(answer.status == status, "\(host)")
      }
      #expect(try base.curl(port, path, ["-X", "POST"]).fields["allow"] == "GET, HEAD, OPTIONS")
    }
    try base.serve(token: "secret") { port in
      let bearer = ["-H", "Authorization: Bearer secret"]
      let foreign = bearer + ["-H", "Origin: http://evil.example"]
      for (arguments, status) in [([], 401), (bearer, 200), (foreign, 200)] {
        let answer = try base.curl(port, "\(path)?contents=1", arguments)
        #expect(answer.status == status, "\(arguments)")
      }
    }
  }

  @Test func `base64 is that of Foundation`() {
    for count in 0..<20 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + 11) }
      var text: [UInt8] = []
      text.append(base64: bytes)
      #expect(String(decoding: text, as: UTF8.self) == Data(bytes).base64EncodedString())
    }
  }
}
