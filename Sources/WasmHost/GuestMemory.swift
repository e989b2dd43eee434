import Glibc

/// The shared memory of a kernel as it was at one moment: who has which part of it, and its bytes.
///
/// Bytes are read by the system (`/proc/self/mem`), as a debugger would: no worker waits, no rule of the language is
/// broken by reading what others write, and each stretch is what stood there when it was read.
public final class GuestMemory: Sendable {
  public struct Region: Sendable, Equatable {
    public enum Kind: String, Sendable {
      /// The module's own constants and variables.
      case data
      /// A worker's stack.
      case stack
      /// Given out to a curve, a tile or a worker.
      case block
      case free
    }
    public let kind: Kind
    public let start, count: Int
  }

  /// All of the memory, rising, without gaps.
  public let regions: [Region]
  public let byteCount, maximumBytes, instances: Int
  private let kernel: SharedKernel
  private let base: UInt
  private let descriptor: Int32

  init(_ kernel: SharedKernel, regions: [Region], byteCount: Int, maximumBytes: Int, base: UInt) {
    (self.kernel, self.regions, self.byteCount, self.maximumBytes) = (
      kernel, regions, byteCount, maximumBytes
    )
    (instances, self.base) = (kernel.workers, base)
    descriptor = unsafe open("/proc/self/mem", O_RDONLY | O_CLOEXEC)
  }

  deinit { if descriptor >= 0 { _ = close(descriptor) } }

  /// Appends bytes from `offset` on; false when the system does not let them be read.
  public func read(at offset: Int, count: Int, into bytes: inout [UInt8]) -> Bool {
    precondition(offset >= 0 && count >= 0 && offset + count <= byteCount, "a stretch of this memory")
    guard descriptor >= 0 else { return false }
    let before = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: count))
    // pread writes at most `count` bytes behind those that were there; the kernel's memory never shrinks or moves.
    let isRead = unsafe bytes.withUnsafeMutableBytes { buffer in
      var done = 0
      while done < count {
        let place = off_t(base) + off_t(offset + done)
        let got = unsafe pread(
          descriptor, buffer.baseAddress.map { unsafe $0 + before + done }, count - done, place)
        guard got > 0 || got < 0 && errno == EINTR else { return false }
        done += max(0, got)
      }
      return true
    }
    if !isRead { bytes.removeLast(count) }
    return isRead
  }
}
