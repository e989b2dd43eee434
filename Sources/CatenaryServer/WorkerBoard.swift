import HTTPFront
import Synchronization
import WorkerRegistry

/// What a server's workers do, written down where others read it.
final class WorkerBoard: WorkerObserver {
  /// Why nobody else can read it: another server has the name, or there is no shared memory; nil when they can.
  var fault: RegistryError? { hindrance.withLock { $0 } }
  let pool: WorkerPool
  let reader: RegistryReader
  let snapshots = SnapshotTurns()
  private let registry: WorkerRegistry
  private let types: [SlotWriter.JobType]
  private let externalBytes: @Sendable () -> UInt64
  private let places: Mutex<Places>
  private let hindrance: Mutex<RegistryError?>

  /// Who has which slot.
  private struct Places {
    var taken: [Int: Int] = [:]
    var free: [Int]
  }

  /// - Parameters:
  ///   - types: what jobs are called, by their labels.
  ///   - externalBytes: memory beside the allocator's.
  /// - Returns: nil without memory.
  init?(
    port: UInt16, _ pool: WorkerPool, types: [String], externalBytes: @escaping @Sendable () -> UInt64
  ) {
    let slots = max(WorkerBoard.mostWorkers, pool.initialCount) + WorkerBoard.spare
    WorkerRegistry.sweep()
    do throws(RegistryError) {
      registry = try WorkerRegistry(port: port, slots: slots)
      hindrance = Mutex(nil)
    } catch {
      guard let own = WorkerRegistry(unnamedOnPort: port, slots: slots) else { return nil }
      registry = own
      hindrance = Mutex(error)
    }
    (self.pool, self.externalBytes, reader) = (pool, externalBytes, registry.reader)
    self.types = types.map(SlotWriter.JobType.init)
    places = Mutex(Places(free: Array((0..<slots).reversed())))
    refreshUsage()
    if fault == nil { publish() }
  }

  /// Has others find the registry, as soon as the server before this one has gone.
  private func publish() {
    do throws(RegistryError) {
      try registry.publish()
      if registry.isPublished { hindrance.withLock { $0 = nil } }
    } catch {
      hindrance.withLock { $0 = error }
    }
  }

  /// What a server may be scaled to.
  static var mostWorkers: Int { 4 * MachineLimits.cores }
  private static let spare = 16

  /// Looks at the process's memory, if nobody did just now.
  func refreshUsage() { registry.refreshUsage(externalBytes: externalBytes()) }

  /// The workers as they are now.
  var document: WorkersDocument {
    refreshUsage()
    return WorkersDocument(reader)
  }

  private func writer(_ worker: Int) -> SlotWriter? {
    places.withLock { $0.taken[worker] }.map(registry.writer)
  }

  func came(_ worker: Int) {
    let slot = places.withLock { places in
      let slot = places.free.popLast()
      places.taken[worker] = slot
      return slot
    }
    if let slot { registry.writer(slot: slot).open(number: UInt64(worker)) }
  }

  func started(_ worker: Int) { writer(worker)?.setThread() }

  func begins(_ worker: Int, _ job: WorkerJob) {
    let type = types.indices.contains(job.label) ? types[job.label] : types[0]
    writer(worker)?.begin(job: job.number, type, startedAt: UInt64(clamping: job.startedAt))
  }

  func ends(_ worker: Int, _ job: WorkerJob, _ outcome: WorkerOutcome) {
    writer(worker)?.end(isOver: outcome.isOver, failure: outcome.failure)
    refreshUsage()
  }

  func left(_ worker: Int) {
    guard let slot = places.withLock({ $0.taken.removeValue(forKey: worker) }) else { return }
    registry.writer(slot: slot).close()
    // Only now: another may write it next.
    places.withLock { $0.free.append(slot) }
  }

  func queued(_ count: Int) { registry.setQueueDepth(count) }

  func ticks() {
    refreshUsage()
    if fault != nil { publish() }
  }

  func ended() { registry.end() }
}
