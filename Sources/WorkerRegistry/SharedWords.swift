// One of this room's unsafe files: the words of shared memory, and what the system says of this process.

internal import CLinux
internal import Glibc
import Synchronization

/// Memory of 64-bit words, each of which is read and written at once.
///
/// Proof: the pages stay mapped at `base` until the object goes, when nobody can use it any more; each access is checked
/// against `count`. mmap gives page-aligned memory, so that every word is aligned. `Atomic<UInt64>` is as large and as
/// aligned as `UInt64`, any bytes are a value of it, and its operations are lock-free, so that they hold between
/// processes. All accesses are atomic: no two threads race, whatever another process writes. Stores are asked for by the
/// owner of a registry alone, whose memory is mapped for writing.
///
/// Should a file be cut behind our back, which its user alone can do, an access ends the program (SIGBUS).
@safe final class SharedWords: Sendable {
  let count: Int
  private nonisolated(unsafe) let base: UnsafeMutablePointer<Atomic<UInt64>>

  private init(_ memory: UnsafeMutableRawPointer, count: Int) {
    self.count = count
    unsafe base = memory.bindMemory(to: Atomic<UInt64>.self, capacity: count)
  }

  deinit { _ = unsafe munmap(base, count * RegistryLayout.wordBytes) }

  func load(_ word: Int) -> UInt64 {
    precondition(word >= 0 && word < count, "a word of this memory")
    return unsafe base[word].load(ordering: .relaxed)
  }

  func acquire(_ word: Int) -> UInt64 {
    precondition(word >= 0 && word < count, "a word of this memory")
    return unsafe base[word].load(ordering: .acquiring)
  }

  func store(_ word: Int, _ value: UInt64) {
    precondition(word >= 0 && word < count, "a word of this memory")
    unsafe base[word].store(value, ordering: .relaxed)
  }

  func release(_ word: Int, _ value: UInt64) {
    precondition(word >= 0 && word < count, "a word of this memory")
    unsafe base[word].store(value, ordering: .releasing)
  }
}

extension SharedWords {
  /// Memory of this process alone; nil when the system has none left.
  static func unnamed(count: Int) -> SharedWords? {
    let flags = MAP_PRIVATE | MAP_ANONYMOUS
    let bytes = count * RegistryLayout.wordBytes
    let memory = unsafe mmap(nil, bytes, PROT_READ | PROT_WRITE, flags, -1, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else { return nil }
    return unsafe SharedWords(memory, count: count)
  }

  /// The memory of a file that is at least that long; nil, with the reason in errno, when the system refuses.
  static func map(_ descriptor: Int32, count: Int, writes: Bool) -> SharedWords? {
    let access = writes ? PROT_READ | PROT_WRITE : PROT_READ
    let memory = unsafe mmap(nil, count * RegistryLayout.wordBytes, access, MAP_SHARED, descriptor, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else { return nil }
    return unsafe SharedWords(memory, count: count)
  }
}

/// The system's words for an error code.
///
/// Proof: strerror gives a C string that is copied before this thread can call it again.
func systemWords(_ code: Int32) -> String {
  guard let text = unsafe strerror(code) else { return "error \(code)" }
  return unsafe String(cString: text)
}

/// A file of the system, such as those below /proc, read piece by piece.
///
/// Proof: read writes at most as many bytes as the array has, while the array lends them.
public final class SystemFile: Sendable {
  private let descriptor: Int32

  /// nil when it cannot be opened.
  public init?(_ path: String) {
    descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
  }

  deinit { _ = close(descriptor) }

  /// The next bytes, at most 64 KiB of them; none at the end; nil when they cannot be read.
  public func next() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
    guard count >= 0 else { return nil }
    buffer.removeLast(buffer.count - count)
    return buffer
  }
}

/// The first bytes of a file of the system; nil when it cannot be read.
func readSystemFile(_ path: String) -> [UInt8]? { SystemFile(path)?.next() }

/// What the allocator says of itself: mallinfo2(3).
public struct AllocatorFigures: Sendable {
  /// Bytes taken from the system in arenas, and how many of these are in use and free.
  public let arenaBytes, usedBytes, freeBytes: Int
  /// Stretches mapped one by one, and their bytes.
  public let maps, mappedBytes: Int
  public let freeChunks: Int
  /// Bytes that could be given back at once.
  public let releasableBytes: Int

  /// As they are now, of the whole process.
  public static var now: AllocatorFigures { AllocatorFigures(clinux_heap_now()) }

  private init(_ heap: clinux_heap) {
    (arenaBytes, usedBytes, freeBytes) = (Int(heap.arena), Int(heap.used), Int(heap.free))
    (maps, mappedBytes) = (Int(heap.maps), Int(heap.mapped))
    (freeChunks, releasableBytes) = (Int(heap.chunks), Int(heap.releasable))
  }
}

/// What this thread has used so far.
public struct ThreadFigures: Sendable {
  public let thread: UInt64
  /// Nanoseconds.
  public let processorTime: UInt64
  /// Bytes of stack set aside, and how many lie between its start and where it stands now.
  public let stackBytes, stackDepth: Int
  public let pageFaults: Int
  /// How often it waited for something, and how often others were let run.
  public let waits, interruptions: Int

  /// Of the thread that asks.
  public static var now: ThreadFigures {
    let figures = clinux_thread_now()
    return ThreadFigures(
      thread: OwnNumbers.thread, processorTime: OwnNumbers.processorTime,
      stackBytes: Int(figures.stack), stackDepth: Int(figures.depth), pageFaults: Int(figures.faults),
      waits: Int(figures.waits), interruptions: Int(figures.interruptions))
  }
}

/// Lets another thread run for a moment.
func giveWay() { usleep(100) }

/// Numbers of this process and thread.
enum OwnNumbers {
  static var user: UInt32 { getuid() }
  static var process: Int { Int(getpid()) }
  static var thread: UInt64 { UInt64(clinux_thread()) }
  static var pageBytes: UInt64 { UInt64(sysconf(Int32(_SC_PAGESIZE))) }
  /// Nanoseconds of processor time that this thread has used.
  static var processorTime: UInt64 { UInt64(clinux_thread_time()) }
  /// Milliseconds since 1970 UTC.
  static var milliseconds: UInt64 { UInt64(clinux_wall_milliseconds()) }
}
