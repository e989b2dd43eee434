/// What a worker's slot says at one moment.
public struct WorkerRecord: Sendable, Equatable {
  public enum State: UInt64, Sendable {
    case free, idle, working, error, terminated

    /// The word that stands in JSON.
    public var word: String { "\(self)" }
  }

  public struct Job: Sendable, Equatable {
    public let number: UInt64
    public let type: String
    /// Milliseconds since 1970 UTC.
    public let startedAt: UInt64
  }

  public let state: State
  /// From 1, never used again while the server runs.
  public let number: UInt64
  /// Its thread, as the system counts them.
  public let thread: UInt64
  /// Milliseconds since 1970 UTC.
  public let createdAt: UInt64
  /// Jobs that it finished; failed ones too.
  public let processed: UInt64
  public let errors: UInt64
  /// Pieces that it made of these and other jobs: long ones go from worker to worker.
  public let pieces: UInt64
  /// Nanoseconds of processor time.
  public let processorTime: UInt64
  public let job: Job?
  public let lastError: String?
  /// Milliseconds since 1970 UTC.
  public let updatedAt: UInt64

  /// What requests call it.
  public var id: String { "worker-\(number)" }

  /// - Returns: nil for a slot without a worker.
  init?(_ slot: [UInt64]) {
    typealias Slot = RegistryLayout.Slot
    guard let state = State(rawValue: slot[Slot.state]), state != .free, state != .terminated else {
      return nil
    }
    self.state = state
    (number, thread, createdAt) = (slot[Slot.number], slot[Slot.thread], slot[Slot.createdAt])
    (processed, errors, pieces) = (slot[Slot.processed], slot[Slot.errors], slot[Slot.pieces])
    (processorTime, updatedAt) = (slot[Slot.processorTime], slot[Slot.updatedAt])
    job =
      slot[Slot.job] == 0
      ? nil
      : Job(
        number: slot[Slot.job], type: RegistryText.text(slot[Slot.jobType]) ?? "",
        startedAt: slot[Slot.jobStartedAt])
    lastError = RegistryText.text(slot[Slot.lastError])
  }
}

/// Text in words, filled up with zeros.
enum RegistryText {
  /// As much of the text as goes into so many words without cutting a character.
  static func words(_ text: String, _ count: Int) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: count)
    var place = 0
    for character in text.unicodeScalars {
      let bytes = UTF8.encode(character) ?? UTF8.encodedReplacementCharacter
      guard character != "\0", place + bytes.count <= 8 * count else { break }
      for byte in bytes {
        words[place / 8] |= UInt64(byte) << (8 * UInt64(place % 8))
        place += 1
      }
    }
    return words
  }

  /// nil where none was written.
  static func text(_ words: ArraySlice<UInt64>) -> String? {
    var bytes: [UInt8] = []
    for word in words {
      for place in UInt64(0)..<8 {
        let byte = UInt8(truncatingIfNeeded: word >> (8 * place))
        if byte == 0 { return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self) }
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
