import Foundation
import SocketClients
import Testing

/// The server as a program: how it starts, what it refuses, how it ends.
@Suite(.timeLimit(.minutes(20))) struct ServeTests {
  /// A running server; its first line has been read.
  final class Running {
    let process: Process
    let port: String
    let line: String
    private let errors: Pipe

    /// - Parameter descriptors: how many it may have.
    init(
      _ workshop: Workshop, _ arguments: [String], environment: [String: String] = [:],
      descriptors: Int? = nil
    ) throws {
      process = workshop.process(["serve"] + arguments)
      if let descriptors {
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments =
          ["-c", "ulimit -n \(descriptors); exec \"$0\" serve \"$@\"", Workshop.program.path] + arguments
      }
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      errors = Pipe()
      process.standardError = errors
      try process.run()
      var bytes: [UInt8] = []
      while let byte = try errors.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
        bytes.append(byte)
      }
      line = String(decoding: bytes, as: UTF8.self)
      let words = line.components(separatedBy: " ")
      port = words.count > 1 ? words[1].components(separatedBy: ":").last ?? "" : ""
    }

    deinit { if process.isRunning { process.terminate() } }

    /// Ends it: its status, and what it said since.
    func end(_ signal: Int32) throws -> (status: Int32, words: String) {
      kill(process.processIdentifier, signal)
      process.waitUntilExit()
      let rest = try errors.fileHandleForReading.readToEnd() ?? Data()
      return (process.terminationStatus, String(decoding: rest, as: UTF8.self))
    }
  }

  @Test(arguments: [SIGTERM, SIGINT]) func `it says where it is, serves, and ends with 0`(signal: Int32)
    throws
  {
    let workshop = try Workshop()
    let server = try Running(workshop, ["--port", "0", "--backend", "native", "--access-log"])
    #expect(server.line.hasPrefix("catenary: http://127.0.0.1:"))
    #expect(server.line.contains("backend native"))
    let outcome = try workshop.shell("curl -s http://127.0.0.1:\(server.port)/health")
    #expect(outcome.text == "{\"status\":\"ok\"}")
    let (status, words) = try server.end(signal)
    #expect(status == 0)
    #expect(words.contains("\"path\":\"/health\",\"status\":200"))
  }

  @Test func `a second signal ends it at once, and leaves no registry`() throws {
    let workshop = try Workshop()
    let server = try Running(workshop, ["--port", "0", "--backend", "native"])
    let name = "/dev/shm/catenary-\(getuid())-\(server.port)"
    #expect(FileManager.default.fileExists(atPath: name))
    // A body that does not end keeps it from ending by itself.
    let client = try TestSocket(port: #require(UInt16(server.port)))
    client.send(
      "POST /api/spline/predict HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        + "Content-Length: 99\r\nExpect: 100-continue\r\n\r\n")
    #expect(client.receive(until: "100 Continue").hasPrefix("HTTP/1.1 100"))
    kill(server.process.processIdentifier, SIGTERM)
    let (status, words) = try server.end(SIGINT)
    #expect(status == 1)
    #expect(words.contains("a second signal"))
    #expect(!FileManager.default.fileExists(atPath: name))
  }

  @Test func `its bytes are those of the command line`() throws {
    let workshop = try Workshop()
    try workshop.write("p.json", "{\"points\":[[0,0],[1,2],[3,1]],\"type\":\"makima\"}")
    let server = try Running(workshop, [], environment: ["CATENARY_PORT": "0", "PORT": "1"])
    let line = "curl -s -H 'Content-Type: application/json' --data-binary @p.json"
    let answer = try workshop.shell("\(line) http://127.0.0.1:\(server.port)/api/spline/render")
    #expect(try workshop.run(["render", "p.json", "--format", "f32", "-o", "p.f32"]).status == 0)
    #expect(answer.output == (try workshop.read("p.f32")))
    #expect(!answer.output.isEmpty)
  }

  @Test func `the lines that README has for curl work as pasted`() throws {
    let workshop = try Workshop()
    let server = try Running(workshop, ["--port", "0", "--backend", "native"])
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    let lines = readme.components(separatedBy: "\n").filter { $0.hasPrefix("curl ") }
    #expect(lines.count == 8)
    for line in lines {
      let here = line.replacingOccurrences(of: "localhost:3002", with: "127.0.0.1:\(server.port)")
      let outcome = try workshop.shell("\(here) --fail --silent --show-error")
      #expect(outcome.errors == "", "\(line)")
      let file = line.components(separatedBy: " -o ").dropFirst().first
      let output = try file.map { try workshop.read($0) } ?? outcome.output
      #expect(!output.isEmpty, "\(line)")
    }
    #expect(try workshop.read("curve.f32").count == 33 * 8)
    #expect(String(decoding: try workshop.read("curve.svg"), as: UTF8.self).hasPrefix("<svg"))
  }

  @Test func `two hundred megabytes stream in little memory`() throws {
    let workshop = try Workshop()
    let server = try Running(workshop, ["--port", "0", "--backend", "native"])
    let address = "http://127.0.0.1:\(server.port)/api/spline/render?points=25000000"
    #expect(try workshop.shell("curl -s '\(address)' | wc -c").text.contains("200000000"))
    let status = try String(
      contentsOfFile: "/proc/\(server.process.processIdentifier)/status", encoding: .utf8)
    let peak = try #require(status.components(separatedBy: "\n").first { $0.hasPrefix("VmHWM") })
    let kilobytes = try #require(Int(peak.filter(\.isNumber)))
    #expect(kilobytes < 96 << 10)
  }

  @Test func `what cannot be is refused in a line`() throws {
    let workshop = try Workshop()
    try workshop.refuse(
      ["serve", "--host", "0.0.0.0", "--port", "0"], status: 1, saying: ["0.0.0.0", "CATENARY_TOKEN"])
    try workshop.refuse(
      ["serve", "--host", "no.such.host.invalid"], status: 1, saying: ["no.such.host.invalid"])
    try workshop.refuse(["serve", "--prot", "1"], status: 2, saying: ["--prot", "did you mean --port"])
    try workshop.refuse(["serve", "--port", "70000"], status: 2, saying: ["--port", "65535"])
    try workshop.refuse(["serve", "--max-body", "many"], status: 2, saying: ["--max-body", "64MiB"])
    try workshop.refuse(
      ["serve", "--max-bodies", "1MiB"], status: 2, saying: ["--max-bodies", "--max-body"])
    try workshop.refuse(["serve", "--max-points", "1"], status: 2, saying: ["--max-points", "2147483648"])
    let server = try Running(workshop, ["--port", "0", "--backend", "native"])
    try workshop.refuse(["serve", "--port", server.port], status: 1, saying: [server.port, "in use"])
  }

  @Test func `a flag is true by its name alone, else true or false, typed or in the environment`() throws {
    let workshop = try Workshop()
    for (words, environment, isThere) in [
      (["--diagnostics"], [:], true), (["--diagnostics", "true"], [:], true),
      (["--diagnostics", "false"], ["CATENARY_DIAGNOSTICS": "true"], false),
      (["--diagnostics=true"], [:], true), ([], ["CATENARY_DIAGNOSTICS": "true"], true),
      (["--access-log"], ["CATENARY_DIAGNOSTICS": "false"], false), ([], ["CATENARY_DIAGNOSTICS": ""], false),
    ] {
      let server = try Running(workshop, ["--backend=native", "--port=0"] + words, environment: environment)
      let code = "curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:\(server.port)/ws/echo"
      #expect(try workshop.shell(code).text == (isThere ? "426" : "404"), "\(words) \(environment)")
    }
    for name in ["CATENARY_DIAGNOSTICS", "CATENARY_ACCESS_LOG"] {
      let outcome = try workshop.shell("\(name)=1 \"$catenary\" serve --port 0")
      #expect(outcome.status == 2)
      #expect(outcome.errors == "catenary: \(name) is \"1\": it is true or false\n")
    }
  }

  @Test func `with a token other machines may reach it`() throws {
    let workshop = try Workshop()
    let server = try Running(
      workshop, ["--port", "0", "--host", "0.0.0.0", "--backend", "native"],
      environment: ["CATENARY_TOKEN": "secret"])
    let status = "curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:\(server.port)"
    #expect(try workshop.shell("\(status)/metrics").text == "401")
    #expect(try workshop.shell("\(status)/metrics -H 'Authorization: Bearer secret'").text == "200")
  }
}
