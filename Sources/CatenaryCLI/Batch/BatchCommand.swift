import CLinux
import Catenary
import CurveFormats
import CurveRequests
import Glibc

/// `catenary batch`: many files in, one output for each.
enum BatchCommand {
  static func run(_ words: [String]) throws(CommandFailure) {
    let settings = try BatchSettings(words)
    if settings.isMerging { return try BatchMerge.run(settings) }
    let plan = try BatchPlan(settings)
    if settings.isDryRun { return try BatchDryRun.run(plan, settings) }
    // What an item needed goes back to the system when it is done; no thread hoards it.
    clinux_keep_memory(4 << 20, 1 << 20)
    let run = try BatchRun(plan, settings, try engine(plan, settings))
    Unfinished.endGently()
    if !settings.isQuiet { run.progress.report(toTerminal: Files.isTerminal(2)) }
    run.run()
    run.progress.finish()
    try tell(run, plan, settings)
    if let failure = run.failure { throw failure }
    if let number = Unfinished.endingSignal { exit(128 + number) }
    if run.progress.failed > 0 { exit(1) }
  }

  private static func engine(_ plan: BatchPlan, _ settings: BatchSettings) throws(CommandFailure) -> Engine {
    let options = plan.options[0].settings
    let threads = try settings.threads
    if settings.isDetection {
      let choice = try DetectorChoice(options)
      let engine = choice.engine(threads: threads)
      choice.tellIfWithout(engine)
      return engine
    }
    return try EngineChoice.engine(options, threads: threads)
  }

  /// The outcome, for people or for programs.
  private static func tell(_ run: BatchRun, _ plan: BatchPlan, _ settings: BatchSettings)
    throws(CommandFailure)
  {
    let progress = run.progress
    let left = progress.items - progress.done
    if settings.isJSON {
      let counts: [(String, Int)] = [
        ("items", plan.items.count), ("done", progress.done - progress.failed), ("skipped", run.skipped),
        ("failed", progress.failed), ("left", left), ("points", progress.points), ("bytes", progress.written),
      ]
      var members = counts.map { JSONMember(name: $0.0, value: .number(Double($0.1))) }
      members.append(JSONMember(name: "seconds", value: .number((progress.seconds * 1000).rounded() / 1000)))
      members.append(JSONMember(name: "interrupted", value: .bool(Unfinished.endingSignal != nil)))
      members.append(
        JSONMember(name: "manifest", value: .string("\(plan.folder)/\(BatchManifest.name(plan.shard))")))
      try BatchCommand.print(.object(members))
    }
    guard !settings.isQuiet else { return }
    var parts = ["\(progress.done - progress.failed) of \(plan.items.count) items done"]
    if run.skipped > 0 { parts.append("\(run.skipped) were done before") }
    if progress.failed > 0 { parts.append("\(progress.failed) failed") }
    if left > 0 { parts.append("\(left) left: --resume goes on") }
    let time = BatchProgress.rounded(progress.seconds, progress.seconds < 10 ? 2 : 1)
    Files.tell("catenary: \(parts.joined(separator: ", ")); \(time) s, \(progress.rates)\n")
  }

  /// One line of JSON on standard output.
  static func print(_ value: JSONValue) throws(CommandFailure) {
    var sink = ArraySink()
    // An array refuses nothing.
    try? JSONWriter().write(value, to: &sink)
    try Program.print(String(decoding: sink.bytes, as: UTF8.self))
  }
}

/// `--dry-run`: what would be done.
enum BatchDryRun {
  static func run(_ plan: BatchPlan, _ settings: BatchSettings) throws(CommandFailure) {
    var resumption = BatchResumption(plan, settings)
    let path = "\(plan.folder)/\(BatchManifest.name(plan.shard))"
    if settings.isResuming, let bytes = try? FileSource.bytes(of: path) {
      _ = resumption.keep(ManifestLine.all(in: bytes))
    }
    let total = plan.items.reduce(0) { $0 + $1.work }
    guard !settings.isJSON else {
      let items = plan.items.indices.map { index in
        let item = plan.items[index]
        return JSONValue.object([
          JSONMember(name: "input", value: .string(item.input)),
          JSONMember(name: "output", value: .string(item.output)),
          JSONMember(name: "inputBytes", value: item.bytes.map { .number(Double($0)) } ?? .null),
          JSONMember(name: "done", value: .bool(resumption.isDone(index))),
        ])
      }
      return try BatchCommand.print(
        .object([
          JSONMember(name: "dryRun", value: .bool(true)),
          JSONMember(name: "items", value: .array(items)),
          JSONMember(name: "inputBytes", value: .number(Double(total))),
        ]))
    }
    var text = ""
    for (index, item) in plan.items.enumerated() {
      let note = item.bytes == nil ? " (there is no such file)" : resumption.isDone(index) ? " (done)" : ""
      text +=
        "\(CommandFailure.failed(item.input).words) -> \(CommandFailure.failed("\(plan.folder)/\(item.output)").words)\(note)\n"
      guard text.utf8.count > 1 << 16 else { continue }
      try Program.print(text)
      text = ""
    }
    try Program.print(text)
    if !settings.isQuiet {
      Files.tell(
        "catenary: \(plan.items.count) items, \(BatchProgress.scaled(Double(total), "B")) to read; nothing was done\n"
      )
    }
  }
}
