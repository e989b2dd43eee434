import CurveFormats
import CurveRequests
import Glibc

/// Where a result goes. A file gets its name only when it is whole; standard output, devices and pipes take the bytes
/// as they come.
final class OutputFile {
  /// What messages call it.
  let name: String
  private let descriptor: Int32
  /// The temporary name and the one to be.
  private let rename: (from: String, to: String)?
  private var isOpen = true
  /// The reader at the other end has closed.
  private(set) var isReaderGone = false
  /// The place among unfinished files.
  private let place: Int
  /// What is told of the bytes as they are written.
  private let watcher: (any OutputWatcher)?

  /// - Parameter path: `-` is standard output.
  init(_ path: String) throws(CommandFailure) {
    name = path == "-" ? "standard output" : path
    (place, watcher) = (0, nil)
    do throws(SystemFault) {
      if let open = OutputFile.openDescriptor(path) {
        descriptor = dup(open)
        guard descriptor >= 0 else { throw SystemFault(code: errno) }
        rename = nil
        return
      }
      let target = OutputFile.followed(path)
      let old = try OutputFile.statusIfThere(target)
      if old?.isFolder ?? false || path.hasSuffix("/") { throw SystemFault(code: EISDIR) }
      if old?.isRegular == false {
        (descriptor, rename) = (try Files.open(target, O_WRONLY), nil)
        return
      }
      if old != nil, !Files.isWritable(target) { throw SystemFault(code: EACCES) }
      let temporary = OutputFile.folder(target) + ".catenary-\(getpid())-\(UInt32.random(in: 0 ... .max)).tmp"
      rename = (temporary, target)
      descriptor = try OutputFile.create(temporary, like: old)
    } catch {
      let isFolderMissing = error.code == ENOENT
      let words = isFolderMissing ? "its folder does not exist: make it first" : error.description
      throw .failed("\(name): \(words)")
    }
  }

  /// A new file that is watched, under a temporary name until it is whole.
  ///
  /// - Parameter place: among unfinished files; one that nobody else uses.
  init(_ path: String, temporary: String, place: Int, watcher: any OutputWatcher) throws(CommandFailure) {
    (name, self.place, self.watcher) = (path, place, watcher)
    rename = (temporary, path)
    do throws(SystemFault) {
      descriptor = try OutputFile.create(temporary, like: nil, at: place)
    } catch {
      throw .failed("\(name): \(error)")
    }
  }

  deinit {
    guard isOpen else { return }
    _ = close(descriptor)
    discard()
  }

  /// Whether a person would see the bytes.
  var isTerminal: Bool { isatty(descriptor) == 1 }

  func write(_ bytes: RawSpan) throws(SystemFault) {
    do throws(SystemFault) {
      guard let watcher else { return try Files.write(descriptor, bytes) }
      try watcher.write(bytes, to: descriptor)
    } catch {
      isReaderGone = error.code == EPIPE
      throw error
    }
  }

  func write(_ text: String) throws(SystemFault) {
    try Files.withBytes(of: text) { (bytes) throws(SystemFault) in try write(bytes) }
  }

  /// Gives the file its name, all bytes being written.
  func finish() throws(CommandFailure) {
    isOpen = false
    do throws(SystemFault) {
      // Some file systems say only now that there was no room.
      guard close(descriptor) == 0 else { throw SystemFault(code: errno) }
      if let rename { try Files.rename(rename.from, to: rename.to) }
    } catch {
      discard()
      throw .failed("\(name): \(error)")
    }
    Unfinished.set(nil, at: place)
  }

  /// Leaves nothing behind.
  private func discard() {
    guard let rename else { return }
    Files.remove(rename.from)
    Unfinished.set(nil, at: place)
  }
}

/// Who sees the bytes of a file on their way: it writes them, too.
protocol OutputWatcher: AnyObject {
  func write(_ bytes: RawSpan, to descriptor: Int32) throws(SystemFault)
}

extension OutputFile {
  /// The descriptor that this program was started with and that a path names: such are written to as they are.
  private static func openDescriptor(_ path: String) -> Int32? {
    switch path {
    case "-", "/dev/stdout": return 1
    case "/dev/stderr": return 2
    default: break
    }
    for folder in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(folder) {
      return Int32(path.dropFirst(folder.count))
    }
    return nil
  }

  /// The path behind symbolic links, whether there is a file or not: the link itself is to stay.
  private static func followed(_ path: String) -> String {
    var path = path
    for _ in 0..<40 {
      guard let next = Files.link(path) else { break }
      path = next.hasPrefix("/") ? next : folder(path) + next
    }
    return path
  }

  /// The folder of a path, its slash included; empty for this one.
  private static func folder(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  static func isFolder(_ path: String) -> Bool { (try? Files.status(path).isFolder) ?? false }

  private static func statusIfThere(_ path: String) throws(SystemFault) -> FileStatus? {
    do throws(SystemFault) { return try Files.status(path) } catch {
      guard error.code == ENOENT else { throw error }
      return nil
    }
  }

  /// A new file, with the permissions and the owner of the one that it is to replace.
  private static func create(
    _ path: String, like old: FileStatus?, at place: Int = 0
  ) throws(SystemFault) -> Int32 {
    // The handler knows the name before the file exists: no signal finds an unknown file.
    Unfinished.set(path, at: place)
    do throws(SystemFault) {
      let descriptor = try Files.open(
        path, O_WRONLY | O_CREAT | O_EXCL, mode: (old?.permissions ?? 0o666) & 0o777)
      if let old {
        // Another's file stays theirs where the system lets us.
        if old.owner != geteuid() || old.group != getegid() { _ = fchown(descriptor, old.owner, old.group) }
        _ = fchmod(descriptor, old.permissions)
      }
      return descriptor
    } catch {
      Unfinished.set(nil, at: place)
      throw error
    }
  }
}

/// A result's bytes on their way to a file.
struct OutputSink: ByteSink {
  let file: OutputFile

  mutating func write(_ bytes: RawSpan) throws(FormatError) {
    do throws(SystemFault) { try file.write(bytes) } catch { throw .sink(error.description) }
  }
}
