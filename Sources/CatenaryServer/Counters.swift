import Synchronization

/// Requests and answers, counted at the moment when they begin and end; `/api/dev/metrics` and `/metrics` tell them.
///
/// A `CurveServer` counts what it answers. Who embeds it and answers further requests by other means calls
/// `requestStarted` and `requestEnded` of the server's `counters` for these, from any thread:
///
///     server.counters.requestStarted()
///     defer { server.counters.requestEnded() }
public final class Counters: Sendable {
  private let begun = Atomic<Int>(0)
  private let ended = Atomic<Int>(0)

  public init() {}

  /// A request has begun: call `requestEnded` once when its answer is complete, or will never be.
  public func requestStarted() { begun.add(1, ordering: .relaxed) }

  /// A request that was told to `requestStarted` has ended.
  public func requestEnded() { ended.add(1, ordering: .relaxed) }

  /// Requests that have begun.
  public var requests: Int { begun.load(ordering: .relaxed) }
  /// Requests that have ended.
  public var responses: Int { ended.load(ordering: .relaxed) }
  /// Requests that have begun and not ended.
  public var pending: Int {
    // The end is read first: a request that begins and ends in between is then pending, never less than none.
    let responses = responses
    return requests - responses
  }
}
