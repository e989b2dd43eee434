internal import CWasmtime
import Synchronization

/// The built-in kernel: one module, one shared memory, and a store with an instance for each worker.
///
/// Sendable: workers guard themselves, the heap is behind a lock, and the rest never changes.
public final class SharedKernel: Sendable {
  /// A function of the kernel, found once and then called by its place.
  public struct Export: Hashable, Sendable {
    public let slot, arity: Int
    /// `catenary_fit(job)`.
    public static var fit: Export { Export(slot: 0, arity: 1) }
    /// `catenary_draw(job, first, count, out, scratch)`.
    public static var draw: Export { Export(slot: 1, arity: 5) }
  }

  /// The bytes of stack that each worker has for itself; a guard word lies at their lower end.
  public static let stackBytes = 64 << 10

  private let memory: SharedMemory
  private let crew: [KernelWorker]
  private let heap: Mutex<GuestHeap>
  private let names: [String]
  private let firstStack: Int
  private let fault = Mutex<String?>(nil)
  private let retired = Atomic<Bool>(false)

  public var workers: Int { crew.count }
  /// Bytes of the shared memory, all of them, taken or not.
  public var memoryBytes: Int { memory.byteCount }

  /// - Parameters:
  ///   - wasm: a module that imports `env.memory`, shared, and nothing else; exports `__stack_pointer` (mutable),
  ///     `__heap_base`, `catenary_fit`, `catenary_draw` and any further functions from i32 to i32.
  ///   - cacheDirectory: where compiled code is kept between runs; nil keeps none.
  ///   - maximumMemoryBytes: of the shared memory, workers' stacks included; the module's own maximum holds too.
  public init(
    wasm: [UInt8], workers: Int, cacheDirectory: String?, maximumMemoryBytes: Int
  ) throws(WasmHostError) {
    guard 1...1_024 ~= workers else { throw .badCall(what: "\(workers) workers: ask for 1 to 1024") }
    let engine = try WasmEngine.shared(.builtIn)
    let cache = cacheDirectory.map { CodeCache(folder: $0) }
    let module = try CompiledModule.of(wasm, engine: engine, cache: cache)
    let memory = try Self.memory(for: module, engine, maximumMemoryBytes)
    let names = try Self.functions(of: module)
    // The first instance tells where its data end; the stacks follow, and then the heap.
    let first = try GuestInstance(module, name: "the kernel", functions: names, memory: .shared(memory))
    guard let base = first.global("__heap_base"), base >= 0 else {
      throw .badModule(what: "it exports no i32 global __heap_base")
    }
    let stacks = GuestHeap.rounded(Int(base))
    var heap = GuestHeap(start: stacks + workers * Self.stackBytes)
    try Self.grow(memory, toCover: heap.end, maximumMemoryBytes)
    heap.extend(to: memory.byteCount & ~(GuestHeap.alignment - 1))
    var crew: [KernelWorker] = []
    for i in 0..<workers {
      let instance: GuestInstance
      if i == 0 {
        instance = first
      } else {
        instance = try GuestInstance(module, name: "the kernel", functions: names, memory: .shared(memory))
      }
      let stack = UInt32(stacks + i * Self.stackBytes)
      crew.append(try KernelWorker(instance, module, names, memory, stack: stack, bytes: Self.stackBytes))
    }
    self.memory = memory
    self.crew = crew
    self.names = names
    firstStack = stacks
    self.heap = Mutex(heap)
  }

  /// A further function of the kernel, beside `fit` and `draw`.
  public func export(_ name: String, arity: Int) throws(WasmHostError) -> Export {
    guard let slot = names.firstIndex(of: name), crew[0].arities[slot] == arity else {
      throw .badModule(what: "it exports no function \(name) of \(arity) i32 with an i32 result")
    }
    return Export(slot: slot, arity: arity)
  }
}

// MARK: Calls

extension SharedKernel {
  /// Calls a function of one argument on one worker's instance.
  public func call(_ export: Export, worker: Int, _ a: Int32) throws(WasmHostError) -> Int32 {
    try unsafe run(export, worker, arity: 1) { unsafe $0[0].i32 = a }
  }

  /// Calls a function of five arguments on one worker's instance.
  public func call(
    _ export: Export, worker: Int, _ a: Int32, _ b: Int32, _ c: Int32, _ d: Int32, _ e: Int32
  ) throws(WasmHostError) -> Int32 {
    try unsafe run(export, worker, arity: 5) { values in
      unsafe values[0].i32 = a
      unsafe values[1].i32 = b
      unsafe values[2].i32 = c
      unsafe values[3].i32 = d
      unsafe values[4].i32 = e
    }
  }

  /// Calls a function of up to eight arguments on one worker's instance.
  public func call(_ export: Export, worker: Int, _ arguments: Span<Int32>) throws(WasmHostError) -> Int32 {
    let count = min(arguments.count, 8)
    // A span cannot be captured; eight numbers are cheaply carried over.
    var carried = SIMD8<Int32>()
    for i in 0..<count { carried[i] = arguments[i] }
    let numbers = carried
    return try unsafe run(export, worker, arity: arguments.count) { values in
      for i in 0..<count { unsafe values[i].i32 = numbers[i] }
    }
  }

  @inline(__always)
  private func run(
    _ export: Export, _ worker: Int, arity: Int,
    _ arguments: (UnsafeMutablePointer<wasmtime_val_raw_t>) -> Void
  ) throws(WasmHostError) -> Int32 {
    guard crew.indices.contains(worker) else {
      throw .badCall(what: "there is no worker \(worker): there are \(crew.count), from 0")
    }
    guard export.arity == arity, crew[worker].arities.indices.contains(export.slot),
      crew[worker].arities[export.slot] == arity
    else { throw .badCall(what: "the function takes \(export.arity) arguments, not \(arity)") }
    guard !retired.load(ordering: .relaxed) else { throw .retired(reason: fault.withLock { $0 ?? "" }) }
    do {
      return try unsafe crew[worker].call(export.slot, number: worker, arguments)
    } catch {
      if case .retired(let reason) = error { retire(reason) }
      throw error
    }
  }

  private func retire(_ reason: String) {
    fault.withLock { $0 = $0 ?? reason }
    retired.store(true, ordering: .releasing)
  }
}

// MARK: Memory

extension SharedKernel {
  /// Who has which part of the memory now, and a way to read it.
  public func inspectMemory() -> GuestMemory {
    let (free, taken, end) = heap.withLock { ($0.free, $0.taken, $0.end) }
    let (stacks, bytes) = (Int(firstStack), memory.byteCount)
    var regions = [GuestMemory.Region(kind: .data, start: 0, count: stacks)]
    for worker in crew.indices {
      let start = stacks + worker * Self.stackBytes
      regions.append(.init(kind: .stack, start: start, count: Self.stackBytes))
    }
    let blocks = taken.map { GuestMemory.Region(kind: .block, start: $0.key, count: $0.value) }
    let gaps = free.map { GuestMemory.Region(kind: .free, start: $0.lowerBound, count: $0.count) }
    regions += (blocks + gaps).sorted { $0.start < $1.start }
    if end < bytes { regions.append(.init(kind: .free, start: end, count: bytes - end)) }
    return GuestMemory(
      self, regions: regions, byteCount: bytes, maximumBytes: memory.maximumBytes, base: memory.base)
  }

  /// A block of guest memory, aligned to 64 bytes, its contents arbitrary. Memory grows as needed.
  public func allocate(_ byteCount: Int) throws(WasmHostError) -> UInt32 {
    guard 0...Int(Int32.max) ~= byteCount else { throw .memoryLimit(bytes: memory.maximumBytes) }
    let address = heap.withLock { heap in
      if let address = heap.allocate(byteCount) { return Int?.some(address) }
      let pages = (heap.shortfall(byteCount) + SharedMemory.pageBytes - 1) / SharedMemory.pageBytes
      // Sixteen pages at a time, so that many small blocks grow memory seldom; the last ones exactly.
      guard memory.grow(pages: max(pages, 16)) || memory.grow(pages: pages) else { return nil }
      heap.extend(to: memory.byteCount & ~(GuestHeap.alignment - 1))
      return heap.allocate(byteCount)
    }
    guard let address else { throw .memoryLimit(bytes: memory.maximumBytes) }
    return UInt32(address)
  }

  /// Blocks from this size on give their pages back to the system when they are freed, so that one large curve does
  /// not keep a server large for good; smaller ones are kept, since fresh pages are slow to write.
  static let discardedBytes = 32 << 20

  /// Gives a block back. Giving back what was never given out is the caller's mistake.
  ///
  /// - Returns: its bytes, of which `allocate` gave as many or a few more than were asked for.
  @discardableResult
  public func free(_ address: UInt32) -> Int { free(address, discardingFrom: Self.discardedBytes) }

  @discardableResult
  func free(_ address: UInt32, discardingFrom least: Int) -> Int {
    let size = heap.withLock { heap -> Int? in
      guard let size = heap.taken[Int(address)] else { return nil }
      // Those of large blocks are given back to the system before others can have them.
      if size < least { _ = heap.release(Int(address)) }
      return size
    }
    guard let size else { preconditionFailure("an address that allocate gave, freed once") }
    if size >= least {
      memory.discard(at: address, count: size)
      let known = heap.withLock { $0.release(Int(address)) }
      precondition(known, "an address is freed once")
    }
    return size
  }

  /// Where a block that was given out lies in this process.
  public func location(of address: UInt32) -> UInt { memory.base + UInt(address) }

  /// The block that lies there in this process.
  public func address(at location: UInt) -> UInt32? {
    location < memory.base ? nil : UInt32(exactly: location - memory.base)
  }

  /// Where bytes of the caller's lie in the guest's memory, so that the guest can write them; nil where they lie elsewhere.
  public func address(of bytes: inout MutableRawSpan) -> UInt32? { memory.address(of: &bytes) }

  /// Reads guest memory. The caller owns the stretch: no worker writes it meanwhile.
  public func withBytes<R: ~Copyable, E: Error>(
    at address: UInt32, count: Int, _ body: (RawSpan) throws(E) -> R
  ) throws(E) -> R {
    let bytes = unsafe UnsafeRawBufferPointer(memory.bytes(at: address, count: count))
    return try unsafe body(bytes.bytes)
  }

  /// Writes guest memory. The caller owns the stretch: nobody else reads or writes it meanwhile.
  public func withMutableBytes<R: ~Copyable, E: Error>(
    at address: UInt32, count: Int, _ body: (inout MutableRawSpan) throws(E) -> R
  ) throws(E) -> R {
    let bytes = unsafe memory.bytes(at: address, count: count)
    var span = unsafe bytes.mutableBytes
    return try body(&span)
  }

  private static func memory(
    for module: CompiledModule, _ engine: WasmEngine, _ maximumBytes: Int
  ) throws(WasmHostError) -> SharedMemory {
    guard module.imports.count == 1, let wanted = module.imports.first, wanted.module == "env",
      wanted.name == "memory", case .memory(let minimum, let bound, true, false) = wanted.shape
    else { throw .badModule(what: "it must import env.memory, shared, and nothing else") }
    let pages = min(UInt64(max(maximumBytes, 0) / SharedMemory.pageBytes), bound ?? 65_536)
    guard minimum <= pages else { throw .memoryLimit(bytes: maximumBytes) }
    return try SharedMemory(engine: engine, minimumPages: minimum, maximumPages: pages)
  }

  private static func grow(_ memory: SharedMemory, toCover end: Int, _ maximum: Int) throws(WasmHostError) {
    let missing = end - memory.byteCount
    guard missing > 0 else { return }
    let pages = (missing + SharedMemory.pageBytes - 1) / SharedMemory.pageBytes
    guard memory.grow(pages: pages) else { throw .memoryLimit(bytes: maximum) }
  }

  /// The functions in the order of their slots: the two that a kernel must have, then the others by name.
  private static func functions(of module: CompiledModule) throws(WasmHostError) -> [String] {
    let required = [("catenary_fit", 1), ("catenary_draw", 5)]
    for (name, arity) in required {
      guard KernelWorker.arity(of: module.exports[name]) == arity else {
        throw .badModule(what: "it must export \(name), from \(arity) i32 to i32")
      }
    }
    let others = module.exports.keys.filter { name in
      KernelWorker.arity(of: module.exports[name]) != nil && !required.contains { $0.0 == name }
    }
    return required.map(\.0) + others.sorted()
  }
}
