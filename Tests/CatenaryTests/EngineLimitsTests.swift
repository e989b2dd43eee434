import Synchronization
import Testing

@testable import Catenary

@Suite struct EngineLimitsTests {
  @Test func `an array that no memory is left for is an error`() throws {
    // 2^51 bytes are more than any process can address.
    #expect(throws: EngineError.noMemory(bytes: 1 << 51)) {
      _ = try array(count: 1 << 46, of: SIMD4<Double>.self) { _ in }
    }
  }

  @Test(.enabled(if: hasWasm, "no Wasmtime on this machine"))
  func
    `a curve that the guest cannot hold is an error, and under auto drawn natively with a line saying why`()
    throws
  {
    let points = (0..<100_000).map { SIMD2<Double>(Double($0), Double($0 % 7)) }
    let curve = try Curve(.catmullRom(), points: points)
    let expected = try curve.points(.samplesPerSegment(2))
    let strict = try Engine(backend: .wasm, threads: 1, log: nil, guestBytes: 4 << 20)
    #expect(throws: EngineError.self) { try strict.render(curve, .samplesPerSegment(2)) }
    let lines = Mutex<[String]>([])
    let log = { @Sendable (line: String) in lines.withLock { $0.append(line) } }
    let auto = try Engine(backend: .auto, threads: 1, log: log, guestBytes: 4 << 20)
    let isSame = try auto.render(curve, .samplesPerSegment(2)) == expected
    #expect(isSame)
    #expect(lines.withLock { $0.count } == 1)
    #expect(lines.withLock { $0.first?.hasPrefix("drawing natively: the module needs more than") } == true)
  }
}

private let hasWasm = (try? Engine(backend: .wasm, threads: 1)) != nil
