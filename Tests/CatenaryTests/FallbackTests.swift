import Catenary
import Glibc
import Testing

/// Without Wasmtime: in a process of its own, since a library once found stays.
@Suite struct FallbackTests {
  @Test func `auto draws natively and says why`() async {
    await #expect(processExitsWith: .success) {
      unsafe setenv("CATENARY_LIBRARY_PATH", "none", 1)
      let engine = try Engine(backend: .auto, threads: 2)
      #expect(engine.backend == .native)
      let reason = try #require(engine.fallbackReason)
      #expect(reason.contains("CATENARY_LIBRARY_PATH") && !reason.contains("\n"))
      let curve = try Curve(.catmullRom(), points: [0, 2, 1, 5] as [Float])
      #expect(try engine.render(curve, .samplesPerSegment(9)) == curve.points(.samplesPerSegment(9)))
    }
  }

  @Test func `wasm is refused with the reason`() async {
    await #expect(processExitsWith: .success) {
      unsafe setenv("CATENARY_LIBRARY_PATH", "none", 1)
      let error = #expect(throws: EngineError.self) { try Engine(backend: .wasm) }
      guard case .unavailable("wasm", let reason)? = error else { throw error ?? .noMemory(bytes: 0) }
      #expect(error?.description == "backend wasm is not available: \(reason)")
      #expect(reason.contains("scripts/bootstrap"))
      let kernel = #expect(throws: EngineError.self) { try CustomKernel(wasm: [0], name: "mine.wasm") }
      #expect(kernel?.description.contains("no WebAssembly here") == true)
      #expect(try Engine(backend: .native).fallbackReason == nil)
    }
  }

  @Test func `what is found or was never wanted gives no reason`() throws {
    #expect(Engine().fallbackReason == nil)
    let engine = try Engine(backend: .auto, threads: 1)
    #expect((engine.backend == .wasm) == (engine.fallbackReason == nil))
  }
}
