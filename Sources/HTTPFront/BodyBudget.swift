import Synchronization

/// Memory for the bodies of requests, all connections taken together.
final class BodyBudget: Sendable {
  private let limit: Int
  private let taken = Atomic<Int>(0)

  init(limit: Int) { self.limit = limit }

  /// Bytes that are taken.
  var bytes: Int { taken.load(ordering: .relaxed) }

  /// - Returns: whether there was so much left.
  func take(_ count: Int) -> Bool {
    guard taken.add(count, ordering: .relaxed).newValue > limit else { return true }
    taken.subtract(count, ordering: .relaxed)
    return false
  }

  func giveBack(_ count: Int) {
    if count > 0 { taken.subtract(count, ordering: .relaxed) }
  }
}

extension Connection {
  /// Puts bytes behind the body that came so far.
  ///
  /// - Parameter most: how large it may become.
  /// - Returns: whether there was memory for it.
  func keep(_ piece: Span<UInt8>, most: Int, _ budget: BodyBudget) -> Bool {
    let needed = body.count + piece.count
    if needed > bodyRoom {
      let announced: Int? = if case .sized(let count) = parser.head.body { count } else { nil }
      // Doubled, so that it moves seldom; never above what can come.
      let room = max(needed, min(max(2 * bodyRoom, 4096), announced ?? most))
      guard budget.take(room - bodyRoom) else { return false }
      bodyRoom = room
      body.reserveCapacity(room)
    }
    append(piece, to: &body)
    return true
  }

  /// Drops what came of a body.
  func dropBody(_ budget: BodyBudget) {
    budget.giveBack(bodyRoom)
    (body, bodyRoom) = ([], 0)
  }
}
