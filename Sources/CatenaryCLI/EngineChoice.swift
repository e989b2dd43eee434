import Catenary

/// The engine that the options ask for.
enum EngineChoice {
  static func engine(_ settings: Settings) throws(CommandFailure) -> Engine {
    let threads = try settings.integer(.threads, in: 1...1024)
    return Engine(threads: threads)
  }
}
