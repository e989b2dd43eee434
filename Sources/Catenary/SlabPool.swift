import Synchronization

/// Memory for streams, kept between renderings: pages that were written once are fast.
final class SlabPool: Sendable {
  private let free = Mutex<[Pages]>([])
  /// How many stretches are kept, and their bytes.
  var kept: (stretches: Int, bytes: Int) {
    free.withLock { ($0.count, $0.reduce(0) { $0 + $1.byteCount }) }
  }
  private static let most = 4

  /// Pages of at least so many bytes; nil when the system has none left.
  func take(byteCount: Int) -> Pages? {
    let found = free.withLock { slabs -> Pages? in
      guard let index = slabs.firstIndex(where: { $0.byteCount >= byteCount }) else { return nil }
      return slabs.remove(at: index)
    }
    return found ?? Pages(byteCount: max(byteCount, 1))
  }

  /// Keeps the largest few.
  func put(_ slab: Pages) {
    free.withLock { slabs in
      slabs.append(slab)
      slabs.sort { $0.byteCount < $1.byteCount }
      if slabs.count > SlabPool.most { slabs.removeFirst() }
    }
  }
}
