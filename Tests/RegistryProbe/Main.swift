import Foundation
import WorkerRegistry

/// Another process for the tests of the registry.
///
///     registry-probe hold PORT         makes a registry with one worker, says `ready`, and waits for the end of its input
///     registry-probe read PORT COUNT   reads slot 0 so often while another writes it, and says how it went
@main enum Probe {
  static func main() throws {
    let words = CommandLine.arguments.dropFirst()
    guard words.count >= 2, let port = UInt16(words[2]) else { return say("hold PORT, or read PORT COUNT") }
    if words[1] == "hold" { return try hold(port) }
    try read(port, count: words.count > 2 ? Int(words[3]) ?? 0 : 0)
  }

  /// At once: a pipe would keep it until the end.
  private static func say(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }

  private static func hold(_ port: UInt16) throws {
    let registry = try WorkerRegistry(port: port, slots: 4)
    try registry.publish()
    registry.writer(slot: 0).open(number: 1)
    say("ready")
    _ = readLine()
    registry.end()
  }

  private static func read(_ port: UInt16, count: Int) throws {
    let reader = try RegistryReader(port: port)
    say("ready")
    // The writer is at work when the first job is there.
    var first = reader.worker(slot: 0)
    while first?.job == nil { first = reader.worker(slot: 0) }
    var tally = Tally()
    for _ in 0..<count { tally.take(reader) }
    say(
      "reads \(tally.reads) torn \(tally.torn) given-up \(tally.givenUp) retried \(tally.retried)"
        + " changed \(tally.changed)")
  }

  /// What the writer keeps true at every moment; see SeqlockTests.
  private struct Tally {
    var (reads, torn, givenUp, retried, changed) = (0, 0, 0, 0, 0)
    private var copy = [UInt64](repeating: 0, count: 32)
    private var last: UInt64 = 0

    mutating func take(_ reader: RegistryReader) {
      guard let tries = reader.read(0, into: &copy) else {
        givenUp += 1
        return
      }
      reads += 1
      if tries > 1 { retried += 1 }
      if copy[0] != last { changed += 1 }
      last = copy[0]
      let (job, pieces) = (copy[9], copy[7])
      // Working: job, time and type belong together. Always: the counts, and the words of the last error.
      let isWhole = job == 0 || copy[10] == job && copy[11..<15].allSatisfy { $0 == pattern(job) }
      let hasCounts = copy[5] == pieces && copy[6] == pieces
      let hasError = pieces == 0 || copy[15..<31].allSatisfy { $0 == pattern(pieces) }
      if !isWhole || !hasCounts || !hasError { torn += 1 }
    }

    /// Eight equal letters.
    private func pattern(_ number: UInt64) -> UInt64 { 0x0101_0101_0101_0101 * (97 + number % 26) }
  }
}
