import Synchronization

/// A server's workers for all to see: a header and a slot for each worker, in shared memory with a name.
///
/// The header's numbers stand each for itself. A slot is written by its worker alone, behind a sequence number: writers
/// never wait, and readers, in whatever process, never make one wait.
public final class WorkerRegistry: Sendable {
  public let slots: Int
  /// Reads what workers write.
  public let reader: RegistryReader
  private let words: SharedWords
  private let place: Mutex<Place>

  /// Where others find it.
  private enum Place {
    /// Nowhere: it is this process's alone, or has ended.
    case nowhere
    /// Nowhere yet: another has the second name.
    case waiting(SharedName, SharedFile, SharedName)
    case published(SharedName, SharedFile)
  }

  /// One that nobody else finds until `publish` has succeeded.
  ///
  /// - Parameter port: of the server, and part of the name.
  /// - Throws: why there can be none in shared memory.
  public convenience init(port: UInt16, slots: Int) throws(RegistryError) {
    let name = RegistryLayout.name(user: OwnNumbers.user, port: port)
    let made = try WorkerRegistry.create(for: name, count: RegistryLayout.words(slots: slots))
    self.init(made.words, .waiting(made.name, made.file, SharedName(text: name)), port: port, slots: slots)
  }

  /// One for this process alone; nil without memory.
  public convenience init?(unnamedOnPort port: UInt16, slots: Int) {
    guard let words = SharedWords.unnamed(count: RegistryLayout.words(slots: slots)) else { return nil }
    self.init(words, .nowhere, port: port, slots: slots)
  }

  private init(_ words: SharedWords, _ place: Place, port: UInt16, slots: Int) {
    typealias Header = RegistryLayout.Header
    (self.words, self.slots) = (words, slots)
    self.place = Mutex(place)
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

  deinit { end() }

  private static let made = Atomic<Int>(0)

  /// Under a name of its own, since nobody may find it before its header is written.
  private static func create(
    for name: String, count: Int
  ) throws(RegistryError) -> (words: SharedWords, file: SharedFile, name: SharedName) {
    for _ in 0..<4 {
      let number = made.add(1, ordering: .relaxed).newValue
      let own = SharedName(text: "\(name).\(OwnNumbers.process)-\(number)")
      if let made = try own.create(count: count) { return (made.words, made.file, own) }
      // A process of this number was killed before it could take it away.
      own.unlink()
    }
    throw .failed(name: name, why: "others make and remove it at this moment")
  }

  /// Lets others find it, unless they do already. A name that a server left behind which runs no more is taken over.
  ///
  /// Whoever started while the server before it still answered its last requests calls it again.
  ///
  /// - Throws: `inUse` while another has the name; other reasons why there is none.
  public func publish() throws(RegistryError) {
    // Mutex does not carry typed errors through.
    let fault: RegistryError? = place.withLock { place in
      guard case .waiting(let own, let file, let name) = place else { return nil }
      do throws(RegistryError) { try WorkerRegistry.publish(own, as: name) } catch { return error }
      place = .published(name, file)
      return nil
    }
    if let fault { throw fault }
  }

  /// Whether others find it.
  public var isPublished: Bool {
    place.withLock { if case .published = $0 { true } else { false } }
  }

  private static func publish(_ own: SharedName, as name: SharedName) throws(RegistryError) {
    var pid = 0
    for _ in 0..<4 {
      if try own.rename(to: name) { return }
      if let owner = try existing(name).flatMap(RegistryReader.owner) {
        pid = owner.pid
        if owner.isAlive { break }
      }
      _ = try name.remove { $0.flatMap(RegistryReader.owner)?.isAlive != true }
    }
    throw .inUse(name: name.text, pid: pid)
  }

  /// What has the name; nil when it is gone, or too short for a registry.
  private static func existing(_ name: SharedName) throws(RegistryError) -> SharedWords? {
    do throws(RegistryError) { return try name.open() } catch {
      guard case .unknownLayout = error else { throw error }
      return nil
    }
  }

  /// Removes what servers of this user left that were killed; what is no registry, and that of a live one, stays.
  public static func sweep() {
    let prefix = RegistryLayout.prefix(user: OwnNumbers.user)
    for name in SharedName.all(beginning: prefix)
    where RegistryLayout.isName(name.text.dropFirst(prefix.count)) {
      _ = try? name.remove { words in
        words.flatMap(RegistryReader.maker).map { !$0.isAlive } ?? false
      }
    }
  }

  /// Makes named memory as a server does, reads it as others do, and removes it.
  ///
  /// - Throws: why that does not work on this machine.
  public static func checkSharedMemory() throws(RegistryError) {
    let name = SharedName(text: "/catenary-\(OwnNumbers.user)-check-\(OwnNumbers.process)")
    guard let made = try name.create(count: RegistryLayout.slotWords) else {
      throw .failed(name: name.text, why: "the name is taken")
    }
    defer { name.unlink() }
    made.words.release(RegistryLayout.Header.magic, RegistryLayout.magic)
    guard try name.open()?.acquire(RegistryLayout.Header.magic) == RegistryLayout.magic else {
      throw .failed(name: name.text, why: "what is written is not read again")
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

  /// Says that the server has ended, and takes the name away, once. Who has it mapped may read on.
  public func end() {
    let place = place.withLock { place in
      defer { place = .nowhere }
      return place
    }
    switch place {
    case .nowhere: break
    case .waiting(let own, _, _): own.unlink()
    // First the name: once it has ended, another may have taken it.
    case .published(let name, let file): if name.has(file) { name.unlink() }
    }
    words.release(RegistryLayout.Header.hasEnded, 1)
  }
}
