import Testing

@testable import WasmHost

@Suite(.needsWasmtime) struct GuestMemoryTests {
  @Test func `regions cover the memory without gaps, and say who has them`() throws {
    let kernel = try sharedKernel(workers: 2)
    let blocks = try [100, 5000, 300_000].map { try kernel.allocate($0) }
    kernel.free(blocks[1])
    let memory = kernel.inspectMemory()
    var place = 0
    for region in memory.regions {
      #expect(region.start == place)
      #expect(region.count > 0)
      place += region.count
    }
    #expect(place == memory.byteCount)
    #expect(memory.regions.count { $0.kind == .stack } == 2)
    #expect(memory.regions.filter { $0.kind == .block }.map(\.start) == [Int(blocks[0]), Int(blocks[2])])
    #expect(memory.regions.first?.kind == .data)
    #expect(memory.instances == 2)
  }

  @Test func `bytes are those that stand there, untouched ones are zeros`() throws {
    let kernel = try sharedKernel()
    let block = try kernel.allocate(100_000)
    kernel.withMutableBytes(at: block, count: 100_000) { bytes in
      for i in 0..<50_000 {
        bytes.storeBytes(of: UInt8(truncatingIfNeeded: i), toByteOffset: i, as: UInt8.self)
      }
    }
    let memory = kernel.inspectMemory()
    var bytes: [UInt8] = [7]
    #expect(memory.read(at: Int(block), count: 100_000, into: &bytes))
    #expect(bytes[0] == 7)
    #expect(bytes[1...50_000].elementsEqual((0..<50_000).map { UInt8(truncatingIfNeeded: $0) }))
    #expect(bytes[50_001...].allSatisfy { $0 == 0 })
    #expect(memory.read(at: memory.byteCount, count: 0, into: &bytes))
  }
}
