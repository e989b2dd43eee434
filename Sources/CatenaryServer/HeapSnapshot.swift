import Catenary
import HTTPFront
import WorkerRegistry

/// What is known of a worker and of the memory that it works in, at one moment.
///
/// Workers are threads of one process: stack, counters and processor time are a worker's own, and it hands them over
/// itself between two pieces; allocator, pools, mapped regions and the linear memory of WebAssembly belong to all.
struct HeapSnapshot: Sendable {
  /// What the worker hands over.
  struct Handover: Sendable {
    let thread: ThreadFigures
    let allocator: AllocatorFigures
    let guest: GuestMemory?
  }

  let worker: WorkerRecord
  let takenAt: UInt64
  /// nil: it did not come to the end of its piece in time.
  let handover: Handover?
  let milliseconds: Double
  let figures: ServerFigures
  let pooledMemory: [(name: String, stretches: Int, bytes: Int)]
  let usage: ProcessUsage
  let guestBytes: Int
  let withContents: Bool

  static let patienceSeconds = 5.0

  /// Asks the worker, and waits for it: on a thread of one's own.
  ///
  /// - Throws: 404 when it has gone meanwhile.
  init(of number: Int, _ server: CurveServer, _ board: WorkerBoard, withContents: Bool) throws(Problem) {
    let before = board.document
    guard let worker = before.workers.first(where: { $0.number == UInt64(number) }) else {
      throw Problem(404, "worker-\(number) has gone: GET /api/dev/workers lists who is there")
    }
    let engine = server.engines.guest
    let clock = ContinuousClock()
    let start = clock.now
    handover = board.pool.ask(number, seconds: HeapSnapshot.patienceSeconds) {
      Handover(thread: .now, allocator: .now, guest: engine.inspectGuestMemory())
    }
    milliseconds = (clock.now - start) / .milliseconds(1)
    (self.worker, takenAt, usage, self.withContents) = (worker, SlotWriter.now, before.usage, withContents)
    (figures, guestBytes) = (server.figures, engine.guestMemoryBytes)
    pooledMemory = [("native", server.engines.native), ("wasm", engine)].map { name, engine in
      (name, engine.pooledMemory.stretches, engine.pooledMemory.bytes)
    }
  }
}

extension HeapSnapshot {
  /// All but what needs a stream: linear memory and mapped regions.
  var head: [UInt8] {
    var out = Array("{\"id\":\"\(worker.id)\",\"taken_at\":\(takenAt),\"complete\":\(handover != nil)".utf8)
    if handover == nil {
      out.append(
        text: ",\"reason\":\"the worker did not come to the end of its piece within "
          + "\(Int(HeapSnapshot.patienceSeconds)) s: this is what is known without it\"")
    }
    out.append(text: ",\"handed_over_after_ms\":\((milliseconds * 1000).rounded() / 1000),\"worker\":")
    appendWorker(to: &out)
    out.append(
      text: ",\"process\":{\"rss_bytes\":\(usage.residentBytes),\"heap_used_bytes\":\(usage.heapUsedBytes),"
        + "\"heap_total_bytes\":\(usage.heapTotalBytes),\"linear_memory_bytes\":\(guestBytes)}")
    guard let handover else { return out }
    let thread = handover.thread
    out.append(
      text: ",\"thread\":{\"id\":\(thread.thread),\"cpu_ns\":\(thread.processorTime),"
        + "\"stack_bytes\":\(thread.stackBytes),\"stack_used_bytes\":\(thread.stackDepth),"
        + "\"page_faults\":\(thread.pageFaults),\"voluntary_switches\":\(thread.waits),"
        + "\"involuntary_switches\":\(thread.interruptions)}")
    appendAllocator(handover.allocator, to: &out)
    appendPools(to: &out)
    return out
  }

  private func appendWorker(to out: inout [UInt8]) {
    out.append(
      text: "{\"status\":\"\(worker.state.word)\",\"created_at\":\(worker.createdAt),"
        + "\"messages_processed\":\(worker.processed),\"errors\":\(worker.errors),"
        + "\"pieces_made\":\(worker.pieces),\"last_error\":")
    if let error = worker.lastError { out.append(quoted: error) } else { out.append(text: "null") }
    out.append(text: ",\"current_job\":")
    if let job = worker.job {
      out.append(text: "{\"id\":\"job-\(job.number)\",\"type\":")
      out.append(quoted: job.type)
      out.append(text: ",\"started_at\":\(job.startedAt)}")
    } else {
      out.append(text: "null")
    }
    out.append(text: "}")
  }

  private func appendAllocator(_ heap: AllocatorFigures, to out: inout [UInt8]) {
    out.append(
      text:
        ",\"allocator\":{\"scope\":\"process\",\"source\":\"mallinfo2\",\"arena_bytes\":\(heap.arenaBytes),"
        + "\"used_bytes\":\(heap.usedBytes),\"free_bytes\":\(heap.freeBytes),\"free_chunks\":\(heap.freeChunks),"
        + "\"mapped_bytes\":\(heap.mappedBytes),\"mapped_stretches\":\(heap.maps),"
        + "\"releasable_bytes\":\(heap.releasableBytes)}")
  }

  private func appendPools(to out: inout [UInt8]) {
    out.append(
      text:
        ",\"buffer_pools\":[{\"name\":\"answers\",\"scope\":\"process\",\"buffers\":\(figures.pooledBuffers),"
        + "\"bytes\":\(figures.pooledBytes)}")
    for pool in pooledMemory {
      out.append(
        text: ",{\"name\":\"tiles of the \(pool.name) engine\",\"scope\":\"process\","
          + "\"buffers\":\(pool.stretches),\"bytes\":\(pool.bytes)}")
    }
    out.append(text: "],\"request_body_bytes\":\(figures.bodyBytes)")
  }
}
