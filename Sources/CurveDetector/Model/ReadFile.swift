import Glibc

/// All bytes of a regular file of at most `limit`.
///
/// Proof: every read is told the room behind its pointer, and the array's count is what was read.
func readFile(_ path: String, limit: Int) throws(ModelError) -> [UInt8] {
  func fault(_ code: Int32) -> ModelError {
    if code == ENOENT || code == ENOTDIR { return .missing(file: path) }
    return .unreadable(file: path, reason: unsafe String(cString: strerror(code)))
  }
  // A name with a zero in it would end there.
  guard !path.utf8.contains(0) else { throw .missing(file: path) }
  // A pipe without a writer must not hold us up.
  let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard file >= 0 else { throw fault(errno) }
  defer { _ = close(file) }
  var status = stat()
  guard unsafe fstat(file, &status) == 0 else { throw fault(errno) }
  guard status.st_mode & S_IFMT == S_IFREG else {
    throw .unreadable(file: path, reason: "it is no file: name one that holds a model")
  }
  guard status.st_size <= limit else { throw .tooLarge(file: path, limit: limit) }
  let size = Int(status.st_size)
  var code: Int32 = 0
  let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
    while count < size, let base = buffer.baseAddress {
      let got = unsafe read(file, base + count, size - count)
      if got < 0 && errno == EINTR { continue }
      if got < 0 { code = errno }
      if got <= 0 { break }
      count += got
    }
  }
  guard code == 0 else { throw fault(code) }
  return bytes
}
