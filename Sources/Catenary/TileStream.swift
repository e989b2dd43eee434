import Synchronization
import WasmHost

/// Draws tiles on all threads and delivers them in order on the caller's, which draws, too: the next tile when no other
/// thread has begun it, and tiles behind it while another is at it.
struct TileStream: Sendable {
  let pool: ThreadPool
  let tiles: Int
  /// The caller's thread alone: waking another would take longer than the work.
  var isSmall = false

  /// Tiles that are drawn but not delivered, at most: each has a slot of memory.
  var slots: Int {
    let threads = isSmall ? 1 : pool.threads
    return min(tiles, threads == 1 ? 1 : max(2 * threads, min(4 * threads, 16)))
  }

  /// - Throws: the first error of `draw`, or what `deliver` throws; nothing is drawn when this returns.
  func run(
    draw: @escaping @Sendable (Int) throws(WasmHostError) -> Void, deliver: (Int) throws -> Void
  ) throws {
    let ring = Monitor(TileRing(slots: slots, tiles: tiles))
    let failure = FirstFailure()
    let claim = { @Sendable in ring.access(wake: false) { $0.claim() } }
    let job = Job(claim: claim) { tile in
      failure.note { () throws(WasmHostError) in try draw(tile) }
      ring.access { $0.finish(tile) }
    }
    if slots > 1 { pool.add(job) }
    defer {
      pool.remove(job)
      ring.access { $0.isAbandoned = true }
      ring.wait { (ring: inout TileRing) -> Void? in ring.isIdle ? () : nil }
    }
    for tile in 0..<tiles {
      while let other = ring.wait({ $0.claimOrAwait(tile) }) { job.body(other) }
      try failure.rethrow()
      try deliver(tile)
      ring.access(wake: false) { $0.deliver(tile) }
      // Waking a thread costs about as much as a tile: only when half the slots are free again.
      if slots > 1, (tile + 1) % (slots / 2) == 0 { pool.wake() }
    }
  }
}

/// The first thing that went wrong on any thread.
final class FirstFailure: Sendable {
  private let error = Mutex<WasmHostError?>(nil)

  var isNone: Bool { error.withLock { $0 == nil } }

  func note(_ body: () throws(WasmHostError) -> Void) {
    do throws(WasmHostError) { try body() } catch { self.error.withLock { $0 = $0 ?? error } }
  }

  func rethrow() throws(EngineError) {
    if let error = error.withLock({ $0 }) { throw EngineError(error) }
  }
}

/// Which tiles are claimed, drawn and delivered; a slot is free again when its tile was delivered.
private struct TileRing {
  private let tiles: Int
  private var ready: [Bool]
  private var claimed = 0
  private var finished = 0
  private var delivered = 0
  var isAbandoned = false

  init(slots: Int, tiles: Int) {
    ready = [Bool](repeating: false, count: slots)
    self.tiles = tiles
  }

  /// Nobody is drawing.
  var isIdle: Bool { claimed == finished }

  mutating func claim() -> Int? {
    guard !isAbandoned, claimed < min(tiles, delivered + ready.count) else { return nil }
    claimed += 1
    return claimed - 1
  }

  /// A tile for the caller to draw, which waits for `tile`; `.some(nil)`: it is ready; nil: another thread is at it, and
  /// there is nothing else to draw.
  mutating func claimOrAwait(_ tile: Int) -> Int?? {
    if ready[tile % ready.count], claimed > tile { return .some(nil) }
    return claim().map { .some($0) }
  }

  mutating func finish(_ tile: Int) {
    ready[tile % ready.count] = true
    finished += 1
  }

  mutating func deliver(_ tile: Int) {
    ready[tile % ready.count] = false
    delivered += 1
  }
}
