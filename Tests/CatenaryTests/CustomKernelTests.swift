import Catenary
import Foundation
import Testing

@testable import WasmHost

/// Kernels of one's own: the example, and what others may do.
@Suite(.enabled(if: Roads.wasm != nil, "Wasmtime is not on this machine: run scripts/bootstrap"))
struct CustomKernelTests {
  static let example: [UInt8] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let out = FileManager.default.temporaryDirectory.appending(
      path: "catenary-example-\(ProcessInfo.processInfo.processIdentifier).wasm")
    defer { try? FileManager.default.removeItem(at: out) }
    let build = Process()
    build.executableURL = root.appending(path: "wasm/example/build")
    build.arguments = [out.path]
    guard (try? build.run()) != nil else { return [] }
    build.waitUntilExit()
    return (try? Data(contentsOf: out)).map { Array($0) } ?? []
  }()

  func example(threads: Int) throws -> CustomKernel {
    try #require(!Self.example.isEmpty, "wasm/example/build made no module")
    return try CustomKernel(wasm: Self.example, name: "SmoothstepKernel.wasm", threads: threads)
  }

  func drawn<S: CurveScalar & BitwiseCopyable>(
    _ kernel: CustomKernel, _ numbers: [S], _ dimensions: Int, closed: Bool = false, _ samples: Int
  ) throws -> [S] {
    var all: [S] = []
    try kernel.render(
      coordinates: numbers, dimensions: dimensions, closed: closed, samplesPerSegment: samples
    ) { tile in
      #expect(tile.first == all.count)
      for i in tile.elements.indices { all.append(tile.elements[i]) }
    }
    return all
  }

  /// What the example's page says it draws.
  func smoothstep<S: BinaryFloatingPoint>(_ numbers: [S], _ d: Int, closed: Bool, _ samples: Int) -> [S] {
    let count = numbers.count / d
    let segments = closed ? count : count - 1
    var all: [S] = []
    for i in 0...segments * samples {
      let segment = min(i / samples, segments - 1)
      let u = S(i - segment * samples) / S(samples)
      let soft = u * u * (3 - 2 * u)
      for k in 0..<d {
        let (p, q) = (numbers[segment * d + k], numbers[(segment + 1) % count * d + k])
        all.append(p + (q - p) * soft)
      }
    }
    return all
  }

  @Test(arguments: [1, 3], [false, true])
  func `the example draws the smoothstep to the bit, in tiles`(threads: Int, closed: Bool) throws {
    let kernel = try example(threads: threads)
    var random = SplitMix(seed: 12)
    for dimensions in 1...4 {
      let numbers = (0..<8 * dimensions).map { _ in Float.random(in: -9...9, using: &random) }
      let expected = smoothstep(numbers, dimensions, closed: closed, 7)
      #expect(try drawn(kernel, numbers, dimensions, closed: closed, 7) == expected)
    }
    let wide = (0..<24).map { _ in Double.random(in: -9...9, using: &random) }
    let expected = smoothstep(wide, 2, closed: closed, 5000)  // 56,000 points: four tiles
    let got = try drawn(kernel, wide, 2, closed: closed, 5000)
    let isSame = got == expected
    #expect(isSame)
  }

  @Test func `what no curve can be is refused`() throws {
    let kernel = try example(threads: 1)
    #expect(throws: EngineError.curve(.wrongDimensions(5))) {
      try drawn(kernel, [1, 2, 3, 4, 5] as [Float], 5, 1)
    }
    #expect(throws: EngineError.curve(.ragged(numbers: 3, dimensions: 2))) {
      try drawn(kernel, [1, 2, 3] as [Float], 2, 1)
    }
    for (numbers, samples) in [([1, 2], 4), ([1, 2, 3, 4], 0), ([1, 2, 3, 4, 5, 6], Int.max), ([], 1)] {
      let error = #expect(throws: EngineError.self) {
        try drawn(kernel, numbers.map { Double($0) }, 2, samples)
      }
      let text = "\(try #require(error))"
      #expect(text.contains("2^31") || text.contains("1 sample"))
    }
  }

  @Test func `a second rendering is refused while one is under way, and the first goes on`() throws {
    let kernel = try example(threads: 2)
    let numbers = (0..<24).map { Float($0 * $0 % 7) }
    let expected = smoothstep(numbers, 2, closed: false, 20_000)
    var (all, refused) = ([Float](), 0)
    try kernel.render(coordinates: numbers, dimensions: 2, samplesPerSegment: 20_000) { tile in
      for i in tile.elements.indices { all.append(tile.elements[i]) }
      do { _ = try drawn(kernel, [5, 5, 6, 6] as [Float], 2, 3) } catch let error as EngineError {
        if "\(error)".contains("SmoothstepKernel.wasm is drawing another curve") { refused += 1 }
      }
    }
    let isSame = all == expected
    #expect(isSame && refused == 7)
    #expect(try drawn(kernel, [5, 6] as [Float], 1, 2) == [5, 5.5, 6])
  }

  @Test func `a sink that throws stops the kernel, and it draws again`() throws {
    struct Stop: Error {}
    let kernel = try example(threads: 2)
    let numbers = (0..<24).map { Float($0) }
    #expect(throws: Stop.self) {
      try kernel.render(coordinates: numbers, dimensions: 2, samplesPerSegment: 20_000) { _ in throw Stop() }
    }
    #expect(try drawn(kernel, [5, 6] as [Float], 1, 2) == [5, 5.5, 6])
  }

  /// What a draw function may do, and words of the error that must follow.
  static let faults: [(draw: String, words: [String])] = [
    ("(loop (br 0)) (unreachable)", ["mine.wasm", "did not end within 0.05 s"]),
    ("(unreachable)", ["mine.wasm stopped", "unreachable"]),
    ("(i32.load (i32.const -4))", ["mine.wasm stopped", "out of bounds"]),
    ("(loop (br_if 0 (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))) (i32.const 9)", ["its error 9"]),
    ("(i32.const 3)", ["mine.wasm answered with its error 3"]),
  ]

  func module(_ draw: String) throws -> [UInt8] {
    try wasm(
      text: """
        (module (memory (export "memory") 1)
          (func (export "catenary_kernel_abi") (result i32) (i32.const 1))
          (func (export "catenary_kernel_draw_f32")
            (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32) \(draw)))
        """)
  }

  @Test(arguments: faults, [1, 2])
  func `whatever a kernel does becomes an error, each time anew`(
    fault: (draw: String, words: [String]), threads: Int
  ) throws {
    let kernel = try CustomKernel(
      wasm: module(fault.draw), name: "mine.wasm", threads: threads, memoryBytes: 4 << 20,
      secondsPerCall: 0.05)
    for _ in 0..<2 {
      let error = #expect(throws: EngineError.self) {
        try drawn(kernel, [1, 2, 3, 4] as [Float], 2, 100_000)
      }
      let text = "\(try #require(error))"
      for word in fault.words { #expect(text.contains(word)) }
    }
  }

  @Test func `points that do not fit a kernel's memory, and a scalar it does not draw, are refused`() throws {
    let kernel = try CustomKernel(
      wasm: module("(i32.const 0)"), name: "mine.wasm", threads: 1, memoryBytes: 4 << 20)
    let many = [Float](repeating: 1, count: 2 << 20)
    let full = #expect(throws: EngineError.self) { try drawn(kernel, many, 2, 1) }
    #expect(try #require(full).description.contains("4 MiB"))
    let other = #expect(throws: EngineError.self) { try drawn(kernel, [1, 2] as [Double], 1, 1) }
    #expect(try #require(other).description.contains("catenary_kernel_draw_f64"))
  }
}
