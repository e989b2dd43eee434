import Catenary
import CurveRequests

/// The engine that the options ask for.
enum EngineChoice {
  static func backend(_ settings: Settings) throws(CommandFailure) -> Backend {
    try settings.choice(.backend, of: Backend.self) ?? .native
  }

  /// Tells on standard error when `auto` had to draw natively, and why.
  static func engine(_ settings: Settings) throws(CommandFailure) -> Engine {
    let threads = try settings.integer(.threads, in: 1...1024)
    let backend = try backend(settings)
    do throws(EngineError) {
      return try Engine(backend: backend, threads: threads) { Files.tell("catenary: \($0)\n") }
    } catch {
      throw .failed("\(error)")
    }
  }
}
