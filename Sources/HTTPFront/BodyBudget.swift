import Synchronization

/// Memory for the bodies of requests, all connections taken together; an eighth more for short ones, so that they are
/// answered while a few clients fill the rest.
final class BodyBudget: Sendable {
  private static let shortBytes = 64 << 10
  private let limit: Int
  private let taken = Atomic<Int>(0)

  init(limit: Int) { self.limit = limit }

  /// Bytes that are taken.
  var bytes: Int { taken.load(ordering: .relaxed) }

  /// - Parameter room: what the body has then.
  /// - Returns: whether there was so much left.
  func take(_ count: Int, of room: Int) -> Bool {
    let limit = room <= BodyBudget.shortBytes ? limit + limit / 8 : limit
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
      var room = max(needed, min(max(2 * bodyRoom, 4096), announced ?? most))
      if !budget.take(room - bodyRoom, of: room) {
        room = needed
        guard budget.take(room - bodyRoom, of: room) else { return false }
      }
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
