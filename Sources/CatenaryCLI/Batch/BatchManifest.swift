import CurveRequests
import Glibc

/// `manifest.jsonl` as it grows: one write a line, so that whoever reads it sees whole lines. While it is open no other
/// batch writes to it.
final class BatchManifest: Sendable {
  let path: String
  private let descriptor: Int32

  /// The name of a manifest, and of the temporary files of its run.
  static func name(_ shard: Shard?) -> String {
    shard.map { "manifest.\($0.name).jsonl" } ?? "manifest.jsonl"
  }
  static func temporaryPrefix(_ shard: Shard?) -> String { ".catenary-batch-\(shard?.name ?? "all")-" }

  /// Makes the folder and the file where they are not there yet, and locks it.
  ///
  /// - Parameter keeping: the lines to begin with, out of those that are there.
  init(
    _ folder: String, _ shard: Shard?, keeping: ([ManifestLine]) -> [ManifestLine]
  ) throws(CommandFailure) {
    path = "\(folder)/\(BatchManifest.name(shard))"
    do throws(SystemFault) {
      try Files.makeFolder(folder)
    } catch {
      throw .failed("\(folder): \(error)")
    }
    do throws(SystemFault) {
      descriptor = try BatchManifest.locked(path)
    } catch {
      guard error.code == EWOULDBLOCK else {
        throw .failed("\(path): \(error)")
      }
      throw .failed(
        "\(path): another batch is writing to it: wait for its end, or choose another --output-dir")
    }
    do throws(CommandFailure) {
      BatchManifest.removeLeftovers(folder, shard)
      let old = try FileSource.bytes(of: path)
      let lines = ManifestLine.all(in: old)
      let kept = keeping(lines).flatMap(\.text)
      if kept != old { try rewrite(kept) }
    } catch {
      _ = close(descriptor)
      throw error
    }
  }

  deinit { _ = close(descriptor) }

  private static func locked(_ path: String) throws(SystemFault) -> Int32 {
    let descriptor = try Files.open(path, O_RDWR | O_CREAT | O_APPEND)
    if Files.lock(descriptor) { return descriptor }
    _ = close(descriptor)
    throw SystemFault(code: EWOULDBLOCK)
  }

  /// Puts other content into the file, which stays locked. A run that is killed right here has lost the record of what was
  /// done, no result: it is done again.
  private func rewrite(_ bytes: [UInt8]) throws(CommandFailure) {
    do throws(SystemFault) {
      guard ftruncate(descriptor, 0) == 0 else { throw SystemFault(code: errno) }
      if !bytes.isEmpty { try Files.append(descriptor, bytes) }
    } catch {
      throw .failed("\(path): \(error)")
    }
  }

  /// Adds a line.
  func add(_ line: ManifestLine) throws(CommandFailure) {
    do throws(SystemFault) { try Files.append(descriptor, line.text) } catch {
      throw .failed("\(path): \(error)")
    }
  }

  /// Removes the temporary files of this shard's runs, which are over, and those of others' that are over, too.
  private static func removeLeftovers(_ folder: String, _ shard: Shard?) {
    for name in (try? Files.names(in: folder)) ?? [] where name.hasPrefix(".catenary-batch-") {
      guard name.hasSuffix(".tmp") else { continue }
      let tag = name.dropFirst(".catenary-batch-".count).prefix { $0 != "." }
      let parts = tag.split(separator: "-")
      guard let first = parts.first else { continue }
      let owner = first == "all" ? nil : parts.count >= 3 ? try? Shard("\(first)/\(parts[2])") : nil
      guard first == "all" || owner != nil else { continue }
      if owner == shard || !isRunning(folder, owner) { Files.remove("\(folder)/\(name)") }
    }
  }

  private static func isRunning(_ folder: String, _ shard: Shard?) -> Bool {
    guard let descriptor = try? Files.open("\(folder)/\(name(shard))", O_RDWR) else { return false }
    defer { _ = close(descriptor) }
    return !Files.lock(descriptor)
  }
}
