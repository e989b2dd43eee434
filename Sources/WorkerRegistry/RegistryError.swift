/// Why a registry cannot be made or read: what, and how to mend it.
public enum RegistryError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No server publishes its workers there.
  case missing(port: UInt16)
  /// The server that made it has gone without ending it.
  case abandoned(port: UInt16, pid: Int)
  /// Another server publishes under that name.
  case inUse(name: String, pid: Int)
  /// The memory belongs to another user, or others may write it.
  case notOurs(name: String)
  /// What is there is no registry, or one of another version.
  case unknownLayout(name: String)
  case failed(name: String, why: String)

  public var description: String {
    switch self {
    case .missing(let port):
      "no server of yours on port \(port) shows its workers: start one (catenary serve --port \(port)), or give its port"
    case .abandoned(let port, let pid):
      "the server on port \(port) (process \(pid)) has ended without closing: start it again"
    case .inUse(let name, let pid):
      "process \(pid) shows its workers as \(name): until it has ended, this server's can be asked for over HTTP alone"
    case .notOurs(let name):
      "/dev/shm\(name) is not this user's alone: remove it, or choose another port"
    case .unknownLayout(let name):
      "/dev/shm\(name) is no registry that this version reads: use the version of the server"
    case .failed: "\(words): see catenary doctor"
    }
  }

  /// The same without what to do, where the system refused.
  public var words: String {
    if case .failed(let name, let why) = self { "/dev/shm\(name): \(why)" } else { description }
  }
}
