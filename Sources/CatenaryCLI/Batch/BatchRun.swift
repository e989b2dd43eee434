import Catenary
import CurveFormats
import CurveRequests
import Glibc
import Synchronization

/// One run over the items of a plan.
final class BatchRun: Sendable {
  private let plan: BatchPlan
  private let settings: BatchSettings
  private let engine: Engine
  private let manifest: BatchManifest
  /// The items to do, as places in the plan.
  private let work: [Int]
  private let budget: Int
  /// What items need, for each set of options.
  private let memory: [BatchMemory]
  let progress: BatchProgress
  /// What ended the run before its time.
  private let fatal = Mutex<CommandFailure?>(nil)
  private let isStopping = Atomic<Bool>(false)
  private let folders = Mutex<Set<String>>([])

  init(_ plan: BatchPlan, _ settings: BatchSettings, _ engine: Engine) throws(CommandFailure) {
    (self.plan, self.settings, self.engine) = (plan, settings, engine)
    budget = try settings.memoryBytes
    memory = plan.options.map { BatchMemory($0, threads: engine.threads) }
    var resumption = BatchResumption(plan, settings)
    manifest = try BatchManifest(plan.folder, plan.shard) { lines in resumption.keep(lines) }
    work = plan.items.indices.filter { !resumption.isDone($0) }
    progress = BatchProgress(
      items: work.count, inputBytes: work.reduce(0) { $0 + plan.items[$1].work })
  }

  var skipped: Int { plan.items.count - work.count }
  var failure: CommandFailure? { fatal.withLock { $0 } }

  /// Does all that is to do, or as much as there is time for.
  func run() {
    let (items, work, memory, budget) = (plan.items, work, memory, budget)
    BatchLanes(engine, most: Unfinished.count - 1).run(
      work.count, budget: budget,
      weight: { memory[items[work[$0]].options].claim(items[work[$0]], of: budget) },
      isStopped: { [self] in isStopping.load(ordering: .relaxed) || Unfinished.endingSignal != nil },
      { [self] index, lane in
        // The system reads what comes next while this is computed.
        if index + 8 < work.count, items[work[index + 8]].isRegular {
          Files.readAhead(items[work[index + 8]].input)
        }
        perform(work[index], lane)
      })
  }

  private func perform(_ index: Int, _ lane: BatchLane) {
    let item = plan.items[index]
    var line = ManifestLine(
      input: item.input, output: item.output, options: plan.options[item.options].told,
      inputBytes: item.bytes, items: plan.items.count, total: plan.shard == nil ? nil : plan.total)
    let start = ContinuousClock.now
    do throws(CommandFailure) {
      try BatchItemWork(
        item: item, options: plan.options[item.options], folder: plan.folder,
        temporary:
          "\(plan.folder)/\(BatchManifest.temporaryPrefix(plan.shard))\(getpid()).\(lane.number).tmp",
        engine: engine, lane: lane, progress: progress, memory: memory[item.options], budget: budget
      ).perform(&line, makeFolder)
    } catch {
      line.error = error.words
      (line.points, line.bytes, line.sha256) = (0, 0, nil)
    }
    line.milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
    record(line)
  }

  private func record(_ line: ManifestLine) {
    do throws(CommandFailure) {
      try manifest.add(line)
    } catch {
      // A result without its line is done again; without lines there is no going on.
      stop(error)
    }
    progress.ended(inputBytes: BatchItem.work(of: line.inputBytes), isFailed: line.error != nil)
    guard let error = line.error else { return }
    progress.tell(CommandFailure.failed(error).line ?? "")
    if settings.isFailFast { stop(nil) }
  }

  private func stop(_ failure: CommandFailure?) {
    isStopping.store(true, ordering: .relaxed)
    fatal.withLock { $0 = $0 ?? failure }
  }

  /// Makes the folder of an output, once.
  private func makeFolder(_ path: String) throws(SystemFault) {
    guard folders.withLock({ !$0.contains(path) }) else { return }
    try Files.makeFolder(path)
    folders.withLock { _ = $0.insert(path) }
  }
}
