import Foundation
import Testing

/// `catenary top` beside a running server.
@Suite(.timeLimit(.minutes(20))) struct TopTests {
  private func serve(_ workshop: Workshop, _ workers: Int = 2) throws -> ServeTests.Running {
    try ServeTests.Running(workshop, ["--port", "0", "--backend", "native", "--workers", "\(workers)"])
  }

  @Test func `it tells what each worker did`() throws {
    let workshop = try Workshop()
    let server = try serve(workshop)
    let address = "http://127.0.0.1:\(server.port)/api/spline/render?points=70000"
    #expect(try workshop.shell("curl -s '\(address)' | wc -c").text.contains("560000"))
    let plain = try workshop.run(["top", "--port", server.port, "--once"])
    #expect(plain.status == 0)
    #expect(plain.rows.count == 4)
    #expect(
      plain.text.contains("catenary on port \(server.port), process \(server.process.processIdentifier), up"))
    #expect(plain.text.contains("2 workers: 0 working, 2 idle, 0 after an error; 0 answers wait"))
    #expect(!plain.text.contains("\u{1B}"))
    let json = try workshop.run(["top", "--port=\(server.port)", "--once", "--json"])
    let document = try #require(try JSONSerialization.jsonObject(with: json.output) as? [String: Any])
    #expect(
      document["summary"] as? [String: Int]
        == ["total": 2, "idle": 2, "working": 0, "error": 0, "total_queue_depth": 0])
    let workers = try #require(document["workers"] as? [String: [String: Any]])
    #expect(workers.values.compactMap { $0["messages_processed"] as? Int }.reduce(0, +) == 1)
    let http = try workshop.shell("curl -s http://127.0.0.1:\(server.port)/api/dev/workers")
    let same = try #require(try JSONSerialization.jsonObject(with: http.output) as? [String: [String: Any]])
    #expect(same.keys.sorted() == workers.keys.sorted())
  }

  @Test func `through a pipe it goes on until its reader or the server goes`() throws {
    let workshop = try Workshop()
    let server = try serve(workshop)
    let top = "$catenary top --port \(server.port) --interval 0.1"
    #expect(try workshop.shell("\(top) | head -9 | grep -c WORKER").text == "2\n")
    let line = try workshop.shell("\(top) --json | head -2 | tail -1")
    #expect(try JSONSerialization.jsonObject(with: line.output) is [String: Any])
    let pid = server.process.processIdentifier
    // The first view has come when the server is killed: it leaves its registry behind.
    let outcome = try workshop.shell(
      "\(top) | (read line; kill -9 \(pid); cat >/dev/null); exit ${PIPESTATUS[0]}")
    #expect(outcome.status == 1)
    #expect(outcome.errors == "catenary: the server on port \(server.port) has ended: start it again\n")
    try workshop.refuse(
      ["top", "--port", server.port], status: 1, saying: [server.port, "ended without closing"])
    _ = unsafe unlink("/dev/shm/catenary-\(getuid())-\(server.port)")
  }

  @Test func `on a terminal it draws a screen, follows its size, and gives it back`() throws {
    let workshop = try Workshop()
    let server = try serve(workshop, 8)
    let program = """
      import fcntl, os, pty, select, signal, struct, sys, termios
      def run(ending):
          child, terminal = pty.fork()
          if child == 0: os.execv(sys.argv[1], ["catenary", "top", "--port", sys.argv[2], "--interval", "30"])
          before = termios.tcgetattr(terminal)
          def size(rows, columns): fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
          def read(*words):
              text = b""
              while not all(word in text for word in words): text += os.read(terminal, 65536)
              return text
          size(40, 120)
          os.kill(child, signal.SIGWINCH)
          text = read(b"worker-8", b"q quits")
          assert text.startswith(b"\\x1b[?1049h"), text[:80]
          assert not termios.tcgetattr(terminal)[3] & termios.ICANON
          size(8, 40)
          os.kill(child, signal.SIGWINCH)
          small = read(b"more", b"q quits")
          assert b"and 7 more" in small, small
          assert all(len(line) <= 80 for line in small.split(b"\\r\\n")), small
          ending(child, terminal)
          rest = b""
          try:
              while piece := os.read(terminal, 65536): rest += piece
          except OSError: pass
          assert rest.endswith(b"\\x1b[?1049l"), rest[-80:]
          return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
      print(run(lambda child, terminal: os.write(terminal, b"xq")))
      print(run(lambda child, terminal: os.write(terminal, b"\\x03")))
      print(run(lambda child, terminal: os.kill(child, signal.SIGTERM)))
      """
    try workshop.write("terminal.py", program)
    let outcome = try workshop.shell("python3 terminal.py $catenary \(server.port)")
    #expect(outcome.text == "0\n-2\n-15\n", "\(outcome.errors)")
  }

  @Test func `what cannot be is refused in a line`() throws {
    let workshop = try Workshop()
    try workshop.refuse(["top", "--port", "1"], status: 1, saying: ["port 1", "catenary serve"])
    try workshop.refuse(["top", "--port", "0"], status: 2, saying: ["--port", "65535"])
    try workshop.refuse(["top", "--interval", "0"], status: 2, saying: ["--interval", "3600"])
    try workshop.refuse(["top", "--intervall", "1"], status: 2, saying: ["did you mean --interval"])
    try workshop.refuse(["top", "--once=1"], status: 2, saying: ["--once"])
    try workshop.refuse(["top", "--once", "--once"], status: 2, saying: ["twice"])
    try workshop.refuse(["top", "x"], status: 2, saying: ["x", "no input"])
  }
}
