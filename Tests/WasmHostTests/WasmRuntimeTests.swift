import Glibc
import Testing

@testable import WasmHost

@Suite struct WasmRuntimeTests {
  @Test(.needsWasmtime) func `the library found says where it lies and that it is version 50`() throws {
    let runtime = try WasmRuntime.load()
    #expect(runtime.path.hasSuffix("libwasmtime.so"))
    #expect(runtime.version == "50")
  }

  @Test func `the word none loads no library, and says so`() {
    let result = unsafe "none".withCString { unsafe WasmRuntime.search(libraryPath: $0) }
    guard case .failure(.unavailable(let reason)) = result else {
      Issue.record("a library was loaded: \(result)")
      return
    }
    #expect(reason.contains("CATENARY_LIBRARY_PATH is `none`"))
  }

  @Test func `a file that is no library is refused with its path`() throws {
    try withFolder { folder in
      write(Array("not a library".utf8), to: "\(folder)/libwasmtime.so")
      guard case .failure(let error) = WasmRuntime.probe("\(folder)/libwasmtime.so") else {
        Issue.record("text was loaded as a library")
        return
      }
      #expect("\(error)".contains("\(folder)/libwasmtime.so"))
    }
  }

  @Test func `another library is refused by the names that it lacks`() {
    guard case .failure(let error) = WasmRuntime.probe("libm.so.6") else {
      Issue.record("the mathematics library passed for Wasmtime")
      return
    }
    for name in ["wasm_config_new", "wasmtime_func_call_unchecked", "wasmtime_config_wasm_threads_set"] {
      #expect("\(error)".contains(name))
    }
  }

  @Test(.needsWasmtime) func `a bad library in the path is passed over for a good one`() throws {
    try withFolder { folder in
      write([0x7f, 0x45, 0x4c, 0x46], to: "\(folder)/libwasmtime.so")
      let found = unsafe "\(folder):/nowhere".withCString { unsafe WasmRuntime.search(libraryPath: $0) }
      #expect((try? found.get())?.version == "50")
    }
  }
}
