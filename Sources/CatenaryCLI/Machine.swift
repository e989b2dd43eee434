import Catenary

/// Looks at the machine.
enum Machine {
  static func findings() -> [Finding] {
    let engine = Engine()
    return [
      Finding(key: "version", name: "catenary", value: Program.version),
      Finding(key: "threads", name: "threads", value: "\(engine.threads)"),
    ]
  }
}
