import CatenaryServer
import WorkerRegistry

/// A server's workers at one moment, as lines to read.
struct TopView {
  let document: WorkersDocument
  let port: UInt16
  let pid: Int
  /// Milliseconds since 1970 UTC.
  let startedAt, now: UInt64
  /// The view before this one: what processor time is measured against.
  let before: (document: WorkersDocument, now: UInt64)?

  init(_ registry: RegistryReader, port: UInt16, before: TopView?) {
    document = WorkersDocument(registry)
    (self.port, pid, startedAt, now) = (port, registry.server.pid, registry.createdAt, SlotWriter.now)
    self.before = before.map { ($0.document, $0.now) }
  }

  /// A screen, cut to its size.
  ///
  /// - Parameter isColoured: with ANSI's colours for states.
  func screen(columns: Int, rows: Int, isColoured: Bool) -> [String] {
    var lines = head.map { cut($0, columns) }
    lines.append(
      isColoured
        ? "\u{1B}[7m\(padded(cut(TopView.title, columns), columns))\u{1B}[0m" : cut(TopView.title, columns))
    let room = max(0, rows - lines.count - 2)
    let shown = document.workers.count <= room ? document.workers.count : max(0, room - 1)
    for worker in document.workers.prefix(shown) {
      let line = cut(row(worker), columns)
      lines.append(isColoured ? coloured(line, worker.state) : line)
    }
    if shown < document.workers.count { lines.append("… and \(document.workers.count - shown) more") }
    lines += ["", cut("q quits", columns)]
    return Array(lines.prefix(rows))
  }

  /// Plain lines: one for all, and one for each worker.
  var lines: [String] {
    [head.joined(separator: "; "), TopView.title.trimmed] + document.workers.map { row($0).trimmed }
  }

  /// A line of JSON, as telemetry sends it.
  var json: [UInt8] {
    var out = Array("{\"timestamp\":\(now),\"workers\":".utf8)
    document.appendWorkers(to: &out)
    out += Array(",\"summary\":".utf8)
    document.appendSummary(to: &out)
    out += Array("}\n".utf8)
    return out
  }

  private var head: [String] {
    let usage = document.usage
    let up = duration(now - min(startedAt, now))
    return [
      "catenary on port \(port), process \(pid), up \(up)",
      "\(document.workers.count) workers: \(document.count(.working)) working, \(document.count(.idle)) idle, "
        + "\(document.count(.error)) after an error; \(document.queueDepth) answers wait",
      "memory \(mebibytes(usage.residentBytes)), heap \(mebibytes(usage.heapUsedBytes)) of "
        + "\(mebibytes(usage.heapTotalBytes)), WebAssembly \(mebibytes(usage.externalBytes))"
        + " (\(duration(now - min(usage.at, now))) ago)",
    ]
  }

  private static let title =
    "WORKER      STATUS   JOB        SINCE     CPU     DONE   PIECES   ERRORS  LAST ERROR"

  private func row(_ worker: WorkerRecord) -> String {
    let since = worker.job.map { duration(now - min($0.startedAt, now)) } ?? ""
    return padded(worker.id, 11) + " " + padded(worker.state.word, 8) + " "
      + padded(printable(worker.job?.type ?? ""), 9) + " " + right(since, 6) + right(share(worker), 8)
      + right("\(worker.processed)", 9) + right("\(worker.pieces)", 9) + right("\(worker.errors)", 9) + "  "
      + printable(worker.lastError ?? "")
  }

  /// Processor time of the pieces that were finished since the view before, against the time between.
  private func share(_ worker: WorkerRecord) -> String {
    guard let before, now > before.now else { return "" }
    let earlier = before.document.workers.first { $0.number == worker.number }
    let spent = worker.processorTime &- (earlier?.processorTime ?? 0)
    return "\(min(100, spent / 10_000 / (now - before.now)))%"
  }

  private func coloured(_ line: String, _ state: WorkerRecord.State) -> String {
    switch state {
    case .working: "\u{1B}[32m\(line)\u{1B}[0m"
    case .error: "\u{1B}[31m\(line)\u{1B}[0m"
    default: line
    }
  }
}

/// What is not to be printed to a terminal is a question mark.
private func printable(_ text: String) -> String {
  var out = ""
  for scalar in text.unicodeScalars {
    let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
    out.unicodeScalars.append(isControl ? "?" : scalar)
  }
  return out
}

private func cut(_ text: String, _ width: Int) -> String { String(text.prefix(width)) }
private func padded(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}
private func right(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}

extension String {
  fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }
}

private func mebibytes(_ bytes: UInt64) -> String {
  let tenths = (bytes * 10 + (1 << 19)) >> 20
  return "\(tenths / 10).\(tenths % 10) MiB"
}

/// Such as 0.4 s, 42 s, 3:07 or 5:12:09.
private func duration(_ milliseconds: UInt64) -> String {
  let seconds = milliseconds / 1000
  if seconds < 10 { return "\(seconds).\(milliseconds / 100 % 10) s" }
  if seconds < 60 { return "\(seconds) s" }
  func two(_ number: UInt64) -> String { number < 10 ? "0\(number)" : "\(number)" }
  if seconds < 3600 { return "\(seconds / 60):\(two(seconds % 60))" }
  return "\(seconds / 3600):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
}
