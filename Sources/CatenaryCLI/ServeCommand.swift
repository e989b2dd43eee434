import Catenary
import CatenaryServer
import CurveRequests
import HTTPFront

/// `catenary serve`: the HTTP front.
enum ServeCommand {
  static func run(_ words: [String]) throws(CommandFailure) {
    let settings = try ServeSettings(words)
    // Before any thread is started: they inherit who hears signals.
    guard let signals = EndingSignals() else { throw .failed("this machine lets no signal be heard") }
    _ = MachineLimits.raiseDescriptors()
    MachineLimits.keepFreedMemory()
    let curves = try server(settings)
    let front: HTTPServer
    do throws(ServerFailure) {
      front = try HTTPServer(settings.front, mayBePublic: settings.token != nil, curves)
    } catch {
      if case .isPublic(let host) = error {
        throw .failed(
          "\(host) is reached from other machines: set --token or CATENARY_TOKEN, or use --host 127.0.0.1")
      }
      throw .failed("\(error)")
    }
    let model = curves.warm()
    let why = curves.fallbackReason.map { " (\($0))" } ?? ""
    let detector =
      model.isWarm ? "model \(model.name) warm" : "no model: \(model.reason ?? "statistics alone")"
    let place = "http://\(address(settings.front.host)):\(front.port)"
    Files.tell("catenary: \(place) backend \(curves.backend.rawValue)\(why), \(detector)\n")
    if let fault = curves.registryFault { Files.tell("catenary: \(fault)\n") }
    let isDone = front.serve(until: signals, draining: { curves.drain() })
    curves.end()
    guard isDone else {
      throw .failed("a second signal came before all answers were sent")
    }
  }

  private static func server(_ settings: ServeSettings) throws(CommandFailure) -> CurveServer {
    var log: (@Sendable (String) -> Void)?
    if settings.logsAccess { log = { line in Files.tell(line + "\n") } }
    do throws(EngineError) {
      return try CurveServer(
        backend: settings.backend, models: settings.models, token: settings.token,
        mostPoints: settings.mostPoints, hasDiagnostics: settings.hasDiagnostics, log: log)
    } catch { throw .failed("\(error)") }
  }

  /// Of IPv6 in brackets.
  private static func address(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }
}
