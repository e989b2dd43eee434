import Synchronization
import WasmHost

/// Draws tiles on all threads and delivers them in order on the caller's, which also draws what no other has begun.
struct TileStream: Sendable {
  let pool: ThreadPool
  let tiles: Int

  /// Tiles that are drawn but not delivered, at most: each has a slot of memory.
  var slots: Int { min(tiles, pool.threads == 1 ? 1 : 2 * pool.threads) }

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
      if ring.wait({ $0.claimOrAwait(tile) }) { job.body(tile) }
      try failure.rethrow()
      try deliver(tile)
      ring.access(wake: false) { $0.deliver(tile) }
      if slots > 1 { pool.wake() }
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

  /// True: the tile is the caller's to draw; false: it is ready; nil: another thread is at it.
  mutating func claimOrAwait(_ tile: Int) -> Bool? {
    if ready[tile % ready.count], claimed > tile { return false }
    guard claimed == tile else { return nil }
    claimed += 1
    return true
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
