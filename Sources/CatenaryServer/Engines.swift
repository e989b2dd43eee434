import Catenary
import CurveRequests
import HTTPFront

/// What draws and detects, made once.
struct Engines: Sendable {
  let native: Engine
  /// Draws with the code that every processor runs: `simd` is false.
  let portable: Engine
  /// WebAssembly where it can be had.
  let guest: Engine
  /// What draws where a request does not say.
  let standard: Backend

  /// - Throws: `wasm` was asked for and cannot be had.
  init(standard: Backend, models: ModelSource) throws(EngineError) {
    native = Engine(models: models)
    portable = Engine(threads: 1, isPortable: true)
    guest = try Engine(backend: standard == .wasm ? .wasm : .auto)
    self.standard = standard
  }

  /// The engine for a request.
  ///
  /// - Parameter isPortable: whether `simd` was false.
  func choose(_ settings: Settings, isPortable: Bool) throws(Problem) -> Engine {
    let wanted: Backend?
    do throws(CommandFailure) { wanted = try settings.choice(.backend, of: Backend.self) } catch {
      throw Problem(error)
    }
    switch wanted ?? standard {
    case .native: return isPortable ? portable : native
    case .auto: return isPortable && guest.backend == .native ? portable : guest
    case .wasm:
      guard guest.backend == .wasm else {
        throw Problem(422, "backend wasm is not available here: \(guest.fallbackReason ?? "") Ask for auto.")
      }
      return guest
    }
  }
}

/// Pieces of answers in the memory of the guest, which draws them where they are sent from.
struct GuestPieces: PieceMemory {
  private let memory: DrawingMemory

  /// - Returns: nil where answers are drawn natively unless a request says otherwise.
  init?(_ engines: Engines) {
    // As much as all threads draw ahead; what is kept for longer answers than that comes from the system.
    guard engines.standard != .native, let memory = engines.guest.drawingMemory(limit: 64 << 20)
    else { return nil }
    self.memory = memory
  }

  func take(_ count: Int) -> UInt? { memory.take(count) }
  func giveBack(_ address: UInt) { memory.giveBack(address) }
}
