import Catenary
import CurveRequests
import HTTPFront

/// What `catenary serve` was asked for: by options, else by the environment.
struct ServeSettings {
  enum Option: String, CaseIterable {
    case host, port, workers, reactors, backend, models, token
    case maxBody = "max-body"
    case maxBodies = "max-bodies"
    case maxPoints = "max-points"
    case maxHeader = "max-header"
    case maxUri = "max-uri"
    case maxConnections = "max-connections"
    case headerTimeout = "header-timeout"
    case idleTimeout = "idle-timeout"
    case bodyTimeout = "body-timeout"
    case sendTimeout = "send-timeout"
    case webSocketPing = "websocket-ping"
    case webSocketTimeout = "websocket-timeout"
    case accessLog = "access-log"
    case diagnostics

    /// Whether its name alone is `true`.
    var isFlag: Bool { self == .accessLog || self == .diagnostics }

    /// What the help says.
    var meaning: String {
      switch self {
      case .host: "ADDRESS          where it listens (default 127.0.0.1); another needs a token"
      case .port: "N                default 3002, or PORT of the environment; 0 takes a free one"
      case .workers: "N             threads that make large answers (default: one for each core)"
      case .reactors: "N            threads that serve connections (default: one for each core)"
      case .backend: "native|wasm|auto  what draws where a request does not say (default auto)"
      case .models: "DIR            a folder with curve-detection.onnx instead of the built-in model"
      case .token: "TEXT            what /api/dev/* and /metrics ask for, as Authorization: Bearer TEXT"
      case .maxBody: "SIZE         bytes of a request's body (default 64MiB)"
      case .maxBodies: "SIZE       bytes of all requests' bodies held at once, else 503 (default 512MiB)"
      case .maxPoints: "N          points of an answer (default 2147483648)"
      case .maxHeader: "SIZE       bytes of its header (default 16KiB)"
      case .maxUri: "SIZE          bytes of its target (default 8KiB)"
      case .maxConnections: "N     open connections (default 10000)"
      case .headerTimeout: "S      seconds for a request's header (default 10)"
      case .idleTimeout: "S        seconds between requests (default 60)"
      case .bodyTimeout: "S        seconds between two parts of a body (default 20)"
      case .sendTimeout: "S        seconds for a client that takes nothing (default 30)"
      case .webSocketPing: "S       seconds between pings to a WebSocket (default 15)"
      case .webSocketTimeout:
        "S    seconds for a WebSocket that sends no frame, no answer to pings (default 30)"
      case .diagnostics: "          true: /ws/echo, for tests of clients (default false)"
      case .accessLog: "           true: a JSON line on standard error for each answer (default false)"
      }
    }
  }

  var front = ServerOptions()
  var backend = Backend.auto
  var models = ModelSource.builtIn
  var token: String?
  var logsAccess = false
  var hasDiagnostics = false
  var mostPoints = 1 << 31

  private var values: [Option: (text: String, name: String)] = [:]

  init(_ words: [String]) throws(CommandFailure) {
    try read(words)
    for option in Option.allCases where values[option] == nil {
      let name = "CATENARY_" + option.rawValue.map { $0 == "-" ? "_" : $0.uppercased() }.joined()
      if let text = Files.environment(name), !text.isEmpty { values[option] = (text, name) }
    }
    if values[.port] == nil, let text = Files.environment("PORT"), !text.isEmpty {
      values[.port] = (text, "PORT")
    }
    try take()
  }

  private mutating func read(_ words: [String]) throws(CommandFailure) {
    var rest = words[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("-") else { throw .usage("\(word): serve takes no input: leave it out") }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard word.hasPrefix("--"), let option = Option(rawValue: String(parts[0].dropFirst(2))) else {
        let hint = Arguments.hint(String(parts[0]), in: Option.allCases.map { "--\($0.rawValue)" })
        throw .usage("unknown option \(word): \(hint) (catenary serve --help lists all)")
      }
      let name = "--\(option.rawValue)"
      guard values[option] == nil else { throw .usage("\(name) is given twice: give it once") }
      if parts.count == 2 {
        values[option] = (String(parts[1]), name)
      } else if option.isFlag, rest.first.map({ $0.hasPrefix("--") }) ?? true {
        values[option] = ("true", name)
      } else if let value = rest.popFirst(), !value.hasPrefix("--") {
        values[option] = (value, name)
      } else {
        throw .usage("\(name) needs a value (catenary serve --help lists all)")
      }
    }
  }

  private mutating func take() throws(CommandFailure) {
    for option in [Option.host, .models] where values[option]?.text == "" {
      throw fault(option, "is empty: give a value, or leave it out")
    }
    front.host = values[.host]?.text ?? front.host
    front.port = UInt16(try number(.port, 0...65535) ?? 3002)
    front.workers = try number(.workers, 1...1024) ?? front.workers
    front.reactors = try number(.reactors, 1...1024) ?? front.reactors
    front.connections = try number(.maxConnections, 1...1_000_000) ?? front.connections
    front.limits.bodyBytes = try size(.maxBody) ?? front.limits.bodyBytes
    front.bodyBytes = try size(.maxBodies) ?? max(front.bodyBytes, front.limits.bodyBytes)
    guard front.bodyBytes >= front.limits.bodyBytes else {
      throw fault(.maxBodies, "is less than one body may have: raise it, or lower --max-body")
    }
    mostPoints = try number(.maxPoints, 2...1 << 31) ?? mostPoints
    front.limits.headerBytes = try size(.maxHeader) ?? front.limits.headerBytes
    front.limits.targetBytes = try size(.maxUri) ?? front.limits.targetBytes
    front.headerSeconds = try seconds(.headerTimeout) ?? front.headerSeconds
    front.idleSeconds = try seconds(.idleTimeout) ?? front.idleSeconds
    front.bodySeconds = try seconds(.bodyTimeout) ?? front.bodySeconds
    front.webSocketPingSeconds = try seconds(.webSocketPing) ?? front.webSocketPingSeconds
    front.webSocketIdleSeconds = try seconds(.webSocketTimeout) ?? front.webSocketIdleSeconds
    front.sendSeconds = try seconds(.sendTimeout) ?? front.sendSeconds
    token = values[.token]?.text
    if let token, token.isEmpty || !token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
      throw fault(.token, "is empty or holds blanks: give letters, digits and signs")
    }
    if let folder = values[.models]?.text { models = .folder(folder) }
    if let (text, _) = values[.backend] {
      guard let named = Backend(rawValue: text) else {
        throw fault(.backend, "is \"\(text)\": choose native, wasm, auto")
      }
      backend = named
    }
    (logsAccess, hasDiagnostics) = (try flag(.accessLog), try flag(.diagnostics))
  }

  private func flag(_ option: Option) throws(CommandFailure) -> Bool {
    switch values[option]?.text {
    case nil, "false": return false
    case "true": return true
    case let text?: throw fault(option, "is \"\(text)\": it is true or false")
    }
  }

  private func fault(_ option: Option, _ words: String) -> CommandFailure {
    .usage("\(values[option]?.name ?? option.rawValue) \(words)")
  }

  private func number(_ option: Option, _ range: ClosedRange<Int>) throws(CommandFailure) -> Int? {
    guard let (text, _) = values[option] else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw fault(
        option, "is \"\(text)\": give a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  private func seconds(_ option: Option) throws(CommandFailure) -> Double? {
    guard let (text, _) = values[option] else { return nil }
    guard let seconds = Double(text), seconds > 0, seconds <= 86400 else {
      throw fault(option, "is \"\(text)\": give seconds above 0 and up to 86400")
    }
    return seconds
  }

  /// Bytes, with KiB, MiB or GiB behind the number.
  private func size(_ option: Option) throws(CommandFailure) -> Int? {
    guard let (text, _) = values[option] else { return nil }
    for (unit, shift) in [("KiB", 10), ("MiB", 20), ("GiB", 30), ("", 0)] where text.hasSuffix(unit) {
      guard let number = Int(text.dropLast(unit.count)), number > 0, number <= (1 << 40) >> shift else {
        break
      }
      return number << shift
    }
    throw fault(option, "is \"\(text)\": give bytes such as 65536, 512KiB or 64MiB")
  }
}
