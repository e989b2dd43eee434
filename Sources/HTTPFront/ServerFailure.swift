internal import Glibc

/// Why a server does not start, in one line.
public enum ServerFailure: Error, Equatable, Sendable, CustomStringConvertible {
  case noAddress(host: String)
  case inUse(host: String, port: UInt16)
  case notPermitted(host: String, port: UInt16)
  /// Other machines would reach it, which was not allowed.
  case isPublic(host: String)
  case notOfThisMachine(host: String)
  case failed(host: String, port: UInt16, why: String)

  init(_ error: SystemError, host: String, port: UInt16) {
    self =
      switch error.code {
      case EADDRINUSE: .inUse(host: host, port: port)
      case EACCES, EPERM: .notPermitted(host: host, port: port)
      case EADDRNOTAVAIL: .notOfThisMachine(host: host)
      default: .failed(host: host, port: port, why: error.words)
      }
  }

  public var description: String {
    switch self {
    case .noAddress(let host): "\(host) is no address of anything: give an address such as 127.0.0.1"
    case .inUse(let host, let port):
      "\(host) port \(port) is in use: stop what listens there, or choose another port (0 takes a free one)"
    case .notPermitted(let host, let port):
      "\(host) port \(port) may not be opened by this user: choose a port above 1023"
    case .isPublic(let host): "\(host) is reached from other machines: choose 127.0.0.1"
    case .notOfThisMachine(let host): "\(host) is not an address of this machine: choose one that is"
    case .failed(let host, let port, let why): "\(host) port \(port): \(why)"
    }
  }
}
