import Foundation
import Testing

@testable import CatenaryCLI

/// What a batch leaves, however it ends.
@Suite struct BatchRunTests {
  private func workshop(_ count: Int, rows: Int = 20) throws -> Workshop {
    let workshop = try Workshop()
    for seed in 0..<count { try workshop.writePoints("in/\(seed).csv", seed: seed, rows: rows) }
    return workshop
  }

  @Test func `the manifest tells of each item what its file shows`() throws {
    let workshop = try workshop(7)
    try workshop.write("in/bad.csv", "0,0\n1,oops\n")
    let outcome = try workshop.batch(["in", "--output-dir", "out", "--count", "50"], status: 1)
    #expect(outcome.errors.contains("in/bad.csv"))
    #expect(outcome.errors.contains("oops"))
    let lines = try workshop.manifest("out/manifest.jsonl")
    #expect(lines.count == 8)
    for line in lines {
      let keys: Set = ["input", "output", "points", "bytes", "sha256", "milliseconds", "error", "options"]
      #expect(Set(line.keys).isSuperset(of: keys))
      let output = try #require(line["output"] as? String)
      if output == "bad.f32" {
        #expect((line["error"] as? String)?.contains("oops") == true)
        #expect(line["sha256"] is NSNull)
        continue
      }
      #expect(line["error"] is NSNull)
      #expect(line["points"] as? Int == 50)
      #expect(line["bytes"] as? Int == 400)
      #expect(line["inputBytes"] as? Int == (try workshop.read(line["input"] as? String ?? "").count))
      #expect(line["sha256"] as? String == (try workshop.sha256("out/\(output)")))
      let options = line["options"] as? [String: Any]
      #expect(options?["count"] as? Int == 50)
      #expect(options?["format"] as? String == "f32")
    }
    #expect(workshop.tree("out").count == 8)
  }

  @Test func `threads and memory do not change a byte`() throws {
    let workshop = try workshop(12, rows: 300)
    try workshop.batch(["in", "--output-dir", "a", "--threads", "1"])
    try workshop.batch(["in", "--output-dir", "b", "--threads", "7", "--memory", "1"])
    #expect(try workshop.result("a") == workshop.result("b"))
  }

  @Test func `a failed item is told and the rest go on, unless asked otherwise`() throws {
    let workshop = try workshop(9)
    try workshop.write("in/00.csv", "x")
    let list = "in/00.csv\ngone.csv\n" + (0..<9).map { "in/\($0).csv\n" }.joined()
    try workshop.write("list", list)
    let outcome = try workshop.batch(["--manifest", "list", "--output-dir", "out"], status: 1)
    #expect(outcome.errors.contains("catenary: in/00.csv: "))
    #expect(outcome.errors.contains("catenary: gone.csv: "))
    #expect(workshop.tree("out").count == 10)
    #expect(try workshop.manifest("out/manifest.jsonl").count == 11)
    let ask = ["--manifest", "list", "--output-dir", "fast", "--fail-fast", "--threads", "1"]
    try workshop.batch(ask, status: 1)
    #expect(try workshop.manifest("fast/manifest.jsonl").count < 11)
    // What failed is tried again, what was done is not.
    try workshop.writePoints("in/00.csv")
    try workshop.writePoints("gone.csv")
    let again = try workshop.batch(["--manifest", "list", "--output-dir", "out", "--resume"])
    #expect(again.errors.contains("2 of 11 items done, 9 were done before"))
    #expect(try workshop.manifest("out/manifest.jsonl").count == 11)
  }

  @Test func `resume does again what does not agree, and leaves foreign files alone`() throws {
    let workshop = try workshop(6)
    let ask = ["in", "--output-dir", "out", "--count", "40"]
    try workshop.batch(ask)
    let whole = try workshop.result("out")
    try workshop.write("out/mine.txt", "foreign")
    try workshop.write("out/.catenary-12-34.tmp", "of render")
    try workshop.write("out/.catenary-batch-all-12.0.tmp", "of a killed batch")
    try FileManager.default.removeItem(atPath: workshop.path("out/0.f32"))
    try workshop.write("out/1.f32", "short")
    var other = try workshop.read("out/2.f32")
    other[0] ^= 1
    try workshop.write("out/2.f32", other)
    try workshop.writePoints("in/3.csv", seed: 3, rows: 21)
    try workshop.writePoints("in/3.csv", seed: 3, rows: 20)
    let outcome = try workshop.batch(ask + ["--resume"])
    #expect(outcome.errors.contains("2 of 6 items done, 4 were done before"))
    #expect(try workshop.read("out/2.f32") == other)
    #expect(try workshop.batch(ask + ["--resume", "--verify"]).errors.contains("1 of 6 items done, 5 were"))
    #expect(workshop.tree("out").contains("mine.txt"))
    #expect(workshop.tree("out").contains(".catenary-12-34.tmp"))
    #expect(!workshop.tree("out").contains(".catenary-batch-all-12.0.tmp"))
    var result = try workshop.result("out")
    (result["mine.txt"], result[".catenary-12-34.tmp"]) = (nil, nil)
    #expect(result == whole)
    try workshop.writePoints("in/4.csv", seed: 4, rows: 30)
    #expect(try workshop.batch(ask + ["--resume"]).errors.contains("1 of 6 items done, 5 were"))
    #expect(try workshop.batch(ask.dropLast() + ["41", "--resume"]).errors.contains("6 of 6 items done;"))
  }

  @Test func `killed half-way and resumed, the result is that of an uninterrupted run`() throws {
    let workshop = try workshop(5)
    try workshop.write(
      "list",
      (0..<5).map { "{\"input\":\"in/\($0).csv\",\"count\":\($0 == 3 ? 20_000_000 : 500)}\n" }.joined())
    let ask = ["--manifest", "list", "--output-dir", "out", "--format", "f64", "--threads", "1"]
    try workshop.batch(["--manifest", "list", "--output-dir", "whole", "--format", "f64"])
    // Stopped first, so that it is sure to be killed with a file half-written.
    for _ in 0..<50 where !workshop.tree("out").contains(where: { $0.hasSuffix(".tmp") }) {
      try? FileManager.default.removeItem(atPath: workshop.path("out"))
      let process = workshop.process(["batch"] + ask)
      try process.run()
      while process.isRunning, !workshop.tree("out").contains(where: isBegun) {}
      kill(process.processIdentifier, SIGSTOP)
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    #expect(workshop.tree("out").contains { $0.hasSuffix(".tmp") })
    #expect(!workshop.tree("out").contains("3.f64"))
    // A torn line, too, as a machine that loses power leaves it.
    var manifest = try workshop.read("out/manifest.jsonl")
    manifest += Data("{\"input\":\"in/4.csv\",\"output\":\"4.f6".utf8)
    try workshop.write("out/manifest.jsonl", manifest)
    try workshop.batch(ask + ["--resume"])
    #expect(try workshop.result("out") == workshop.result("whole"))

    func isBegun(_ name: String) -> Bool {
      guard name.hasSuffix(".tmp") else { return false }
      let size = (try? FileManager.default.attributesOfItem(atPath: workshop.path("out/\(name)")))?[.size]
      return size as? Int ?? 0 > 1 << 20
    }
  }

  /// A batch that has begun with two pipes: one on each of its lanes.
  private func waiting(_ workshop: Workshop) throws -> (Process, errors: String, pipes: [FileHandle]) {
    #expect(try workshop.shell("mkfifo p.csv q.csv").status == 0)
    let process = workshop.process(
      ["batch", "p.csv", "q.csv", "in", "--output-dir", "out", "--threads", "1"])
    let errors = workshop.path("errors")
    try Data().write(to: URL(fileURLWithPath: errors))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
    try process.run()
    let pipes = ["p.csv", "q.csv"].map { name in
      while true {
        let descriptor = unsafe open(workshop.path(name), O_WRONLY | O_NONBLOCK)
        if descriptor >= 0 { return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true) }
      }
    }
    return (process, errors, pipes)
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a signal ends the batch after the items in hand`(number: Int32) throws {
    let workshop = try workshop(4)
    let (process, errors, pipes) = try waiting(workshop)
    kill(process.processIdentifier, number)
    while process.isRunning, (try? String(contentsOfFile: errors, encoding: .utf8))?.isEmpty ?? true {}
    for pipe in pipes {
      try pipe.write(contentsOf: Data("0,0\n1,1\n".utf8))
      try pipe.close()
    }
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 128 + number)
    #expect(workshop.tree("out") == ["p.f32", "q.f32", "manifest.jsonl"])
    #expect(try workshop.manifest("out/manifest.jsonl").count == 2)
    let text = try String(contentsOfFile: errors, encoding: .utf8)
    #expect(text.contains("2 of 6 items done, 4 left: --resume goes on"))
  }

  @Test func `a second signal ends it at once and leaves no temporary file`() throws {
    let workshop = try workshop(1)
    let process = workshop.process(
      ["batch", "in", "--output-dir", "out", "--count", "200000000", "--format", "f32"])
    try process.run()
    while process.isRunning, !workshop.tree("out").contains(where: { $0.hasSuffix(".tmp") }) {}
    while process.isRunning { kill(process.processIdentifier, SIGINT) }
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal)
    #expect(process.terminationStatus == SIGINT)
    #expect(workshop.tree("out") == ["manifest.jsonl"])
  }

  @Test func `a second batch into the same folder is refused while the first one runs`() throws {
    let workshop = try workshop(2)
    let (process, _, pipes) = try waiting(workshop)
    let outcome = try workshop.batch(["in", "--output-dir", "out"], status: 1)
    #expect(outcome.errors.contains("out/manifest.jsonl: another batch is writing to it"))
    // Another shard has its own manifest.
    try workshop.batch(["in", "--output-dir", "out", "--shard", "0/1"])
    for pipe in pipes { try pipe.close() }
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
  }

  @Test func `files that may not grow fail, are told, and leave nothing half-written`() throws {
    let workshop = try workshop(3)
    let list = "{\"input\":\"in/1.csv\",\"count\":100000}\nin/0.csv\nin/2.csv\n"
    try workshop.write("list", list)
    let outcome = try workshop.shell(
      "ulimit -f 8; \"$catenary\" batch --manifest list --output-dir out --format f32 2> >(cat)")
    #expect(outcome.status == 1)
    #expect(outcome.text.contains("out/1.f32: the file would exceed the allowed size"))
    #expect(workshop.tree("out") == ["0.f32", "2.f32", "manifest.jsonl"])
    #expect(try workshop.manifest("out/manifest.jsonl").count == 3)
  }

  @Test func `a full disk is told, and what was done before goes on from there`() throws {
    let workshop = try workshop(20, rows: 200)
    let mounted = "unshare -rm bash -c 'mkdir -p disk; mount -t tmpfs -o size=128k tmpfs disk"
    guard try workshop.shell("\(mounted)'").status == 0 else { return }
    let outcome = try workshop.shell(
      "\(mounted); \"$catenary\" batch in --output-dir disk/out --threads 1 2> errors; echo $?; ls -A disk/out; "
        + "mount -o remount,size=8m disk; \"$catenary\" batch in --output-dir disk/out --resume --quiet; echo $?; "
        + "cp -r disk/out kept'")
    let words = outcome.text.split(separator: "\n").map(String.init)
    #expect(words.first == "1")
    #expect(words.last == "0")
    #expect(words.contains("manifest.jsonl"))
    #expect(!words.contains { $0.hasSuffix(".tmp") })
    #expect(String(decoding: try workshop.read("errors"), as: UTF8.self).contains("no space is left"))
    try workshop.batch(["in", "--output-dir", "whole"])
    #expect(try workshop.result("kept") == workshop.result("whole"))
  }

  @Test func `places that cannot be written are told once and nothing is begun`() throws {
    let workshop = try workshop(3)
    try workshop.write("file", "mine")
    try workshop.refuse(["batch", "in", "--output-dir", "file"], status: 1, saying: ["file", "folder"])
    try workshop.refuse(["batch", "in", "--output-dir", "/proc/none"], status: 1, saying: ["/proc/none"])
    let mounted = "unshare -rm bash -c 'mkdir -p disk; mount -t tmpfs -o ro tmpfs disk"
    guard try workshop.shell("\(mounted)'").status == 0 else { return }
    let outcome = try workshop.shell("\(mounted); \"$catenary\" batch in --output-dir disk'")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("the file system is read-only"))
    #expect(outcome.errors.filter { $0 == "\n" }.count == 1)
  }

  @Test func `progress is plain lines for files and one line of JSON for programs`() throws {
    let workshop = try workshop(3)
    let outcome = try workshop.batch(["in", "--output-dir", "out", "--json"])
    let value = try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
    #expect(value["items"] as? Int == 3)
    #expect(value["done"] as? Int == 3)
    #expect(value["failed"] as? Int == 0)
    #expect(value["manifest"] as? String == "out/manifest.jsonl")
    #expect(!outcome.errors.contains("\u{1B}"))
    let quiet = try workshop.batch(["in", "--output-dir", "out", "--quiet"])
    #expect(quiet.errors.isEmpty)
    #expect(quiet.output.isEmpty)
  }

  @Test func `numbers of the progress line are short`() {
    #expect(BatchProgress.scaled(0, "B/s") == "0.00 B/s")
    #expect(BatchProgress.scaled(9.994, "B/s") == "9.99 B/s")
    #expect(BatchProgress.scaled(999.4, "B/s") == "999 B/s")
    #expect(BatchProgress.scaled(999.6, "B/s") == "1.00 kB/s")
    #expect(BatchProgress.scaled(61_240_000, "points/s") == "61.2 Mpoints/s")
    #expect(BatchProgress.clock(7) == "0:07")
    #expect(BatchProgress.clock(3723) == "1:02:03")
    #expect(BatchProgress.clock(-1) == "0:00")
  }
}
