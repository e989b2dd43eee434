import CurveRequests

/// What a command line says, before anyone judges the values.
struct Arguments {
  private(set) var inputs: [String] = []
  /// Each option once, with its text; a flag without one has `true`.
  private(set) var options: [RenderOption: String] = [:]

  /// - Parameters:
  ///   - command: whose options they are.
  ///   - typed: the command that was typed, where it is another.
  ///   - others: options that were looked for before.
  /// - Throws: usage: unknown options with the nearest known one, missing values, an option given twice.
  init(
    _ words: [String], of command: String, typedAs typed: String? = nil, beside others: [String] = []
  ) throws(CommandFailure) {
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        inputs += rest
        break
      }
      guard word.hasPrefix("-"), word != "-" else {
        inputs.append(word)
        continue
      }
      let (name, attached) = Arguments.split(word)
      let option = try Arguments.option(name, of: command, typedAs: typed ?? command, beside: others)
      guard options[option] == nil else { throw .usage("\(name) is given twice: give it once") }
      if let attached {
        options[option] = attached
      } else if option.isFlag {
        // A file of such a name is ./true.
        options[option] = rest.first == "true" || rest.first == "false" ? rest.removeFirst() : "true"
      } else if let value = rest.first, !Arguments.isOption(value) {
        options[option] = value
        rest = rest.dropFirst()
      } else {
        throw .usage("\(name) needs a value: \(name) \(option.valueName)")
      }
    }
  }

  /// The one input that a command takes; standard input where none is named and something can come through it.
  func input(of command: String) throws(CommandFailure) -> String {
    guard inputs.count < 2 else {
      throw .usage("\(inputs[1]): \(command) takes one input, \(inputs[0]) is it already")
    }
    if let path = inputs.first { return path }
    guard !Files.isTerminal(0) else {
      throw .usage("there is no input: name a file, or send points through a pipe")
    }
    return "-"
  }

  /// `--name=value` in two.
  private static func split(_ word: String) -> (name: String, value: String?) {
    guard let equals = word.firstIndex(of: "=") else { return (word, nil) }
    return (String(word[..<equals]), String(word[word.index(after: equals)...]))
  }

  /// Whether the word begins an option rather than being a value (`-` is a file, `-0.5` a number).
  private static func isOption(_ word: String) -> Bool {
    word.hasPrefix("--") || word == "-o" || word == "-h"
  }

  /// The option that was meant; one that is merely the nearest is not claimed to be.
  static func hint(_ name: String, in known: [String]) -> String {
    nearName(to: name, in: known).map { "did you mean \($0)?" }
      ?? "the nearest is \(nearestName(to: name, in: known))"
  }

  private static func option(
    _ name: String, of command: String, typedAs typed: String, beside others: [String]
  ) throws(CommandFailure) -> RenderOption {
    if name == "-o" { return .output }
    if name.hasPrefix("--"), name != "--o", let found = RenderOption(commandLine: String(name.dropFirst(2))) {
      guard found.belongs(to: command) else {
        throw .usage(
          "\(name) does not belong to \(command): leave it out (catenary \(typed) --help lists all)")
      }
      return found
    }
    let known =
      RenderOption.allCases.filter { $0.belongs(to: command) }.map(\.flag) + others + ["--output", "--help"]
    throw .usage("unknown option \(name): \(hint(name, in: known)) (catenary \(typed) --help lists all)")
  }
}
