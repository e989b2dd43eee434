import CurveFormats
import CurveRequests

/// One input and where its output goes.
struct BatchItem {
  let input: String
  /// Below the folder of the outputs.
  let output: String
  /// Bytes of the input; nil: it cannot be read.
  let bytes: Int?
  /// The same as a share of the work, which may be added up: files with holes can be of any size.
  var work: Int { BatchItem.work(of: bytes) }

  static func work(of bytes: Int?) -> Int { min(bytes ?? 0, 1 << 40) }

  /// Whether it is a plain file, not a pipe.
  let isRegular: Bool
  /// Of the input; nil: nobody knows.
  let format: PointFormat?
  /// Its place among the option sets.
  let options: Int
}

/// What a batch is to do.
struct BatchPlan {
  private(set) var items: [BatchItem] = []
  private(set) var options: [BatchOptions]
  /// Items of all shards.
  private(set) var total = 0
  let folder: String
  let shard: Shard?

  /// Finds all inputs and refuses what cannot be done before anything is.
  init(_ settings: BatchSettings) throws(CommandFailure) {
    folder = settings.folder
    shard = try settings.shard
    options = [try BatchOptions(typed: settings.typed, isDetection: settings.isDetection)]
    var finder = BatchFinder(outputFolder: folder, takesAll: settings.typed[.inputFormat] != nil)
    if let list = settings.list {
      try BatchList(list, settings, &options).add(to: &finder)
    }
    for input in settings.inputs { try finder.add(input) }
    guard !finder.found.isEmpty else {
      throw .failed("there is nothing to do: no input has a file with points (csv, json, npy, f32, f64)")
    }
    let isMine = try BatchPlan.parts(finder.found, shard, balancesBytes: try settings.balancesBytes)
    try take(finder.found, isMine)
  }

  /// Which items are of the shard.
  private static func parts(
    _ found: [FoundInput], _ shard: Shard?, balancesBytes: Bool
  ) throws(CommandFailure) -> (Int) -> Bool {
    guard let shard else { return { _ in true } }
    guard balancesBytes else { return { shard.has(found[$0].below) } }
    let parts = Shard.balanced(found.map { BatchItem.work(of: $0.status?.size) }, count: shard.count)
    return { parts[$0] == shard.index }
  }

  private mutating func take(_ found: [FoundInput], _ isMine: (Int) -> Bool) throws(CommandFailure) {
    var writers: [String: Int] = [:]
    writers.reserveCapacity(found.count)
    let inputs = Set(found.compactMap { $0.status?.identity })
    let isFolderThere = OutputFile.isFolder(folder)
    for (index, input) in found.enumerated() {
      let output = try name(input)
      if let other = writers.updateValue(index, forKey: output) {
        // The same file with the same options twice is one item.
        let isSame =
          found[other].options == input.options
          && (found[other].path == input.path
            || (input.status != nil && found[other].status?.identity == input.status?.identity))
        guard !isSame else {
          writers[output] = other
          continue
        }
        throw .usage(
          "\(found[other].path) and \(input.path) would both be written to \(folder)/\(output): rename one, "
            + "give them to separate runs, or name their outputs in a --manifest")
      }
      if isFolderThere, let status = try? Files.status("\(folder)/\(output)"),
        inputs.contains(status.identity)
      {
        throw .usage("\(folder)/\(output) would overwrite an input: choose another --output-dir or --format")
      }
      total += 1
      guard isMine(index) else { continue }
      items.append(
        BatchItem(
          input: input.path, output: output,
          bytes: input.status.map(\.size), isRegular: input.status?.isRegular ?? false,
          format: try? PointInput.format(input.path, options[input.options].settings),
          options: input.options))
    }
  }

  /// Where an input's output goes, below the folder.
  private func name(_ input: FoundInput) throws(CommandFailure) -> String {
    let format = options[input.options].format
    if let output = input.output { return output }
    let below = input.isListed ? BatchFinder.name(input.path) : input.below
    guard let dot = below.lastIndex(of: "."),
      dot > (below.lastIndex(of: "/").map { below.index(after: $0) } ?? below.startIndex)
    else { return "\(below).\(format.name)" }
    return "\(below[..<dot]).\(format.name)"
  }
}
