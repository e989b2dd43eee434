// One of this room's unsafe files: descriptors, epoll and threads.
//
// Proof for all of it: memory of spans and arrays is used only inside the closure that lends it, with the length that
// the span itself has; structures are this frame's own; a String handed to C lives until the call returns.

internal import CLinux
internal import Glibc

/// A call of the system that failed.
struct SystemError: Error, Equatable {
  /// As in errno.
  let code: Int32

  static let wouldBlock = SystemError(code: EAGAIN)

  /// The result of a call that gives -errno for a failure.
  static func check(_ result: Int) throws(SystemError) -> Int {
    guard result >= 0 else { throw SystemError(code: Int32(truncatingIfNeeded: -result)) }
    return result
  }

  /// The system's words.
  var words: String {
    // Proof: strerror gives a C string that is copied before this thread can call it again.
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}

/// Something open, closed with this object.
final class Descriptor: Sendable {
  let number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { _ = close(number) }
}

/// A connected socket that does not block. Whoever made it closes it, once.
struct Socket {
  /// Buffers that one call sends.
  static let buffersAtOnce = 16

  let number: Int32

  /// The next bytes: how many came, 0 at the end.
  func receive(into room: inout MutableSpan<UInt8>) throws(SystemError) -> Int {
    try SystemError.check(
      unsafe room.withUnsafeMutableBytes { unsafe clinux_receive(number, $0.baseAddress, $0.count) })
  }

  /// Sends buffers one after the other, the first without its first `skipped` bytes: how many bytes went.
  func send(_ buffers: some Collection<ByteBuffer>, skipping skipped: Int) throws(SystemError) -> Int {
    try SystemError.check(
      unsafe withUnsafeTemporaryAllocation(of: clinux_slice.self, capacity: Socket.buffersAtOnce) { slices in
        var (count, skip) = (0, skipped)
        for buffer in buffers.prefix(Socket.buffersAtOnce) {
          // Proof: the buffers are held by the caller's collection until the call is over.
          unsafe slices[count] = clinux_slice(start: buffer.start + skip, count: buffer.count - skip)
          (count, skip) = (count + 1, 0)
        }
        return unsafe clinux_send(number, slices.baseAddress, Int32(count))
      })
  }

  func finishSending() { clinux_finish_sending(number) }
  func close() { _ = Glibc.close(number) }
  /// Closes so that the other side learns that the answer is not whole.
  func reset() { clinux_reset(number) }
}

/// A socket that accepts connections.
struct Listener: Sendable {
  let descriptor: Descriptor
  let port: UInt16
  /// Whether only this machine reaches it.
  let isLoopback: Bool

  /// - Parameter isShared: whether further listeners may use the same port.
  /// - Throws: why it cannot be, in one line.
  init(host: String, port: UInt16, isShared: Bool) throws(ServerFailure) {
    var (number, loopback) = (port, false)
    let result = unsafe clinux_listen(host, isShared, &number, &loopback)
    guard result != Int32(CLINUX_NO_ADDRESS) else { throw .noAddress(host: host) }
    guard result >= 0 else { throw ServerFailure(SystemError(code: -result), host: host, port: port) }
    (descriptor, self.port, isLoopback) = (Descriptor(result), number, loopback)
  }

  func accept() throws(SystemError) -> Socket {
    Socket(number: Int32(try SystemError.check(Int(clinux_accept(descriptor.number)))))
  }
}

/// What happened to descriptors.
struct Poller: ~Copyable {
  /// What one wants to hear of.
  struct Interest: OptionSet, Sendable {
    let rawValue: UInt32
    static let read = Interest(rawValue: UInt32(CLINUX_READ))
    static let write = Interest(rawValue: UInt32(CLINUX_WRITE))
    /// Told always: the connection is broken, or closed in both directions.
    static let gone = Interest(rawValue: UInt32(CLINUX_ERROR | CLINUX_HANGUP))
  }

  private let epoll: Descriptor
  private var events = [clinux_event](repeating: clinux_event(), count: 64)

  init() throws(SystemError) {
    epoll = Descriptor(Int32(try SystemError.check(Int(clinux_epoll_create()))))
  }

  func add(_ descriptor: Int32, _ interest: Interest, key: UInt64) throws(SystemError) {
    _ = try SystemError.check(Int(clinux_epoll_add(epoll.number, descriptor, interest.rawValue, key)))
  }

  func change(_ descriptor: Int32, _ interest: Interest, key: UInt64) {
    _ = clinux_epoll_change(epoll.number, descriptor, interest.rawValue, key)
  }

  func remove(_ descriptor: Int32) { _ = clinux_epoll_remove(epoll.number, descriptor) }

  /// Waits for events: how many there are.
  mutating func wait(milliseconds: Int) -> Int {
    let limit = Int32(clamping: milliseconds)
    return max(0, Int(unsafe clinux_epoll_wait(epoll.number, &events, Int32(events.count), limit)))
  }

  func event(_ index: Int) -> (key: UInt64, what: Interest) {
    (events[index].key, Interest(rawValue: events[index].events))
  }
}

/// Wakes a poller from any thread.
struct Bell: Sendable {
  let descriptor: Descriptor

  init() throws(SystemError) {
    descriptor = Descriptor(Int32(try SystemError.check(Int(clinux_eventfd()))))
  }

  func ring() { clinux_eventfd_add(descriptor.number) }
  func silence() { clinux_eventfd_take(descriptor.number) }
}

/// The signals that end a server, heard here instead of interrupting a thread.
public struct EndingSignals: Sendable {
  private let descriptor: Descriptor

  /// Call it before other threads are started: they inherit that SIGINT and SIGTERM are heard here.
  public init?() {
    let number = clinux_signalfd()
    guard number >= 0 else { return nil }
    descriptor = Descriptor(number)
  }

  /// Waits for a signal.
  ///
  /// - Parameter seconds: at most so long; nil: for ever.
  /// - Returns: the signal's number; nil when the time is over or `other` rang.
  func wait(seconds: Double?, other: Bell) -> Int32? {
    let until = seconds.map { Clock.now + Int64($0 * 1e9) }
    while true {
      var entries = [
        pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0),
        pollfd(fd: other.descriptor.number, events: Int16(POLLIN), revents: 0),
      ]
      let left = until.map { Int32(clamping: max(0, ($0 - Clock.now + 999_999) / 1_000_000)) } ?? -1
      _ = unsafe poll(&entries, 2, left)
      let signal = clinux_signalfd_take(descriptor.number)
      if signal > 0 { return signal }
      if entries[1].revents != 0 || left == 0 { return nil }
    }
  }
}

enum Clock {
  /// Nanoseconds that only rise.
  static var now: Int64 { clinux_now() }
  /// Seconds since 1970 UTC.
  static var date: Int { Int(time(nil)) }
}

/// The machine's own limits.
public enum MachineLimits {
  /// Cores that are online.
  public static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
  /// Raises the number of descriptors that may be open to what the system allows, and gives it.
  public static func raiseDescriptors() -> Int { Int(clinux_raise_descriptors()) }

  /// Lets threads that wait for this core have it once.
  static func letOthersRun() { _ = sched_yield() }

  /// Lets the other threads go first from now on.
  static func lowerPriority() { clinux_lower_priority() }

  /// Keeps up to 16 MiB of freed memory for each thread, in stretches of up to 4 MiB: without that the working memory of
  /// a larger request is given back to the system and brought in again, page by page, at each of them.
  public static func keepFreedMemory() { clinux_keep_memory(16 << 20, 4 << 20) }
}

/// Starts a detached thread; false when the machine gives no more.
///
/// Proof: the closure is boxed, retained for the thread, and released by it once.
func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
  final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  let box = unsafe Unmanaged.passRetained(Box(body))
  var thread = pthread_t()
  let status = unsafe pthread_create(
    &thread, nil,
    { argument in
      guard let argument = unsafe argument else { return nil }
      unsafe Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
      return nil
    }, box.toOpaque())
  guard status == 0 else {
    unsafe box.release()
    return false
  }
  _ = pthread_detach(thread)
  return true
}

/// State behind a lock, and waiting for it to change.
///
/// Proof of `@unchecked Sendable`: `state` is touched only between lock and unlock of `mutex`. Mutex and condition live as
/// long as the monitor, at one address, and are destroyed with it, when nobody can hold or await them any more, since
/// whoever does holds a reference.
@safe final class Monitor<State>: @unchecked Sendable {
  private var state: State
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>

  init(_ state: sending State) {
    self.state = state
    unsafe mutex = .allocate(capacity: 1)
    unsafe condition = .allocate(capacity: 1)
    unsafe mutex.initialize(to: pthread_mutex_t())
    unsafe condition.initialize(to: pthread_cond_t())
    _ = unsafe pthread_mutex_init(mutex, nil)
    _ = unsafe pthread_cond_init(condition, nil)
  }

  deinit {
    _ = unsafe pthread_cond_destroy(condition)
    _ = unsafe pthread_mutex_destroy(mutex)
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  /// Changes the state and wakes one who waits.
  func change<R>(_ body: (inout State) -> R) -> R {
    _ = unsafe pthread_mutex_lock(mutex)
    defer {
      _ = unsafe pthread_cond_signal(condition)
      _ = unsafe pthread_mutex_unlock(mutex)
    }
    return body(&state)
  }

  /// The same, and wakes all who wait.
  func changeForAll<R>(_ body: (inout State) -> R) -> R {
    _ = unsafe pthread_mutex_lock(mutex)
    defer {
      _ = unsafe pthread_cond_broadcast(condition)
      _ = unsafe pthread_mutex_unlock(mutex)
    }
    return body(&state)
  }

  /// Tries again after every change until there is a result, but no longer than that: nil then.
  func wait<R>(seconds: Double, _ attempt: (inout State) -> R?) -> R? {
    var until = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &until)
    let nanoseconds = until.tv_nsec + Int(seconds * 1e9)
    until.tv_sec += nanoseconds / 1_000_000_000
    until.tv_nsec = nanoseconds % 1_000_000_000
    _ = unsafe pthread_mutex_lock(mutex)
    defer { _ = unsafe pthread_mutex_unlock(mutex) }
    while true {
      if let result = attempt(&state) { return result }
      guard unsafe pthread_cond_timedwait(condition, mutex, &until) == 0 else { return attempt(&state) }
    }
  }

  /// Tries again after every change until there is a result.
  func wait<R>(_ attempt: (inout State) -> R?) -> R {
    _ = unsafe pthread_mutex_lock(mutex)
    defer { _ = unsafe pthread_mutex_unlock(mutex) }
    while true {
      if let result = attempt(&state) { return result }
      _ = unsafe pthread_cond_wait(condition, mutex)
    }
  }
}

/// The time of day.
public enum WallClock {
  /// Since 1970 UTC: whole seconds and the nanoseconds beside them.
  public static var now: (seconds: Int, nanoseconds: Int) {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
    return (Int(time.tv_sec), Int(time.tv_nsec))
  }
}
