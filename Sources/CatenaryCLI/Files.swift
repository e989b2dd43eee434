// One of this room's unsafe files: the system calls that take names and memory.
//
// Proof for all of it: a String handed to C lives until the call returns; a span's memory is used only inside its
// closure, with the length that the span itself has; structures are this frame's own.

import CLinux
import Catenary
import Glibc
import Synchronization

/// A system call that did not do its work.
struct SystemFault: Error, Equatable {
  let code: Int32
}

/// What is known of a file without reading it.
struct FileStatus {
  let isFolder, isRegular: Bool
  let size: Int
  /// Who may do what: the twelve permission bits.
  let permissions: mode_t
  let owner: uid_t
  let group: gid_t
  /// What tells one file from all others, whatever its names.
  let identity: FileIdentity

  fileprivate init(_ s: stat) {
    let type = s.st_mode & S_IFMT
    (isFolder, isRegular) = (type == S_IFDIR, type == S_IFREG)
    (size, permissions) = (Int(s.st_size), s.st_mode & 0o7777)
    (owner, group) = (s.st_uid, s.st_gid)
    identity = FileIdentity(device: UInt64(s.st_dev), inode: UInt64(s.st_ino))
  }
}

struct FileIdentity: Hashable {
  let device, inode: UInt64
}

enum Files {
  /// Opens a file and gives its descriptor, which no child inherits.
  static func open(_ path: String, _ flags: Int32, mode: mode_t = 0o666) throws(SystemFault) -> Int32 {
    while true {
      let descriptor = unsafe Glibc.open(path, flags | O_CLOEXEC, mode)
      if descriptor >= 0 { return descriptor }
      if errno != EINTR { throw SystemFault(code: errno) }
    }
  }

  /// Fills `buffer` from its start: how many bytes came, 0 at the end.
  static func read(_ descriptor: Int32, into buffer: inout MutableSpan<UInt8>) throws(SystemFault) -> Int {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
      }
      if count >= 0 { return count }
      try waitOrThrow(errno, descriptor, POLLIN)
    }
  }

  /// Writes all of `bytes`.
  static func write(_ descriptor: Int32, _ bytes: RawSpan) throws(SystemFault) {
    var done = 0
    while done < bytes.byteCount {
      let rest = bytes.extracting(done..<bytes.byteCount)
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 { done += count } else { try waitOrThrow(errno, descriptor, POLLOUT) }
    }
  }

  /// Lends the bytes of a text.
  static func withBytes(
    of text: String, _ body: (RawSpan) throws(SystemFault) -> Void
  ) throws(SystemFault) {
    let bytes = Array(text.utf8)
    try body(unsafe bytes.span.bytes)
  }

  /// Sends all bytes by one call, so that nobody sees a part; what a full device left of them is taken back.
  static func append(_ descriptor: Int32, _ bytes: [UInt8]) throws(SystemFault) {
    let before = try status(descriptor).size
    let rest = unsafe bytes.span.bytes
    let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
    guard count != bytes.count else { return }
    let code = count < 0 ? errno : ENOSPC
    _ = ftruncate(descriptor, before)
    throw SystemFault(code: code)
  }

  /// Lends the first bytes of an array.
  static func withBytes(_ bytes: [UInt8], first count: Int, _ body: (RawSpan) -> Void) {
    body(unsafe bytes.span.bytes.extracting(first: count))
  }

  /// Waits where a descriptor that does not block has nothing to offer; throws what cannot be waited for.
  private static func waitOrThrow(_ code: Int32, _ descriptor: Int32, _ event: Int32) throws(SystemFault) {
    if code == EINTR { return }
    guard code == EAGAIN else { throw SystemFault(code: code) }
    var entry = pollfd(fd: descriptor, events: Int16(event), revents: 0)
    _ = unsafe poll(&entry, 1, -1)
  }

  /// What a path leads to, links followed.
  static func status(_ path: String) throws(SystemFault) -> FileStatus {
    var result = stat()
    guard unsafe stat(path, &result) == 0 else { throw SystemFault(code: errno) }
    return FileStatus(result)
  }

  static func status(_ descriptor: Int32) throws(SystemFault) -> FileStatus {
    var result = stat()
    guard unsafe fstat(descriptor, &result) == 0 else { throw SystemFault(code: errno) }
    return FileStatus(result)
  }

  /// Where a symbolic link points to; nil when the path is none.
  static func link(_ path: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe buffer.withUnsafeMutableBytes {
      guard let start = unsafe $0.baseAddress?.assumingMemoryBound(to: CChar.self) else { return -1 }
      return unsafe readlink(path, start, $0.count)
    }
    return count < 0 ? nil : String(decoding: buffer.prefix(count), as: UTF8.self)
  }

  /// Does nothing for a while; a signal may end it early.
  static func sleep(milliseconds: Int) {
    var time = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
    _ = unsafe nanosleep(&time, nil)
  }

  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Fills descriptors 0 to 2 where they are closed, so that no file of ours takes their place: with one that cannot be
  /// used, so that nothing is lost unseen.
  static func openStandardStreams() {
    for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) < 0 {
      _ = unsafe Glibc.open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
    }
  }

  static func isWritable(_ path: String) -> Bool { unsafe access(path, W_OK) == 0 }

  static func rename(_ from: String, to target: String) throws(SystemFault) {
    guard unsafe Glibc.rename(from, target) == 0 else { throw SystemFault(code: errno) }
  }

  static func remove(_ path: String) { _ = unsafe unlink(path) }

  /// The names in a folder, without `.` and `..`, in the order of their bytes.
  ///
  /// Proof: an entry is valid until the next one is read, and its name is copied at once.
  static func names(in folder: String) throws(SystemFault) -> [String] {
    guard let stream = unsafe opendir(folder) else { throw SystemFault(code: errno) }
    defer { _ = unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Makes a folder and those above it, where they are not there yet.
  static func makeFolder(_ path: String) throws(SystemFault) {
    if unsafe mkdir(path, 0o777) == 0 { return }
    let code = errno
    if code == ENOENT, let slash = path.dropLast().lastIndex(of: "/"), slash != path.startIndex {
      try makeFolder(String(path[..<slash]))
      if unsafe mkdir(path, 0o777) == 0 { return }
    }
    guard code == EEXIST else { throw SystemFault(code: code == ENOENT ? errno : code) }
    if try !status(path).isFolder { throw SystemFault(code: ENOTDIR) }
  }

  /// Whether the file is this program's alone now; true, too, where the file system knows no locks.
  static func lock(_ descriptor: Int32) -> Bool {
    flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK
  }

  /// Tells the system that a file is read soon.
  static func readAhead(_ path: String) {
    guard let descriptor = try? open(path, O_RDONLY | O_NONBLOCK) else { return }
    _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_WILLNEED)
    _ = close(descriptor)
  }

  /// The value of an environment variable.
  static func environment(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }

  /// The system's words for an error code.
  static func words(_ code: Int32) -> String {
    // Proof: strerror gives a C string that is copied before this thread can call it again.
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }

  /// Sends one line, or any text, to standard error.
  static func tell(_ text: String) {
    let bytes = Array(text.utf8)
    try? write(2, unsafe bytes.span.bytes)
  }

  /// Sends text to standard output.
  static func print(_ text: String) throws(SystemFault) {
    let bytes = Array(text.utf8)
    try write(1, unsafe bytes.span.bytes)
  }
}

/// The unfinished files that must not outlive this program: one a place, since a batch writes several at once. What runs
/// when a signal comes is C (`CLinux`).
enum Unfinished {
  /// Places for files; 0 is that of the commands that write one.
  static let count = Int(CLINUX_UNFINISHED)

  /// The strings that were handed out, for each place the last one.
  ///
  /// Proof: they are made by `strdup` and never freed or changed, so the handler may read them at any time. A place that is
  /// given the same path again keeps its string: a batch has one temporary name a lane.
  private static let kept = Mutex([(path: String, address: Int)?](repeating: nil, count: count))

  /// From now on an ending signal removes this file, which may not exist yet; nil: none.
  static func set(_ file: String?, at place: Int = 0) {
    precondition(place >= 0 && place < count, "one of the places")
    guard let file else { return clinux_set_unfinished(Int32(place), nil) }
    let address = kept.withLock { kept in
      if let last = kept[place], last.path == file { return last.address }
      let address = unsafe Int(bitPattern: strdup(file))
      kept[place] = (file, address)
      return address
    }
    unsafe clinux_set_unfinished(Int32(place), UnsafePointer(bitPattern: address))
  }

  /// The first signal that asked for an end, once `endGently` was called; nil: none yet.
  static var endingSignal: Int32? {
    let number = clinux_noted_signal()
    return number == 0 ? nil : number
  }

  /// Lets ending signals remove the unfinished files before they end the program, and closed pipes and full quotas be
  /// errors rather than ends.
  static func watchSignals() {
    _ = signal(SIGPIPE, SIG_IGN)
    _ = signal(SIGXFSZ, SIG_IGN)
    let ending = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGXCPU]
    // Who starts programs from a thread that hears no signals hands that deafness down.
    var heard = sigset_t()
    _ = unsafe sigemptyset(&heard)
    for number in ending { _ = unsafe sigaddset(&heard, number) }
    _ = unsafe pthread_sigmask(SIG_UNBLOCK, &heard, nil)
    for number in ending where !isIgnored(number) { clinux_end_by(number) }
  }

  /// From now on the first SIGINT or SIGTERM is only noted; a second one ends the program.
  static func endGently() {
    for number in [SIGINT, SIGTERM] where !isIgnored(number) { clinux_end_gently_by(number) }
  }

  /// Whether our parent chose to ignore a signal (nohup, a background job): it stays ignored.
  private static func isIgnored(_ number: Int32) -> Bool {
    var before = sigaction()
    guard unsafe sigaction(number, nil, &before) == 0 else { return true }
    let ignored = unsafe unsafeBitCast(SIG_IGN, to: Int.self)
    return unsafe unsafeBitCast(before.__sigaction_handler.sa_handler, to: Int.self) == ignored
  }
}
