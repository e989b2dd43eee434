import Synchronization

/// Buffers that are used again: fresh memory costs more than what is written to it.
final class BufferPool: Sendable {
  private let free = Mutex<[ByteBuffer]>([])
  private let most: Int
  /// Larger buffers are given back to the system.
  private let largest: Int
  private let memory: (any PieceMemory)?

  /// - Parameter memory: where the buffers lie; nil: where the system puts them.
  init(kept most: Int, largest: Int, in memory: (any PieceMemory)? = nil) {
    (self.most, self.largest, self.memory) = (most, largest, memory)
  }

  /// How many are kept, and their bytes.
  var kept: (buffers: Int, bytes: Int) {
    free.withLock { ($0.count, $0.reduce(0) { $0 + $1.capacity }) }
  }

  func take() -> ByteBuffer { free.withLock { $0.popLast() } ?? ByteBuffer(in: memory) }

  func put(_ buffer: ByteBuffer) {
    guard buffer.capacity <= largest else { return }
    buffer.clear()
    free.withLock { if $0.count < most { $0.append(buffer) } }
  }
}
