import Synchronization

/// Models in memory, ready to run: at most `capacity` of them, the one unused for longest making room.
///
/// Any number of threads may use it, and one model, at once. A model that makes room ends its runs first: whoever runs
/// it holds it.
public final class ModelCache: Sendable {
  public let source: ModelSource
  public let capacity: Int

  private struct Entry {
    let session: ModelSession
    let path: String
    var isWarm = false
  }

  private struct State {
    /// The one unused for longest first.
    var order: [String] = []
    var loaded: [String: Entry] = [:]
    var statistics: [String: ModelStatistics] = [:]
    /// Why a model gave no answer; what could not be loaded is not tried again.
    var faults: [String: (error: ModelError, isFinal: Bool)] = [:]
    var evictions = 0
  }

  private let state = Mutex(State())

  /// - Parameter capacity: 1 or more.
  public init(_ source: ModelSource, capacity: Int = 3) {
    self.source = source
    self.capacity = max(1, capacity)
  }

  /// The models in memory, the one unused for longest first.
  public var names: [String] { state.withLock { $0.order } }

  /// Models that had to make room so far.
  public var evictions: Int { state.withLock { $0.evictions } }

  /// Loads a model anew if it is not in memory, and runs it once, so that its first answer is as quick as any.
  public func warm(_ name: String) throws(ModelError) {
    state.withLock { $0.faults[name] = nil }
    try run(name, isCounted: false) { _ in
    } read: { _ in
    }
  }

  /// Takes a model out of memory; its statistics stay.
  public func evict(_ name: String) {
    let entry = state.withLock { state in
      state.order.removeAll { $0 == name }
      return state.loaded.removeValue(forKey: name)
    }
    // Here, outside the lock, it goes, if nobody runs it.
    _ = entry
  }

  /// How a model stands. Nothing is loaded for that.
  public func status(_ name: String) -> ModelStatus {
    state.withLock { state in
      let entry = state.loaded[name]
      return ModelStatus(
        name: name, isLoaded: entry != nil, isWarm: entry?.isWarm == true,
        statistics: state.statistics[name] ?? ModelStatistics(), path: entry?.path ?? source.place(name),
        version: entry?.session.version, reason: state.faults[name]?.error.description)
    }
  }
}

extension ModelCache {
  /// Runs a model, loading it before if need be.
  ///
  /// What could not be loaded is not tried again but by `warm`, since every answer would wait for it to fail.
  func run<R>(
    _ name: String, isCounted: Bool = true, _ prepare: (inout NetworkInput) -> Void,
    read: (borrowing Seat) -> R
  ) throws(ModelError) -> R {
    let session = try session(name)
    let start = ContinuousClock.now
    let result: R
    do throws(ModelError) { result = try session.run(prepare, read) } catch {
      state.withLock { $0.faults[name] = (error, isFinal: false) }
      throw error
    }
    let time = (ContinuousClock.now - start) / .milliseconds(1)
    state.withLock { state in
      state.loaded[name]?.isWarm = true
      if isCounted { state.statistics[name, default: ModelStatistics()].add(milliseconds: time) }
    }
    return result
  }

  /// The model, from memory or from its source.
  func session(_ name: String) throws(ModelError) -> ModelSession {
    let known: Result<ModelSession, ModelError>? = state.withLock { state in
      if let entry = state.loaded[name] {
        if state.order.last != name {
          state.order.removeAll { $0 == name }
          state.order.append(name)
        }
        return .success(entry.session)
      }
      guard let fault = state.faults[name], fault.isFinal else { return nil }
      return .failure(fault.error)
    }
    if let known { return try known.get() }
    let made: Entry
    do throws(ModelError) {
      let (bytes, path) = try source.read(name)
      let title = path == "embedded" ? "the embedded \(name)" : path
      made = Entry(session: try ModelSession(bytes, name: title), path: path)
    } catch {
      state.withLock { state in
        // Names of nothing, as many as anybody asks for, must not pile up.
        if state.faults.count >= 1024 { state.faults.removeAll() }
        state.faults[name] = (error, isFinal: true)
      }
      throw error
    }
    return keep(made, name)
  }

  /// Of two that were loaded at once the first stays. What makes room goes outside the lock.
  private func keep(_ made: Entry, _ name: String) -> ModelSession {
    let (session, leaving) = state.withLock { state -> (ModelSession, [Entry]) in
      if let first = state.loaded[name] { return (first.session, []) }
      var leaving: [Entry] = []
      while state.order.count >= capacity {
        if let entry = state.loaded.removeValue(forKey: state.order.removeFirst()) { leaving.append(entry) }
        state.evictions += 1
      }
      state.loaded[name] = made
      state.order.append(name)
      return (made.session, leaving)
    }
    _ = leaving
    return session
  }
}
