import Foundation
import Synchronization
import Testing
import WorkerRegistry

/// A writer at full speed, and a reader in another process.
@Suite(.timeLimit(.minutes(20))) struct SeqlockTests {
  /// Ten million in `scripts/test-extra`.
  static let reads = Int(ProcessInfo.processInfo.environment["CATENARY_REGISTRY_READS"] ?? "") ?? 500_000

  @Test func `no record is torn, however fast it is written`() throws {
    let port = Ports.new()
    let registry = try publish(port: port, slots: 2)
    defer { registry.end() }
    registry.writer(slot: 0).open(number: 1)
    let isOver = Flag()
    let writer = Thread { write(registry.writer(slot: 0), until: isOver) }
    writer.start()
    defer { isOver.value.store(true, ordering: .relaxed) }
    let probe = try Probe(["read", "\(port)", "\(Self.reads)"])
    let line = try probe.line()
    let words = line.split(separator: " ").map(String.init)
    try #require(words.count == 10, "\(line)")
    #expect(words[0...5] == ["reads", "\(Self.reads)", "torn", "0", "given-up", "0"], "\(line)")
    // The writer was at work meanwhile, or nothing is proved.
    #expect(Int(words[9]) ?? 0 > 10, "\(line)")
    print("registry: \(line)")
  }
}

private final class Flag: Sendable { let value = Atomic<Bool>(false) }

/// Job, start and type belong together, and so do counts and error: the reader checks both.
private func write(_ writer: SlotWriter, until isOver: Flag) {
  let types = (0..<26).map { SlotWriter.JobType(letters($0, 32)) }
  var (job, ends) = (UInt64(1), 0)
  while !isOver.value.load(ordering: .relaxed) {
    writer.begin(job: job, types[Int(job % 26)], startedAt: job)
    job += 1
    guard job % 16 == 0 else { continue }
    ends += 1
    writer.end(isOver: true, failure: letters(ends % 26, 128))
  }
}

private func letters(_ number: Int, _ count: Int) -> String {
  String(repeating: Character(Unicode.Scalar(UInt8(97 + number))), count: count)
}
