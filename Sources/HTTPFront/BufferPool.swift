import Synchronization

/// Buffers that are used again: fresh memory costs more than what is written to it.
final class BufferPool: Sendable {
  private let free = Mutex<[ByteBuffer]>([])
  private let most: Int
  /// Larger buffers are given back to the system.
  private let largest: Int

  init(kept most: Int, largest: Int) { (self.most, self.largest) = (most, largest) }

  /// How many are kept, and their bytes.
  var kept: (buffers: Int, bytes: Int) {
    free.withLock { ($0.count, $0.reduce(0) { $0 + $1.capacity }) }
  }

  func take() -> ByteBuffer { free.withLock { $0.popLast() } ?? ByteBuffer() }

  func put(_ buffer: ByteBuffer) {
    guard buffer.capacity <= largest else { return }
    buffer.clear()
    free.withLock { if $0.count < most { $0.append(buffer) } }
  }
}
