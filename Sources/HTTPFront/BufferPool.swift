import Synchronization

/// Buffers that are used again: fresh memory costs more than what is written to it.
final class BufferPool: Sendable {
  private let free = Mutex<[ByteBuffer]>([])
  private let kept: Int
  /// Larger buffers are given back to the system.
  private let largest: Int

  init(kept: Int, largest: Int) { (self.kept, self.largest) = (kept, largest) }

  func take() -> ByteBuffer { free.withLock { $0.popLast() } ?? ByteBuffer() }

  func put(_ buffer: ByteBuffer) {
    guard buffer.capacity <= largest else { return }
    buffer.clear()
    free.withLock { if $0.count < kept { $0.append(buffer) } }
  }
}
