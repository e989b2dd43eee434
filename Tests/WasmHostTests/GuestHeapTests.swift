import Testing

@testable import WasmHost

@Suite struct GuestHeapTests {
  @Test func `blocks are aligned to 64 bytes and never overlap`() {
    var heap = GuestHeap(start: 70_001)
    heap.extend(to: 1 << 20)
    var random = SystemRandomNumberGenerator.seeded(7)
    var blocks: [(start: Int, size: Int)] = []
    for _ in 0..<2_000 {
      if Bool.random(using: &random), let victim = blocks.indices.randomElement(using: &random) {
        let known = heap.release(blocks.remove(at: victim).start)
        #expect(known)
      } else if case let size = Int.random(in: 0...5_000, using: &random), let start = heap.allocate(size) {
        #expect(start % 64 == 0 && start >= 70_001 && start + size <= 1 << 20)
        #expect(blocks.allSatisfy { start + size <= $0.start || $0.start + $0.size <= start })
        blocks.append((start, max(size, 1)))
      }
    }
    let known = blocks.map { heap.release($0.start) }
    #expect(!known.contains(false))
    #expect(heap.free == [GuestHeap.rounded(70_001)..<1 << 20], "all that was freed is one stretch again")
  }

  @Test func `a block is given back once`() {
    var heap = GuestHeap(start: 0)
    heap.extend(to: 640)
    let address = heap.allocate(100)
    #expect(address == 0)
    let known = [heap.release(0), heap.release(0), heap.release(64)]
    #expect(known == [true, false, false])
  }

  @Test func `the shortfall is what makes the next block fit`() {
    var heap = GuestHeap(start: 0)
    heap.extend(to: 256)
    let (small, large) = (heap.allocate(128), heap.allocate(1_000))
    #expect(small == 0 && large == nil)
    heap.extend(to: heap.end + heap.shortfall(1_000))
    let fitting = heap.allocate(1_000)
    #expect(fitting == 128)
    #expect(heap.free.isEmpty)
  }
}

/// A generator that gives the same numbers for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension SystemRandomNumberGenerator {
  static func seeded(_ seed: UInt64) -> SeededGenerator { SeededGenerator(state: seed) }
}
