import CurveFormats
import Synchronization

/// Whether somebody still waits for an answer: what makes it in one go asks now and then.
final class Interest: Sendable {
  private let isLost = Atomic<Bool>(false)

  func lose() { isLost.store(true, ordering: .relaxed) }

  /// - Throws: when nobody waits any more.
  func check() throws(FormatError) {
    if isLost.load(ordering: .relaxed) { throw .sink("the client has gone") }
  }
}
