import Testing

@testable import WasmHost

/// Modules that are wrong, endless, greedy or hostile: each becomes an error that says so.
@Suite(.needsWasmtime) struct HostileKernelTests {
  static let endless = "(loop (br 0)) (unreachable)"
  static let wasi =
    #"(import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))"#

  struct Refused: CustomTestStringConvertible, Sendable {
    let what, text, word: String
    var testDescription: String { what }
    init(_ what: String, _ text: String, _ word: String) {
      (self.what, self.text, self.word) = (what, text, word)
    }
  }

  /// What is refused before anything is drawn, and a word that the refusal must contain.
  static let refused = [
    Refused(
      "an import that is no memory", userText(more: "").replacing("(module ", with: "(module \(wasi) "),
      "fd_write"),
    Refused(
      "an import of shared memory", userText(memory: #"(import "env" "memory" (memory 1 2 shared))"#), "hread"
    ),
    Refused("a memory of 64 bits", userText(memory: #"(memory (export "memory") i64 1)"#), "memory64"),
    Refused("two memories", userText(more: "(memory 1)"), "memor"),
    Refused("no memory", userText(memory: ""), "memory"),
    Refused("a memory that is a function", userText(memory: #"(func (export "memory"))"#), "memory"),
    Refused("a memory without its name", userText(memory: "(memory 1)"), "memory"),
    Refused("another version", userText(abi: "(i32.const 2)"), "version 2"),
    Refused("no version", userText().replacing("catenary_kernel_abi", with: "abi"), "catenary_kernel_abi"),
    Refused(
      "nothing to draw with", userText().replacing("_draw_f32", with: "_draw_f16"), "catenary_kernel_draw_f32"
    ),
    Refused("a draw of another type", userText().replacing("(param $d i32)", with: "(param $d i64)"), "type"),
    Refused("a draw without a result", userText().replacing("(param $s i32)", with: ""), "type"),
    Refused(
      "a draw that is a global",
      userText().replacing("catenary_kernel_draw_f32", with: "x").replacing(
        "(module ", with: #"(module (global (export "catenary_kernel_draw_f32") i32 (i32.const 0)) "#), "type"
    ),
    Refused("a version that never comes", userText(abi: "(loop (br 0)) (unreachable)"), "did not end"),
    Refused("a version that traps", userText(abi: "(unreachable)"), "unreachable"),
    Refused("a start that never ends", userText(more: "(func $go \(endless)) (start $go)"), "did not end"),
    Refused("a start that traps", userText(more: "(func $go unreachable) (start $go)"), "unreachable"),
    Refused("a start without bottom", userText(more: "(func $go (call $go)) (start $go)"), "stack"),
    Refused("more memory than allowed", userText(memory: #"(memory (export "memory") 65)"#), "4 MiB"),
    Refused("all the memory there is", userText(memory: #"(memory (export "memory") 65536)"#), "4 MiB"),
    Refused(
      "an import of too much memory", userText(memory: #"(import "env" "memory" (memory 1000))"#), "4 MiB"),
    Refused("a huge table", userText(more: "(table 10000000 funcref)"), "table"),
    Refused("data outside of memory", userText(more: #"(data (i32.const 65536) "x")"#), "out of bounds"),
  ]

  @Test(arguments: refused)
  func `is refused with its reason`(module: Refused) throws {
    let error = #expect(throws: WasmHostError.self) { try userKernel(module.text) }
    #expect("\(try #require(error))".contains(module.word))
  }

  /// What a draw function may do to itself, and a word that its error must contain.
  static let faults: [(String, String)] = [
    (endless, "did not end"),
    ("(unreachable)", "unreachable"),
    ("(i32.load (i32.const -4))", "out of bounds"),
    ("(i32.store (i32.const -4) (i32.const 0)) (i32.const 0)", "out of bounds"),
    ("(memory.fill (i32.const 65000) (i32.const 1) (i32.const -1)) (i32.const 0)", "out of bounds"),
    ("(i32.div_s (i32.const 1) (i32.const 0))", "divide by zero"),
    ("(i32.trunc_f32_s (f32.const nan))", "conversion"),
    ("(call $deep) (i32.const 0)", "stack"),
    ("(call_indirect (result i32) (i32.const 0))", "uninitialized"),
    ("(memory.grow (i32.const 65535))", "error -1"),
    ("(loop (br_if 0 (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))) (i32.const 9)", "error 9"),
  ]

  @Test(arguments: faults)
  func `a fault in a call ends the call, and load begins anew`(draw: String, word: String) throws {
    let more = "(table 1 funcref) (func $deep (call $deep))"
    let whenFirst = "(if (result i32) (i32.eqz (local.get $first)) (then \(draw)) (else (i32.const 0)))"
    let kernel = try userKernel(userText(draw: whenFirst, more: more))
    try kernel.load([1, 2, 3, 4])
    #expect(try kernel.floats(1, 2).count == 4)
    let error = #expect(throws: WasmHostError.self) { try kernel.floats(0, 1) }
    #expect("\(try #require(error))".contains(word))
    let after = #expect(throws: WasmHostError.self) { try kernel.floats(1, 1) }
    #expect("\(try #require(after))".contains("retired"))
    try kernel.load([1, 2, 3, 4])
    #expect(try kernel.floats(1, 1).count == 2)
  }

  @Test func `points that do not fit the memory allowed are refused`() throws {
    let kernel = try userKernel(userText())
    let points = [Float](repeating: 1, count: 2 << 20)
    #expect(throws: WasmHostError.memoryLimit(bytes: 4 << 20)) { try kernel.load(points) }
    try kernel.load([1, 2, 3, 4])
    #expect(try kernel.floats(0, 1).count == 2)
  }

  @Test func `a module larger than allowed is not compiled`() {
    let large = [0, 0x61, 0x73, 0x6d] + [UInt8](repeating: 0, count: 5 << 20)
    let error = #expect(throws: WasmHostError.self) {
      try UserKernel(wasm: large, name: "large.wasm", workers: 1)
    }
    #expect(error.map { "\($0)" }?.contains("large.wasm has") == true)
  }

  @Test func `a function of very many locals, or of very many instructions, is not compiled`() throws {
    let locals = String(repeating: "i32 ", count: 1_001)
    let code = String(repeating: "(drop (i32.const 1)) ", count: 30_000)
    for (function, word) in [
      ("(func (local \(locals)))", "1001 locals"), ("(func \(code))", "a function of 90002 bytes"),
    ] {
      let error = #expect(throws: WasmHostError.self) { try userKernel("(module \(function))") }
      #expect("\(try #require(error))".contains(word))
    }
  }

  @Test func `a module of very many small functions is not compiled`() throws {
    let many = String(repeating: "(func)", count: 10_001)
    let error = #expect(throws: WasmHostError.self) {
      try UserKernel(wasm: wasm(text: userText(more: many)), name: "many.wasm", workers: 1)
    }
    #expect("\(try #require(error))".contains("10003 functions"))
  }

  @Test(arguments: [[], [0x7f, 0x45, 0x4c, 0x46], Array("(module)".utf8), [0, 0x61, 0x73, 0x6d, 1, 0, 0]])
  func `bytes that are no module are refused`(bytes: [UInt8]) {
    #expect(throws: WasmHostError.self) { try UserKernel(wasm: bytes, name: "x", workers: 1) }
  }

  @Test func `text is not taken for a module`() throws {
    // The library would compile it; a file must be what its name says.
    let error = #expect(throws: WasmHostError.self) {
      try UserKernel(wasm: Array(userText().utf8), name: "x", workers: 1)
    }
    #expect("\(try #require(error))".contains("does not begin"))
  }

  @Test func `modules damaged at random are refused or run, and never end the process`() throws {
    let good = try wasm(text: userText(draw: "(f32.store (local.get $out) (f32.const 1)) (i32.const 0)"))
    var random = SystemRandomNumberGenerator.seeded(11)
    for _ in 0..<300 {
      var bad = good
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bad[Int.random(in: 0..<bad.count, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
      }
      if Bool.random(using: &random) { bad.removeLast(Int.random(in: 0..<bad.count / 2, using: &random)) }
      do throws(WasmHostError) {
        let kernel = try UserKernel(
          wasm: bad, name: "bad", workers: 1, limits: .init(memoryBytes: 4 << 20, secondsPerCall: 0.05))
        try kernel.load([1, 2, 3, 4])
        _ = try kernel.floats(0, 5)
      } catch { #expect(!"\(error)".isEmpty) }
    }
  }
}
