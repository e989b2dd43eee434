import CurveKernel
import Testing

@testable import Catenary

@Suite struct DrawingMemoryTests {
  @Test(.enabled(if: hasWasm, "no Wasmtime on this machine"))
  func `what is drawn to the guest's own memory is what is drawn to any other`() throws {
    let engine = try Engine(backend: .wasm, threads: 1)
    let memory = try #require(engine.drawingMemory(limit: 1 << 20))
    let points = (0..<1000).map { SIMD2<Float>(Float($0), Float($0 % 7)) }
    let curve = try Curve(.catmullRom(), points: points)
    let render = try engine.prepare(curve, .samplesPerSegment(16))
    let byteCount = render.count * render.pointBytes
    let location = try #require(memory.take(byteCount))
    defer { memory.giveBack(location) }
    guard let start = unsafe UnsafeMutableRawPointer(bitPattern: location) else { return }
    var span = unsafe MutableRawSpan(_unsafeStart: start, byteCount: byteCount)
    #expect(engine.wasm?.kernel.address(of: &span) != nil)
    try render.draw(0..<render.count, into: &span)
    let drawn = unsafe Array(
      UnsafeRawBufferPointer(start: start, count: byteCount).bindMemory(to: SIMD2<Float>.self))
    #expect(try drawn == curve.points(.samplesPerSegment(16)))

    var other = [UInt8](repeating: 0, count: byteCount)
    var mutable = other.mutableSpan
    var bytes = unsafe mutable.mutableBytes
    #expect(engine.wasm?.kernel.address(of: &bytes) == nil)
  }

  @Test(.enabled(if: hasWasm, "no Wasmtime on this machine"))
  func `it gives up to its limit, sizes that pay, and takes all of it back`() throws {
    let engine = try Engine(backend: .wasm, threads: 1)
    let memory = try #require(engine.drawingMemory(limit: 256 << 10))
    #expect(memory.take(4096) == nil)
    #expect(memory.take(2 << 20) == nil)
    let first = try #require(memory.take(100_000))
    let second = try #require(memory.take(100_000))
    #expect(first != second && first % 64 == 0)
    #expect(memory.take(100_000) == nil)
    #expect(memory.byteCount == 2 * 102_400)
    memory.giveBack(first)
    let third = try #require(memory.take(100_000))
    memory.giveBack(second)
    memory.giveBack(third)
    #expect(memory.byteCount == 0)
  }

  @Test func `an engine that draws natively needs none`() {
    #expect(Engine(threads: 1).drawingMemory(limit: 1 << 20) == nil)
  }
}

private let hasWasm = (try? Engine(backend: .wasm, threads: 1)) != nil
