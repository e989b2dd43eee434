import CurveRequests
import Glibc

/// The program `catenary`.
@main enum Program {
  static let version = "0.1.0"

  static func main() {
    Files.openStandardStreams()
    Unfinished.watchSignals()
    do throws(CommandFailure) {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch {
      if let line = error.line { Files.tell(line + "\n") }
      exit(error.status)
    }
    exit(0)
  }

  private static func run(_ words: [String]) throws(CommandFailure) {
    guard let command = words.first else { throw .usage("no command given: \(Help.short)") }
    let rest = Array(words.dropFirst())
    if ["--help", "-h", "help"].contains(command) { return try print(Help.text(of: rest.first)) }
    if command == "--version" { return try print("catenary \(version)\n") }
    if asksForHelp(rest), Help.commands.contains(command) { return try print(Help.text(of: command)) }
    switch command {
    case "render": try RenderCommand.run(rest)
    case "measure": try MeasureCommand.run(rest)
    case "detect": try DetectCommand.run(rest)
    case "predict": try PredictCommand.run(rest)
    case "batch": try BatchCommand.run(rest)
    case "serve": try ServeCommand.run(rest)
    case "top": try TopCommand.run(rest)
    case "doctor": try DoctorCommand.run(rest)
    default: throw unknown(command)
    }
  }

  /// Whether `--help` stands among the options.
  private static func asksForHelp(_ words: [String]) -> Bool {
    words.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
  }

  static func unknown(_ command: String) -> CommandFailure {
    if command.hasPrefix("-") {
      let hint = nearName(to: command, in: ["--help", "--version"]).map { "did you mean \($0)? " } ?? ""
      return .usage("unknown option \(command): \(hint)a command comes first, \(Help.short)")
    }
    let hint =
      nearName(to: command, in: Help.commands).map { "did you mean \($0)?" }
      ?? "choose one of \(Help.commands.joined(separator: ", "));"
    return .usage("unknown command \(command): \(hint) \(Help.short)")
  }

  static func print(_ text: String) throws(CommandFailure) {
    do throws(SystemFault) { try Files.print(text) } catch {
      throw error.code == EPIPE ? .readerGone : .failed("standard output: \(error)")
    }
  }
}
