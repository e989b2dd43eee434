import Catenary
import CurveRequests

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
