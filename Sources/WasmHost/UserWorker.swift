import Synchronization

/// One worker's instance of a user's kernel, with the points it draws.
///
/// `@unchecked Sendable`: all that changes (the state) is touched only between winning `busy` and giving it back,
/// by one thread at a time; the exchange acquires and the store releases, so that the next one sees it all.
final class UserWorker: @unchecked Sendable {
  private enum State {
    case empty
    case loaded(Loaded)
    case broken(WasmHostError)
  }

  private struct Loaded {
    let instance: GuestInstance
    let job: UserKernel.Job
    let slot, points, pointCount, sampleCount: Int
    var out: Range<Int>
  }

  private let plan: UserKernelPlan
  private let busy = Atomic<Bool>(false)
  private var state = State.empty

  init(_ plan: UserKernelPlan) { self.plan = plan }

  private func exclusively<R>(
    _ number: Int, _ body: () throws(WasmHostError) -> R
  ) throws(WasmHostError) -> R {
    guard !busy.exchange(true, ordering: .acquiring) else { throw .workerBusy(number) }
    defer { busy.store(false, ordering: .releasing) }
    return try body()
  }

  /// Copies the points into pages that the host appends, so that the guest needs no allocator.
  func load(_ points: RawSpan, _ count: Int, _ job: UserKernel.Job, number: Int) throws(WasmHostError) {
    guard !busy.exchange(true, ordering: .acquiring) else { throw .workerBusy(number) }
    defer { busy.store(false, ordering: .releasing) }
    state = .empty
    let instance = try plan.instantiate()
    let start = try instance.grow(pages: Self.pages(points.byteCount))
    let target = unsafe UnsafeMutableRawBufferPointer(
      rebasing: instance.bytes[start..<start + points.byteCount])
    unsafe points.withUnsafeBytes { unsafe target.copyMemory(from: $0) }
    state = .loaded(
      Loaded(
        instance: instance, job: job, slot: plan.slot(job.precision), points: start, pointCount: count,
        sampleCount: job.sampleCount(points: count) ?? 0, out: 0..<0))
  }

  func draw<R>(_ first: Int, _ count: Int, number: Int, _ body: (RawSpan) -> R) throws(WasmHostError) -> R {
    try exclusively(number) { () throws(WasmHostError) in
      var loaded = try current()
      guard first >= 0, count >= 1, count <= loaded.sampleCount, first <= loaded.sampleCount - count else {
        throw .badCall(what: "samples \(first)…: the curve has \(loaded.sampleCount), from 0")
      }
      let byteCount = count * loaded.job.bytesPerPoint
      try reserve(byteCount, &loaded)
      do throws(WasmHostError) {
        try plan.timed { () throws(WasmHostError) in try call(loaded, first, count) }
      } catch {
        state = .broken(error)
        throw error
      }
      let bytes = unsafe UnsafeRawBufferPointer(loaded.instance.bytes)
      let samples = unsafe UnsafeRawBufferPointer(rebasing: bytes[loaded.out.lowerBound...].prefix(byteCount))
      return unsafe body(samples.bytes)
    }
  }

  private func current() throws(WasmHostError) -> Loaded {
    switch state {
    case .loaded(let loaded): return loaded
    case .broken(let error): throw .retired(reason: "\(error)")
    case .empty: throw .badCall(what: "\(plan.name) has no points yet: call load before draw")
    }
  }

  private func call(_ loaded: Loaded, _ first: Int, _ count: Int) throws(WasmHostError) {
    let code = try unsafe loaded.instance.call(loaded.slot) { values in
      // Addresses of more than 2 GiB are negative as i32, as the guest expects.
      unsafe values[0].i32 = Int32(truncatingIfNeeded: loaded.points)
      unsafe values[1].i32 = Int32(truncatingIfNeeded: loaded.pointCount)
      unsafe values[2].i32 = Int32(truncatingIfNeeded: loaded.job.dimensions)
      unsafe values[3].i32 = loaded.job.closed ? 1 : 0
      unsafe values[4].i32 = Int32(truncatingIfNeeded: loaded.job.samplesPerSegment)
      unsafe values[5].i32 = Int32(truncatingIfNeeded: first)
      unsafe values[6].i32 = Int32(truncatingIfNeeded: count)
      unsafe values[7].i32 = Int32(truncatingIfNeeded: loaded.out.lowerBound)
    }
    guard code == 0 else { throw .kernelFailed(what: plan.name, code: code) }
  }

  /// Makes room for the samples: more pages behind the room there is, or all anew where the guest grew since.
  private func reserve(_ byteCount: Int, _ loaded: inout Loaded) throws(WasmHostError) {
    guard byteCount > loaded.out.count else { return }
    let end = unsafe loaded.instance.bytes.count
    let follows = !loaded.out.isEmpty && loaded.out.upperBound == end
    let missing = follows ? byteCount - loaded.out.count : byteCount
    let start = try loaded.instance.grow(pages: Self.pages(missing))
    let stop = unsafe loaded.instance.bytes.count
    loaded.out = (follows ? loaded.out.lowerBound : start)..<stop
    state = .loaded(loaded)
  }

  private static func pages(_ bytes: Int) -> Int {
    (bytes + SharedMemory.pageBytes - 1) / SharedMemory.pageBytes
  }
}
