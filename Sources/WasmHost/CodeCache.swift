import Glibc

/// Compiled code on disk, one file per module, compiler and settings.
///
/// Machine code out of a file is run as it is, so that a file is believed only when this program wrote it: it and
/// its folder are ours and nobody else may write to them, it names the key asked for, and its bytes still have
/// the hash that stands at its head. Any other file is not read further, and is replaced by the next `store`.
struct CodeCache: Sendable {
  let folder: String

  /// Changes when what we put into a file, or how we configure Wasmtime, changes.
  private static let format = "catenary code 1"
  private static let headBytes = 128

  /// The name under which the code of a module is kept.
  static func key(module: SHA256.Digest, engine: WasmEngine) -> SHA256.Digest {
    let text = "\(format)\n\(module)\n\(engine.kind.rawValue)\n\(engine.runtime.identity)\n"
    return SHA256.hash(Array(text.utf8))
  }

  private func name(_ key: SHA256.Digest) -> String { "\(key).cwasm" }

  private static func head(_ key: SHA256.Digest, _ payload: [UInt8]) -> [UInt8] {
    var head = Array(format.utf8)
    head += [UInt8](repeating: 0, count: 24 - head.count)
    head += key.bytes
    head += (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (8 * $0)) }
    head += SHA256.hash(payload).bytes
    return head + [UInt8](repeating: 0, count: headBytes - head.count)
  }

  /// The code kept under this key; nil when there is none that can be believed.
  func load(_ key: SHA256.Digest) -> [UInt8]? {
    guard let directory = openFolder() else { return nil }
    defer { close(directory) }
    let file = unsafe openat(directory, name(key), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    guard let size = Self.ours(file, kind: S_IFREG), size > Self.headBytes, size < 1 << 30 else { return nil }
    guard let bytes = Self.read(file, size) else { return nil }
    let payload = Array(bytes[Self.headBytes...])
    return Array(bytes[..<Self.headBytes]) == Self.head(key, payload) ? payload : nil
  }

  /// Keeps code under a key. What cannot be written is not kept: the next process compiles again.
  func store(_ code: [UInt8], _ key: SHA256.Digest) {
    makeFolder()
    guard let directory = openFolder() else { return }
    defer { close(directory) }
    let temporary = ".\(getpid()).\(UInt64.random(in: .min ... .max)).tmp"
    let file = unsafe openat(
      directory, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    let written = Self.write(file, Self.head(key, code) + code)
    let closed = close(file) == 0
    if written, closed, unsafe renameat(directory, temporary, directory, name(key)) == 0 { return }
    unsafe unlinkat(directory, temporary, 0)
  }

  /// The folder, if it is ours alone to write to.
  private func openFolder() -> Int32? {
    let directory = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { return nil }
    if Self.ours(directory, kind: S_IFDIR) != nil { return directory }
    close(directory)
    return nil
  }

  /// Makes the folder and those above it, for us alone.
  private func makeFolder() {
    var path = folder.hasPrefix("/") ? "" : "."
    for part in folder.split(separator: "/") {
      path += "/\(part)"
      unsafe mkdir(path, 0o700)
    }
  }

  /// The size of an open file of this kind that we own and others cannot write to.
  private static func ours(_ file: Int32, kind: mode_t) -> Int? {
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { return nil }
    let (mode, owner) = (status.st_mode, status.st_uid)
    guard mode & S_IFMT == kind, owner == geteuid(), mode & 0o022 == 0 else { return nil }
    return Int(status.st_size)
  }

  private static func read(_ file: Int32, _ size: Int) -> [UInt8]? {
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let n = unsafe Glibc.read(file, buffer.baseAddress.map { unsafe $0 + count }, size - count)
        if n < 0, errno == EINTR { continue }
        if n <= 0 { break }
        count += n
      }
    }
    return bytes.count == size ? bytes : nil
  }

  private static func write(_ file: Int32, _ bytes: [UInt8]) -> Bool {
    unsafe bytes.withUnsafeBytes { buffer in
      var count = 0
      while count < buffer.count {
        let n = unsafe Glibc.write(file, buffer.baseAddress.map { unsafe $0 + count }, buffer.count - count)
        if n < 0, errno == EINTR { continue }
        if n <= 0 { return false }
        count += n
      }
      return true
    }
  }
}
