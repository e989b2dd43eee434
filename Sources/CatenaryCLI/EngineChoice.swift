import Catenary
import CurveRequests

/// The engine that the options ask for.
enum EngineChoice {
  static func backend(_ settings: Settings) throws(CommandFailure) -> Backend {
    try settings.choice(.backend, of: Backend.self) ?? .native
  }

  /// Tells on standard error when `auto` had to draw natively, and why.
  ///
  /// - Parameter given: threads that were asked for elsewhere.
  static func engine(_ settings: Settings, threads given: Int? = nil) throws(CommandFailure) -> Engine {
    let typed = try settings.integer(.threads, in: 1...1024)
    let threads = given ?? typed
    let backend = try backend(settings)
    do throws(EngineError) {
      return try Engine(backend: backend, threads: threads) { Files.tell("catenary: \($0)\n") }
    } catch {
      throw .failed("\(error)")
    }
  }
}
