import CurveFormats
import CurveRequests

/// What `catenary batch` was asked for.
struct BatchSettings {
  /// Files, folders and patterns; folders of shards with `--merge-manifests`.
  let inputs: [String]
  /// Options of curves and pictures, as typed.
  let typed: [RenderOption: String]
  private var values: [BatchOption: String] = [:]

  init(_ words: [String]) throws(CommandFailure) {
    let rest = try BatchSettings.take(words, &values)
    let command = values[.detect] == "true" ? "detect" : "render"
    let arguments = try Arguments(
      rest, of: command, typedAs: "batch", beside: BatchOption.allCases.map(\.flag))
    (inputs, typed) = (arguments.inputs, arguments.options)
    for option in [RenderOption.kernel, .kernelMemory, .kernelTimeout] where typed[option] != nil {
      throw .usage("\(option.flag) does not belong to batch: leave it out, or use render")
    }
    try check()
  }

  /// Takes the options of `batch` out of the words.
  private static func take(
    _ words: [String], _ values: inout [BatchOption: String]
  ) throws(CommandFailure) -> [String] {
    var (rest, others) = (words[...], [String]())
    while let word = rest.popFirst() {
      if word == "--" {
        others.append(word)
        others += rest
        break
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = parts.first.map(String.init) ?? ""
      guard
        let option = BatchOption.allCases.first(where: {
          $0.flag == name || ($0 == .output && name == "--output")
        })
      else {
        others.append(word)
        continue
      }
      guard values[option] == nil else { throw .usage("\(name) is given twice: give it once") }
      if parts.count == 2 {
        values[option] = String(parts[1])
      } else if option.valueName.isEmpty {
        values[option] = rest.first == "true" || rest.first == "false" ? rest.removeFirst() : "true"
      } else if let value = rest.first, !value.hasPrefix("--"), value != "-o" {
        values[option] = value
        rest = rest.dropFirst()
      } else {
        throw .usage("\(name) needs a value: \(name) \(option.valueName)")
      }
    }
    return others
  }

  private func check() throws(CommandFailure) {
    for option in BatchOption.allCases where option.valueName.isEmpty { _ = try flag(option) }
    if isMerging {
      for option in BatchOption.allCases where values[option] != nil {
        guard [.mergeManifests, .output, .manifest, .json, .quiet].contains(option) else {
          throw .usage("\(option.flag) does not belong to --merge-manifests: leave it out")
        }
      }
      if let option = typed.keys.first {
        throw .usage("\(option.flag) does not belong to --merge-manifests: leave it out")
      }
      if inputs.isEmpty {
        throw .usage("--merge-manifests needs folders: name those that the shards wrote to")
      }
      return
    }
    if values[.output] != nil {
      throw .usage("-o belongs to --merge-manifests: batch writes to --output-dir DIR")
    }
    guard let folder = values[.outputDir], !folder.isEmpty else {
      throw .usage("there is no place for outputs: give --output-dir DIR")
    }
    if inputs.isEmpty, values[.manifest] == nil {
      throw .usage(
        "there is no input: name files, folders or patterns such as 'data/*.csv', or give --manifest FILE")
    }
    if inputs.contains("-") {
      throw .usage("-: batch takes files, not standard input: use render, or --manifest -")
    }
    if isVerifying, !isResuming { throw .usage("--verify belongs to --resume: give that, too") }
    if try flag(.keepGoing) == true, isFailFast {
      throw .usage("--keep-going and --fail-fast exclude each other: give one")
    }
    _ = try threads
    _ = try memoryBytes
    if try balancesBytes, values[.manifest] == nil || !inputs.isEmpty {
      throw .usage("--balance bytes needs a fixed list: give --manifest FILE and no other input")
    }
  }

  private func flag(_ option: BatchOption) throws(CommandFailure) -> Bool? {
    switch values[option] {
    case nil: nil
    case "true": true
    case "false": false
    case let text?: throw .usage("\(option.flag) is \"\(text)\": it is true or false")
    }
  }

  private func integer(_ option: BatchOption, in range: ClosedRange<Int>) throws(CommandFailure) -> Int? {
    guard let text = values[option] else { return nil }
    guard let value = Int(text), range.contains(value) else {
      throw .usage(
        "\(option.flag) is \"\(text)\": give a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  private func isSet(_ option: BatchOption) -> Bool { values[option] == "true" }

  var isMerging: Bool { isSet(.mergeManifests) }
  var isDetection: Bool { isSet(.detect) }
  var isResuming: Bool { isSet(.resume) }
  var isVerifying: Bool { isSet(.verify) }
  var isFailFast: Bool { isSet(.failFast) }
  var isDryRun: Bool { isSet(.dryRun) }
  var isJSON: Bool { isSet(.json) }
  var isQuiet: Bool { isSet(.quiet) }
  var list: String? { values[.manifest] }
  var mergedPath: String? { values[.output] }

  /// The folder, no slash at its end.
  var folder: String {
    var folder = values[.outputDir] ?? "."
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    return folder
  }

  var threads: Int? { get throws(CommandFailure) { try integer(.threads, in: 1...1024) } }

  /// What items in hand may take together.
  var memoryBytes: Int { get throws(CommandFailure) { (try integer(.memory, in: 1...1 << 20) ?? 176) << 20 } }

  var balancesBytes: Bool {
    get throws(CommandFailure) {
      switch values[.balance] {
      case nil, "hash": false
      case "bytes": true
      case let text?: throw .usage("--balance is \"\(text)\": choose hash, bytes")
      }
    }
  }

  /// The part to do; nil: all.
  var shard: Shard? {
    get throws(CommandFailure) {
      if let text = values[.shard] { return try Shard(text) }
      return try Shard.ofEnvironment(Files.environment)
    }
  }
}
