import Catenary
import HTTPFront
import Synchronization

/// What happened, counted when it happens.
final class Counters: Sendable {
  let requests = Atomic<Int>(0)
  let responses = Atomic<Int>(0)
  let bytesIn = Atomic<Int>(0)
  let bytesOut = Atomic<Int>(0)
  private let pointsNative = Atomic<Int>(0)
  private let pointsWasm = Atomic<Int>(0)
  /// Answers by route and status.
  private let answers = Mutex<[Key: Int]>([:])

  struct Key: Hashable, Comparable {
    /// Place in the table; -1 for none.
    let route, status: Int

    static func < (a: Key, b: Key) -> Bool { (a.route, a.status) < (b.route, b.status) }
  }

  var pending: Int { requests.load(ordering: .relaxed) - responses.load(ordering: .relaxed) }

  func ended(_ record: RequestRecord) {
    responses.add(1, ordering: .relaxed)
    bytesIn.add(record.bytesIn, ordering: .relaxed)
    bytesOut.add(record.bytesOut, ordering: .relaxed)
    answers.withLock { $0[Key(route: record.label - 1, status: record.status), default: 0] += 1 }
  }

  func rendered(_ points: Int, by backend: Backend) {
    if backend == .wasm {
      pointsWasm.add(points, ordering: .relaxed)
    } else {
      pointsNative.add(points, ordering: .relaxed)
    }
  }

  func points(by backend: Backend) -> Int {
    backend == .wasm ? pointsWasm.load(ordering: .relaxed) : pointsNative.load(ordering: .relaxed)
  }

  var answered: [(key: Key, count: Int)] {
    answers.withLock { $0.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
  }
}
