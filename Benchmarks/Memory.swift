// The one unsafe file of the benchmarks: the C library's fastest ways to fill and copy memory, and its number parser.

internal import Glibc

/// Page-aligned bytes, written once so that they are there.
///
/// Proof: one allocation, freed with its owner; every access below stays in `byteCount` by precondition.
@safe final class Bytes {
  let byteCount: Int
  private let base: UnsafeMutableRawPointer

  init(_ byteCount: Int) {
    self.byteCount = byteCount
    unsafe base = .allocate(byteCount: byteCount, alignment: 4096)
    unsafe base.initializeMemory(as: UInt8.self, repeating: 1, count: byteCount)
  }

  deinit { unsafe base.deallocate() }

  /// `memset`: its value changes from run to run and nothing of it is visible to the optimiser, which could merge
  /// several into one.
  @inline(never) @_optimize(none)
  func fill(_ value: Int32) { unsafe memset(base, value, byteCount) }

  /// `memset` by this thread and a new one, half each.
  @inline(never) @_optimize(none)
  func fillByTwo(_ value: Int32) {
    let half = byteCount / 2
    var thread = pthread_t()
    let status = unsafe pthread_create(
      &thread, nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        unsafe Unmanaged<Bytes>.fromOpaque(argument).takeUnretainedValue().fillHalf()
        return nil
      }, unsafe Unmanaged.passUnretained(self).toOpaque())
    unsafe memset(base + half, value, byteCount - half)
    if status == 0 { _ = pthread_join(thread, nil) }
  }

  private func fillHalf() { unsafe memset(base, 1, byteCount / 2) }

  @inline(never) @_optimize(none)
  func copy(from other: Bytes) {
    precondition(other.byteCount == byteCount, "equally long")
    unsafe memcpy(base, other.base, byteCount)
  }
}

/// Numbers in a text, one after the other by the C library, separators skipped byte by byte.
///
/// Proof: `strtod` reads up to the terminating 0, which `text` must end with, and returns an address in it.
func sumByStrtod(_ text: [UInt8]) -> Double {
  precondition(text.last == 0, "a text that ends with 0")
  return unsafe text.withUnsafeBytes { bytes in
    guard let base = bytes.baseAddress else { return 0 }
    var place = unsafe base.assumingMemoryBound(to: CChar.self)
    var sum = 0.0
    while unsafe place.pointee != 0 {
      var end: UnsafeMutablePointer<CChar>?
      let number = unsafe strtod(place, &end)
      if let end = unsafe end, unsafe UnsafePointer(end) != place {
        sum += number
        unsafe place = UnsafePointer(end)
      } else {
        unsafe place += 1
      }
    }
    return sum
  }
}

/// The value of an environment variable.
func environment(_ name: String) -> String? { unsafe getenv(name).map { unsafe String(cString: $0) } }

/// Sets an environment variable of this process; nobody else is running yet.
func setEnvironment(_ name: String, _ value: String) { _ = unsafe setenv(name, value, 1) }

/// Ends the process with a word on standard error.
func fail(_ message: String) -> Never {
  let line = Array("catenary-bench: \(message)\n".utf8)
  _ = unsafe write(2, line, line.count)
  exit(1)
}
