import Synchronization
import WasmHost

/// Many independent items at once in bounded memory: a lane takes an item when there is room for it and sees it through.
///
/// There is one lane more than there are threads, and as many of them compute as there are threads: what a lane reads or
/// writes (between `BatchLane.rest` and `resume`) overlaps with what the others compute. All lanes draw with one engine,
/// whose threads help with whatever is large, so that a single huge item is shared, too.
public struct BatchLanes: Sendable {
  private let engine: Engine
  private let lanes: Int

  /// - Parameters:
  ///   - engine: what all lanes draw with.
  ///   - most: lanes at most.
  public init(_ engine: Engine, most: Int = 64) {
    (self.engine, lanes) = (engine, max(1, min(engine.threads + 1, most)))
  }

  /// Does items 0..<count, begun in order, and returns when all that were begun are done.
  ///
  /// - Parameters:
  ///   - count: of the items.
  ///   - budget: bytes that items in hand may weigh together; one that weighs more is alone.
  ///   - weight: what an item needs, in bytes, before anyone has looked into it; asked often.
  ///   - isStopped: whether no more items are begun.
  ///   - body: does one item, on any thread.
  public func run(
    _ count: Int, budget: Int, weight: @escaping @Sendable (Int) -> Int,
    isStopped: @escaping @Sendable () -> Bool, _ body: @escaping @Sendable (Int, BatchLane) -> Void
  ) {
    let queue = Monitor(BatchQueue(count: count, budget: budget, lanes: lanes))
    let permits = Monitor(engine.threads)
    let work = { @Sendable [engine] (number: Int) in
      let lane = BatchLane(number: number, engine: engine, permits: permits, queue: queue)
      while let item = queue.wait({ $0.take(number, weight: weight, isStopped: isStopped) }) {
        lane.resume()
        body(item, lane)
        lane.rest()
        queue.access { $0.end(number) }
      }
    }
    let others = Monitor(0)
    for number in 1..<max(1, min(lanes, count)) {
      others.access { $0 += 1 }
      let isStarted = startThread {
        work(number)
        others.access { $0 -= 1 }
      }
      if !isStarted { others.access { $0 -= 1 } }
    }
    work(0)
    others.wait { (left: inout Int) -> Void? in left == 0 ? () : nil }
  }
}

/// Which items were begun, and what those in hand weigh.
struct BatchQueue {
  let count, budget: Int
  private var next = 0
  private var inHand = 0
  /// Items begun and not done.
  private(set) var itemsInHand = 0
  /// Of each lane.
  private var held: [Int]

  init(count: Int, budget: Int, lanes: Int) {
    (self.count, self.budget) = (count, budget)
    held = [Int](repeating: 0, count: lanes)
  }

  /// The next item for a lane; `.some(nil)`: there is none; nil: there is no room for it yet.
  mutating func take(_ lane: Int, weight: (Int) -> Int, isStopped: () -> Bool) -> Int?? {
    guard next < count, !isStopped() else { return .some(nil) }
    guard hold(lane, weight(next)) != nil else { return nil }
    (next, itemsInHand) = (next + 1, itemsInHand + 1)
    return .some(next - 1)
  }

  /// Room for what a lane is to do, which holds none; nil: there is none yet.
  mutating func hold(_ lane: Int, _ bytes: Int) -> Void? {
    let bytes = min(bytes, budget)
    guard inHand == 0 || inHand + bytes <= budget else { return nil }
    (inHand, held[lane]) = (inHand + bytes, bytes)
    return ()
  }

  mutating func give(_ lane: Int) { (inHand, held[lane]) = (inHand - held[lane], 0) }

  /// A lane's item is done.
  mutating func end(_ lane: Int) {
    give(lane)
    itemsInHand -= 1
  }
}

/// One of the threads that see items through.
public struct BatchLane: Sendable {
  /// From 0; two lanes at work have different ones.
  public let number: Int
  let engine: Engine
  let permits: Monitor<Int>
  let queue: Monitor<BatchQueue>

  /// Takes up computing again.
  public func resume() {
    permits.wait { (left: inout Int) -> Void? in
      guard left > 0 else { return nil }
      left -= 1
      return ()
    }
  }

  /// Lets another lane compute, until `resume`, while this one waits for a disk.
  public func rest() { permits.access { $0 += 1 } }

  /// Says what the item really weighs, before any of it is in memory, and waits until there is room. Who waits holds
  /// nothing, so that all who wait come to their turn.
  public func weigh(_ bytes: Int) {
    rest()
    queue.access { $0.give(number) }
    queue.wait { $0.hold(number, bytes) }
    resume()
  }

  /// Whether some of the engine's threads have nothing to do but to help with this lane's item.
  public var hasHelp: Bool { queue.access(wake: false) { $0.itemsInHand } < engine.threads }
}

/// Does something on a thread of its own; false when the machine gives no more.
public func onNewThread(_ body: @escaping @Sendable () -> Void) -> Bool { startThread(body) }

/// SHA-256 of bytes that come piece by piece.
public struct ByteHash: Sendable {
  private var hash = SHA256()

  public init() {}

  public mutating func update(_ bytes: RawSpan) { hash.update(bytes) }

  /// 64 hexadecimal digits.
  public func finish() -> String { hash.finish().description }
}
