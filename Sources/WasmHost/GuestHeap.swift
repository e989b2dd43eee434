/// Who owns which part of a guest's memory: a first-fit allocator that lives in the host, so that the guest needs
/// none and cannot break it. Addresses and sizes are multiples of 64 bytes.
struct GuestHeap {
  static let alignment = 64

  /// Free stretches, rising, never touching one another.
  private(set) var free: [Range<Int>] = []
  private(set) var taken: [Int: Int] = [:]
  /// The end of what the heap was given; growing continues from here.
  private(set) var end: Int

  init(start: Int) { end = Self.rounded(start) }

  static func rounded(_ n: Int) -> Int { (n + alignment - 1) & ~(alignment - 1) }

  /// Takes up the memory between `end` and `limit`.
  mutating func extend(to limit: Int) {
    guard limit > end else { return }
    insert(end..<limit)
    end = limit
  }

  /// How many bytes `extend` must add before `allocate(byteCount)` succeeds.
  func shortfall(_ byteCount: Int) -> Int {
    let last = free.last.map { $0.upperBound == end ? $0.count : 0 } ?? 0
    return max(0, Self.rounded(max(byteCount, 1)) - last)
  }

  mutating func allocate(_ byteCount: Int) -> Int? {
    let size = Self.rounded(max(byteCount, 1))
    guard let i = free.firstIndex(where: { $0.count >= size }) else { return nil }
    let start = free[i].lowerBound
    if free[i].count == size { free.remove(at: i) } else { free[i] = start + size..<free[i].upperBound }
    taken[start] = size
    return start
  }

  /// Gives a block back; false when no block begins there.
  mutating func release(_ address: Int) -> Bool {
    guard let size = taken.removeValue(forKey: address) else { return false }
    insert(address..<address + size)
    return true
  }

  private mutating func insert(_ stretch: Range<Int>) {
    var (low, high) = (0, free.count)
    while low < high {
      let middle = (low + high) / 2
      if free[middle].lowerBound < stretch.lowerBound { low = middle + 1 } else { high = middle }
    }
    var merged = stretch
    if low < free.count, free[low].lowerBound == merged.upperBound {
      merged = merged.lowerBound..<free.remove(at: low).upperBound
    }
    if low > 0, free[low - 1].upperBound == merged.lowerBound {
      free[low - 1] = free[low - 1].lowerBound..<merged.upperBound
    } else {
      free.insert(merged, at: low)
    }
  }
}
