/// Where what stands in the shared memory; all are unsigned 64-bit numbers in the machine's byte order, offsets in words.
///
/// ARCHITECTURE.md has the same table in bytes for readers in other languages. Whoever changes an offset or a meaning
/// raises `version`.
enum RegistryLayout {
  /// `CATENARY` as it stands in memory. It is written last: before that there is no registry.
  static let magic: UInt64 = 0x5952_414E_4554_4143
  static let version: UInt64 = 1
  static let wordBytes = 8
  /// 256 bytes, of the header and of each slot.
  static let slotWords = 32
  static var slotBytes: Int { slotWords * wordBytes }

  /// The first 256 bytes: each number stands for itself.
  enum Header {
    static let magic = 0
    static let version = 1
    static let pid = 2
    static let startTime = 3
    static let slotCount = 4
    static let slotBytes = 5
    static let firstSlot = 6
    static let createdAt = 7
    static let port = 8
    static let queueDepth = 9
    static let residentBytes = 10
    static let heapUsedBytes = 11
    static let heapTotalBytes = 12
    static let externalBytes = 13
    static let usageAt = 14
    static let hasEnded = 15
  }

  /// A worker's 256 bytes: they are read whole, between two equal and even sequence numbers.
  enum Slot {
    static let sequence = 0
    static let state = 1
    static let number = 2
    static let thread = 3
    static let createdAt = 4
    static let processed = 5
    static let errors = 6
    static let pieces = 7
    static let processorTime = 8
    static let job = 9
    static let jobStartedAt = 10
    /// 32 bytes of UTF-8, filled up with zeros.
    static let jobType = 11..<15
    /// 128 bytes of UTF-8, filled up with zeros.
    static let lastError = 15..<31
    static let updatedAt = 31
  }

  static func words(slots: Int) -> Int { slotWords * (1 + slots) }

  /// The name of a server's shared memory, as `shm_open` takes it.
  static func name(user: UInt32, port: UInt16) -> String { "\(prefix(user: user))\(port)" }

  /// What the names of all servers of a user begin with.
  static func prefix(user: UInt32) -> String { "/catenary-\(user)-" }

  /// Whether what stands behind the prefix is a port, or the port, process and number of one that has no name yet.
  static func isName(_ rest: Substring) -> Bool {
    let parts = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard isNumber(parts[0]) else { return false }
    guard parts.count == 2 else { return true }
    let numbers = parts[1].split(separator: "-", omittingEmptySubsequences: false)
    return numbers.count == 2 && numbers.allSatisfy(isNumber)
  }

  private static func isNumber(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}
