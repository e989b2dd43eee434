/// Memory of the whole process: its threads share it, so that none has a part of its own.
public struct ProcessUsage: Sendable, Equatable {
  /// Pages that lie in memory.
  public var residentBytes: UInt64 = 0
  /// What the allocator has given out.
  public var heapUsedBytes: UInt64 = 0
  /// What the allocator has taken from the system.
  public var heapTotalBytes: UInt64 = 0
  /// Memory beside the allocator's: the linear memory of WebAssembly.
  public var externalBytes: UInt64 = 0
  /// When it was looked at, in milliseconds since 1970 UTC.
  public var at: UInt64 = 0

  public init() {}

  /// As it is now.
  static func now(externalBytes: UInt64) -> ProcessUsage {
    var usage = ProcessUsage()
    let heap = AllocatorFigures.now
    usage.heapUsedBytes = UInt64(clamping: heap.usedBytes + heap.mappedBytes)
    usage.heapTotalBytes = UInt64(clamping: heap.arenaBytes + heap.mappedBytes)
    // /proc/self/statm: size, resident, …, in pages.
    if let fields = readSystemFile("/proc/self/statm")?.split(separator: UInt8(ascii: " ")), fields.count > 1
    {
      usage.residentBytes =
        (UInt64(String(decoding: fields[1], as: UTF8.self)) ?? 0) * OwnNumbers.pageBytes
    }
    (usage.externalBytes, usage.at) = (externalBytes, OwnNumbers.milliseconds)
    return usage
  }
}
