import Foundation
import Testing

@testable import WorkerRegistry

@Suite(.timeLimit(.minutes(20))) struct RegistryTests {
  private func withRegistry(_ slots: Int = 4, _ body: (WorkerRegistry, UInt16) throws -> Void) throws {
    let port = Ports.new()
    let registry = try publish(port: port, slots: slots)
    defer { registry.end() }
    try body(registry, port)
  }

  @Test func `what a worker writes another reader reads`() throws {
    try withRegistry { registry, port in
      let writer = registry.writer(slot: 2)
      writer.open(number: 7)
      writer.setThread()
      writer.begin(job: 12, SlotWriter.JobType("render"), startedAt: 1_700_000_000_123)
      registry.setQueueDepth(5)
      registry.refreshUsage(externalBytes: 65536)
      let reader = try RegistryReader(port: port)
      let worker = try #require(reader.workers().first)
      #expect(reader.workers().count == 1)
      #expect(worker.id == "worker-7")
      #expect(worker.state == .working)
      #expect(worker.job == .init(number: 12, type: "render", startedAt: 1_700_000_000_123))
      #expect(worker.thread > 0)
      #expect(worker.lastError == nil)
      #expect(reader.queueDepth == 5)
      #expect(reader.usage.externalBytes == 65536)
      #expect(reader.usage.residentBytes > 1 << 20)
      #expect(reader.usage.heapTotalBytes >= reader.usage.heapUsedBytes)
      writer.end(isOver: false, failure: nil)
      writer.begin(job: 12, SlotWriter.JobType("render"), startedAt: 1)
      writer.end(isOver: true, failure: "no memory")
      let after = try #require(reader.worker(slot: 2))
      #expect(after.state == .error)
      #expect(after.job == nil)
      #expect([after.processed, after.errors, after.pieces] == [1, 1, 2])
      #expect(after.lastError == "no memory")
      writer.close()
      #expect(reader.workers().isEmpty)
    }
  }

  @Test func `long text ends between two characters`() {
    let words = RegistryText.words(String(repeating: "ä", count: 20) + "é", 4)
    #expect(RegistryText.text(words[...]) == String(repeating: "ä", count: 16))
    let odd = RegistryText.words("x" + String(repeating: "ä", count: 20), 4)
    #expect(RegistryText.text(odd[...]) == "x" + String(repeating: "ä", count: 15))
    #expect(RegistryText.text(RegistryText.words("", 4)[...]) == nil)
    #expect(RegistryText.text(RegistryText.words("a\0b", 4)[...]) == "a")
  }

  @Test func `it is this user's alone, and gone in the end`() throws {
    try withRegistry { registry, port in
      let attributes = try FileManager.default.attributesOfItem(atPath: file(port))
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      #expect(attributes[.size] as? Int == 256 * 5)
      let reader = try RegistryReader(port: port)
      #expect(reader.isServed)
      registry.end()
      #expect(!FileManager.default.fileExists(atPath: file(port)))
      #expect(!reader.isServed)
      #expect(throws: RegistryError.missing(port: port)) { try RegistryReader(port: port) }
    }
  }

  @Test func `a live server keeps its name, a killed one loses it`() throws {
    let port = Ports.new()
    let probe = try Probe(["hold", "\(port)"])
    let pid = Int(probe.process.processIdentifier)
    #expect(throws: RegistryError.inUse(name: "/catenary-\(getuid())-\(port)", pid: pid)) {
      try publish(port: port, slots: 4)
    }
    #expect(try RegistryReader(port: port).workers().map(\.number) == [1])
    let keeper = try Keeper(port)
    probe.kill()
    #expect(throws: RegistryError.abandoned(port: port, pid: pid)) { try RegistryReader(port: port) }
    try keeper.letGo()
    let registry = try publish(port: port, slots: 4)
    defer { registry.end() }
    #expect(try RegistryReader(port: port).server.pid == Int(getpid()))
    #expect(try RegistryReader(port: port).workers().isEmpty)
  }

  /// A registry's file for another port, its server's start altered: as one looks whose process's number was given anew.
  private func leave(_ content: Data, for port: UInt16) throws {
    var content = content
    content.replaceSubrange(24..<32, with: [1, 0, 0, 0, 0, 0, 0, 0])
    #expect(FileManager.default.createFile(atPath: file(port), contents: nil))
    _ = unsafe chmod(file(port), 0o600)
    let keeper = try Keeper(port)
    try #require(FileHandle(forWritingAtPath: file(port))).write(contentsOf: content)
    #expect(throws: RegistryError.abandoned(port: port, pid: Int(getpid()))) {
      try RegistryReader(port: port)
    }
    try keeper.letGo()
  }

  @Test func `a process that got the number later is another`() throws {
    try withRegistry { _, port in
      let content = try Data(contentsOf: URL(fileURLWithPath: file(port)))
      let other = Ports.new()
      try leave(content, for: other)
      let next = try publish(port: other)
      #expect(try RegistryReader(port: other).isServed)
      next.end()
    }
  }

  @Test func `who starts removes what killed ones left, and nothing else`() throws {
    try withRegistry { _, port in
      let content = try Data(contentsOf: URL(fileURLWithPath: file(port)))
      let (killed, reused, strange, waiting) = (Ports.new(), Ports.new(), Ports.new(), Ports.new())
      try Probe(["hold", "\(killed)"]).kill()
      try leave(content, for: reused)
      // Another program's, one whose name is no port's, and one that waits for its name.
      let others = [file(strange), file(port) + "-mine", "/dev/shm/catenary-\(getuid())-check-x"]
      for other in others {
        #expect(FileManager.default.createFile(atPath: other, contents: Data(repeating: 65, count: 4096)))
        _ = unsafe chmod(other, 0o600)
      }
      defer { for other in others { _ = unsafe unlink(other) } }
      let next = try WorkerRegistry(port: waiting, slots: 1)
      defer { next.end() }
      WorkerRegistry.sweep()
      for gone in [killed, reused] { #expect(!FileManager.default.fileExists(atPath: file(gone))) }
      for other in others { #expect(FileManager.default.fileExists(atPath: other)) }
      #expect(try RegistryReader(port: port).isServed)
      try next.publish()
      #expect(try RegistryReader(port: waiting).isServed)
    }
  }

  @Test func `whom a lock holds nobody removes, though its process is not seen from here`() throws {
    try withRegistry { _, port in
      let content = try Data(contentsOf: URL(fileURLWithPath: file(port)))
      let other = Ports.new()
      try leave(content, for: other)
      // Another test's server may have swept it by now.
      guard let keeper = try? Keeper(other) else { return }
      WorkerRegistry.sweep()
      #expect(throws: RegistryError.self) { try publish(port: other) }
      #expect(FileManager.default.fileExists(atPath: file(other)))
      try keeper.letGo()
      WorkerRegistry.sweep()
      #expect(!FileManager.default.fileExists(atPath: file(other)))
    }
  }

  @Test func `who waits for its name gets it with all that was written before`() throws {
    let port = Ports.new()
    let probe = try Probe(["hold", "\(port)"])
    let registry = try WorkerRegistry(port: port, slots: 4)
    let pid = Int(probe.process.processIdentifier)
    let fault = RegistryError.inUse(name: "/catenary-\(getuid())-\(port)", pid: pid)
    #expect(throws: fault) { try registry.publish() }
    registry.writer(slot: 1).open(number: 9)
    #expect(throws: fault) { try registry.publish() }
    try probe.finish()
    try registry.publish()
    #expect(registry.isPublished)
    let reader = try RegistryReader(port: port)
    #expect(reader.workers().map(\.number) == [9])
    registry.writer(slot: 2).open(number: 10)
    #expect(reader.workers().map(\.number) == [9, 10])
    registry.end()
    // Whoever has the name by then keeps it.
    let next = try publish(port: port)
    registry.end()
    #expect(try RegistryReader(port: port).isServed)
    next.end()
    let names = try FileManager.default.contentsOfDirectory(atPath: "/dev/shm")
    #expect(!names.contains { $0.hasPrefix("catenary-\(getuid())-\(port)") })
  }

  @Test func `what is no registry is not read, and makes room`() throws {
    for content in [Data(), Data(count: 100), Data(repeating: 65, count: 4096)] {
      let port = Ports.new()
      #expect(FileManager.default.createFile(atPath: file(port), contents: content))
      _ = unsafe chmod(file(port), 0o600)
      #expect(throws: RegistryError.unknownLayout(name: "/catenary-\(getuid())-\(port)")) {
        try RegistryReader(port: port)
      }
      let registry = try publish(port: port, slots: 1)
      let slots = try RegistryReader(port: port).slots
      #expect(slots == 1)
      registry.end()
    }
  }

  @Test func `what others may write is neither read nor removed`() throws {
    let port = Ports.new()
    #expect(FileManager.default.createFile(atPath: file(port), contents: Data(count: 4096)))
    _ = unsafe chmod(file(port), 0o666)
    defer { _ = unsafe unlink(file(port)) }
    let fault = RegistryError.notOurs(name: "/catenary-\(getuid())-\(port)")
    #expect(throws: fault) { try RegistryReader(port: port) }
    #expect(throws: fault) { try publish(port: port, slots: 1) }
    #expect(FileManager.default.fileExists(atPath: file(port)))
  }

  @Test func `shared memory is tried out, and nothing is left`() throws {
    try WorkerRegistry.checkSharedMemory()
    #expect(!FileManager.default.fileExists(atPath: "/dev/shm/catenary-\(getuid())-check-\(getpid())"))
  }

  @Test func `the start of a process is found behind any name`() {
    let rest = "R 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 4711 0 0"
    #expect(ProcessIdentity.startTime(fromStat: Array("9 (a) R 1) (b) \(rest)".utf8)) == 4711)
    let zombie = "9 (a) Z" + rest.dropFirst()
    #expect(ProcessIdentity.startTime(fromStat: Array(zombie.utf8)) == nil)
    #expect(ProcessIdentity.startTime(fromStat: []) == nil)
    #expect(ProcessIdentity.startTime(of: 0) == nil)
    #expect(ProcessIdentity.own.isAlive)
  }

  @Test func `another language reads it by the documented offsets`() throws {
    try withRegistry { registry, port in
      let writer = registry.writer(slot: 1)
      writer.open(number: 3)
      writer.begin(job: 9, SlotWriter.JobType("predict"), startedAt: 1234)
      let program = """
        import mmap, struct, sys, os
        fd = os.open(sys.argv[1], os.O_RDONLY)
        m = mmap.mmap(fd, 0, prot=mmap.PROT_READ)
        magic, version, pid, start, slots, size, first = struct.unpack_from("<8s6Q", m, 0)
        at = first + 1 * size
        before, state, number = struct.unpack_from("<3Q", m, at)
        job, started = struct.unpack_from("<2Q", m, at + 72)
        kind = m[at + 88:at + 120].rstrip(b"\\0").decode()
        after, = struct.unpack_from("<Q", m, at)
        stat = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
        print(magic.decode(), version, pid, start == int(stat[19]), slots, size, state, number, job, started, kind, before == after)
        """
      let line = try python(program, [file(port)])
      #expect(line == "CATENARY 1 \(getpid()) True 4 256 2 3 9 1234 predict True\n")
    }
  }
}
