import CurveRequests
import Foundation
import Testing

@testable import CatenaryCLI

/// Parts of a batch for several machines.
@Suite struct ShardTests {
  private func workshop(_ count: Int) throws -> Workshop {
    let workshop = try Workshop()
    for seed in 0..<count {
      try workshop.writePoints("in/d\(seed % 3)/\(seed).csv", seed: seed, rows: 5 + seed)
    }
    return workshop
  }

  private func shards(_ workshop: Workshop, _ arguments: [String], of count: Int) throws -> [Set<String>] {
    try (0..<count).map { index in
      let outcome = try workshop.batch(
        arguments + ["--output-dir", "out", "--dry-run", "--shard", "\(index)/\(count)"])
      return Set(outcome.rows.map(String.init))
    }
  }

  @Test func `shards are disjoint, complete, and stay when files are added`() throws {
    let workshop = try workshop(40)
    let before = try shards(workshop, ["in"], of: 4)
    #expect(before.reduce(0) { $0 + $1.count } == 40)
    #expect(before.reduce(Set()) { $0.union($1) }.count == 40)
    for part in before { #expect(part.count > 3) }
    try workshop.writePoints("in/d0/new.csv")
    try workshop.writePoints("in/a/new.csv")
    let after = try shards(workshop, ["in"], of: 4)
    for (old, new) in zip(before, after) { #expect(new.isSuperset(of: old)) }
    #expect(after.reduce(0) { $0 + $1.count } == 42)
    // The path below the input decides, wherever that lies.
    try workshop.makeFolder("elsewhere")
    #expect(try workshop.shell("cp -r in elsewhere/").status == 0)
    let moved = try shards(workshop, ["elsewhere/in"], of: 4)
    #expect(moved.map { Set($0.map { $0.replacingOccurrences(of: "elsewhere/", with: "") }) } == after)
  }

  @Test func `the Kubernetes manifest runs as it stands, and counts its shards alike`() throws {
    let deploy = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("deploy/batch-job.yaml")
    let lines = try String(decoding: Data(contentsOf: deploy), as: UTF8.self).split(separator: "\n")
    func values(_ key: String) -> [String] {
      lines.map { $0.drop { $0 == " " } }.filter { $0.hasPrefix(key) }.map {
        $0.dropFirst(key.count).trimmingCharacters(in: CharacterSet(charactersIn: " \"[]"))
      }
    }
    let count = try #require(values("completions:").first)
    #expect(values("value:") == [count])
    let words = try #require(values("args:").first).replacingOccurrences(of: "/data/", with: "").split {
      $0 == "," || $0 == " " || $0 == "\""
    }
    let workshop = try workshop(20)
    for index in 0..<(Int(count) ?? 0) {
      let environment = "JOB_COMPLETION_INDEX=\(index) JOB_COMPLETIONS=\(count)"
      // As in the container: nothing but the claim can be written, and there is no home.
      let outcome = try workshop.shell(
        "env -i \(environment) \"$catenary\" \(words.joined(separator: " ")) --quiet")
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    }
    try workshop.batch(["--merge-manifests", "out", "--quiet"])
    #expect(try workshop.manifest("out/manifest.jsonl").count == 20)
  }

  @Test func `bytes can be balanced over a list`() throws {
    let workshop = try Workshop()
    let sizes = [1, 90, 2, 3, 60, 4, 5, 35, 6, 30, 10, 11]
    for (i, size) in sizes.enumerated() { try workshop.writePoints("\(i).csv", rows: size) }
    try workshop.write("list", sizes.indices.map { "\($0).csv\n" }.joined())
    var loads: [Int] = []
    var all: Set<String> = []
    for index in 0..<3 {
      let outcome = try workshop.batch([
        "--manifest", "list", "--balance", "bytes", "--output-dir", "out", "--dry-run", "--json", "--shard",
        "\(index)/3",
      ])
      let value = try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
      loads.append(value["inputBytes"] as? Int ?? 0)
      all.formUnion((value["items"] as? [[String: Any]] ?? []).compactMap { $0["input"] as? String })
    }
    #expect(all.count == 12)
    let total = loads.reduce(0, +)
    #expect(loads.allSatisfy { abs($0 - total / 3) < total / 20 }, "\(loads)")
  }

  @Test(arguments: [
    (["JOB_COMPLETION_INDEX": "2", "JOB_COMPLETIONS": "5"], Shard(index: 2, count: 5)),
    (
      [
        "SLURM_ARRAY_TASK_ID": "7", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_MAX": "10",
        "SLURM_ARRAY_TASK_STEP": "3",
      ],
      Shard(index: 2, count: 4)
    ),
    (
      ["SLURM_ARRAY_TASK_ID": "0", "SLURM_ARRAY_TASK_MIN": "0", "SLURM_ARRAY_TASK_MAX": "7"],
      Shard(index: 0, count: 8)
    ),
    ([:], nil),
  ]) func `schedulers say which part`(environment: [String: String], shard: Shard?) throws {
    #expect(try Shard.ofEnvironment { environment[$0] } == shard)
  }

  @Test(arguments: [
    ["JOB_COMPLETION_INDEX": "2"], ["JOB_COMPLETION_INDEX": "5", "JOB_COMPLETIONS": "5"],
    ["SLURM_ARRAY_TASK_ID": "3"],
    [
      "SLURM_ARRAY_TASK_ID": "5", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_MAX": "9",
      "SLURM_ARRAY_TASK_COUNT": "3",
    ],
    [
      "SLURM_ARRAY_TASK_ID": "5", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_MAX": "9",
      "SLURM_ARRAY_TASK_STEP": "0",
    ],
  ]) func `variables that would lose items are refused`(environment: [String: String]) {
    #expect(throws: CommandFailure.self) { try Shard.ofEnvironment { environment[$0] } }
  }

  @Test func `shards side by side give what one run gives, and their manifests join`() throws {
    let workshop = try workshop(12)
    try workshop.batch(["in", "--output-dir", "whole"])
    for index in 0..<3 { try workshop.batch(["in", "--output-dir", "out", "--shard", "\(index)/3"]) }
    let names = workshop.tree("out").filter { $0.hasPrefix("manifest") }
    #expect(names == ["manifest.0-of-3.jsonl", "manifest.1-of-3.jsonl", "manifest.2-of-3.jsonl"])
    let joined = try workshop.batch(["--merge-manifests", "out"])
    #expect(joined.errors.contains("12 items of 3 shards"))
    let keys = ["input", "output", "points", "bytes", "sha256"]
    func told(_ name: String) throws -> [String] {
      try workshop.manifest(name).map { line in "\(keys.map { "\(line[$0] ?? "-")" })" }.sorted()
    }
    #expect(try told("out/manifest.jsonl") == told("whole/manifest.jsonl"))
    for output in workshop.tree("whole") where !output.hasPrefix("manifest") {
      #expect(try workshop.read("out/\(output)") == workshop.read("whole/\(output)"))
    }
  }

  @Test func `joining names what is missing`() throws {
    let workshop = try workshop(12)
    for index in [0, 1, 3] {
      try workshop.batch(["in", "--output-dir", "o\(index)", "--shard", "\(index)/4"])
    }
    let folders = ["o0", "o1", "o3"]
    let partial = try workshop.run(["batch", "--merge-manifests"] + folders + ["-o", "all.jsonl"])
    #expect(partial.status == 1)
    #expect(partial.errors.contains("missing: manifest.2-of-4.jsonl"))
    try workshop.batch(["in", "--output-dir", "o2", "--shard", "2/4"])
    let whole = try workshop.batch(["--merge-manifests"] + folders + ["o2", "-o", "all.jsonl", "--json"])
    let value = try #require(try JSONSerialization.jsonObject(with: whole.output) as? [String: Any])
    #expect(value["items"] as? Int == 12)
    #expect(
      try workshop.manifest("all.jsonl").allSatisfy { line in
        FileManager.default.fileExists(atPath: workshop.path(line["output"] as? String ?? ""))
      })
    // A line, a whole manifest and an output that went.
    let counts = try [0, 1, 3].map { ($0, try workshop.manifest("o\($0)/manifest.\($0)-of-4.jsonl").count) }
    let order = counts.sorted { $0.1 > $1.1 }.map(\.0)
    let (first, second, third) = (order[0], order[1], order[2])
    let manifest = "o\(first)/manifest.\(first)-of-4.jsonl"
    var lines = String(decoding: try workshop.read(manifest), as: UTF8.self).split(separator: "\n")
    let gone = lines.removeLast()
    try workshop.write(manifest, lines.map { $0 + "\n" }.joined())
    try workshop.write("o\(second)/manifest.\(second)-of-4.jsonl", "")
    let output = try #require(workshop.tree("o\(third)").first { !$0.hasPrefix("manifest") })
    try FileManager.default.removeItem(atPath: workshop.path("o\(third)/\(output)"))
    try workshop.write("list", workshop.tree("in").map { "in/\($0)\n" }.joined())
    let torn = try workshop.run(
      ["batch", "--merge-manifests"] + folders + ["o2", "--manifest", "list", "-o", "all.jsonl"])
    #expect(torn.status == 1)
    #expect(torn.errors.contains("\(manifest): 1 of its"))
    #expect(torn.errors.contains("o\(third)/\(output): it is not there"))
    let input = try #require(
      (try JSONSerialization.jsonObject(with: Data(gone.utf8)) as? [String: Any])?["input"])
    #expect(torn.errors.contains("\(input): no shard did it"))
    #expect(torn.errors.contains("of 12 items are in no manifest"))
    let count = try workshop.manifest("all.jsonl").count
    #expect(torn.errors.split(separator: "\n").filter { $0.hasSuffix("no shard did it") }.count == 12 - count)
  }

  @Test func `a hash has the bits that FNV-1a has`() throws {
    // Every bit of the hash comes from all letters: neighbours in a folder go everywhere.
    let parts = (0..<1000).map { Int(Shard.hash("run/\($0).csv") % 8) }
    for part in 0..<8 { #expect((90...160).contains(parts.filter { $0 == part }.count)) }
  }
}
