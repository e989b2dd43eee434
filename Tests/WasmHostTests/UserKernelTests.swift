import Glibc
import Testing

@testable import WasmHost

/// What an honest kernel is given and gives.
@Suite(.needsWasmtime) struct UserKernelTests {
  /// Writes its eight arguments, as numbers, where the samples belong.
  private static let echo = """
    (f32.store (local.get $out) (f32.convert_i32_s (local.get $points)))
    (f32.store offset=4 (local.get $out) (f32.convert_i32_s (local.get $n)))
    (f32.store offset=8 (local.get $out) (f32.convert_i32_s (local.get $d)))
    (f32.store offset=12 (local.get $out) (f32.convert_i32_s (local.get $closed)))
    (f32.store offset=16 (local.get $out) (f32.convert_i32_s (local.get $s)))
    (f32.store offset=20 (local.get $out) (f32.convert_i32_s (local.get $first)))
    (f32.store offset=24 (local.get $out) (f32.convert_i32_s (local.get $count)))
    (f32.store offset=28 (local.get $out) (f32.load offset=12 (local.get $points)))
    (i32.const 0)
    """

  @Test(arguments: [#"(memory (export "memory") 1)"#, #"(import "env" "memory" (memory 1))"#])
  func `a kernel that brings its memory or imports it gets the job and the points`(memory: String) throws {
    let kernel = try userKernel(userText(draw: Self.echo, memory: memory))
    try kernel.load([1, 2, 3, 4, 5, 6])
    #expect(try kernel.floats(3, 4) == [65_536, 3, 2, 0, 4, 3, 4, 4])
    #expect(kernel.precisions == [.float32])
  }

  @Test func `what was not loaded or does not exist cannot be drawn`() throws {
    let kernel = try userKernel(userText())
    #expect(throws: WasmHostError.self) { try kernel.floats(0, 1) }
    try kernel.load([1, 2, 3, 4])
    #expect(try kernel.floats(0, 5).count == 10)
    for (first, count) in [(-1, 1), (0, 6), (5, 1), (4, 2), (0, 0), (0, -1), (Int.max, 1), (1, Int.max)] {
      #expect(throws: WasmHostError.self) { try kernel.floats(first, count) }
    }
    #expect(throws: WasmHostError.self) { try kernel.floats(worker: 1, 0, 1) }
  }

  @Test func `impossible jobs are refused`() throws {
    let kernel = try userKernel(userText())
    var job = planarJob
    #expect(throws: WasmHostError.self) { try kernel.load([1, 2]) }
    #expect(throws: WasmHostError.self) { try kernel.load([1, 2, 3]) }
    job.dimensions = 5
    #expect(throws: WasmHostError.self) { try kernel.load([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], job) }
    job = UserKernel.Job(dimensions: 1, closed: false, samplesPerSegment: .max, precision: .float32)
    #expect(throws: WasmHostError.self) { try kernel.load([1, 2, 3], job) }
    job = UserKernel.Job(dimensions: 1, closed: false, samplesPerSegment: 1, precision: .float64)
    #expect(throws: WasmHostError.self) { try kernel.load([1, 2, 3, 4], job) }
  }

  @Test func `the number that a kernel answers reaches the user`() throws {
    let kernel = try userKernel(userText(draw: "(i32.const 7)"))
    try kernel.load([1, 2, 3, 4])
    #expect(throws: WasmHostError.kernelFailed(what: "mine.wasm", code: 7)) { try kernel.floats(0, 1) }
  }

  @Test func `larger and larger tiles find room, up to the limit`() throws {
    let kernel = try userKernel(userText())
    try kernel.load(
      [1, 2, 3, 4], .init(dimensions: 2, closed: false, samplesPerSegment: 1 << 20, precision: .float32))
    for count in [1, 100, 10_000, 100_000, 20, 300_000] {
      #expect(try kernel.floats(7, count).count == 2 * count)
    }
    #expect(throws: WasmHostError.memoryLimit(bytes: 4 << 20)) { try kernel.floats(0, 600_000) }
    #expect(try kernel.floats(0, 10).count == 20)
  }

  @Test func `each load begins with fresh memory`() throws {
    let count = """
      (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))
      (i32.load (i32.const 0))
      """
    let kernel = try userKernel(userText(draw: count))
    for _ in 0..<3 {
      try kernel.load([1, 2, 3, 4])
      #expect(throws: WasmHostError.kernelFailed(what: "mine.wasm", code: 1)) { try kernel.floats(0, 1) }
    }
  }
}

/// The example in wasm/example: built by its script, and what it must give.
@Suite(.needsWasmtime) struct ExampleKernelTests {
  static let example: [UInt8] =
    (try? withFolder { folder in
      let script =
        #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/wasm/example/build"
      let command = "'\(script)' '\(folder)/kernel.wasm'"
      return unsafe system(command) == 0 ? contents(of: "\(folder)/kernel.wasm") : []
    }) ?? []

  private func kernel(workers: Int = 1) throws -> UserKernel {
    try #require(!Self.example.isEmpty, "wasm/example/build made no module")
    return try UserKernel(wasm: Self.example, name: "SmoothstepKernel.wasm", workers: workers)
  }

  private func smoothstep(_ points: [[Float]], closed: Bool, _ s: Int) -> [Float] {
    let segments = closed ? points.count : points.count - 1
    return (0...segments * s).flatMap { i -> [Float] in
      let k = min(i / s, segments - 1)
      let u = Float(i - k * s) / Float(s)
      let soft = u * u * (3 - 2 * u)
      return zip(points[k], points[(k + 1) % points.count]).map { $0 + ($1 - $0) * soft }
    }
  }

  @Test(arguments: [false, true], 1...4)
  func `the example draws the smoothstep, to the bit`(closed: Bool, dimensions: Int) throws {
    var random = SystemRandomNumberGenerator.seeded(3)
    let points = (0..<9).map { _ in (0..<dimensions).map { _ in Float.random(in: -9...9, using: &random) } }
    let kernel = try kernel()
    let job = UserKernel.Job(
      dimensions: dimensions, closed: closed, samplesPerSegment: 5, precision: .float32)
    try kernel.load(points.flatMap { $0 }, job)
    let expected = smoothstep(points, closed: closed, 5)
    #expect(try kernel.floats(0, expected.count / dimensions) == expected)
  }

  @Test func `any range on any worker, at once and in any order, gives the same bytes`() async throws {
    let kernel = try kernel(workers: 2)
    let job = UserKernel.Job(dimensions: 2, closed: true, samplesPerSegment: 100, precision: .float32)
    var random = SystemRandomNumberGenerator.seeded(4)
    try kernel.load((0..<200).map { _ in Float.random(in: -9...9, using: &random) }, job)
    let whole = try kernel.floats(0, 10_001)
    try await withThrowingTaskGroup { group in
      for worker in 0..<2 {
        group.addTask {
          var random = SystemRandomNumberGenerator.seeded(UInt64(worker))
          for _ in 0..<500 {
            let first = Int.random(in: 0..<10_001, using: &random)
            let count = Int.random(in: 1...10_001 - first, using: &random)
            let part = try kernel.floats(worker: worker, first, count)
            #expect(part == Array(whole[2 * first..<2 * (first + count)]))
          }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func `a worker in a call is busy`() throws {
    let kernel = try kernel()
    try kernel.load([1, 2, 3, 4])
    let inner = try kernel.draw(worker: 0, first: 0, count: 1) { _ -> WasmHostError? in
      do throws(WasmHostError) { try kernel.draw(worker: 0, first: 0, count: 1) { _ in } } catch {
        return error
      }
      return nil
    }
    #expect(inner == .workerBusy(0))
  }
}

@Suite(.needsWasmtime) struct KernelPageTests {
  @Test func `the module on the page about the ABI does what the page says`() throws {
    let page = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/wasm/KERNEL-ABI.md"
    let text = String(decoding: contents(of: page), as: UTF8.self)
    let module = try #require(text.split(separator: "```wat\n").last?.split(separator: "```").first)
    let kernel = try userKernel(String(module))
    var job = planarJob
    try kernel.load([1, 2, 3, 4, 5, 6], job)
    #expect(try kernel.floats(3, 6) == [1, 2, 3, 4, 3, 4, 3, 4, 3, 4, 5, 6])
    job.closed = true
    try kernel.load([1, 2, 3, 4, 5, 6], job)
    #expect(try kernel.floats(11, 2) == [5, 6, 1, 2])
  }
}
