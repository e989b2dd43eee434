import Catenary
import HTTPFront
import Synchronization

extension Route {
  static let heapSnapshot = Route(
    method: .get, path: "/api/workers/snapshot/:id",
    summary: "A worker's heap snapshot, as a stream that is compressed unless the client refuses gzip.",
    parameters: [
      Parameter(
        name: "contents", summary: "1: with the bytes of its linear memory, in base64", choices: ["0", "1"])
    ], schema: "Snapshot",
    headers: [Header(name: "Content-Disposition", summary: "The name of a file for it.")],
    statuses: [401, 403, 404, 429], isProtected: true, handler: snapshot)

  static func snapshot(_ call: borrowing Call, _ answer: inout Answer) throws(Problem) -> (any AnswerSource)?
  {
    try refuseForeignPages(call)
    let query = try Query(call.head)
    guard query.pairs.allSatisfy({ $0.name == "contents" && ["0", "1"].contains($0.value) }) else {
      throw Problem(400, "query: a snapshot takes contents=1 or contents=0, and nothing else")
    }
    let (server, board) = (call.server, try board(call))
    let id = text(call.head.path).split(separator: "/").last.map(String.init) ?? ""
    guard let worker = board.document.workers.first(where: { $0.id == id }) else {
      throw Problem(404, "there is no worker of that id: GET /api/dev/workers lists who is there")
    }
    guard let turn = board.snapshots.begin(worker.number) else {
      throw Problem(429, "a snapshot of \(id) is being made: wait until it has come")
    }
    // All encodings are welcome to who names none (RFC 9110 section 12.5.3), and this is a file to keep.
    let isZipped = call.head.index(of: "Accept-Encoding") == nil || call.head.prefersGzip
    let withContents = query["contents"] == "1"
    return PiecewiseAnswer(alone: server.standard) { () throws(Problem) in
      let snapshot = try HeapSnapshot(of: Int(worker.number), server, board, withContents: withContents)
      let maker = SnapshotMaker(snapshot) { turn.end() }
      let fields: [(FieldName, String)] = [
        (.lowerContentType, "application/json"), ("cache-control", "no-store"), (.vary, "Accept-Encoding"),
        (
          "content-disposition",
          "attachment; filename=\"heap-snapshot-\(id).json\(isZipped ? ".gz" : "")\""
        ),
      ]
      let time = (snapshot.milliseconds * 1000).rounded() / 1000
      return PiecewiseAnswer.Beginning(maker: maker, fields: fields) { _ in
        (.serverTiming, "handover;dur=\(time)")
      }.zipped(isZipped)
    }
  }
}

/// Of each worker one snapshot at a time.
final class SnapshotTurns: Sendable {
  private let taken = Mutex<Set<UInt64>>([])

  /// - Returns: nil while one is being made.
  func begin(_ worker: UInt64) -> SnapshotTurn? {
    taken.withLock { $0.insert(worker).inserted } ? SnapshotTurn(self, worker) : nil
  }

  func isTaken(_ worker: UInt64) -> Bool { taken.withLock { $0.contains(worker) } }

  fileprivate func end(_ worker: UInt64) { taken.withLock { _ = $0.remove(worker) } }
}

/// It ends when the snapshot is made, or when nobody wants it any more and this object goes.
final class SnapshotTurn: Sendable {
  private let turns: SnapshotTurns
  private let worker: UInt64
  private let isOver = Atomic<Bool>(false)

  fileprivate init(_ turns: SnapshotTurns, _ worker: UInt64) { (self.turns, self.worker) = (turns, worker) }

  deinit { end() }

  func end() { if !isOver.exchange(true, ordering: .relaxed) { turns.end(worker) } }
}
