/// A server's workers for all to see: a header and a slot for each worker, in shared memory with a name.
///
/// The header's numbers stand each for itself. A slot is written by its worker alone, behind a sequence number: writers
/// never wait, and readers, in whatever process, never make one wait.
public final class WorkerRegistry: Sendable {
  /// The name under which others find it; nil: it is this process's alone.
  public let name: String?
  public let slots: Int
  /// Reads what workers write.
  public let reader: RegistryReader
  private let words: SharedWords

  /// - Parameter port: of the server, and part of the name.
  /// - Throws: why there is none under that name. One that a server left behind which runs no more is replaced.
  public convenience init(port: UInt16, slots: Int) throws(RegistryError) {
    let name = RegistryLayout.name(user: OwnNumbers.user, port: port)
    let words = try WorkerRegistry.claim(name, count: RegistryLayout.words(slots: slots))
    self.init(words, name: name, port: port, slots: slots)
  }

  /// One for this process alone; nil without memory.
  public convenience init?(unnamedOnPort port: UInt16, slots: Int) {
    guard let words = SharedWords.unnamed(count: RegistryLayout.words(slots: slots)) else { return nil }
    self.init(words, name: nil, port: port, slots: slots)
  }

  private init(_ words: SharedWords, name: String?, port: UInt16, slots: Int) {
    typealias Header = RegistryLayout.Header
    (self.words, self.name, self.slots) = (words, name, slots)
    let own = ProcessIdentity.own
    let first = UInt64(RegistryLayout.slotBytes)
    let values: [(Int, UInt64)] = [
      (Header.version, RegistryLayout.version), (Header.pid, UInt64(own.pid)),
      (Header.startTime, own.startTime), (Header.slotCount, UInt64(slots)), (Header.slotBytes, first),
      (Header.firstSlot, first), (Header.createdAt, OwnNumbers.milliseconds), (Header.port, UInt64(port)),
    ]
    for (word, value) in values { words.store(word, value) }
    words.release(Header.magic, RegistryLayout.magic)
    reader = RegistryReader(words, slots: slots)
  }

  /// Takes the name, from a server that is gone if need be.
  private static func claim(_ name: String, count: Int) throws(RegistryError) -> SharedWords {
    for _ in 0..<4 {
      if let made = try SharedWords.create(name, count: count) { return made }
      if let found = try existing(name), let owner = RegistryReader.owner(of: found), owner.isAlive {
        throw .inUse(name: name, pid: owner.pid)
      }
      SharedWords.unlink(name)
    }
    throw .failed(name: name, why: "others make and remove it at this moment")
  }

  /// What has the name; nil when it is gone, or nobody got as far as to write a header.
  private static func existing(_ name: String) throws(RegistryError) -> SharedWords? {
    do throws(RegistryError) { return try SharedWords.open(name) } catch {
      guard case .unknownLayout = error else { throw error }
      return nil
    }
  }

  /// Makes named memory as a server does, reads it as others do, and removes it.
  ///
  /// - Throws: why that does not work on this machine.
  public static func checkSharedMemory() throws(RegistryError) {
    let name = "/catenary-\(OwnNumbers.user)-check-\(OwnNumbers.process)"
    guard let words = try SharedWords.create(name, count: RegistryLayout.slotWords) else {
      throw .failed(name: name, why: "the name is taken")
    }
    defer { SharedWords.unlink(name) }
    words.release(RegistryLayout.Header.magic, RegistryLayout.magic)
    guard try SharedWords.open(name)?.acquire(RegistryLayout.Header.magic) == RegistryLayout.magic else {
      throw .failed(name: name, why: "what is written is not read again")
    }
  }

  /// Who writes a slot: one thread at a time.
  public func writer(slot: Int) -> SlotWriter {
    precondition(slot >= 0 && slot < slots, "a slot of this registry")
    return SlotWriter(words, first: RegistryLayout.slotWords * (1 + slot))
  }

  /// How many jobs wait for a worker.
  public func setQueueDepth(_ depth: Int) {
    words.store(RegistryLayout.Header.queueDepth, UInt64(clamping: depth))
  }

  /// Looks at the process's memory and writes it down, at most ten times a second.
  public func refreshUsage(externalBytes: @autoclosure () -> UInt64) {
    typealias Header = RegistryLayout.Header
    guard OwnNumbers.milliseconds &- words.load(Header.usageAt) >= 100 else { return }
    let usage = ProcessUsage.now(externalBytes: externalBytes())
    words.store(Header.usageAt, usage.at)
    words.store(Header.residentBytes, usage.residentBytes)
    words.store(Header.heapUsedBytes, usage.heapUsedBytes)
    words.store(Header.heapTotalBytes, usage.heapTotalBytes)
    words.store(Header.externalBytes, usage.externalBytes)
  }

  /// Says that the server has ended, and takes the name away. Who has it mapped may read on.
  public func end() {
    // First the name: once it has ended, another may have taken it.
    if let name { SharedWords.unlink(name) }
    words.release(RegistryLayout.Header.hasEnded, 1)
  }
}
