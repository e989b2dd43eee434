import HTTPFront
import Synchronization

/// An answer that is begun by working a request out, and goes on piece by piece.
final class PiecewiseAnswer: AnswerSource {
  /// What is known when the work is done.
  struct Beginning: Sendable {
    var maker: any PieceMaker
    var fields: [(FieldName, String)] = []
    /// Told how long the first piece took, in milliseconds: the last field.
    var timing: @Sendable (Double) -> (FieldName, String)
  }

  private struct State {
    /// Forgotten when it is done, and with it the request's body.
    var work: (@Sendable () throws(Problem) -> Beginning)?
    var beginning: Beginning?
    var maker: (any PieceMaker)?
  }

  private let headers: StandardFields
  private let state: Mutex<State>
  private let interest: Interest
  /// Whether a thread of its own makes it.
  let runsAlone: Bool

  /// - Parameter interest: lost when the client goes.
  init(
    _ headers: StandardFields, _ interest: Interest = Interest(),
    _ work: @escaping @Sendable () throws(Problem) -> Beginning
  ) {
    (self.headers, self.interest, runsAlone) = (headers, interest, false)
    state = Mutex(State(work: work))
  }

  /// A thread of its own makes it, since it may have to wait.
  init(alone headers: StandardFields, _ work: @escaping @Sendable () throws(Problem) -> Beginning) {
    (self.headers, interest, runsAlone) = (headers, Interest(), true)
    state = Mutex(State(work: work))
  }

  /// The request is worked out already.
  init(_ headers: StandardFields, _ interest: Interest, begun: Beginning) {
    (self.headers, self.interest, runsAlone) = (headers, interest, false)
    state = Mutex(State(beginning: begun))
  }

  func begin(_ answer: inout Answer) -> Bool {
    headers.write(to: &answer)
    do {
      return try state.withLock { state in
        guard var beginning = try state.beginning ?? state.work?() else { return false }
        (state.beginning, state.work) = (nil, nil)
        let clock = ContinuousClock()
        let start = clock.now
        let hasMore = try beginning.maker.next(answer.body)
        let milliseconds = (clock.now - start) / .milliseconds(1)
        for (name, value) in beginning.fields { answer.field(name, value) }
        let (name, value) = beginning.timing(milliseconds)
        answer.field(name, value)
        answer.length = hasMore ? beginning.maker.length : .whole
        if hasMore { state.maker = beginning.maker }
        return hasMore
      }
    } catch {
      answer.reset()
      headers.write(to: &answer)
      Problem(any: error).write(to: &answer)
      return false
    }
  }

  func cancel() { interest.lose() }

  func next(_ piece: ByteBuffer) throws -> Bool {
    try state.withLock { state in
      guard state.maker != nil else { return false }
      return try state.maker?.next(piece) ?? false
    }
  }
}

/// The fields of every answer: who may read it, and that its type is not to be guessed.
struct StandardFields: Sendable {
  private let encoded: [UInt8]

  init() {
    var answer = Answer(body: ByteBuffer())
    answer.field("access-control-allow-origin", "*")
    answer.field("access-control-allow-methods", "GET, POST, OPTIONS")
    answer.field("access-control-allow-headers", "Content-Type, Authorization")
    answer.field(
      "access-control-expose-headers",
      "X-Point-Count, X-Dimensions, X-Dtype, X-Backend, X-Threads, X-Lambda, X-Inference-Time, ETag, Server-Timing, "
        + "Inference-Header-Content-Length"
    )
    answer.field("x-content-type-options", "nosniff")
    encoded = answer.fields
  }

  func write(to answer: inout Answer) { answer.add(fields: encoded) }
}
