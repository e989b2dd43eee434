import Synchronization

/// Writes one worker's slot. One thread at a time may use it; it waits for nobody and allocates nothing.
///
/// Proof of the seqlock: the sequence number is odd while words change. The release fence comes after it was made odd, so
/// whoever reads a word written behind the fence and then passes an acquire fence sees the odd number or a later one; the
/// last store releases, so whoever acquires the even number sees all words. A reader that finds the same even number
/// before and after has therefore read the words of one writing (Boehm, Can Seqlocks Get Along With Programming Language
/// Memory Models, 2012). All words are atomic: there is no race to be undefined.
public struct SlotWriter: Sendable {
  private typealias Slot = RegistryLayout.Slot
  private let words: SharedWords
  private let first: Int

  init(_ words: SharedWords, first: Int) { (self.words, self.first) = (words, first) }

  /// A name that jobs share, made once.
  public struct JobType: Sendable {
    fileprivate let words: [UInt64]
    public init(_ text: String) { words = RegistryText.words(text, Slot.jobType.count) }
  }

  private func change(_ body: () -> Void) {
    let (sequence, now) = (words.load(first + Slot.sequence), OwnNumbers.milliseconds)
    words.store(first + Slot.sequence, sequence &+ 1)
    atomicMemoryFence(ordering: .releasing)
    body()
    words.store(first + Slot.updatedAt, now)
    words.release(first + Slot.sequence, sequence &+ 2)
  }

  private func set(_ word: Int, _ value: UInt64) { words.store(first + word, value) }
  private func add(_ word: Int, _ value: UInt64) { set(word, words.load(first + word) &+ value) }

  /// A new worker has the slot.
  public func open(number: UInt64) {
    change {
      for word in 1..<RegistryLayout.slotWords { set(word, 0) }
      set(Slot.number, number)
      set(Slot.createdAt, OwnNumbers.milliseconds)
      set(Slot.state, WorkerRecord.State.idle.rawValue)
    }
  }

  /// The worker's own thread is the one that calls.
  public func setThread() { change { set(Slot.thread, OwnNumbers.thread) } }

  /// The worker begins a job, or goes on with it.
  public func begin(job: UInt64, _ type: JobType, startedAt: UInt64) {
    change {
      set(Slot.state, WorkerRecord.State.working.rawValue)
      set(Slot.job, job)
      set(Slot.jobStartedAt, startedAt)
      for (word, value) in zip(Slot.jobType, type.words) { set(word, value) }
    }
  }

  /// The worker has made a piece, and lets the job go.
  ///
  /// - Parameters:
  ///   - isOver: whether the job is finished.
  ///   - failure: why it failed.
  public func end(isOver: Bool, failure: String?) {
    let time = OwnNumbers.processorTime
    let text = failure.map { RegistryText.words($0.isEmpty ? "unknown" : $0, Slot.lastError.count) }
    change {
      set(Slot.state, (text == nil ? WorkerRecord.State.idle : .error).rawValue)
      set(Slot.job, 0)
      add(Slot.pieces, 1)
      set(Slot.processorTime, time)
      if isOver { add(Slot.processed, 1) }
      guard let text else { return }
      add(Slot.errors, 1)
      for (word, value) in zip(Slot.lastError, text) { set(word, value) }
    }
  }

  /// The worker has gone.
  public func close() { change { set(Slot.state, WorkerRecord.State.terminated.rawValue) } }
}

extension SlotWriter {
  /// Milliseconds since 1970 UTC, as the slots hold times.
  public static var now: UInt64 { OwnNumbers.milliseconds }
}
