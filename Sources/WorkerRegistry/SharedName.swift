// One of this room's unsafe files: names of shared memory.
//
// Proof for all of it: a String handed to C lives until the call returns; structures are this frame's own; an entry of a
// directory is copied before the next one is asked for, and the directory closed by whoever opened it.

internal import CLinux
internal import Glibc

/// A name in `/dev/shm`, as `shm_open` takes it: `/catenary-…`.
///
/// Names come and go so that nobody loses one who lives: memory gets its name when its header is written (`rename` fails
/// where the name is taken); whoever has made memory holds a lock on it for life (`SharedFile`), and a name is removed
/// under the lock that excludes that one, after a look whether it still is that memory's. The system drops the lock of
/// a process that was killed, also of one that only another container sees.
struct SharedName: Sendable {
  let text: String

  private var path: String { "/dev/shm" + text }

  /// Makes memory of zeros under this name, which this user alone reads and writes; nil when the name is taken.
  func create(count: Int) throws(RegistryError) -> (words: SharedWords, file: SharedFile)? {
    let descriptor = unsafe shm_open(text, O_RDWR | O_CREAT | O_EXCL, 0o600)
    guard descriptor >= 0 else {
      if errno == EEXIST { return nil }
      throw fault(errno)
    }
    let file = SharedFile(descriptor)
    // Space is claimed at once: a write to a full file system would end the program later.
    var code = fchmod(descriptor, 0o600) == 0 ? 0 : errno
    if code == 0 { code = posix_fallocate(descriptor, 0, off_t(count * RegistryLayout.wordBytes)) }
    if code == 0, flock(descriptor, LOCK_SH | LOCK_NB) != 0 { code = errno }
    if code == 0, let words = SharedWords.map(descriptor, count: count, writes: true) { return (words, file) }
    let reason = code == 0 ? errno : code
    unlink()
    throw fault(reason)
  }

  /// What has the name, to be read; nil where nothing has it.
  ///
  /// - Throws: `notOurs` unless it is this user's and nobody else's, `unknownLayout` where it is too short.
  func open() throws(RegistryError) -> SharedWords? {
    guard let file = try file() else { return nil }
    return try words(of: file)
  }

  /// Gives the memory that has this name another one instead.
  ///
  /// - Returns: false when that is taken.
  func rename(to other: SharedName) throws(RegistryError) -> Bool {
    let code = unsafe -clinux_rename_to_free(path, other.path)
    if code == 0 { return true }
    if code == EEXIST { return false }
    throw fault(code)
  }

  func unlink() { _ = unsafe shm_unlink(text) }

  /// Removes the name from what nobody holds.
  ///
  /// - Parameter isLeft: whether these words may lose it; nil stands for what is too short for a registry.
  /// - Returns: whether it is free: nothing had it, or it was removed.
  /// - Throws: `notOurs`.
  func remove(where isLeft: (SharedWords?) -> Bool) throws(RegistryError) -> Bool {
    guard let file = try file() else { return true }
    guard flock(file.descriptor, LOCK_EX | LOCK_NB) == 0 else { return false }
    var found: SharedWords?
    do throws(RegistryError) { found = try words(of: file) } catch {
      guard case .unknownLayout = error else { throw error }
    }
    guard isLeft(found), has(file) else { return false }
    unlink()
    return true
  }

  /// Whether this still is the name of that memory.
  func has(_ file: SharedFile) -> Bool {
    var (own, named) = (stat(), stat())
    return unsafe fstat(file.descriptor, &own) == 0 && lstat(path, &named) == 0
      && own.st_dev == named.st_dev && own.st_ino == named.st_ino
  }

  /// All names that begin so.
  static func all(beginning prefix: String) -> [SharedName] {
    guard let folder = unsafe opendir("/dev/shm") else { return [] }
    defer { _ = unsafe closedir(folder) }
    var names: [SharedName] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        // Proof: the system ends a name with a zero within the array.
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if "/\(name)".hasPrefix(prefix) { names.append(SharedName(text: "/\(name)")) }
    }
    return names
  }

  private func file() throws(RegistryError) -> SharedFile? {
    // Without waiting, should it be a pipe that somebody made.
    let descriptor = unsafe shm_open(text, O_RDONLY | O_NONBLOCK, 0)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      if errno == EACCES || errno == ELOOP { throw .notOurs(name: text) }
      throw fault(errno)
    }
    let file = SharedFile(descriptor)
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw fault(errno) }
    guard status.st_uid == getuid(), status.st_mode & 0o077 == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .notOurs(name: text)
    }
    return file
  }

  private func words(of file: SharedFile) throws(RegistryError) -> SharedWords {
    var status = stat()
    guard unsafe fstat(file.descriptor, &status) == 0 else { throw fault(errno) }
    let count = Int(status.st_size) / RegistryLayout.wordBytes
    guard count >= RegistryLayout.slotWords else { throw .unknownLayout(name: text) }
    guard let found = SharedWords.map(file.descriptor, count: count, writes: false) else {
      throw fault(errno)
    }
    return found
  }

  private func fault(_ code: Int32) -> RegistryError { .failed(name: text, why: systemWords(code)) }
}

/// Shared memory that is open, and with it a lock on it, until this object goes.
final class SharedFile: Sendable {
  let descriptor: Int32
  init(_ descriptor: Int32) { self.descriptor = descriptor }
  deinit { _ = close(descriptor) }
}
