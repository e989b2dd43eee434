internal import CWasmtime
import Glibc
import Synchronization

/// Moves an engine's epoch on while calls into untrusted modules are under way, so that their deadlines come.
///
/// A call that ends leaves the thread running for `patience` more ticks, for the next; then it ends by itself.
final class EpochTicker: Sendable {
  static let intervalMilliseconds = 10
  private static let patience = 20

  private struct State {
    var calls = 0
    var running = false
  }

  private let engine: WasmEngine
  private let state = Mutex(State())

  init(engine: WasmEngine) { self.engine = engine }

  /// The deadline, in ticks from now, that gives a call at least this long.
  static func ticks(seconds: Double) -> UInt64 {
    let ticks = ((seconds > 0 ? seconds : 0) * 1_000 / Double(intervalMilliseconds)).rounded(.up) + 1
    return ticks < 1e15 ? UInt64(ticks) : UInt64(1e15)
  }

  func begin() throws(WasmHostError) {
    let mustStart = state.withLock { state in
      state.calls += 1
      defer { state.running = true }
      return !state.running
    }
    guard mustStart, !start() else { return }
    state.withLock { state in
      state.calls -= 1
      state.running = false
    }
    throw .unavailable(reason: "no thread could be started to bound the time of a module")
  }

  func end() { state.withLock { $0.calls -= 1 } }

  private func start() -> Bool {
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    defer { unsafe pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    // The thread holds its ticker until it ends.
    let held = unsafe Unmanaged.passRetained(self)
    var thread = pthread_t()
    let status = unsafe pthread_create(
      &thread, &attributes,
      { argument in
        if let argument = unsafe argument {
          unsafe Unmanaged<EpochTicker>.fromOpaque(argument).takeRetainedValue().run()
        }
        return nil
      }, held.toOpaque())
    if status != 0 { unsafe held.release() }
    return status == 0
  }

  private func run() {
    var idle = 0
    while true {
      usleep(UInt32(Self.intervalMilliseconds * 1_000))
      unsafe cw_wasmtime_engine_increment_epoch(engine.handle)
      let ended = state.withLock { state in
        idle = state.calls == 0 ? idle + 1 : 0
        if idle > Self.patience { state.running = false }
        return !state.running
      }
      if ended { return }
    }
  }
}

extension EpochTicker {
  /// The ticker of the engine for users' modules.
  static func shared() throws(WasmHostError) -> EpochTicker { try one.get() }

  private static let one: Result<EpochTicker, WasmHostError> = {
    do throws(WasmHostError) { return .success(EpochTicker(engine: try WasmEngine.shared(.user))) } catch {
      return .failure(error)
    }
  }()
}
