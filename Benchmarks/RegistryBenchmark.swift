import CatenaryServer
import CurveFormats
import WorkerRegistry

/// All workers' state: from shared memory, and as JSON that is written and read.
let registryBenchmarks: [Benchmark] = [2, 8].flatMap { workers in
  [
    Benchmark("registry/read/\(workers)", items: workers) {
      let registry = try registry(workers)
      return { keep(registry.reader.workers()) }
    },
    Benchmark("registry/json/\(workers)", items: workers) {
      let registry = try registry(workers)
      let document = WorkersDocument(registry.reader)
      var bytes: [UInt8] = []
      return {
        bytes.removeAll(keepingCapacity: true)
        document.appendWorkers(to: &bytes)
        var source = ArraySource(bytes)
        keep(try JSONReader(bufferBytes: bytes.count + 16).readValue(from: &source))
      }
    },
  ]
}

private func registry(_ workers: Int) throws -> WorkerRegistry {
  guard let registry = WorkerRegistry(unnamedOnPort: 0, slots: workers) else {
    throw RegistryError.failed(name: "", why: "no memory")
  }
  for slot in 0..<workers {
    let writer = registry.writer(slot: slot)
    writer.open(number: UInt64(slot + 1))
    writer.begin(job: UInt64(slot + 100), SlotWriter.JobType("render"), startedAt: SlotWriter.now)
  }
  return registry
}
