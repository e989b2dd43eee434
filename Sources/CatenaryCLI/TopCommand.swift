import CurveRequests
import WorkerRegistry

/// `catenary top`: a live view of a running server's workers, read from its shared registry.
enum TopCommand {
  static func run(_ words: [String]) throws(CommandFailure) {
    let settings = try TopSettings(words)
    let registry: RegistryReader
    do throws(RegistryError) { registry = try RegistryReader(port: settings.port) } catch {
      throw .failed("\(error)")
    }
    if !settings.isOnce, !settings.isJSON, let terminal = Terminal() {
      return try watch(registry, settings, terminal)
    }
    var view: TopView?
    while true {
      let next = TopView(registry, port: settings.port, before: view)
      try Program.print(
        settings.isJSON
          ? String(decoding: next.json, as: UTF8.self) : next.lines.joined(separator: "\n") + "\n")
      guard !settings.isOnce else { return }
      view = next
      Files.sleep(milliseconds: settings.milliseconds)
      try check(registry, settings)
    }
  }

  private static func check(_ registry: RegistryReader, _ settings: TopSettings) throws(CommandFailure) {
    guard !registry.isServed else { return }
    throw .failed("the server on port \(settings.port) has ended: start it again")
  }

  private static func watch(
    _ registry: RegistryReader, _ settings: TopSettings, _ terminal: Terminal
  ) throws(CommandFailure) {
    terminal.enter()
    let outcome: Result<Int32, CommandFailure>
    do throws(CommandFailure) { outcome = .success(try loop(registry, settings, terminal)) } catch {
      outcome = .failure(error)
    }
    terminal.leave()
    switch outcome {
    case .success(0): return
    case .success(let signal): Terminal.end(by: signal)
    case .failure(let error): throw error
    }
  }

  /// - Returns: the signal that ended it; 0: a key did.
  private static func loop(
    _ registry: RegistryReader, _ settings: TopSettings, _ terminal: Terminal
  ) throws(CommandFailure) -> Int32 {
    var view = TopView(registry, port: settings.port, before: nil)
    while true {
      try draw(view, terminal)
      let start = SlotWriter.now
      var left = settings.milliseconds
      while left > 0 {
        switch terminal.wait(milliseconds: left) {
        case .nothing: break
        case .key(UInt8(ascii: "q")), .key(UInt8(ascii: "Q")), .gone: return 0
        case .key: break
        case .resized: try draw(view, terminal)
        case .stopped:
          terminal.stop()
          try draw(view, terminal)
        case .ended(let signal): return signal
        }
        left = settings.milliseconds - Int(clamping: SlotWriter.now &- start)
      }
      try check(registry, settings)
      view = TopView(registry, port: settings.port, before: view)
    }
  }

  /// Over what stands there, so that nothing flickers.
  private static func draw(_ view: TopView, _ terminal: Terminal) throws(CommandFailure) {
    let (columns, rows) = terminal.size
    let lines = view.screen(columns: columns, rows: rows, isColoured: true)
    try Program.print("\u{1B}[H" + lines.joined(separator: "\u{1B}[K\r\n") + "\u{1B}[K\u{1B}[J")
  }
}

/// What `catenary top` was asked for.
struct TopSettings {
  private(set) var port: UInt16 = 3002
  private(set) var milliseconds = 1000
  private(set) var isOnce = false
  private(set) var isJSON = false

  private static let flags = ["--once", "--json"]
  private static let options = ["--port", "--interval"]

  init(_ words: [String]) throws(CommandFailure) {
    for name in ["CATENARY_PORT", "PORT"] {
      if let text = Files.environment(name), !text.isEmpty {
        try setPort(text, name)
        break
      }
    }
    var (rest, given) = (words[...], Set<String>())
    while let word = rest.popFirst() {
      guard word.hasPrefix("-") else { throw .usage("\(word): top takes no input: leave it out") }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let name = parts[0]
      guard TopSettings.options.contains(name) || parts.count == 1 && TopSettings.flags.contains(name) else {
        let hint = Arguments.hint(name, in: TopSettings.flags + TopSettings.options)
        throw .usage("unknown option \(word): \(hint) (catenary top --help lists all)")
      }
      guard given.insert(name).inserted else { throw .usage("\(name) is given twice: give it once") }
      switch name {
      case "--once": isOnce = true
      case "--json": isJSON = true
      default:
        guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
          throw .usage("\(name) needs a value (catenary top --help lists all)")
        }
        if name == "--port" { try setPort(value, name) } else { try setInterval(value) }
      }
    }
  }

  private mutating func setPort(_ text: String, _ name: String) throws(CommandFailure) {
    guard let number = UInt16(text), number > 0 else {
      throw .usage("\(name) is \"\(text)\": give a server's port, 1 to 65535")
    }
    port = number
  }

  private mutating func setInterval(_ text: String) throws(CommandFailure) {
    guard let seconds = Double(text), (0.1...3600).contains(seconds) else {
      throw .usage("--interval is \"\(text)\": give seconds from 0.1 to 3600")
    }
    milliseconds = Int(seconds * 1000)
  }
}
