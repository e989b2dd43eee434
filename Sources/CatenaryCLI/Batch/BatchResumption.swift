import Catenary
import CurveFormats
import CurveRequests

/// What of a plan an earlier run has done already.
struct BatchResumption: Sendable {
  private let items: [BatchItem]
  private let told: [JSONValue]
  private let folder: String
  private let isResuming, isVerifying: Bool
  private var done: Set<Int> = []

  init(_ plan: BatchPlan, _ settings: BatchSettings) {
    (items, told, folder) = (plan.items, plan.options.map(\.told), plan.folder)
    (isResuming, isVerifying) = (settings.isResuming, settings.isVerifying)
  }

  func isDone(_ item: Int) -> Bool { done.contains(item) }

  /// Judges the lines of the manifest that is there.
  ///
  /// - Returns: those that stand: of items that are done, and of items that are not of this run.
  mutating func keep(_ lines: [ManifestLine]) -> [ManifestLine] {
    guard isResuming else { return [] }
    var places: [String: Int] = [:]
    for index in items.indices { places[items[index].output] = index }
    var latest: [String: ManifestLine] = [:]
    var order: [String] = []
    for line in lines {
      if latest.updateValue(line, forKey: line.output) == nil { order.append(line.output) }
    }
    return order.compactMap { output in
      guard var line = latest[output] else { return nil }
      guard let index = places[output] else { return line }
      guard agrees(line, with: items[index]) else { return nil }
      done.insert(index)
      line.items = items.count
      return line
    }
  }

  private func agrees(_ line: ManifestLine, with item: BatchItem) -> Bool {
    guard line.error == nil, line.input == item.input, line.inputBytes != nil, line.inputBytes == item.bytes,
      line.options == told[item.options], let status = try? Files.status("\(folder)/\(item.output)"),
      status.isRegular, status.size == line.bytes
    else { return false }
    return !isVerifying || BatchResumption.hash(of: "\(folder)/\(item.output)") == line.sha256
  }

  /// The SHA-256 of a file; nil when it cannot be read.
  private static func hash(of path: String) -> String? {
    guard var source = try? FileSource(path) else { return nil }
    var hash = ByteHash()
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      var room = chunk.mutableSpan
      guard let count = try? source.read(into: &room) else { return nil }
      if count == 0 { return hash.finish() }
      Files.withBytes(chunk, first: count) { hash.update($0) }
    }
  }
}
