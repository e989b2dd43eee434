import Synchronization

/// Reads a registry, of this process or another, without making anyone wait.
public final class RegistryReader: Sendable {
  private typealias Header = RegistryLayout.Header
  /// A writer is done within tens of nanoseconds, unless the system lets it wait for a processor: then so does a reader,
  /// for half a second at most.
  private static let triesAtOnce = 256
  private static let mostTries = 4096 + 256

  public let slots: Int
  private let words: SharedWords

  init(_ words: SharedWords, slots: Int) { (self.words, self.slots) = (words, slots) }

  /// The registry of a running server of this user.
  ///
  /// - Throws: why there is none.
  public init(port: UInt16) throws(RegistryError) {
    let name = RegistryLayout.name(user: OwnNumbers.user, port: port)
    guard let words = try SharedName(text: name).open() else { throw .missing(port: port) }
    guard let slots = RegistryReader.slots(of: words) else { throw .unknownLayout(name: name) }
    (self.words, self.slots) = (words, slots)
    guard isServed else { throw .abandoned(port: port, pid: server.pid) }
  }

  /// How many slots there are; nil for what is no registry of this version.
  static func slots(of words: SharedWords) -> Int? {
    let most = words.count / RegistryLayout.slotWords - 1
    guard words.count >= RegistryLayout.slotWords, words.acquire(Header.magic) == RegistryLayout.magic,
      words.load(Header.version) == RegistryLayout.version,
      words.load(Header.slotBytes) == UInt64(RegistryLayout.slotBytes),
      words.load(Header.firstSlot) == UInt64(RegistryLayout.slotBytes),
      let slots = Int(exactly: words.load(Header.slotCount)), slots <= most
    else { return nil }
    return slots
  }

  /// The server that made it and has not ended it.
  static func owner(of words: SharedWords) -> ProcessIdentity? {
    words.load(Header.hasEnded) == 0 ? maker(of: words) : nil
  }

  /// The server that made it; the words looked at are the same in every version.
  static func maker(of words: SharedWords) -> ProcessIdentity? {
    guard words.acquire(Header.magic) == RegistryLayout.magic else { return nil }
    let pid = Int(truncatingIfNeeded: words.load(Header.pid))
    return ProcessIdentity(pid: pid, startTime: words.load(Header.startTime))
  }

  /// Who writes it.
  public var server: ProcessIdentity {
    ProcessIdentity(
      pid: Int(truncatingIfNeeded: words.load(Header.pid)), startTime: words.load(Header.startTime))
  }
  /// Whether the server has neither ended nor died.
  public var isServed: Bool { words.acquire(Header.hasEnded) == 0 && server.isAlive }
  /// Milliseconds since 1970 UTC.
  public var createdAt: UInt64 { words.load(Header.createdAt) }
  /// Jobs that wait for a worker: all workers take them from one queue.
  public var queueDepth: Int { Int(clamping: words.load(Header.queueDepth)) }

  /// The process's memory when it was last looked at.
  public var usage: ProcessUsage {
    var usage = ProcessUsage()
    usage.residentBytes = words.load(Header.residentBytes)
    usage.heapUsedBytes = words.load(Header.heapUsedBytes)
    usage.heapTotalBytes = words.load(Header.heapTotalBytes)
    usage.externalBytes = words.load(Header.externalBytes)
    usage.at = words.load(Header.usageAt)
    return usage
  }

  /// All workers that there are, by their numbers.
  public func workers() -> [WorkerRecord] {
    var records: [WorkerRecord] = []
    var copy = [UInt64](repeating: 0, count: RegistryLayout.slotWords)
    for slot in 0..<slots {
      guard read(slot, into: &copy) != nil, let record = WorkerRecord(copy) else { continue }
      records.append(record)
    }
    records.sort { $0.number < $1.number }
    return records
  }

  /// One worker; nil for an empty slot.
  public func worker(slot: Int) -> WorkerRecord? {
    var copy = [UInt64](repeating: 0, count: RegistryLayout.slotWords)
    return read(slot, into: &copy) == nil ? nil : WorkerRecord(copy)
  }

  /// Reads a slot as it was at one moment.
  ///
  /// - Returns: how often it had to be tried; nil when that did not succeed: who writes it was stopped in the middle.
  package func read(_ slot: Int, into copy: inout [UInt64]) -> Int? {
    precondition(slot >= 0 && slot < slots, "a slot of this registry")
    precondition(copy.count == RegistryLayout.slotWords, "room for a slot")
    let first = RegistryLayout.slotWords * (1 + slot)
    for attempt in 0..<RegistryReader.mostTries {
      let before = words.acquire(first)
      if before & 1 == 0 {
        copy[0] = before
        for word in 1..<RegistryLayout.slotWords { copy[word] = words.load(first + word) }
        // See SlotWriter: the words above are read before the number below.
        atomicMemoryFence(ordering: .acquiring)
        if words.load(first) == before { return attempt + 1 }
      }
      if attempt >= RegistryReader.triesAtOnce { giveWay() }
    }
    return nil
  }
}
