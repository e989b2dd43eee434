import CurveFormats
import CurveRequests

/// `--merge-manifests`: the manifests of all shards as one, and what is missing in them.
struct BatchMerge {
  private var lines: [String: ManifestLine] = [:]
  /// What is missing, a line each.
  private var missing: [String] = []
  private var failed: [String] = []
  /// Items that are known to be missing.
  private var known = 0
  private var shards: [Int: String] = [:]
  private var count: Int?

  static func run(_ settings: BatchSettings) throws(CommandFailure) {
    var merge = BatchMerge()
    for folder in settings.inputs { try merge.read(folder, isOnly: settings.inputs.count == 1) }
    try merge.lookForShards(settings.inputs)
    if let list = settings.list { try merge.compare(with: list) }
    let path = settings.mergedPath ?? "\(settings.inputs[0])/manifest.jsonl"
    try merge.write(to: path)
    try merge.tell(path, settings)
    if !merge.missing.isEmpty || !merge.failed.isEmpty { throw .readerGone }
  }

  /// Reads the shards' manifests of one folder.
  private mutating func read(_ folder: String, isOnly: Bool) throws(CommandFailure) {
    let names: [String]
    do throws(SystemFault) { names = try Files.names(in: folder) } catch {
      throw .failed("\(folder): \(error)")
    }
    var isEmpty = true
    for name in names {
      guard let shard = BatchMerge.shard(name) else { continue }
      isEmpty = false
      let path = "\(folder)/\(name)"
      guard count == nil || count == shard.count else {
        throw .failed(
          "\(path): this is of \(shard.count) shards, others are of \(count ?? 0): remove what is not meant")
      }
      if let other = shards.updateValue(path, forKey: shard.index) {
        throw .failed("\(other) and \(path) are of the same shard: name one of the folders")
      }
      count = shard.count
      take(ManifestLine.all(in: try FileSource.bytes(of: path)), shard, path, folder, isOnly: isOnly)
    }
    if isEmpty {
      throw .failed("\(folder): there is no manifest of a shard in it, such as manifest.0-of-4.jsonl")
    }
  }

  private static func shard(_ name: String) -> Shard? {
    guard name.hasPrefix("manifest."), name.hasSuffix(".jsonl") else { return nil }
    let parts = name.dropFirst("manifest.".count).dropLast(".jsonl".count).split(separator: "-")
    guard parts.count == 3, parts[1] == "of" else { return nil }
    return try? Shard("\(parts[0])/\(parts[2])")
  }

  private mutating func take(
    _ all: [ManifestLine], _ shard: Shard, _ path: String, _ folder: String, isOnly: Bool
  ) {
    var latest: [String: ManifestLine] = [:]
    for line in all { latest[line.output] = line }
    let expected = all.last?.items ?? 0
    if latest.count < expected {
      known += expected - latest.count
      missing.append(
        "\(path): \(expected - latest.count) of its \(expected) items are missing: run it again with --shard \(shard.index)/\(shard.count) --resume"
      )
    }
    for (output, var line) in latest {
      if let error = line.error {
        failed.append(error)
      } else if (try? Files.status("\(folder)/\(output)"))?.size != line.bytes {
        missing.append("\(folder)/\(output): it is not there, or not of the size that \(path) says")
      }
      if !isOnly { line.output = "\(folder)/\(output)" }
      lines[line.output] = line
    }
  }

  private mutating func lookForShards(_ folders: [String]) throws(CommandFailure) {
    let names = (0..<(count ?? 0)).filter { shards[$0] == nil }.map {
      "manifest.\($0)-of-\(count ?? 0).jsonl"
    }
    missing += names.map { "\($0): it is in none of the folders: run that shard" }
    let total = lines.values.compactMap(\.total).max() ?? 0
    // A shard that was killed before its first line has an empty manifest, and nobody says how many it had.
    let unknown = names.isEmpty ? total - lines.count - known : 0
    if unknown > 0 {
      missing.append(
        "\(unknown) of \(total) items are in no manifest: run the shards again with --resume")
    }
  }

  /// Names the inputs of a list that no line has.
  private mutating func compare(with list: String) throws(CommandFailure) {
    let inputs = Set(lines.values.map(\.input))
    for path in try BatchList.paths(list) where !inputs.contains(path) {
      missing.append("\(path): no shard did it")
    }
  }

  private func write(to path: String) throws(CommandFailure) {
    let file = try OutputFile(path)
    do {
      for output in lines.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
        guard let line = lines[output] else { continue }
        try file.write(String(decoding: line.text, as: UTF8.self))
      }
    } catch {
      throw .failed("\(file.name): \(error)")
    }
    try file.finish()
  }

  private func tell(_ path: String, _ settings: BatchSettings) throws(CommandFailure) {
    let (missing, failed) = (missing.sorted(), failed.sorted())
    for words in missing { Files.tell((CommandFailure.failed("missing: " + words).line ?? "") + "\n") }
    for words in failed { Files.tell((CommandFailure.failed("failed: " + words).line ?? "") + "\n") }
    if settings.isJSON {
      try BatchCommand.print(
        .object([
          JSONMember(name: "manifest", value: .string(path)),
          JSONMember(name: "items", value: .number(Double(lines.count))),
          JSONMember(name: "missing", value: .array(missing.map { .string($0) })),
          JSONMember(name: "failed", value: .array(failed.map { .string($0) })),
        ]))
    }
    guard !settings.isQuiet else { return }
    let end =
      missing.isEmpty && failed.isEmpty
      ? "nothing is missing" : "\(missing.count) missing, \(failed.count) failed"
    Files.tell("catenary: \(lines.count) items of \(shards.count) shards in \(path); \(end)\n")
  }
}
