import Synchronization
import Testing

@testable import HTTPFront

@Suite struct PieceMemoryTests {
  /// Lends a few stretches of its own, and takes note of who has them.
  private final class Lender: PieceMemory {
    private let state = Mutex<(lent: [UInt: Int], most: Int)>(([:], 0))
    private let stretches: Int

    init(stretches: Int) { self.stretches = stretches }

    var lent: Int { state.withLock { $0.lent.count } }

    func take(_ count: Int) -> UInt? {
      state.withLock { state in
        guard state.most < stretches else { return nil }
        state.most += 1
        let memory = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 64)
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: count)
        let address = UInt(bitPattern: memory)
        state.lent[address] = count
        return address
      }
    }

    func giveBack(_ address: UInt) {
      let isKnown = state.withLock { $0.lent.removeValue(forKey: address) != nil }
      #expect(isKnown)
      unsafe UnsafeMutableRawPointer(bitPattern: address)?.deallocate()
    }
  }

  @Test(arguments: 0...3)
  func `a buffer keeps what was written wherever it grows, and gives all memory back`(stretches: Int) {
    let lender = Lender(stretches: stretches)
    do {
      let buffer = ByteBuffer(capacity: 64, in: lender)
      var expected: [UInt8] = []
      for round in 0..<8 {
        let more = (0..<(100 << round)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ round) }
        buffer.append(more)
        expected += more
      }
      let held = buffer.withSpan { span in span.indices.map { span[$0] } }
      #expect(held == expected)
      // Of what was lent only the last is held, or none where the system gave it.
      #expect(lender.lent <= 1)
    }
    #expect(lender.lent == 0)
  }

  @Test func `a pool's buffers grow in the memory that it was given`() {
    let lender = Lender(stretches: 1)
    let pool = BufferPool(kept: 1, largest: 1 << 20, in: lender)
    let buffer = pool.take()
    buffer.append([UInt8](repeating: 7, count: 100_000))
    #expect(lender.lent == 1)
    pool.put(buffer)
    #expect(pool.take() === buffer)
    #expect(lender.lent == 1)
  }
}
