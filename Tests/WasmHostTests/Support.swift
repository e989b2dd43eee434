import Glibc
import Testing

@testable import WasmHost

/// Whether Wasmtime is on this machine; tests that need it are disabled without it.
let wasmtimeIsHere = (try? wasm(text: "(module)")) != nil

extension Trait where Self == ConditionTrait {
  static var needsWasmtime: ConditionTrait {
    .enabled(if: wasmtimeIsHere, "Wasmtime is not on this machine: run scripts/bootstrap")
  }
}

/// A kernel of the built-in kind. `spill` keeps each frame on the stack in memory and answers how many frames did
/// not hold, on the way back, what was put there.
let sharedText = """
  (module
    (import "env" "memory" (memory 2 64 shared))
    (global $sp (export "__stack_pointer") (mut i32) (i32.const 65536))
    (global (export "__heap_base") i32 (i32.const 70000))
    (func (export "catenary_fit") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
    (func (export "catenary_draw") (param i32 i32 i32 i32 i32) (result i32)
      (i32.store (local.get 3) (local.get 1))
      (i32.add (i32.add (local.get 0) (local.get 2)) (local.get 4)))
    (func (export "trap") (param i32) (result i32) unreachable)
    (func (export "stack") (result i32) (global.get $sp))
    (func (export "outside") (param i32) (result i32) (i32.load (i32.const -4)))
    (func $spill (export "spill") (param $depth i32) (param $seed i32) (result i32) (local $bad i32)
      (global.set $sp (i32.sub (global.get $sp) (i32.const 64)))
      (i32.store (global.get $sp) (local.get $seed))
      (if (local.get $depth) (then
        (local.set $bad
          (call $spill (i32.sub (local.get $depth) (i32.const 1)) (i32.add (local.get $seed) (i32.const 1))))))
      (local.set $bad
        (i32.add (local.get $bad) (i32.ne (i32.load (global.get $sp)) (local.get $seed))))
      (global.set $sp (i32.add (global.get $sp) (i32.const 64)))
      (local.get $bad)))
  """

func sharedKernel(workers: Int = 1, cache: String? = nil, maximum: Int = 64 << 20) throws -> SharedKernel {
  try SharedKernel(
    wasm: wasm(text: sharedText), workers: workers, cacheDirectory: cache, maximumMemoryBytes: maximum)
}

/// A user's kernel with this body for its draw function (and anything else in `more`).
func userText(
  draw: String = "(i32.const 0)", memory: String = #"(memory (export "memory") 1)"#,
  abi: String = "(i32.const 1)",
  more: String = ""
) -> String {
  """
  (module \(memory) \(more)
    (func (export "catenary_kernel_abi") (result i32) \(abi))
    (func (export "catenary_kernel_draw_f32")
      (param $points i32) (param $n i32) (param $d i32) (param $closed i32) (param $s i32)
      (param $first i32) (param $count i32) (param $out i32) (result i32) \(draw)))
  """
}

func userKernel(
  _ text: String, workers: Int = 1,
  _ limits: UserKernel.Limits = .init(memoryBytes: 4 << 20, secondsPerCall: 0.05)
) throws -> UserKernel {
  try UserKernel(wasm: wasm(text: text), name: "mine.wasm", workers: workers, limits: limits)
}

let planarJob = UserKernel.Job(dimensions: 2, closed: false, samplesPerSegment: 4, precision: .float32)

extension UserKernel {
  func load(_ points: [Float], _ job: Job = planarJob) throws(WasmHostError) {
    try unsafe load(points: points.span.bytes, job)
  }

  func floats(worker: Int = 0, _ first: Int, _ count: Int) throws(WasmHostError) -> [Float] {
    try draw(worker: worker, first: first, count: count) { bytes in
      (0..<bytes.byteCount / 4).map { unsafe bytes.unsafeLoad(fromByteOffset: $0 * 4, as: Float.self) }
    }
  }
}

/// A folder of its own for one test, gone afterwards.
func withFolder<R>(_ body: (String) throws -> R) throws -> R {
  let path = "/tmp/catenary-wasmhost-\(getpid())-\(UInt64.random(in: .min ... .max))"
  #expect(unsafe mkdir(path, 0o700) == 0)
  defer {
    for name in names(in: path) { unsafe unlink("\(path)/\(name)") }
    unsafe rmdir(path)
  }
  return try body(path)
}

func names(in folder: String) -> [String] {
  guard let stream = unsafe opendir(folder) else { return [] }
  defer { unsafe closedir(stream) }
  var names: [String] = []
  while let row = unsafe readdir(stream) {
    let name = unsafe withUnsafePointer(to: &row.pointee.d_name) {
      unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names
}

func contents(of path: String) -> [UInt8] {
  let file = unsafe open(path, O_RDONLY)
  guard file >= 0 else { return [] }
  defer { close(file) }
  var all: [UInt8] = []
  var part = [UInt8](repeating: 0, count: 65_536)
  while case let n = unsafe read(file, &part, part.count), n > 0 { all += part[..<n] }
  return all
}

func write(_ bytes: [UInt8], to path: String) {
  let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  let written = unsafe Glibc.write(file, bytes, bytes.count)
  #expect(written == bytes.count)
  close(file)
}
