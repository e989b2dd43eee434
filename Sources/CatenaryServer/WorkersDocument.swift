public import WorkerRegistry

/// All workers of a server at one moment, as JSON: what `/api/dev/workers`, telemetry and `catenary top --json` say.
///
/// Make one on any thread, for a registry of this process or another; it waits for nobody.
public struct WorkersDocument: Sendable {
  public let workers: [WorkerRecord]
  /// Jobs that wait for a worker.
  public let queueDepth: Int
  /// Memory of the process: its threads share it.
  public let usage: ProcessUsage

  public init(_ registry: RegistryReader) {
    (workers, queueDepth, usage) = (registry.workers(), registry.queueDepth, registry.usage)
  }

  /// How many workers there are of a state.
  public func count(_ state: WorkerRecord.State) -> Int { workers.count { $0.state == state } }

  /// Workers share one queue: each has its even part of it, so that the parts add up.
  ///
  /// - Parameter index: of `workers`.
  public func queueDepth(of index: Int) -> Int {
    queueDepth / workers.count + (index < queueDepth % workers.count ? 1 : 0)
  }

  /// `{id:{…},…}`, as contract and `/openapi.json` have it.
  public func appendWorkers(to out: inout [UInt8]) {
    out.append(UInt8(ascii: "{"))
    for (index, worker) in workers.enumerated() {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      append(worker, queueDepth(of: index), to: &out)
    }
    out.append(UInt8(ascii: "}"))
  }

  /// `{"total":…,"idle":…,"working":…,"error":…,"total_queue_depth":…}`.
  public func appendSummary(to out: inout [UInt8]) {
    out.append(
      text: "{\"total\":\(workers.count),\"idle\":\(count(.idle)),\"working\":\(count(.working)),"
        + "\"error\":\(count(.error)),\"total_queue_depth\":\(queueDepth)}")
  }

  private func append(_ worker: WorkerRecord, _ depth: Int, to out: inout [UInt8]) {
    out.append(text: "\"\(worker.id)\":{\"id\":\"\(worker.id)\",\"status\":\"\(worker.state.word)\"")
    out.append(
      text: ",\"created_at\":\(worker.createdAt),\"messages_processed\":\(worker.processed)"
        + ",\"errors\":\(worker.errors)")
    if let error = worker.lastError {
      out.append(text: ",\"last_error\":")
      out.append(quoted: error)
    }
    if let job = worker.job {
      out.append(text: ",\"current_job\":{\"id\":\"job-\(job.number)\",\"type\":")
      out.append(quoted: job.type)
      out.append(text: ",\"started_at\":\(job.startedAt)}")
    }
    out.append(text: ",\"resource_usage\":{\"rss_mb\":")
    out.append(megabytes: usage.residentBytes)
    out.append(text: ",\"heap_used_mb\":")
    out.append(megabytes: usage.heapUsedBytes)
    out.append(text: ",\"heap_total_mb\":")
    out.append(megabytes: usage.heapTotalBytes)
    out.append(text: ",\"external_mb\":")
    out.append(megabytes: usage.externalBytes)
    out.append(
      text: "},\"queue_depth\":\(depth),\"pieces_made\":\(worker.pieces),"
        + "\"cpu_ms\":\(worker.processorTime / 1_000_000),\"updated_at\":\(worker.updatedAt)}")
  }
}

extension [UInt8] {
  mutating func append(text: String) { append(contentsOf: text.utf8) }

  /// Mebibytes with two decimals.
  mutating func append(megabytes bytes: UInt64) {
    let hundredths = (bytes * 100 + (1 << 19)) >> 20
    append(text: "\(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10)")
  }

  /// Text as a JSON string.
  mutating func append(quoted text: String) {
    append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        append(UInt8(ascii: "\\"))
        append(byte)
      case 0..<0x20:
        append(text: "\\u00")
        append(UInt8(ascii: "0") + byte / 16)
        append(Array("0123456789abcdef".utf8)[Int(byte % 16)])
      default: append(byte)
      }
    }
    append(UInt8(ascii: "\""))
  }
}
