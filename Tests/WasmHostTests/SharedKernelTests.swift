import Glibc
import Synchronization
import Testing

@testable import WasmHost

@Suite(.needsWasmtime) struct SharedKernelTests {
  @Test func `fit and draw are called with their arguments`() throws {
    let kernel = try sharedKernel()
    #expect(try kernel.call(.fit, worker: 0, 41) == 42)
    let out = try kernel.allocate(4)
    #expect(try kernel.call(.draw, worker: 0, 1, 77, 3, Int32(out), 5) == 9)
    let stored = kernel.withBytes(at: out, count: 4) { unsafe $0.unsafeLoad(as: Int32.self) }
    #expect(stored == 77)
  }

  @Test func `other exports are found by name and arity`() throws {
    let kernel = try sharedKernel()
    let spill = try kernel.export("spill", arity: 2)
    let arguments: [Int32] = [10, 5]
    #expect(try kernel.call(spill, worker: 0, arguments.span) == 0)
    #expect(throws: WasmHostError.self) { try kernel.export("spill", arity: 3) }
    #expect(throws: WasmHostError.self) { try kernel.call(spill, worker: 0, 1) }
    #expect(throws: WasmHostError.self) { try kernel.call(.fit, worker: 1, 1) }
    #expect(throws: WasmHostError.self) {
      try kernel.call(SharedKernel.Export(slot: 99, arity: 1), worker: 0, 1)
    }
  }

  @Test func `bytes written by the host are read by the host`() throws {
    let kernel = try sharedKernel()
    let block = try kernel.allocate(100_000)
    kernel.withMutableBytes(at: block, count: 100_000) { bytes in
      for i in 0..<100_000 {
        bytes.storeBytes(of: UInt8(truncatingIfNeeded: i), toByteOffset: i, as: UInt8.self)
      }
    }
    let sum = kernel.withBytes(at: block, count: 100_000) { bytes in
      (0..<100_000).reduce(0) { unsafe $0 + Int(bytes.unsafeLoad(fromByteOffset: $1, as: UInt8.self)) }
    }
    #expect(sum == (0..<100_000).reduce(0) { $0 + $1 % 256 })
    kernel.free(block)
    #expect(try kernel.allocate(100_000) == block)
  }

  @Test(arguments: [((1 << 20) - 64, true), (1 << 20, false), ((1 << 20) + 4096 + 64, false)])
  func `the pages of a large block go back to the system with it, those of others are kept`(
    size: Int, isKept: Bool
  ) throws {
    let kernel = try sharedKernel(maximum: 4 << 20)
    let (before, block, behind) = (
      try kernel.allocate(64), try kernel.allocate(size), try kernel.allocate(64)
    )
    func fill(_ address: UInt32, _ count: Int) {
      kernel.withMutableBytes(at: address, count: count) { bytes in
        for i in stride(from: 0, to: count, by: 64) {
          bytes.storeBytes(of: 7, toByteOffset: i, as: UInt8.self)
        }
      }
    }
    func first(_ address: UInt32, _ offset: Int) -> UInt8 {
      kernel.withBytes(at: address, count: offset + 1) {
        unsafe $0.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
      }
    }
    for (address, count) in [(before, 64), (block, size), (behind, 64)] { fill(address, count) }
    kernel.free(block, discardingFrom: 1 << 20)
    #expect(try kernel.allocate(size) == block)
    #expect(first(block, 8192) == (isKept ? 7 : 0))
    #expect(first(before, 0) == 7)
    #expect(first(behind, 0) == 7)
  }

  @Test func `memory grows to its maximum, then allocation is refused and the kernel lives on`() throws {
    let kernel = try sharedKernel(maximum: 2 << 20)
    let block = try kernel.allocate(1 << 20)
    #expect(throws: WasmHostError.memoryLimit(bytes: 2 << 20)) {
      for _ in 0..<100 { _ = try kernel.allocate(256 << 10) }
    }
    kernel.free(block)
    #expect(try kernel.allocate(1 << 20) == block)
    #expect(throws: WasmHostError.self) { try kernel.allocate(-1) }
    #expect(throws: WasmHostError.self) { try kernel.allocate(.max) }
  }

  @Test func `two threads with spilled locals on one memory do not disturb each other`() async throws {
    let kernel = try sharedKernel(workers: 2)
    let spill = try kernel.export("spill", arity: 2)
    let bad = try await withThrowingTaskGroup(of: Int.self) { group in
      for worker in 0..<2 {
        group.addTask {
          var bad = 0
          for i in 0..<5_000 {
            let arguments: [Int32] = [200, Int32(worker * 1_000_000 + i)]
            bad += Int(try kernel.call(spill, worker: worker, arguments.span))
          }
          return bad
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(bad == 0)
  }

  @Test func `each worker has a stack of its own, aligned, and finds it empty after each call`() throws {
    let kernel = try sharedKernel(workers: 3)
    let stack = try kernel.export("stack", arity: 0)
    let none: [Int32] = []
    let tops = try (0..<3).map { try kernel.call(stack, worker: $0, none.span) }
    #expect(tops.allSatisfy { $0 % 16 == 0 && $0 >= 70_000 + 65_536 })
    #expect(tops[1] - tops[0] == 65_536 && tops[2] - tops[1] == 65_536)
    #expect(throws: WasmHostError.self) { try kernel.call(try kernel.export("trap", arity: 1), worker: 1, 0) }
    #expect(try (0..<3).map { try kernel.call(stack, worker: $0, none.span) } == tops)
  }

  @Test func `a stack that overflows its slice retires the kernel`() throws {
    let kernel = try sharedKernel(workers: 2)
    let spill = try kernel.export("spill", arity: 2)
    let deep: [Int32] = [1_100, 0]
    let first = #expect(throws: WasmHostError.self) { try kernel.call(spill, worker: 1, deep.span) }
    #expect("\(try #require(first))".contains("overflowed"))
    let second = #expect(throws: WasmHostError.self) { try kernel.call(.fit, worker: 0, 1) }
    #expect(second == first)
  }

  @Test(arguments: [("trap", "unreachable"), ("outside", "out of bounds")])
  func `a trap is an error, and the worker goes on`(name: String, reason: String) throws {
    let kernel = try sharedKernel()
    let export = try kernel.export(name, arity: 1)
    let error = #expect(throws: WasmHostError.self) { try kernel.call(export, worker: 0, 0) }
    guard case .trapped(_, let text)? = error else {
      Issue.record("not a trap: \(String(describing: error))")
      return
    }
    #expect(text.contains(reason) && !text.contains("\n"))
    #expect(try kernel.call(.fit, worker: 0, 1) == 2)
  }

  @Test func `endless recursion is a trap, not the end of the process`() throws {
    let text = sharedText.replacing("unreachable", with: "(call $spill (i32.const -1) (i32.const 0))")
    let kernel = try SharedKernel(
      wasm: wasm(text: text), workers: 1, cacheDirectory: nil, maximumMemoryBytes: 64 << 20)
    let trap = try kernel.export("trap", arity: 1)
    #expect(throws: WasmHostError.self) { try kernel.call(trap, worker: 0, 0) }
  }

  @Test(arguments: [
    ("__heap_base", "__heap_base"), ("__stack_pointer", "__stack_pointer"), ("catenary_fit", "catenary_fit"),
    ("catenary_draw", "catenary_draw"), ("\"env\"", "env.memory"), ("64 shared", "env.memory"),
  ])
  func `a module that lacks what a kernel has is refused by name`(part: String, named: String) throws {
    let text = sharedText.replacing(
      part, with: part == "64 shared" ? "64" : part == "\"env\"" ? "\"dev\"" : "other")
    let module = try wasm(text: text)
    let error = #expect(throws: WasmHostError.self) {
      try SharedKernel(wasm: module, workers: 1, cacheDirectory: nil, maximumMemoryBytes: 64 << 20)
    }
    #expect("\(try #require(error))".contains(named))
  }

  @Test func `memory too small for the stacks of all workers is refused`() {
    #expect(throws: WasmHostError.self) { try sharedKernel(workers: 64, maximum: 1 << 20) }
    #expect(throws: WasmHostError.self) { try sharedKernel(workers: 0) }
    #expect(throws: WasmHostError.self) { try sharedKernel(maximum: -1) }
  }
}

/// A thread with little stack of its own, as other people's programs have them.
@Suite(.needsWasmtime) struct SmallStackTests {
  private final class Answer: Sendable {
    let error = Mutex<String>("")
    let kernel: UserKernel
    init(_ kernel: UserKernel) { self.kernel = kernel }
  }

  @Test func `endless recursion is a trap on a thread of 256 KiB too`() throws {
    let answer = Answer(
      try userKernel(userText(draw: "(call $deep)", more: "(func $deep (result i32) (call $deep))")))
    try answer.kernel.load([1, 2, 3, 4])
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    unsafe pthread_attr_setstacksize(&attributes, 256 << 10)
    var thread = pthread_t()
    let held = unsafe Unmanaged.passUnretained(answer).toOpaque()
    let started = unsafe pthread_create(
      &thread, &attributes,
      { argument in
        guard let argument = unsafe argument else { return nil }
        let answer = unsafe Unmanaged<Answer>.fromOpaque(argument).takeUnretainedValue()
        do { _ = try answer.kernel.floats(0, 1) } catch { answer.error.withLock { $0 = "\(error)" } }
        return nil
      }, held)
    try #require(started == 0)
    pthread_join(thread, nil)
    #expect(answer.error.withLock { $0 }.contains("stack exhausted"))
  }
}
