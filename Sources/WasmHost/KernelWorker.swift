internal import CWasmtime
import Synchronization

/// One worker's instance of the built-in kernel, with its slice of the stack.
///
/// `@unchecked Sendable`: all that changes (the instance) is touched only between winning `busy` and giving it
/// back, by one thread at a time; the exchange acquires and the store releases, so that the next one sees it all.
final class KernelWorker: @unchecked Sendable {
  /// An unlikely number; a stack that grew past its slice has written over it.
  private static let guardWord: UInt64 = 0xC47E_4A27_5AFE_57AC

  let arities: [Int]
  private let module: CompiledModule
  private let names: [String]
  private let memory: SharedMemory
  private let stack: UInt32
  private let stackBytes: Int
  private let busy = Atomic<Bool>(false)
  private var instance: GuestInstance

  init(
    _ instance: GuestInstance, _ module: CompiledModule, _ names: [String], _ memory: SharedMemory,
    stack: UInt32, bytes: Int
  ) throws(WasmHostError) {
    self.instance = instance
    self.module = module
    self.names = names
    self.memory = memory
    self.stack = stack
    stackBytes = bytes
    arities = names.map { Self.arity(of: module.exports[$0]) ?? 0 }
    try prepareStack()
  }

  /// How many i32 a function takes; nil for what is no function from up to eight i32 to one i32.
  static func arity(of shape: CompiledModule.Shape?) -> Int? {
    guard case .function(let parameters, [.i32]) = shape, parameters.count <= 8 else { return nil }
    return parameters.allSatisfy { $0 == .i32 } ? parameters.count : nil
  }

  @inline(__always)
  func call(
    _ slot: Int, number: Int, _ arguments: (UnsafeMutablePointer<wasmtime_val_raw_t>) -> Void
  ) throws(WasmHostError) -> Int32 {
    guard !busy.exchange(true, ordering: .acquiring) else { throw .workerBusy(number) }
    defer { busy.store(false, ordering: .releasing) }
    let result: Int32
    do {
      result = try unsafe instance.call(slot, arguments)
    } catch {
      try recover()
      throw error
    }
    guard guardWord == Self.guardWord else { throw overflow }
    return result
  }

  /// After a trap: a new instance on the same memory, its stack empty.
  @inline(never)
  private func recover() throws(WasmHostError) {
    guard guardWord == Self.guardWord else { throw overflow }
    do {
      instance = try GuestInstance(module, name: "the kernel", functions: names, memory: .shared(memory))
      try prepareStack()
    } catch { throw .retired(reason: "no new instance after a fault: \(error)") }
  }

  private var overflow: WasmHostError {
    .retired(
      reason: "its stack of \(stackBytes) bytes overflowed into other memory: render natively and report this"
    )
  }

  /// Stacks grow downwards: the pointer starts at the slice's upper end, the guard word lies at the lower.
  private func prepareStack() throws(WasmHostError) {
    let bytes = unsafe memory.bytes(at: stack, count: 8)
    unsafe bytes.storeBytes(of: Self.guardWord, as: UInt64.self)
    let top = Int32(truncatingIfNeeded: Int(stack) + stackBytes)
    guard instance.set(global: "__stack_pointer", to: top) else {
      throw .badModule(
        what: "it exports no mutable i32 global __stack_pointer: link with --export=__stack_pointer")
    }
  }

  @inline(__always)
  private var guardWord: UInt64 {
    unsafe UnsafeRawBufferPointer(memory.bytes(at: stack, count: 8)).loadUnaligned(as: UInt64.self)
  }
}
